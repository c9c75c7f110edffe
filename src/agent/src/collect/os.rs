//! The operating system, its kernel, and when it started.

use std::fs;

use domain::{Moment, devices::report::Os};
use sysinfo::System;

use super::line;

/// Reads the operating system.
pub fn read() -> Os {
    let release = fs::read_to_string("/etc/os-release").or_else(|_| fs::read_to_string("/usr/lib/os-release")).unwrap_or_default();
    Os { kernel: line("/proc/sys/kernel/osrelease"), arch: Some(System::cpu_arch()), ..parse(&release) }
}

/// When the machine started.
pub fn booted_at() -> Option<Moment> {
    let seconds = i64::try_from(System::boot_time().ok()?).ok()?;
    (seconds > 0).then(|| Moment(seconds.saturating_mul(1000)))
}

fn parse(release: &str) -> Os {
    let name = value(release, "PRETTY_NAME").or_else(|| value(release, "NAME"));
    Os {
        family: value(release, "ID").unwrap_or_else(|| "linux".into()).to_lowercase(),
        name: name.unwrap_or_else(|| "Linux".into()),
        version: value(release, "VERSION_ID"),
        ..Os::default()
    }
}

/// The value of a shell-like assignment, without quotes and backslashes.
fn value(release: &str, key: &str) -> Option<String> {
    let text = release.lines().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='))?.trim();
    let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    let text = quoted.unwrap_or(text).replace('\\', "");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_of_several_systems() {
        let table = [
            (
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n",
                "debian",
                "Debian GNU/Linux 12 (bookworm)",
                Some("12"),
            ),
            ("NAME=\"Arch Linux\"\nID=arch\nBUILD_ID=rolling\n", "arch", "Arch Linux", None),
            (
                "NAME='Rocky Linux'\nID='rocky'\nID_LIKE='rhel centos'\nVERSION_ID='9.4'\nPRETTY_NAME='Rocky Linux 9.4'\n",
                "rocky",
                "Rocky Linux 9.4",
                Some("9.4"),
            ),
            ("", "linux", "Linux", None),
        ];
        for (release, family, name, version) in table {
            let os = parse(release);
            assert_eq!((os.family.as_str(), os.name.as_str(), os.version.as_deref()), (family, name, version));
        }
    }
}

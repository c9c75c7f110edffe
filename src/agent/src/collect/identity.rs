//! Which machine this is.

use std::{fs, time::Duration};

use domain::devices::report::Identity;

use super::{dmi, line};
use crate::program;

/// A name server that does not answer must not hold the report up.
const NAME_LIMIT: Duration = Duration::from_secs(5);

/// Reads the names and numbers of this machine.
pub async fn read() -> Identity {
    let maker = dmi::field("sys_vendor");
    let cpuinfo = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let chassis = line("/sys/class/dmi/id/chassis_type");
    // The first is readable by root only.
    let uuids = ["/sys/class/dmi/id/product_uuid", "/etc/machine-id", "/var/lib/dbus/machine-id"];
    Identity {
        hostname: hostname(),
        fqdn: fqdn().await,
        machine_uuid: uuids.iter().filter_map(line).find_map(|text| dmi::uuid(&text)),
        serial: dmi::field("product_serial").or_else(|| dmi::field("chassis_serial")),
        model: dmi::field("product_name"),
        kind: dmi::kind(chassis.as_deref(), maker.as_deref(), &cpuinfo),
        maker,
    }
}

/// The short host name.
pub fn hostname() -> String {
    short(&kernel_name()).to_owned()
}

fn kernel_name() -> String {
    line("/proc/sys/kernel/hostname").unwrap_or_default()
}

fn short(name: &str) -> &str {
    name.split('.').next().unwrap_or_default()
}

async fn fqdn() -> Option<String> {
    let name = kernel_name();
    if name.contains('.') {
        return Some(name);
    }
    let answer = program::run("hostname", &["-f"], NAME_LIMIT).await.ok()?;
    full(&name, &answer.text)
}

/// The full name, if it is one of `name`: some systems answer `localhost.localdomain`.
fn full(name: &str, answer: &str) -> Option<String> {
    let answer = answer.trim().trim_end_matches('.');
    let domain = answer.strip_prefix(name)?.strip_prefix('.')?;
    (!domain.is_empty()).then(|| answer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_name_belongs_to_the_short_one() {
        let table = [
            ("lab-1", "lab-1.example.com\n", Some("lab-1.example.com")),
            ("lab-1", "lab-1.example.com.\n", Some("lab-1.example.com")),
            ("lab-1", "lab-1\n", None),
            ("lab-1", "lab-12.example.com\n", None),
            ("lab-1", "localhost.localdomain\n", None),
            ("lab-1", "", None),
        ];
        for (name, answer, expected) in table {
            assert_eq!(full(name, answer).as_deref(), expected, "{answer}");
        }
        assert_eq!(short("lab-1.example.com"), "lab-1");
    }
}

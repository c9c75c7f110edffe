//! Whether a restart is asked for. A container, whose kernel is not its own, cannot know.

use std::{fs, path::Path};

use domain::devices::report::Package;

use crate::program::{LIMIT, run};

/// On a system of dpkg's family.
pub fn debian(packages: Option<&[Package]>) -> Option<bool> {
    let asked = ["/run/reboot-required", "/var/run/reboot-required"].iter().any(|path| Path::new(path).exists());
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let kernel = Kernel { release: &read("/proc/sys/kernel/osrelease"), build: &read("/proc/sys/kernel/version") };
    if asked { Some(true) } else { kernel.is_outdated(packages?) }
}

/// On a system of rpm's family; only the tool of dnf can say.
pub async fn fedora() -> Option<bool> {
    match run("needs-restarting", &["-r"], LIMIT).await.ok()?.code {
        Some(0) => Some(false),
        Some(1) => Some(true),
        _ => None,
    }
}

/// The kernel that runs.
struct Kernel<'a> {
    /// `6.1.0-28-amd64`
    release: &'a str,
    /// `#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)`
    build: &'a str,
}

impl Kernel<'_> {
    /// Plain Debian has nothing that asks for a restart, so the kernel is compared with the installed ones.
    fn is_outdated(&self, packages: &[Package]) -> Option<bool> {
        let images: Vec<_> = packages.iter().filter_map(|package| Some((package.name.strip_prefix("linux-image-")?, package.version.as_str()))).collect();
        let (_, version) = images.iter().find(|(release, _)| *release == self.release.trim())?;
        let rebuilt = self.build.split_once("Debian ").is_some_and(|(_, rest)| rest.split(' ').next().map(str::trim) != Some(version));
        let running = numbers(self.release);
        let newer = images.iter().any(|(release, _)| flavour(release) == flavour(self.release) && numbers(release) > running);
        Some(rebuilt || newer)
    }
}

fn numbers(release: &str) -> Vec<u64> {
    release.split(|c: char| !c.is_ascii_digit()).take_while(|part| !part.is_empty()).filter_map(|part| part.parse().ok()).collect()
}

/// `amd64` of `6.1.0-28-amd64`, `generic` of `5.15.0-91-generic`; none for the packages that only point at the newest.
fn flavour(release: &str) -> Option<&str> {
    release.trim().starts_with(|c: char| c.is_ascii_digit()).then(|| release.trim().rsplit('-').next())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_running_kernel_is_compared_with_the_installed_ones() {
        let package = |(name, version): (&str, &str)| Package { name: name.into(), version: version.into(), ..Package::default() };
        let debian = "#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)\n";
        let (current, older, newer) =
            (("linux-image-6.1.0-28-amd64", "6.1.119-1"), ("linux-image-6.1.0-9-amd64", "6.1.27-1"), ("linux-image-6.1.0-31-amd64", "6.1.128-1"));
        let rebuilt = ("linux-image-6.1.0-28-amd64", "6.1.123-1");
        let table = [
            ("6.1.0-28-amd64\n", debian, vec![("linux-image-amd64", "6.1.119-1"), current, older], Some(false)),
            ("6.1.0-28-amd64\n", debian, vec![current, newer], Some(true)),
            ("6.1.0-28-amd64\n", debian, vec![rebuilt], Some(true)),
            ("6.1.0-28-amd64\n", debian, vec![current, ("linux-image-6.1.0-31-cloud-amd64-dbg", "1")], Some(false)),
            ("5.15.0-91-generic\n", "#101-Ubuntu SMP\n", vec![("linux-image-5.15.0-91-generic", "5.15.0-91.101")], Some(false)),
            ("5.15.0-91-generic\n", "#101-Ubuntu SMP\n", vec![("linux-image-5.15.0-91-generic", "1"), ("linux-image-5.15.0-102-generic", "1")], Some(true)),
            ("6.18.44-fc\n", "#1 SMP\n", vec![current], None),
        ];
        for (release, build, packages, expected) in table {
            let packages: Vec<_> = packages.into_iter().map(package).collect();
            assert_eq!(Kernel { release, build }.is_outdated(&packages), expected, "{release} {packages:?}");
        }
    }
}

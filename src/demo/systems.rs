//! The operating systems of the demo: names, and builds from old to new.

use domain::devices::report::Os;

use super::{
    rng::Rng,
    software::{Distro, Purpose},
};

/// How far a device has been updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patch {
    Current,
    Behind,
    FarBehind,
}

/// One operating system.
#[derive(Debug, Clone, Copy)]
pub struct System {
    pub family: &'static str,
    pub name: &'static str,
    pub version: &'static str,
    pub arch: &'static str,
    /// Kernel or build of two months ago, of last month and of now.
    pub builds: [&'static str; 3],
    /// What brings the newest build: the title of an update; empty on Linux, where it is a package.
    pub update: &'static str,
}

const fn windows(name: &'static str, version: &'static str, builds: [&'static str; 3], update: &'static str) -> System {
    System { family: "windows", name, version, arch: "x86_64", builds, update }
}

const fn linux(family: &'static str, name: &'static str, version: &'static str, builds: [&'static str; 3]) -> System {
    System { family, name, version, arch: "x86_64", builds, update: "" }
}

#[rustfmt::skip]
const WINDOWS_10: System = windows("Windows 10 Pro", "22H2", ["10.0.19045.6809", "10.0.19045.6937", "10.0.19045.7058"], "2026-11 Windows 10 22H2 cumulative update (KB5079198)");
#[rustfmt::skip]
const WINDOWS_11: [System; 2] = [
    windows("Windows 11 Pro", "24H2", ["10.0.26100.7705", "10.0.26100.7840", "10.0.26100.8037"], "2026-11 Windows 11 24H2 cumulative update (KB5079210)"),
    windows("Windows 11 Pro", "25H2", ["10.0.26200.7705", "10.0.26200.7840", "10.0.26200.8037"], "2026-11 Windows 11 25H2 cumulative update (KB5079214)"),
];
#[rustfmt::skip]
const SERVERS: [System; 2] = [
    windows("Windows Server 2022 Standard", "21H2", ["10.0.20348.4171", "10.0.20348.4294", "10.0.20348.4405"], "2026-11 Server 2022 cumulative update (KB5079226)"),
    windows("Windows Server 2025 Standard", "24H2", ["10.0.26100.32230", "10.0.26100.32370", "10.0.26100.32522"], "2026-11 Server 2025 cumulative update (KB5079232)"),
];
const MACS: System =
    System { family: "macos", name: "macOS Tahoe", version: "26", arch: "aarch64", builds: ["25.0.0", "25.1.0", "25.2.0"], update: "macOS Tahoe 26.2" };
#[rustfmt::skip]
const LINUX: [System; 3] = [
    linux("debian", "Debian GNU/Linux 12 (bookworm)", "12", ["6.1.0-35-amd64", "6.1.0-37-amd64", "6.1.0-40-amd64"]),
    linux("debian", "Debian GNU/Linux 13 (trixie)", "13", ["6.12.41+deb13-amd64", "6.12.43+deb13-amd64", "6.12.57+deb13-amd64"]),
    linux("ubuntu", "Ubuntu 24.04.3 LTS", "24.04", ["6.8.0-79-generic", "6.8.0-84-generic", "6.8.0-87-generic"]),
];

impl System {
    /// A system for `purpose`; machines that are `old` still run Windows 10.
    pub fn of(purpose: Purpose, old: bool, rng: &mut Rng) -> Self {
        match purpose {
            Purpose::Desk(_) if old => WINDOWS_10,
            Purpose::Desk(_) => *rng.pick(&WINDOWS_11),
            Purpose::Mac => MACS,
            Purpose::Windows(_) => SERVERS[usize::from(rng.percent(40))],
            Purpose::Linux { distro, .. } => {
                LINUX[match distro {
                    Distro::Debian12 => 0,
                    Distro::Debian13 => 1,
                    Distro::Ubuntu2404 => 2,
                }]
            }
        }
    }

    /// The build of a device at `patch`.
    pub const fn build(&self, patch: Patch) -> &'static str {
        match patch {
            Patch::Current => self.builds[2],
            Patch::Behind => self.builds[1],
            Patch::FarBehind => self.builds[0],
        }
    }

    /// The section of a report.
    pub fn os(&self, patch: Patch) -> Os {
        let version = Some(self.version.to_owned());
        Os { family: self.family.into(), name: self.name.into(), version, kernel: Some(self.build(patch).into()), arch: Some(self.arch.into()) }
    }
}

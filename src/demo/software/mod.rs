//! The shared software sets: what is installed on a kind of machine, current or behind, and what would update it.

mod linux;
mod programs;

use std::sync::OnceLock;

use domain::devices::report::{Package, Update};

use super::tenant::Trade;

/// What a machine is for, as far as its software goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A Windows computer of a client that does this.
    Desk(Trade),
    /// A Mac.
    Mac,
    /// A Windows server.
    Windows(WindowsRole),
    /// A Linux server; `services` are a web server and a database.
    Linux { distro: Distro, services: bool },
}

/// What a Windows server does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowsRole {
    Directory,
    Database,
    Session,
    Application,
}

/// The Linux distributions of the demo, in the order of the columns of `data/linux.txt`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distro {
    Debian12,
    Debian13,
    Ubuntu2404,
}

/// One set.
#[derive(Debug, Default)]
pub struct SoftwareSet {
    /// Sorted by name and architecture.
    pub packages: Vec<Package>,
    /// The updates that wait on a machine with this set and fresh package lists; none for Windows and macOS, whose updates are not packages.
    pub waiting: Vec<Update>,
    /// Name, version before and version now of what was updated last.
    pub updated: Vec<(String, String, String)>,
}

impl WindowsRole {
    const ALL: [WindowsRole; 4] = [Self::Directory, Self::Database, Self::Session, Self::Application];

    const fn role(self) -> &'static str {
        match self {
            Self::Directory => "directory",
            Self::Database => "database",
            Self::Session => "session",
            Self::Application => "application",
        }
    }
}

impl Distro {
    /// Each distribution once.
    pub const ALL: [Distro; 3] = [Self::Debian12, Self::Debian13, Self::Ubuntu2404];
}

/// Each purpose once; a set's number is twice its place here, and one more when it is behind.
fn purposes() -> impl Iterator<Item = Purpose> {
    let linux = Distro::ALL.into_iter().flat_map(|distro| [false, true].map(|services| Purpose::Linux { distro, services }));
    Trade::ALL.into_iter().map(Purpose::Desk).chain([Purpose::Mac]).chain(WindowsRole::ALL.map(Purpose::Windows)).chain(linux)
}

/// The number of the set for `purpose`.
pub fn number(purpose: Purpose, behind: bool) -> u8 {
    let place = purposes().position(|each| each == purpose).unwrap_or_default();
    (place * 2 + usize::from(behind)) as u8
}

/// Every set, by number; built once.
pub fn sets() -> &'static [SoftwareSet] {
    static SETS: OnceLock<Vec<SoftwareSet>> = OnceLock::new();
    SETS.get_or_init(|| purposes().flat_map(|purpose| [false, true].map(|behind| build(purpose, behind))).collect())
}

fn build(purpose: Purpose, behind: bool) -> SoftwareSet {
    let mut set = match purpose {
        Purpose::Desk(trade) => programs::set(&["windows", "client", trade.role()], "msi", behind),
        Purpose::Mac => programs::set(&["macos"], "app", behind),
        Purpose::Windows(role) => programs::set(&["windows", "server", role.role()], "msi", behind),
        Purpose::Linux { distro, services } => linux::set(distro, services, behind),
    };
    set.packages.sort_by(|a, b| (&a.name, &a.arch).cmp(&(&b.name, &b.arch)));
    set.waiting.sort();
    set
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_set_is_of_a_plausible_size() {
        assert_eq!(sets().len(), 36);
        for (at, purpose) in purposes().enumerate() {
            let (current, behind) = (&sets()[at * 2], &sets()[at * 2 + 1]);
            let sizes = if matches!(purpose, Purpose::Linux { .. }) { 150..=400 } else { 35..=120 };
            assert!(sizes.contains(&current.packages.len()), "{purpose:?}: {}", current.packages.len());
            assert_eq!(current.packages.len(), behind.packages.len());
            assert!(current.waiting.is_empty() && current.packages != behind.packages && !current.updated.is_empty());
        }
    }

    #[test]
    fn names_are_unique_and_sorted_and_what_waits_is_installed() {
        for set in sets() {
            let keys: Vec<_> = set.packages.iter().map(|package| (&package.name, &package.arch)).collect();
            assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
            let installed: BTreeSet<_> = set.packages.iter().map(|package| (&package.name, &package.arch, &package.version)).collect();
            assert!(
                set.waiting.iter().all(|update| installed.contains(&(&update.name, &update.arch, &update.installed)) && update.installed != update.candidate)
            );
        }
    }

    #[test]
    fn linux_that_is_behind_waits_for_both_kinds_of_update() {
        for distro in Distro::ALL {
            let set = &sets()[usize::from(number(Purpose::Linux { distro, services: true }, true))];
            for security in [true, false] {
                assert!(set.waiting.iter().any(|update| update.security == Some(security)), "{distro:?}");
            }
        }
    }
}

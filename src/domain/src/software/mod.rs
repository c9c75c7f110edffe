//! Software across the fleet: package systems, how each compares versions, and what its lists ask for.

mod deb;
mod dotted;
pub mod query;
mod rpm;
pub mod version;

use std::{cmp::Ordering, collections::BTreeSet, fmt, str::FromStr};

pub use query::{TitleCursor, TitleQuery, TitlesQuery};
pub use version::{Is, VersionFilter};

use crate::devices::report::Package;

/// The version of a package that was reported without one.
pub const NO_VERSION: &str = "?";
/// The longest architecture that is kept, in characters.
const ARCH: usize = 40;

/// A package system, with its own names and its own order of versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ecosystem {
    /// Debian, Ubuntu and their kin.
    Deb,
    /// Red Hat, Fedora, SUSE and their kin.
    Rpm,
    /// Programs that Windows lists as installed.
    Windows,
    /// Anything else: macOS, snaps, unnamed.
    Other,
}

/// Name, package system and version, as the counts are kept: an empty version is any, an empty name is any of that package system, and
/// all three empty is a package list at all.
pub type Counted = (String, &'static str, String);

impl Ecosystem {
    /// Each once.
    pub const ALL: [Self; 4] = [Self::Deb, Self::Rpm, Self::Windows, Self::Other];

    /// The package system that an agent means by `source`.
    pub fn of(source: Option<&str>) -> Self {
        match source.map(str::to_ascii_lowercase).as_deref() {
            Some("deb" | "dpkg" | "apt") => Self::Deb,
            Some("rpm" | "dnf" | "yum") => Self::Rpm,
            Some("msi" | "registry" | "wmi" | "windows" | "appx" | "uwp" | "win32") => Self::Windows,
            _ => Self::Other,
        }
    }

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::Windows => "windows",
            Self::Other => "other",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Deb => "deb",
            Self::Rpm => "rpm",
            Self::Windows => "Windows",
            Self::Other => "Other",
        }
    }

    /// What a device has that can be asked for software of this system, as words after "devices with".
    pub const fn lists(self) -> &'static str {
        match self {
            Self::Deb => "deb packages",
            Self::Rpm => "rpm packages",
            Self::Windows => "Windows programs",
            Self::Other => "other software",
        }
    }

    /// The order of two versions, by the rules of this system.
    pub fn compare(self, a: &str, b: &str) -> Ordering {
        match self {
            Self::Deb => deb::compare(a, b),
            Self::Rpm => rpm::compare(a, b),
            Self::Windows | Self::Other => dotted::compare(a, b),
        }
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Ecosystem {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|ecosystem| ecosystem.word() == word).ok_or(())
    }
}

impl Package {
    /// Its package system.
    pub fn ecosystem(&self) -> Ecosystem {
        Ecosystem::of(self.source.as_deref())
    }

    /// Its version, as lists of software name it.
    pub fn listed_version(&self) -> &str {
        if self.version.is_empty() { NO_VERSION } else { &self.version }
    }

    /// Its architecture, as lists of software keep it.
    pub fn listed_arch(&self) -> String {
        self.arch.iter().flat_map(|arch| arch.chars()).take(ARCH).collect()
    }
}

/// What a device with `packages` counts for, each once.
pub fn counted(packages: &[Package]) -> BTreeSet<Counted> {
    let mut all = BTreeSet::from([(String::new(), "", String::new())]);
    for package in packages {
        let word = package.ecosystem().word();
        all.insert((String::new(), word, String::new()));
        all.insert((package.name.clone(), word, String::new()));
        all.insert((package.name.clone(), word, package.listed_version().to_owned()));
    }
    all
}

/// Compares two runs of decimal digits as numbers of any length.
fn by_number(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

/// Splits off a numeric epoch; without one it is empty, which counts as zero.
fn epoch(version: &str) -> (&str, &str) {
    match version.split_once(':') {
        Some((epoch, rest)) if !epoch.is_empty() && epoch.bytes().all(|byte| byte.is_ascii_digit()) => (epoch, rest),
        _ => ("", version),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_names_the_package_system() {
        for (source, expected) in [
            (Some("deb"), Ecosystem::Deb),
            (Some("rpm"), Ecosystem::Rpm),
            (Some("msi"), Ecosystem::Windows),
            (Some("registry"), Ecosystem::Windows),
            (Some("snap"), Ecosystem::Other),
            (Some("app"), Ecosystem::Other),
            (None, Ecosystem::Other),
        ] {
            assert_eq!(Ecosystem::of(source), expected, "{source:?}");
        }
        for ecosystem in Ecosystem::ALL {
            assert_eq!(ecosystem.word().parse(), Ok(ecosystem));
        }
    }

    #[test]
    fn a_device_counts_once_for_each_title_and_version() {
        let package = |version: &str, arch: &str| Package {
            name: "libc6".into(),
            version: version.into(),
            arch: Some(arch.into()),
            publisher: None,
            source: Some("deb".into()),
        };
        let all = counted(&[package("2.36", "amd64"), package("2.36", "i386"), package("", "armhf")]);
        let words: Vec<_> = all.iter().map(|(name, ecosystem, version)| format!("{name}/{ecosystem}/{version}")).collect();
        assert_eq!(words, ["//", "/deb/", "libc6/deb/", "libc6/deb/2.36", "libc6/deb/?"]);
        assert_eq!(counted(&[]).len(), 1, "an empty list is a list");
    }
}

//! The updates that a tenant has seen: one row for each package, architecture and version.

use std::{fmt, str::FromStr};

use super::triple;
use crate::{
    Fault,
    devices::{limits::TEXT, limits::is_plain, report},
    software::Ecosystem,
};

/// Updates that one device may be the first to name in a day; what it names beyond that is left out, so that one that invents names does not
/// fill the catalogue of all.
pub const FRESH: i64 = 2_000;
/// Days after which an update that no device needs or has any more leaves the catalogue.
pub const KEPT_DAYS: i64 = 400;

/// A package system that the agent can install from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Debian, Ubuntu and their kin, with apt.
    Deb,
    /// Red Hat, Fedora and their kin, with dnf.
    Rpm,
}

/// How much an update matters, as far as its source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It closes a security hole.
    Security,
    /// It closes none.
    Other,
    /// The source does not say.
    Unknown,
}

/// What makes an update the same update on every device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The package system.
    pub source: Source,
    /// The package.
    pub name: String,
    /// Its architecture.
    pub arch: String,
    /// The version that would be installed.
    pub version: String,
}

/// An update of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// Which it is.
    pub key: Key,
    /// Where it comes from: `Debian-Security:12/stable-security`.
    pub origin: Option<String>,
    /// Whether it closes a security hole; `None` is unknown.
    pub security: Option<bool>,
}

impl Source {
    /// Each once.
    pub const ALL: [Self; 2] = [Self::Deb, Self::Rpm];

    /// The word that URLs, storage and requests use.
    pub const fn word(self) -> &'static str {
        self.ecosystem().word()
    }

    /// The same among all package systems, which knows the order of versions.
    pub const fn ecosystem(self) -> Ecosystem {
        match self {
            Self::Deb => Ecosystem::Deb,
            Self::Rpm => Ecosystem::Rpm,
        }
    }

    /// The program that installs.
    pub const fn program(self) -> &'static str {
        match self {
            Self::Deb => "apt",
            Self::Rpm => "dnf",
        }
    }
}

impl FromStr for Source {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|source| source.word() == word).ok_or(())
    }
}

impl Class {
    /// Each once, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Security, Self::Other, Self::Unknown];

    /// The class of an update of which `security` is said.
    pub const fn of(security: Option<bool>) -> Self {
        match security {
            Some(true) => Self::Security,
            Some(false) => Self::Other,
            None => Self::Unknown,
        }
    }

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Other => "other",
            Self::Unknown => "unknown",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Security => "Security",
            Self::Other => "Other",
            Self::Unknown => "Not said",
        }
    }
}

impl FromStr for Class {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|class| class.word() == word).ok_or(())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({}, {})", self.name, self.version, self.arch, self.source.word())
    }
}

impl Update {
    /// The update that a device of `source` reports.
    ///
    /// # Errors
    /// The first part that no package of this source can have; such an update could never be installed.
    pub fn seen(source: Source, update: &report::Update) -> Result<Self, Fault> {
        let arch = update.arch.as_deref().unwrap_or_default();
        triple::name(&update.name)?;
        triple::arch(arch)?;
        triple::version(source, &update.candidate)?;
        let origin = update.origin.clone().filter(|origin| !origin.is_empty());
        if origin.as_ref().is_some_and(|origin| origin.chars().count() > TEXT || !is_plain(origin)) {
            return Err(Fault::new("origin", "is no plain text of at most 255 characters"));
        }
        let key = Key { source, name: update.name.clone(), arch: arch.to_owned(), version: update.candidate.clone() };
        Ok(Self { key, origin, security: update.security })
    }

    /// How much it matters.
    pub const fn class(&self) -> Class {
        Class::of(self.security)
    }

    /// Takes what another device says about the same update: one that calls it a security update is believed, and anything said beats nothing.
    pub fn learn(&mut self, other: &Self) {
        let worse = other.security == Some(true) && self.security != Some(true);
        if worse || self.origin.is_none() {
            self.origin = other.origin.clone().or(self.origin.take());
        }
        if worse || self.security.is_none() {
            self.security = other.security;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(name: &str, arch: Option<&str>, candidate: &str) -> report::Update {
        report::Update { name: name.into(), arch: arch.map(Into::into), candidate: candidate.into(), ..report::Update::default() }
    }

    #[test]
    fn a_reported_update_has_a_key() {
        let update = Update::seen(Source::Deb, &reported("openssl", Some("amd64"), "3.0.17-1")).expect("an update");
        assert_eq!(update.key.to_string(), "openssl 3.0.17-1 (amd64, deb)");
        assert_eq!(update.class(), Class::Unknown);
    }

    #[test]
    fn what_cannot_be_installed_is_refused() {
        for (source, update, field) in [
            (Source::Deb, reported("-y", Some("amd64"), "1"), "name"),
            (Source::Deb, reported("a", None, "1"), "arch"),
            (Source::Deb, reported("a", Some("amd64"), ""), "version"),
            (Source::Rpm, reported("a", Some("noarch"), "1"), "version"),
            (Source::Rpm, report::Update { origin: Some("a\u{202e}".into()), ..reported("a", Some("noarch"), "1-1") }, "origin"),
        ] {
            assert_eq!(Update::seen(source, &update).expect_err(field).field, field);
        }
    }

    #[test]
    fn who_warns_is_believed() {
        let known = |security, origin: Option<&str>| {
            let mut update = Update::seen(Source::Deb, &reported("a", Some("all"), "1")).expect("an update");
            (update.security, update.origin) = (security, origin.map(Into::into));
            update
        };
        for (have, hear, then) in [
            ((None, None), (None, None), (None, None)),
            ((None, None), (Some(false), Some("b")), (Some(false), Some("b"))),
            ((Some(false), Some("a")), (Some(true), Some("b")), (Some(true), Some("b"))),
            ((Some(false), Some("a")), (Some(true), None), (Some(true), Some("a"))),
            ((Some(true), Some("a")), (Some(false), Some("b")), (Some(true), Some("a"))),
            ((Some(true), Some("a")), (None, Some("b")), (Some(true), Some("a"))),
            ((None, Some("a")), (Some(true), Some("b")), (Some(true), Some("b"))),
        ] {
            let mut update = known(have.0, have.1);
            update.learn(&known(hear.0, hear.1));
            assert_eq!((update.security, update.origin.as_deref()), then, "{have:?} {hear:?}");
        }
    }

    #[test]
    fn words_read_back() {
        for source in Source::ALL {
            assert_eq!(source.word().parse(), Ok(source));
        }
        for class in Class::ALL {
            assert_eq!(class.word().parse(), Ok(class));
        }
    }
}

//! A question about versions: below, at most, equal to, at least or above one of them.

use std::{cmp::Ordering, fmt};

use super::{Ecosystem, NO_VERSION, rpm};
use crate::{
    Fault,
    devices::limits::{TEXT, is_plain},
};

/// How a version is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Is {
    /// Older.
    #[default]
    Below,
    /// Older or the same.
    AtMost,
    /// The same.
    Equal,
    /// The same or newer.
    AtLeast,
    /// Newer.
    Above,
}

/// A version and how others are compared to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VersionFilter {
    /// How.
    pub is: Is,
    /// To what.
    pub version: String,
}

impl Is {
    /// Each once.
    pub const ALL: [Self; 5] = [Self::Below, Self::AtMost, Self::Equal, Self::AtLeast, Self::Above];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at-most",
            Self::Equal => "equal",
            Self::AtLeast => "at-least",
            Self::Above => "above",
        }
    }

    /// The words before a version.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "at most",
            Self::Equal => "equal to",
            Self::AtLeast => "at least",
            Self::Above => "above",
        }
    }

    const fn allows(self, order: Ordering) -> bool {
        match self {
            Self::Below => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::AtLeast => order.is_ge(),
            Self::Above => order.is_gt(),
        }
    }
}

impl VersionFilter {
    /// Reads `is` and `version` as a question about software of `ecosystem`; without a version there is none.
    ///
    /// # Errors
    /// The field that holds nothing of its kind, and what it may hold.
    pub fn parse(ecosystem: Ecosystem, is: &str, version: &str) -> Result<Option<Self>, Fault> {
        let version = version.trim();
        let words = "is none of below, at-most, equal, at-least and above";
        let is = if is.is_empty() { Some(Is::default()) } else { Is::ALL.into_iter().find(|each| each.word() == is) };
        let is = is.ok_or_else(|| Fault::new("is", words))?;
        if version.is_empty() {
            return Ok(None);
        }
        match fault(ecosystem, version) {
            Some(message) => Err(Fault::new("version", message)),
            None => Ok(Some(Self { is, version: version.to_owned() })),
        }
    }

    /// Whether `installed` is among what is asked for; a version that nobody reported never is.
    pub fn holds(&self, ecosystem: Ecosystem, installed: &str) -> bool {
        let order = match ecosystem {
            Ecosystem::Rpm => rpm::compare_asked(installed, &self.version),
            other => other.compare(installed, &self.version),
        };
        installed != NO_VERSION && self.is.allows(order)
    }

    /// Whether `installed` counts from another epoch, which weighs more than everything after it.
    pub fn forgets_epoch(&self, ecosystem: Ecosystem, installed: &str) -> bool {
        matches!(ecosystem, Ecosystem::Deb | Ecosystem::Rpm) && !self.version.contains(':') && !super::epoch(installed).0.trim_start_matches('0').is_empty()
    }
}

impl fmt::Display for VersionFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.is.label(), self.version)
    }
}

/// Why nothing can have this version.
fn fault(ecosystem: Ecosystem, version: &str) -> Option<String> {
    let strange = |more: &str| version.chars().find(|c| !c.is_ascii_alphanumeric() && !more.contains(*c));
    let outside = match ecosystem {
        Ecosystem::Deb => strange(".+-~:"),
        Ecosystem::Rpm => strange(".+-~:_^%{}"),
        Ecosystem::Windows | Ecosystem::Other => None,
    };
    let system = ecosystem.label();
    if version.chars().count() > TEXT {
        Some(format!("is longer than {TEXT} characters"))
    } else if !is_plain(version) {
        Some("holds a control or direction character".into())
    } else if let Some(outside) = outside {
        let what = if outside == ' ' { "a space".to_owned() } else { format!("\u{201c}{outside}\u{201d}") };
        Some(format!("is no {system} version: it holds {what}"))
    } else if version.contains(':') && super::epoch(version).0.is_empty() && matches!(ecosystem, Ecosystem::Deb | Ecosystem::Rpm) {
        Some(format!("is no {system} version: before the colon stands a number, as in 1:2.3"))
    } else if !version.chars().any(char::is_alphanumeric) {
        Some("is no version: it holds no number".into())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(ecosystem: Ecosystem, is: &str, version: &str) -> VersionFilter {
        VersionFilter::parse(ecosystem, is, version).expect("a question").expect("a version")
    }

    #[test]
    fn each_comparison_takes_its_side() {
        let held = |is: &str| ["3.0.16-1", "3.0.17-1", "3.0.18-1"].map(|version| asked(Ecosystem::Deb, is, "3.0.17-1").holds(Ecosystem::Deb, version));
        assert_eq!(held("below"), [true, false, false]);
        assert_eq!(held("at-most"), [true, true, false]);
        assert_eq!(held("equal"), [false, true, false]);
        assert_eq!(held("at-least"), [false, true, true]);
        assert_eq!(held("above"), [false, false, true]);
    }

    #[test]
    fn security_revisions_are_not_below_their_version() {
        assert!(!asked(Ecosystem::Deb, "below", "3.0.17").holds(Ecosystem::Deb, "3.0.17-1~deb12u2"));
        assert!(asked(Ecosystem::Deb, "below", "3.0.17").holds(Ecosystem::Deb, "3.0.16-1~deb12u1"));
        assert!(asked(Ecosystem::Rpm, "equal", "3.0.7").holds(Ecosystem::Rpm, "3.0.7-24.el9"));
        assert!(asked(Ecosystem::Windows, "below", "1.10").holds(Ecosystem::Windows, "1.9"));
        assert!(!asked(Ecosystem::Deb, "below", "9").holds(Ecosystem::Deb, NO_VERSION), "nobody knows");
        assert!(asked(Ecosystem::Rpm, "below", "3.0.17").forgets_epoch(Ecosystem::Rpm, "1:3.0.7-24.el9"));
        assert!(!asked(Ecosystem::Rpm, "below", "1:3.0.17").forgets_epoch(Ecosystem::Rpm, "1:3.0.7-24.el9"));
    }

    #[test]
    fn what_is_no_version_is_said() {
        for (ecosystem, is, version, field) in [
            (Ecosystem::Deb, "newer", "1", "is"),
            (Ecosystem::Deb, "below", "1 2", "version"),
            (Ecosystem::Deb, "below", "a:1", "version"),
            (Ecosystem::Deb, "below", "3.0\u{fc}", "version"),
            (Ecosystem::Rpm, "below", "1;2", "version"),
            (Ecosystem::Windows, "below", "...", "version"),
            (Ecosystem::Other, "below", "1\u{202e}2", "version"),
            (Ecosystem::Other, "below", &"1".repeat(256), "version"),
        ] {
            let fault = VersionFilter::parse(ecosystem, is, version).expect_err(version);
            assert_eq!(fault.field, field, "{version}: {}", fault.message);
        }
        assert_eq!(VersionFilter::parse(Ecosystem::Deb, "below", "  "), Ok(None));
    }
}

//! The kinds of states, and what an agent may do, as words.

use std::{fmt, str::FromStr};

/// The kind of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The last attempt failed.
    Failed,
    /// Approved and past due.
    Due,
    /// A run is at it.
    Installing,
    /// A run will install it.
    Scheduled,
    /// Approved and not yet due.
    Waiting,
    /// Nothing is decided.
    Awaiting,
    /// It waits until some instant.
    Deferred,
    /// Needed, but the agent makes no changes.
    ReportOnly,
    /// Installed, and in effect after a restart.
    NeedsReboot,
    /// Installed.
    Installed,
    /// Declined.
    Excluded,
    /// A newer version took its place.
    Superseded,
    /// Not needed.
    NotApplicable,
    /// Nothing is assumed.
    Unknown,
}

/// Whether a device's agent makes changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Changes {
    /// It does.
    Allowed,
    /// It could, but it was started without `--allow-changes`.
    Refused,
    /// It only reports, or has not said.
    Unable,
}

impl Kind {
    /// Each once, what needs somebody first.
    pub const ALL: [Self; 14] = [
        Self::Failed,
        Self::Due,
        Self::Installing,
        Self::Scheduled,
        Self::Waiting,
        Self::Awaiting,
        Self::Deferred,
        Self::ReportOnly,
        Self::NeedsReboot,
        Self::Installed,
        Self::Excluded,
        Self::Superseded,
        Self::NotApplicable,
        Self::Unknown,
    ];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Due => "due",
            Self::Installing => "installing",
            Self::Scheduled => "scheduled",
            Self::Waiting => "waiting",
            Self::Awaiting => "awaiting",
            Self::Deferred => "deferred",
            Self::ReportOnly => "report-only",
            Self::NeedsReboot => "needs-reboot",
            Self::Installed => "installed",
            Self::Excluded => "excluded",
            Self::Superseded => "superseded",
            Self::NotApplicable => "not-applicable",
            Self::Unknown => "unknown",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Failed => "Failed",
            Self::Due => "Due",
            Self::Installing => "Installing",
            Self::Scheduled => "Scheduled",
            Self::Waiting => "Approved, not yet due",
            Self::Awaiting => "Awaiting decision",
            Self::Deferred => "Deferred",
            Self::ReportOnly => "Agent makes no changes",
            Self::NeedsReboot => "Needs reboot",
            Self::Installed => "Installed",
            Self::Excluded => "Excluded",
            Self::Superseded => "Superseded",
            Self::NotApplicable => "Not applicable",
            Self::Unknown => "Unknown",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

impl Changes {
    /// Each once.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::Refused, Self::Unable];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Refused => "refused",
            Self::Unable => "unable",
        }
    }
}

impl From<&str> for Changes {
    fn from(word: &str) -> Self {
        Self::ALL.into_iter().find(|changes| changes.word() == word).unwrap_or(Self::Unable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        for changes in Changes::ALL {
            assert_eq!(Changes::from(changes.word()), changes);
        }
        assert_eq!(Changes::from("perhaps"), Changes::Unable, "who does not say it is no target");
    }
}

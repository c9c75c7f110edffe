//! What can be watched: the closed set of kinds.

use std::{fmt, str::FromStr};

use super::Severity;

/// What is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The device does not report.
    NotSeen,
    /// The processors are busy.
    Cpu,
    /// Memory is used up.
    Memory,
    /// A disk is nearly full.
    Disk,
    /// A disk fills up; an earlier and milder step than [`Kind::Disk`], with alerts of its own.
    DiskWarning,
    /// A systemd unit failed, or a named one does not run.
    Service,
    /// A process that should run does not.
    Process,
    /// The device asks for a restart.
    Reboot,
    /// Security updates wait.
    SecurityUpdates,
    /// A script of our own says so.
    Script,
}

/// Whether a condition is about one thing of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// There is only one of it on a device.
    None,
    /// Each thing that is reported, unless one is named.
    Each,
    /// Only what is named.
    Named,
}

impl Kind {
    /// Each once, in the order of pages.
    pub const ALL: [Self; 10] = [
        Self::NotSeen,
        Self::Disk,
        Self::DiskWarning,
        Self::Memory,
        Self::Cpu,
        Self::Service,
        Self::Process,
        Self::SecurityUpdates,
        Self::Reboot,
        Self::Script,
    ];

    /// The word that keys, URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotSeen => "not-seen",
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Disk => "disk",
            Self::DiskWarning => "disk-warning",
            Self::Service => "service",
            Self::Process => "process",
            Self::Reboot => "reboot",
            Self::SecurityUpdates => "security-updates",
            Self::Script => "script",
        }
    }

    /// The words on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotSeen => "Not seen",
            Self::Cpu => "CPU",
            Self::Memory => "Memory",
            Self::Disk => "Disk free",
            Self::DiskWarning => "Disk free, warning",
            Self::Service => "Service",
            Self::Process => "Process",
            Self::Reboot => "Restart pending",
            Self::SecurityUpdates => "Security updates",
            Self::Script => "Script",
        }
    }

    /// Whether it is about one thing of many.
    pub const fn subject(self) -> Subject {
        match self {
            Self::Disk | Self::DiskWarning | Self::Service => Subject::Each,
            Self::Process | Self::Script => Subject::Named,
            _ => Subject::None,
        }
    }

    /// Whether it compares a percentage; `Some(true)`: low is bad.
    pub const fn percent(self) -> Option<bool> {
        match self {
            Self::Cpu | Self::Memory => Some(false),
            Self::Disk | Self::DiskWarning => Some(true),
            _ => None,
        }
    }

    /// Whether it goes on while nothing is reported: a machine that is off still waits for its restart.
    pub const fn outlasts_silence(self) -> bool {
        matches!(self, Self::NotSeen | Self::Reboot | Self::SecurityUpdates)
    }

    /// How bad it is unless a policy says otherwise.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Disk => Severity::Critical,
            Self::NotSeen | Self::Service | Self::Process => Severity::High,
            Self::DiskWarning | Self::Memory | Self::SecurityUpdates | Self::Script => Severity::Medium,
            Self::Cpu | Self::Reboot => Severity::Low,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        assert!("fan".parse::<Kind>().is_err());
    }
}

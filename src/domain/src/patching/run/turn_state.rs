//! Where one device stands in a run, as words.

use std::str::FromStr;

use crate::patching::outcome::FailureClass;

/// Why a device installs nothing in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkipReason {
    /// By the time it asked, it needed none of it.
    NotNeeded,
    /// By the time it asked, none of it was approved.
    NotApproved,
    /// Its agent makes no changes.
    AgentRefuses,
    /// It waits for approval, is quarantined or retired.
    NotInService,
    /// It did not ask before the window ended.
    WindowEnded,
    /// The run was cancelled.
    Cancelled,
    /// Whoever asked for the run may not install there any more.
    NotAllowed,
    /// It belongs to another client by now.
    Moved,
}

/// Where one device stands in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TurnState {
    /// It has not asked yet, or waits for its next attempt.
    Queued,
    /// It was told what to install.
    Fetched,
    /// It installs.
    Running,
    /// It says it is through; a fresh scan has to show it.
    Verifying,
    /// A fresh scan shows everything.
    Done,
    /// A fresh scan shows everything, and the device asks for a restart.
    NeedsReboot,
    /// It failed and is not tried again by itself.
    Failed(FailureClass),
    /// It installs nothing.
    Skipped(SkipReason),
    /// It was told what to install and was not heard of in time.
    Vanished,
}

/// The kind of a [`TurnState`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TurnKind {
    /// Not yet.
    Queued,
    /// Told what to install.
    Fetched,
    /// Installing.
    Running,
    /// Waiting for a fresh scan.
    Verifying,
    /// Through.
    Done,
    /// Through, but for a restart.
    NeedsReboot,
    /// Failed.
    Failed,
    /// Left out.
    Skipped,
    /// Not heard of in time.
    Vanished,
}

impl SkipReason {
    /// Each once.
    pub const ALL: [Self; 8] =
        [Self::NotNeeded, Self::NotApproved, Self::AgentRefuses, Self::NotInService, Self::WindowEnded, Self::Cancelled, Self::NotAllowed, Self::Moved];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotNeeded => "not_needed",
            Self::NotApproved => "not_approved",
            Self::AgentRefuses => "agent_refuses",
            Self::NotInService => "not_in_service",
            Self::WindowEnded => "window_ended",
            Self::Cancelled => "cancelled",
            Self::NotAllowed => "not_allowed",
            Self::Moved => "moved",
        }
    }

    /// The words after "Skipped: ".
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotNeeded => "it needed none of it any more",
            Self::NotApproved => "none of it was approved any more",
            Self::AgentRefuses => "its agent makes no changes",
            Self::NotInService => "it is not in service",
            Self::WindowEnded => "it did not ask before the window ended",
            Self::Cancelled => "the run was cancelled",
            Self::NotAllowed => "whoever asked for it may not install there any more",
            Self::Moved => "it belongs to another client by now",
        }
    }
}

impl FromStr for SkipReason {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|reason| reason.word() == word).ok_or(())
    }
}

impl TurnKind {
    /// Each once, in the order of a turn.
    pub const ALL: [Self; 9] =
        [Self::Queued, Self::Fetched, Self::Running, Self::Verifying, Self::Done, Self::NeedsReboot, Self::Failed, Self::Skipped, Self::Vanished];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Fetched => "fetched",
            Self::Running => "running",
            Self::Verifying => "verifying",
            Self::Done => "done",
            Self::NeedsReboot => "needs-reboot",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
            Self::Vanished => "vanished",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Queued => "Queued",
            Self::Fetched => "Told what to install",
            Self::Running => "Installing",
            Self::Verifying => "Waiting for a fresh scan",
            Self::Done => "Done",
            Self::NeedsReboot => "Done, needs reboot",
            Self::Failed => "Failed",
            Self::Skipped => "Skipped",
            Self::Vanished => "Not heard of in time",
        }
    }
}

impl FromStr for TurnKind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

impl TurnState {
    /// Its kind.
    pub const fn kind(self) -> TurnKind {
        match self {
            Self::Queued => TurnKind::Queued,
            Self::Fetched => TurnKind::Fetched,
            Self::Running => TurnKind::Running,
            Self::Verifying => TurnKind::Verifying,
            Self::Done => TurnKind::Done,
            Self::NeedsReboot => TurnKind::NeedsReboot,
            Self::Failed(_) => TurnKind::Failed,
            Self::Skipped(_) => TurnKind::Skipped,
            Self::Vanished => TurnKind::Vanished,
        }
    }

    /// The word of its failure or of why it was skipped, which storage keeps beside the kind.
    pub const fn detail(self) -> Option<&'static str> {
        match self {
            Self::Failed(class) => Some(class.word()),
            Self::Skipped(reason) => Some(reason.word()),
            _ => None,
        }
    }

    /// The state that is stored as a kind and a detail.
    pub fn stored(kind: TurnKind, detail: Option<&str>) -> Option<Self> {
        Some(match kind {
            TurnKind::Queued => Self::Queued,
            TurnKind::Fetched => Self::Fetched,
            TurnKind::Running => Self::Running,
            TurnKind::Verifying => Self::Verifying,
            TurnKind::Done => Self::Done,
            TurnKind::NeedsReboot => Self::NeedsReboot,
            TurnKind::Failed => Self::Failed(detail?.parse().ok()?),
            TurnKind::Skipped => Self::Skipped(detail?.parse().ok()?),
            TurnKind::Vanished => Self::Vanished,
        })
    }

    /// Whether nothing more happens by itself.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::NeedsReboot | Self::Failed(_) | Self::Skipped(_) | Self::Vanished)
    }

    /// Whether the device has what it was to get.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Done | Self::NeedsReboot | Self::Skipped(SkipReason::NotNeeded))
    }
}

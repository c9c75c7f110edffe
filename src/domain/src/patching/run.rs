//! A run: one installation on many devices, from the plan to its end. What each device does in it is its [`Turn`].

mod progress;
mod turn;
mod turn_state;

use std::{fmt, str::FromStr};

pub use progress::Progress;
pub use turn::{Limits, Turn, TurnEvent};
pub use turn_state::{SkipReason, TurnKind, TurnState};

use crate::Moment;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RunState {
    /// Its devices and updates are chosen.
    Planned,
    /// It waits for a contact's approval.
    Approval,
    /// It waits for its start.
    Scheduled,
    /// Devices are at it.
    Running,
    /// It ended, and every device has what it was to get.
    Done,
    /// It ended, and some device has not.
    DoneWithFailures,
    /// Somebody stopped it, or a contact refused it.
    Cancelled,
    /// Its window went by before it started.
    Expired,
}

/// What happens to a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RunEvent {
    /// Its plan is finished.
    Submit {
        /// Whether a contact has to approve it.
        needs_approval: bool,
    },
    /// A contact approves it.
    Approve,
    /// A contact refuses it.
    Refuse,
    /// Its window begins.
    Start,
    /// Its last device is through; may come again when a lost device comes back.
    Finish {
        /// Whether some device has not got what it was to get.
        failures: bool,
    },
    /// Somebody stops it; devices that are installing finish.
    Cancel,
    /// Its window went by.
    Expire,
    /// Somebody has what failed tried again.
    Retry,
}

/// Something that cannot happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Misstep {
    /// Not in this state.
    #[error("what is {state} cannot take \"{event}\"")]
    NotNow {
        /// The word of the state.
        state: &'static str,
        /// The word of the event.
        event: &'static str,
    },
    /// The device has to wait before its next attempt.
    #[error("the next attempt has to wait")]
    TooEarly(Moment),
    /// The window is over, so nothing may start.
    #[error("the window is over")]
    TooLate,
    /// The device speaks of an attempt that was never given out.
    #[error("attempt {said} was never given out; the last one is {last}")]
    UnknownAttempt {
        /// The attempt that was said.
        said: u32,
        /// The last one that was given out.
        last: u32,
    },
}

impl RunState {
    /// Each once, in the order of a run.
    pub const ALL: [Self; 8] =
        [Self::Planned, Self::Approval, Self::Scheduled, Self::Running, Self::Done, Self::DoneWithFailures, Self::Cancelled, Self::Expired];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Approval => "approval",
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Done => "done",
            Self::DoneWithFailures => "done-with-failures",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Planned",
            Self::Approval => "Waiting for approval",
            Self::Scheduled => "Scheduled",
            Self::Running => "Running",
            Self::Done => "Done",
            Self::DoneWithFailures => "Done with failures",
            Self::Cancelled => "Cancelled",
            Self::Expired => "Expired",
        }
    }

    /// Whether it has ended.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::DoneWithFailures | Self::Cancelled | Self::Expired)
    }

    /// The state after `event`. What has happened already changes nothing.
    ///
    /// # Errors
    /// [`Misstep::NotNow`].
    pub const fn on(self, event: RunEvent) -> Result<Self, Misstep> {
        use RunEvent::{Approve, Cancel, Expire, Finish, Refuse, Retry, Start, Submit};
        use RunState::{Approval, Cancelled, Done, DoneWithFailures, Expired, Planned, Running, Scheduled};
        Ok(match (self, event) {
            (Planned, Submit { needs_approval: true }) => Approval,
            (Planned, Submit { needs_approval: false }) | (Approval, Approve) => Scheduled,
            (Scheduled, Start) | (Running | Done | DoneWithFailures, Retry) => Running,
            (Running | Done | DoneWithFailures, Finish { failures: false }) => Done,
            (Running | Done | DoneWithFailures, Finish { failures: true }) => DoneWithFailures,
            (Planned | Approval | Scheduled | Running | Cancelled, Cancel) | (Approval | Cancelled, Refuse) | (Cancelled, Finish { .. }) => Cancelled,
            (Planned | Approval | Scheduled | Expired, Expire) => Expired,
            (Approval, Submit { needs_approval: true }) => Approval,
            (Scheduled | Running | Done | DoneWithFailures, Submit { .. } | Approve) | (Running | Done | DoneWithFailures, Start) => self,
            _ => return Err(Misstep::NotNow { state: self.word(), event: event.word() }),
        })
    }
}

impl RunEvent {
    /// The word that messages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit",
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::Start => "start",
            Self::Finish { .. } => "finish",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::Retry => "retry",
        }
    }
}

impl fmt::Display for RunState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for RunState {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests;

//! The states of a command, and what may become of each.

use serde::{Deserialize, Serialize};

/// Where a command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its device.
    Queued,
    /// Its device has it.
    Fetched,
    /// Its device is doing it.
    Running,
    /// Done, and it went well.
    Done,
    /// Refused or failed; the reason says why.
    Failed,
    /// Its time was over before it began.
    Expired,
    /// Somebody took it back, or may no longer ask for it.
    Cancelled,
}

/// What happens to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// Its device took it.
    Fetched,
    /// Its device says that it began, or how far it is.
    Progress,
    /// Its device says that it went well.
    Succeeded,
    /// Its device says that it refused or failed.
    Failed,
    /// Its time is over.
    Expired,
    /// Somebody takes it back.
    Cancelled,
}

/// An event that this state does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this command is {}", .0.word())]
pub struct NotPossible(pub State);

impl State {
    /// Each state once.
    pub const ALL: [Self; 7] = [Self::Queued, Self::Fetched, Self::Running, Self::Done, Self::Failed, Self::Expired, Self::Cancelled];

    /// The word that storage and pages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Fetched => "fetched",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether something may still become of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Fetched | Self::Running)
    }

    /// The state after `event`. What is said twice changes nothing the second time; an agent that says how a command ended that was
    /// given up is believed, because it was there.
    ///
    /// # Errors
    /// When nothing of the kind can happen to it.
    pub const fn after(self, event: Event) -> Result<Self, NotPossible> {
        use State::{Cancelled, Done, Expired, Failed, Fetched, Queued, Running};
        match (self, event) {
            (Queued | Fetched, Event::Fetched) => Ok(Fetched),
            (Running, Event::Fetched | Event::Progress) | (Fetched, Event::Progress) => Ok(Running),
            (Fetched | Running | Done | Failed | Expired | Cancelled, Event::Succeeded) => Ok(Done),
            (Fetched | Running | Failed | Expired | Cancelled, Event::Failed) => Ok(Failed),
            (Expired | Cancelled, Event::Progress | Event::Fetched) => Ok(self),
            (Queued | Fetched | Expired, Event::Expired) => Ok(Expired),
            (Queued | Fetched | Cancelled, Event::Cancelled) => Ok(Cancelled),
            // A device that fell silent in the middle is not waited for without end.
            (Running, Event::Expired) => Ok(Failed),
            _ => Err(NotPossible(self)),
        }
    }
}

impl TryFrom<&str> for State {
    type Error = ();

    fn try_from(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_in_every_state() {
        let events = [Event::Fetched, Event::Progress, Event::Succeeded, Event::Failed, Event::Expired, Event::Cancelled];
        let table = State::ALL.map(|state| {
            let after = events.map(|event| state.after(event).map_or("-", State::word));
            format!("{}: {}", state.word(), after.join(" "))
        });
        assert_eq!(
            table,
            [
                "queued: fetched - - - expired cancelled",
                "fetched: fetched running done failed expired cancelled",
                "running: running running done failed failed -",
                "done: - - done - - -",
                "failed: - - done failed - -",
                "expired: expired expired done failed expired -",
                "cancelled: cancelled cancelled done failed - cancelled",
            ]
        );
    }

    #[test]
    fn words_read_back() {
        for state in State::ALL {
            assert_eq!(State::try_from(state.word()), Ok(state));
        }
        assert!(State::try_from("lost").is_err());
    }
}

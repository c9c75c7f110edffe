//! The states of an alert, and the lines of its timeline.

use serde::{Deserialize, Serialize};

use crate::{
    Moment,
    ids::{PersonId, WindowId},
};

/// Who did something to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The rules: a look at the condition, a timer, a window.
    Rule,
    /// Somebody.
    Person(PersonId),
}

/// The state of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase", deny_unknown_fields)]
pub enum State {
    /// Somebody must look.
    Open,
    /// Somebody is on it.
    Acknowledged {
        /// Who.
        by: PersonId,
    },
    /// Put off.
    Snoozed {
        /// Until when.
        until: Moment,
        /// By whom.
        by: PersonId,
    },
    /// In a maintenance window, where noise is no news.
    Suppressed {
        /// Which.
        window: WindowId,
    },
    /// Over.
    Resolved {
        /// Who said so; the rules, when the condition cleared.
        by: By,
    },
    /// Somebody does not want to hear of it. Final; the condition raises no other alert until it was clear once.
    Dismissed {
        /// Who.
        by: PersonId,
    },
}

/// One line of an alert's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: By,
    /// What happened.
    pub what: What,
    /// What the person wrote beside it.
    pub note: Option<String>,
}

/// What happened to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It was raised.
    Raised,
    /// It was raised inside that maintenance window, and so suppressed.
    RaisedIn(WindowId),
    /// Its condition came back while it was put off or suppressed.
    BreachedAgain,
    /// Its condition cleared while it was put off or suppressed.
    Cleared,
    /// Somebody is on it.
    Acknowledged,
    /// Nobody is on it any more.
    Unacknowledged,
    /// It was put off until then.
    Snoozed(Moment),
    /// It is no longer put off.
    Woke,
    /// A maintenance window covers it.
    Suppressed(WindowId),
    /// The window that covered it ended.
    WindowEnded(WindowId),
    /// It is over.
    Resolved,
    /// Somebody does not want to hear of it.
    Dismissed,
    /// It was not over.
    Reopened,
}

impl State {
    /// The words of all states, in the order of pages.
    pub const WORDS: [&'static str; 6] = ["open", "acknowledged", "snoozed", "suppressed", "resolved", "dismissed"];

    /// The word that URLs and storage use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged { .. } => "acknowledged",
            Self::Snoozed { .. } => "snoozed",
            Self::Suppressed { .. } => "suppressed",
            Self::Resolved { .. } => "resolved",
            Self::Dismissed { .. } => "dismissed",
        }
    }

    /// The words on pages.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Acknowledged { .. } => "Acknowledged",
            Self::Snoozed { .. } => "Snoozed",
            Self::Suppressed { .. } => "Suppressed",
            Self::Resolved { by: By::Rule } => "Resolved by itself",
            Self::Resolved { by: By::Person(_) } => "Resolved",
            Self::Dismissed { .. } => "Dismissed",
        }
    }

    /// Whether it is neither resolved nor dismissed; a condition of a device has at most one such alert.
    pub const fn is_live(&self) -> bool {
        !matches!(self, Self::Resolved { .. } | Self::Dismissed { .. })
    }
}

impl What {
    /// The words of the timeline; a page adds who, when, until when and which window.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::RaisedIn(_) => "raised inside a maintenance window, so suppressed",
            Self::BreachedAgain => "the condition came back",
            Self::Cleared => "the condition cleared",
            Self::Acknowledged => "acknowledged",
            Self::Unacknowledged => "acknowledgement taken back",
            Self::Snoozed(_) => "snoozed",
            Self::Woke => "the snooze ended",
            Self::Suppressed(_) => "suppressed by a maintenance window",
            Self::WindowEnded(_) => "the maintenance window ended",
            Self::Resolved => "resolved",
            Self::Dismissed => "dismissed",
            Self::Reopened => "reopened",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn states_and_entries_read_back_from_storage() {
        let (person, window) = (PersonId(Uuid::from_u128(1)), WindowId(Uuid::from_u128(2)));
        let states = [
            State::Open,
            State::Acknowledged { by: person },
            State::Snoozed { until: Moment(5), by: person },
            State::Suppressed { window },
            State::Resolved { by: By::Rule },
            State::Dismissed { by: person },
        ];
        for (state, word) in states.into_iter().zip(State::WORDS) {
            let text = serde_json::to_string(&state).expect("json");
            assert_eq!((serde_json::from_str::<State>(&text).expect("a state"), state.word()), (state, word), "{text}");
        }
        let entry = Entry { at: Moment(7), by: By::Person(person), what: What::Snoozed(Moment(9)), note: Some("later".into()) };
        let text = serde_json::to_string(&entry).expect("json");
        assert_eq!(serde_json::from_str::<Entry>(&text).expect("an entry"), entry, "{text}");
    }
}

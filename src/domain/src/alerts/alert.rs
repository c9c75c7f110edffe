//! How an alert goes from state to state. The rules and timers report what happened; people act and may be refused.

use serde::{Deserialize, Serialize};

use super::{
    routing::Occasion,
    state::{By, Entry, State, What},
};
use crate::{
    Moment, Refusal,
    ids::{PersonId, WindowId},
    time::{DAY, HOUR},
};

/// The longest snooze, in milliseconds.
pub const LONGEST_SNOOZE: i64 = 90 * DAY;

/// The snoozes that forms offer: word, label and milliseconds.
pub const SNOOZES: [(&str, &str, i64); 5] =
    [("1h", "1 hour", HOUR), ("4h", "4 hours", 4 * HOUR), ("1d", "1 day", DAY), ("3d", "3 days", 3 * DAY), ("7d", "7 days", 7 * DAY)];

/// What decides how an alert goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Alert {
    /// Its state.
    pub state: State,
    /// Whether its condition still holds.
    pub breaching: bool,
}

/// What the rules and timers report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The condition asks for an alert again.
    RaisedAgain,
    /// The condition goes on.
    Refreshed,
    /// The condition is over, or no longer watched.
    Cleared,
    /// The time of a snooze may be over.
    SnoozeDue,
    /// A window that suppresses alerts began on the device.
    WindowBegan(WindowId),
    /// A window ended on the device.
    WindowEnded {
        /// Which.
        window: WindowId,
        /// Another one that suppresses alerts there and goes on.
        next: Option<WindowId>,
    },
}

/// What a person does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// I am on it.
    Acknowledge,
    /// I am not on it after all.
    Unacknowledge,
    /// Not before then.
    Snooze(Moment),
    /// Now, after all.
    Wake,
    /// It is over.
    Resolve,
    /// I do not want to hear of it.
    Dismiss,
    /// It was not over.
    Reopen,
}

/// Where an alert goes, and what is written and told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is now.
    pub alert: Alert,
    /// The lines for its timeline; none: nothing worth a line happened.
    pub entries: Vec<Entry>,
    /// What there may be to tell; routing decides.
    pub notice: Option<Occasion>,
}

/// Why an act is not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The alert is already so.
    #[error("This alert is already {0}.")]
    Already(&'static str),
    /// The alert's present state does not allow it.
    #[error("This alert is {state}, so it cannot be {act}.")]
    State {
        /// The present state's word.
        state: &'static str,
        /// What was to be done to it.
        act: &'static str,
    },
    /// The condition cleared while the alert was put off or suppressed; it resolves when that ends.
    #[error("The condition of this alert has cleared meanwhile; there is nothing left to acknowledge.")]
    Cleared,
    /// The snooze has no possible end.
    #[error("A snooze ends in the future, within 90 days.")]
    Until,
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Until => Self::invalid("until", refused.to_string()),
            Refused::Already(_) | Refused::State { .. } | Refused::Cleared => Self::Conflict(refused.to_string()),
        }
    }
}

impl Act {
    /// What was done, as a word of the audit.
    pub const fn done(self) -> &'static str {
        match self {
            Self::Acknowledge => "acknowledged",
            Self::Unacknowledge => "unacknowledged",
            Self::Snooze(_) => "snoozed",
            Self::Wake => "woken",
            Self::Resolve => "resolved",
            Self::Dismiss => "dismissed",
            Self::Reopen => "reopened",
        }
    }
}

impl Alert {
    /// A new alert, raised at `now`, inside `window` if one that suppresses alerts covers the device. Also one that is suppressed has
    /// something to tell, so that it is recorded why nobody was told.
    pub fn raise(now: Moment, window: Option<WindowId>) -> Step {
        let state = window.map_or(State::Open, |window| State::Suppressed { window });
        let entries = vec![rule(now, window.map_or(What::Raised, What::RaisedIn))];
        Step { alert: Self { state, breaching: true }, entries, notice: Some(Occasion::Raised) }
    }

    /// What follows at `now` from what the rules and timers report. An alert that is over stays over; who raises makes a new one.
    pub fn happens(self, event: Event, now: Moment) -> Step {
        let note = |what| vec![rule(now, what)];
        let lull = matches!(self.state, State::Snoozed { .. } | State::Suppressed { .. });
        match (event, self.state) {
            (_, State::Resolved { .. } | State::Dismissed { .. }) => self.stays(Vec::new()),
            (Event::RaisedAgain | Event::Refreshed, _) => {
                let back = lull && !self.breaching;
                Self { breaching: true, ..self }.stays(if back { note(What::BreachedAgain) } else { Vec::new() })
            }
            (Event::Cleared, _) if lull && self.breaching => Self { breaching: false, ..self }.stays(note(What::Cleared)),
            (Event::Cleared, _) if lull => self.stays(Vec::new()),
            (Event::Cleared, _) => Self { breaching: false, ..self }.to(State::Resolved { by: By::Rule }, note(What::Resolved)),
            (Event::SnoozeDue, State::Snoozed { until, .. }) if now >= until => self.goes_on(rule(now, What::Woke)),
            (Event::WindowBegan(window), State::Open) => self.to(State::Suppressed { window }, note(What::Suppressed(window))),
            (Event::WindowEnded { window, next }, State::Suppressed { window: mine }) if mine == window => match next {
                Some(next) => self.to(State::Suppressed { window: next }, note(What::Suppressed(next))),
                None => self.goes_on(rule(now, What::WindowEnded(window))),
            },
            (Event::SnoozeDue | Event::WindowBegan(_) | Event::WindowEnded { .. }, _) => self.stays(Vec::new()),
        }
    }

    /// What follows at `now` from what `by` does, with a note beside it.
    ///
    /// # Errors
    /// [`Refused`], naming the present state.
    pub fn act(self, act: Act, by: PersonId, note: Option<String>, now: Moment) -> Result<Step, Refused> {
        let entry = |what| vec![Entry { at: now, by: By::Person(by), what, note: note.clone() }];
        // Nothing would report it clear a second time, so nobody could ever be done with it.
        let cleared = !self.breaching && matches!(self.state, State::Snoozed { .. } | State::Suppressed { .. });
        let refused = || Refused::State { state: self.state.word(), act: act.done() };
        match (act, self.state) {
            (Act::Acknowledge, State::Acknowledged { .. }) => Err(Refused::Already("acknowledged")),
            (Act::Resolve, State::Resolved { .. }) => Err(Refused::Already("resolved")),
            (Act::Dismiss, State::Dismissed { .. }) => Err(Refused::Already("dismissed")),
            (Act::Reopen, State::Resolved { .. }) => Ok(self.to(State::Open, entry(What::Reopened))),
            (_, State::Resolved { .. } | State::Dismissed { .. }) => Err(refused()),
            (Act::Acknowledge, _) if cleared => Err(Refused::Cleared),
            (Act::Acknowledge, _) => Ok(self.to(State::Acknowledged { by }, entry(What::Acknowledged))),
            (Act::Unacknowledge, State::Acknowledged { .. }) => Ok(self.to(State::Open, entry(What::Unacknowledged))),
            (Act::Snooze(until), _) if until <= now || until.since(now) > LONGEST_SNOOZE => Err(Refused::Until),
            (Act::Snooze(until), _) => Ok(self.to(State::Snoozed { until, by }, entry(What::Snoozed(until)))),
            (Act::Wake, State::Snoozed { .. }) => Ok(self.goes_on(Entry { at: now, by: By::Person(by), what: What::Woke, note })),
            (Act::Resolve, _) => Ok(self.to(State::Resolved { by: By::Person(by) }, entry(What::Resolved))),
            (Act::Dismiss, _) => Ok(self.to(State::Dismissed { by }, entry(What::Dismissed))),
            (Act::Unacknowledge | Act::Wake | Act::Reopen, _) => Err(refused()),
        }
    }

    /// After a lull: open if the condition still holds, else resolved.
    fn goes_on(self, entry: Entry) -> Step {
        if self.breaching {
            self.to(State::Open, vec![entry])
        } else {
            let over = rule(entry.at, What::Resolved);
            self.to(State::Resolved { by: By::Rule }, vec![entry, over])
        }
    }

    fn stays(self, entries: Vec<Entry>) -> Step {
        Step { alert: self, entries, notice: None }
    }

    fn to(self, state: State, entries: Vec<Entry>) -> Step {
        let notice = match state {
            State::Open => Some(Occasion::Raised),
            State::Resolved { .. } => Some(Occasion::Resolved),
            _ => None,
        };
        Step { alert: Self { state, ..self }, entries, notice }
    }
}

const fn rule(at: Moment, what: What) -> Entry {
    Entry { at, by: By::Rule, what, note: None }
}

#[cfg(test)]
mod tests;

//! The states of a request, and what each side may do in each.

use std::{fmt, str::FromStr};

use crate::{Moment, Refusal, time::DAY};

/// How long a closed request may be opened again by its client.
pub const REOPEN: i64 = 30 * DAY;

/// Where a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// Nobody of the MSP has answered yet.
    #[default]
    New,
    /// The MSP works on it, or has to.
    Open,
    /// The client has to say or do something.
    WaitingClient,
    /// Somebody else has to: a supplier, a carrier.
    WaitingThird,
    /// Put aside, by agreement.
    OnHold,
    /// Done; an answer of the client opens it again.
    Solved,
    /// Over.
    Closed,
}

/// Which side of a request somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The client's people.
    Client,
    /// The MSP's people.
    Staff,
}

/// How much it hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Priority {
    /// Whenever it fits.
    Low,
    /// In turn.
    #[default]
    Normal,
    /// Work is slowed down.
    High,
    /// Work has stopped.
    Urgent,
}

/// What somebody does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Writes an answer that both sides read.
    Reply(Side),
    /// Writes a note among staff.
    Note,
    /// Staff put it into that state.
    Set(State),
    /// The client says that it is done.
    Solve,
    /// The client says that it is not done.
    Reopen,
}

impl State {
    /// Each state once, in the order of pages.
    pub const ALL: [Self; 7] = [Self::New, Self::Open, Self::WaitingClient, Self::WaitingThird, Self::OnHold, Self::Solved, Self::Closed];
    /// The states in which the MSP has to act.
    pub const OURS: [Self; 2] = [Self::New, Self::Open];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::WaitingClient => "waiting-client",
            Self::WaitingThird => "waiting-third-party",
            Self::OnHold => "on-hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }

    /// The words on pages of `side`.
    pub const fn label(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::New, _) => "New",
            (Self::Open, _) => "Open",
            (Self::WaitingClient, Side::Staff) => "Waiting for client",
            (Self::WaitingClient, Side::Client) => "Waiting for you",
            (Self::WaitingThird, _) => "Waiting for third party",
            (Self::OnHold, _) => "On hold",
            (Self::Solved, _) => "Solved",
            (Self::Closed, _) => "Closed",
        }
    }

    /// Whether it is neither solved nor closed.
    pub const fn is_live(self) -> bool {
        !matches!(self, Self::Solved | Self::Closed)
    }

    /// The state after `act` at `now`, of a request that is in this state since `since`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] saying why the state does not allow it.
    pub fn after(self, act: Act, since: Moment, now: Moment) -> Result<Self, Refusal> {
        let late = self == Self::Closed && now.since(since) > REOPEN;
        let conflict = |why: &str| Err(Refusal::Conflict(why.to_owned()));
        match act {
            Act::Note => Ok(self),
            Act::Reply(Side::Staff) if self == Self::Closed => conflict("This request is closed. Open it again before you answer."),
            // An answer that closes the conversation is `Set`; any other leaves the next word to the client.
            Act::Reply(Side::Staff) => Ok(if self == Self::Solved { Self::Solved } else { Self::WaitingClient }),
            Act::Reply(Side::Client) | Act::Reopen if late => conflict("This request was closed more than 30 days ago. Please send a new one."),
            Act::Reply(Side::Client) if self == Self::New => Ok(Self::New),
            Act::Reply(Side::Client) => Ok(Self::Open),
            Act::Reopen if self.is_live() => conflict("This request is open already."),
            Act::Reopen => Ok(Self::Open),
            Act::Solve if !self.is_live() => conflict("This request is solved already."),
            Act::Solve => Ok(Self::Solved),
            Act::Set(Self::New) => conflict("A request is new only until somebody looked at it."),
            Act::Set(to) => Ok(to),
        }
    }
}

impl Priority {
    /// Each priority once, the least urgent first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Normal => "Normal",
            Self::High => "High",
            Self::Urgent => "Urgent",
        }
    }

    /// What a contact reads who chooses it.
    pub const fn explained(self) -> &'static str {
        match self {
            Self::Low => "Low: whenever it fits",
            Self::Normal => "Normal: a question, or it can wait a day",
            Self::High => "High: somebody is slowed down",
            Self::Urgent => "Urgent: people cannot work",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == text).ok_or(())
    }
}

impl FromStr for Priority {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|priority| priority.word() == text).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Closed, New, OnHold, Open, Solved, WaitingClient, WaitingThird};

    #[test]
    fn each_act_in_each_state() {
        let table: [(Act, [Option<State>; 7]); 7] = [
            (
                Act::Reply(Side::Staff),
                [Some(WaitingClient), Some(WaitingClient), Some(WaitingClient), Some(WaitingClient), Some(WaitingClient), Some(Solved), None],
            ),
            (Act::Reply(Side::Client), [Some(New), Some(Open), Some(Open), Some(Open), Some(Open), Some(Open), Some(Open)]),
            (Act::Note, State::ALL.map(Some)),
            (Act::Solve, [Some(Solved), Some(Solved), Some(Solved), Some(Solved), Some(Solved), None, None]),
            (Act::Reopen, [None, None, None, None, None, Some(Open), Some(Open)]),
            (Act::Set(OnHold), [Some(OnHold); 7]),
            (Act::Set(New), [None; 7]),
        ];
        for (act, after) in table {
            for (state, expected) in State::ALL.into_iter().zip(after) {
                assert_eq!(state.after(act, Moment(0), Moment(REOPEN)).ok(), expected, "{act:?} in {state}");
            }
        }
        for to in [Open, WaitingClient, WaitingThird, OnHold, Solved, Closed] {
            assert_eq!(New.after(Act::Set(to), Moment(0), Moment(0)), Ok(to));
        }
    }

    #[test]
    fn what_was_closed_long_ago_stays_closed_for_the_client() {
        let late = Moment(REOPEN + 1);
        for act in [Act::Reply(Side::Client), Act::Reopen] {
            assert!(Closed.after(act, Moment(0), late).is_err(), "{act:?}");
            assert_eq!(Solved.after(act, Moment(0), late), Ok(Open), "{act:?}: only closing ends it");
        }
        assert_eq!(Closed.after(Act::Set(Open), Moment(0), late), Ok(Open), "staff may");
    }

    #[test]
    fn words_read_back() {
        assert!(State::ALL.into_iter().all(|state| state.word().parse() == Ok(state)) && "done".parse::<State>().is_err());
        assert!(Priority::ALL.into_iter().all(|priority| priority.word().parse() == Ok(priority)) && "".parse::<Priority>().is_err());
    }
}

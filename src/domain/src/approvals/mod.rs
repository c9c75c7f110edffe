//! Approvals: work that waits for a contact's yes. Any room may ask; the answer is final.

use std::str::FromStr;

use crate::{
    Moment, Refusal,
    time::{DAY, HOUR},
};

/// Which kind of work asks; the room that asked finds its own by it.
pub const REQUEST: &str = "request";
/// An update run asks.
pub const UPDATE_RUN: &str = "update run";

/// How long one may be asked for: the word, the label, milliseconds.
pub const TERMS: [(&str, &str, i64); 5] =
    [("4h", "4 hours", 4 * HOUR), ("1d", "1 day", DAY), ("3d", "3 days", 3 * DAY), ("7d", "7 days", 7 * DAY), ("14d", "14 days", 14 * DAY)];

/// Where an approval is. All but the first are final.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nobody has answered.
    Waiting,
    /// A contact said yes.
    Approved,
    /// A contact said no.
    Refused,
    /// Nobody answered in time.
    Expired,
    /// The MSP does not ask any more.
    Withdrawn,
}

/// What happens to an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A contact says yes.
    Approve,
    /// A contact says no.
    Refuse,
    /// Staff take the question back.
    Withdraw,
    /// The time came.
    Expire,
}

impl State {
    /// Each state once.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Approved, Self::Refused, Self::Expired, Self::Withdrawn];

    /// The word in storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Approved => "Approved",
            Self::Refused => "Refused",
            Self::Expired => "Expired",
            Self::Withdrawn => "Withdrawn",
        }
    }

    /// The state after `act` at `now`. The same answer again changes nothing.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with both values when it is decided otherwise, or its time is over.
    pub fn after(self, act: Act, expires_at: Moment, now: Moment) -> Result<Self, Refusal> {
        let wanted = act.leads();
        match self {
            Self::Waiting if act == Act::Expire && now < expires_at => Ok(Self::Waiting),
            Self::Waiting if matches!(act, Act::Approve | Act::Refuse) && now >= expires_at => {
                Err(Refusal::Conflict(format!("You wanted it {}; the time to answer is over.", wanted.word())))
            }
            Self::Waiting => Ok(wanted),
            same if same == wanted => Ok(same),
            // Time does not change an answer.
            answered if act == Act::Expire => Ok(answered),
            answered => Err(Refusal::Conflict(format!("You wanted it {}; meanwhile it is {}.", wanted.word(), answered.word()))),
        }
    }
}

impl Act {
    const fn leads(self) -> State {
        match self {
            Self::Approve => State::Approved,
            Self::Refuse => State::Refused,
            Self::Withdraw => State::Withdrawn,
            Self::Expire => State::Expired,
        }
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == text).ok_or(())
    }
}

/// How long the term with this word lasts, in milliseconds.
pub fn term(word: &str) -> Option<i64> {
    TERMS.iter().find(|(known, ..)| *known == word).map(|(.., ms)| *ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::{Approved, Expired, Refused, Waiting, Withdrawn};

    #[test]
    fn an_answer_is_final() {
        let acts = [Act::Approve, Act::Refuse, Act::Withdraw, Act::Expire];
        let table = [
            (Waiting, [Some(Approved), Some(Refused), Some(Withdrawn), Some(Waiting)]),
            (Approved, [Some(Approved), None, None, Some(Approved)]),
            (Refused, [None, Some(Refused), None, Some(Refused)]),
            (Expired, [None, None, None, Some(Expired)]),
            (Withdrawn, [None, None, Some(Withdrawn), Some(Withdrawn)]),
        ];
        for (state, expected) in table {
            for (act, after) in acts.into_iter().zip(expected) {
                assert_eq!(state.after(act, Moment(10), Moment(9)).ok(), after, "{act:?} in {state:?}");
            }
        }
    }

    #[test]
    fn nobody_answers_after_the_end() {
        for act in [Act::Approve, Act::Refuse] {
            assert!(Waiting.after(act, Moment(10), Moment(10)).is_err());
        }
        assert_eq!(Waiting.after(Act::Expire, Moment(10), Moment(10)), Ok(Expired));
        assert_eq!(Waiting.after(Act::Withdraw, Moment(10), Moment(11)), Ok(Withdrawn));
        assert_eq!((term("1d"), term("1y")), (Some(DAY), None));
        assert!(State::ALL.into_iter().all(|state| state.word().parse() == Ok(state)));
    }
}

//! One delivery: the way it goes, what became of it, and when it is tried again.

use std::str::FromStr;

use crate::{
    Moment, jobs,
    time::{DAY, HOUR},
};

/// How often a delivery is tried; with the waits between them that is most of half a day.
pub const TRIES: i32 = 16;
/// How long deliveries stay in the log.
pub const KEPT: i64 = 90 * DAY;

/// The way that a delivery goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// By mail.
    Mail,
    /// As a POST to an address.
    Webhook,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Not yet sent; it will be tried, perhaps again.
    Waiting,
    /// Taken by the other side.
    Sent,
    /// Refused, or tried too often.
    Failed,
    /// Kept here instead of being sent, as a demo does it.
    Caught,
    /// Nothing could be tried: no mail server, no channel.
    NotSent,
}

impl Kind {
    /// Each once.
    pub const ALL: [Self; 2] = [Self::Mail, Self::Webhook];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Webhook => "webhook",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mail => "Mail",
            Self::Webhook => "Webhook",
        }
    }
}

impl State {
    /// Each once.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Sent, Self::Failed, Self::Caught, Self::NotSent];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Caught => "caught",
            Self::NotSent => "not-sent",
        }
    }

    /// The words on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "Waiting",
            Self::Sent => "Sent",
            Self::Failed => "Failed",
            Self::Caught => "Caught",
            Self::NotSent => "Not sent",
        }
    }

    /// Whether a person may have it tried again.
    pub const fn may_retry(self) -> bool {
        matches!(self, Self::Waiting | Self::Failed | Self::NotSent)
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

impl FromStr for State {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.word() == word).ok_or(())
    }
}

/// When a delivery that failed for the `tried`th time is tried again, by `chance` in thousandths; `None` after the last try.
pub fn again(tried: i32, now: Moment, chance: u16) -> Option<Moment> {
    (tried < TRIES).then(|| jobs::again(tried.min(jobs::TRIES - 1), now, chance).unwrap_or(now + HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_without_a_mail_server_loses_nothing() {
        let mut at = Moment(0);
        let mut tries = 1;
        while let Some(next) = again(tries, at, 0) {
            (at, tries) = (next, tries + 1);
        }
        assert_eq!(tries, TRIES);
        assert!(at.0 > 4 * HOUR, "even when every wait is its shortest: {}", at.0);
        assert_eq!(again(TRIES, at, 500), None);
        assert_eq!(again(1, Moment(0), 500), Some(Moment(2_000)));
    }

    #[test]
    fn words_read_back() {
        assert!(State::ALL.into_iter().all(|state| state.word().parse() == Ok(state)));
        assert!(Kind::ALL.into_iter().all(|kind| kind.word().parse() == Ok(kind)));
        assert!(State::Failed.may_retry() && !State::Sent.may_retry() && !State::Caught.may_retry());
    }
}

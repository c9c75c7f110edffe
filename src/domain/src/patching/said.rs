//! What is said about an update: a verdict, where it holds and who says it.

use std::str::FromStr;

use crate::{
    Moment,
    ids::{ClientId, DecisionId, DeviceId, RuleId, SiteId},
};

/// What is to happen with an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is installed.
    Approve,
    /// It waits until this instant; then nothing is said by this verdict.
    Defer(Moment),
    /// It is never installed.
    Decline,
}

/// How near to a device something is said. The later one is nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// For every client.
    Tenant,
    /// For one client.
    Client,
    /// For one site.
    Site,
    /// For one device.
    Device,
}

/// Where something is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// For every client.
    Tenant,
    /// For this client.
    Client(ClientId),
    /// For this site.
    Site(SiteId),
    /// For this device.
    Device(DeviceId),
}

/// Who says it. The later one weighs more at the same level.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// A rule.
    Rule {
        /// Which.
        rule: RuleId,
        /// What it says, as words.
        words: String,
    },
    /// Somebody.
    Hand {
        /// The decision.
        decision: DecisionId,
        /// Their name.
        who: String,
        /// Why they decided so.
        note: Option<String>,
    },
}

/// One thing that is said about one update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// Where it holds.
    pub level: Level,
    /// The verdict.
    pub verdict: Verdict,
    /// Who says it.
    pub by: By,
    /// When it was said.
    pub at: Moment,
    /// When it stops to hold.
    pub expires: Option<Moment>,
}

impl Verdict {
    /// The words, each once.
    pub const WORDS: [&str; 3] = ["approve", "defer", "decline"];

    /// The word that forms and storage use; the instant of a deferral is kept beside it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Defer(_) => "defer",
            Self::Decline => "decline",
        }
    }

    /// The word on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Approve => "Approved",
            Self::Defer(_) => "Deferred",
            Self::Decline => "Declined",
        }
    }

    /// The verdict that is stored as `word` and `until`.
    pub fn stored(word: &str, until: Option<Moment>) -> Option<Self> {
        match (word, until) {
            ("approve", _) => Some(Self::Approve),
            ("decline", _) => Some(Self::Decline),
            ("defer", Some(until)) => Some(Self::Defer(until)),
            _ => None,
        }
    }

    /// The end of a deferral.
    pub const fn until(self) -> Option<Moment> {
        match self {
            Self::Defer(until) => Some(until),
            Self::Approve | Self::Decline => None,
        }
    }

    /// How careful it is: of two verdicts that weigh the same, the more careful one holds.
    pub(super) const fn care(self) -> (u8, i64) {
        match self {
            Self::Approve => (0, 0),
            Self::Defer(until) => (1, until.0),
            Self::Decline => (2, 0),
        }
    }
}

impl Level {
    /// Each once, the farthest first.
    pub const ALL: [Self; 4] = [Self::Tenant, Self::Client, Self::Site, Self::Device];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Client => "client",
            Self::Site => "site",
            Self::Device => "device",
        }
    }

    /// The words of a sentence about one device.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Tenant => "for all clients",
            Self::Client => "for this client",
            Self::Site => "for this site",
            Self::Device => "for this device",
        }
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|level| level.word() == word).ok_or(())
    }
}

impl Place {
    /// How near it is.
    pub const fn level(self) -> Level {
        match self {
            Self::Tenant => Level::Tenant,
            Self::Client(_) => Level::Client,
            Self::Site(_) => Level::Site,
            Self::Device(_) => Level::Device,
        }
    }
}

impl Say {
    /// Whether it holds at `now`: it has not expired, and a deferral is not over.
    pub fn holds(&self, now: Moment) -> bool {
        self.ends().is_none_or(|end| now < end)
    }

    /// When it stops to hold.
    pub fn ends(&self) -> Option<Moment> {
        self.verdict.until().into_iter().chain(self.expires).min()
    }

    pub(super) const fn is_by_hand(&self) -> bool {
        matches!(self.by, By::Hand { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        for level in Level::ALL {
            assert_eq!(level.word().parse(), Ok(level));
        }
        for verdict in [Verdict::Approve, Verdict::Defer(Moment(7)), Verdict::Decline] {
            assert!(Verdict::WORDS.contains(&verdict.word()));
            assert_eq!(Verdict::stored(verdict.word(), verdict.until()), Some(verdict));
        }
        assert_eq!(Verdict::stored("defer", None), None);
        assert_eq!(Verdict::stored("approved", None), None);
    }

    #[test]
    fn what_is_over_does_not_hold() {
        let by = By::Rule { rule: RuleId(uuid::Uuid::nil()), words: String::new() };
        let say = |verdict, expires| Say { level: Level::Tenant, verdict, by: by.clone(), at: Moment(0), expires };
        for (verdict, expires, holds) in [
            (Verdict::Approve, None, true),
            (Verdict::Approve, Some(Moment(6)), true),
            (Verdict::Approve, Some(Moment(5)), false),
            (Verdict::Defer(Moment(6)), None, true),
            (Verdict::Defer(Moment(5)), None, false),
            (Verdict::Defer(Moment(9)), Some(Moment(4)), false),
            (Verdict::Decline, Some(Moment(4)), false),
        ] {
            assert_eq!(say(verdict, expires).holds(Moment(5)), holds, "{verdict:?} {expires:?}");
        }
    }
}

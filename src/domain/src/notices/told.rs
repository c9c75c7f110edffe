//! What was decided about an occasion of an alert, route by route: who was told, who was not, and why.

use std::collections::BTreeSet;
use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Moment,
    alerts::{Decision, Occasion, Why},
    ids::{AlertId, ChannelId, DeliveryId, RouteId},
};

/// Lines that are kept of one occasion.
pub const LINES: usize = 200;

/// What one route made of an occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When it was decided.
    pub at: Moment,
    /// The route.
    pub route: RouteId,
    /// Its name then.
    pub route_name: String,
    /// Its channel.
    pub channel: ChannelId,
    /// That one's name then.
    pub channel_name: String,
    /// Why it was sent or not.
    pub why: Why,
    /// What was sent.
    pub delivery: Option<DeliveryId>,
    /// Whether the alert came back since, so that it may be told again.
    #[serde(default)]
    pub past: bool,
}

/// Why notices of an alert are looked at: the subject of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It was raised, or became worse.
    Raised,
    /// It is open again after somebody put it off or closed it.
    Again,
    /// It is over.
    Resolved,
}

impl Cause {
    const ALL: [Self; 3] = [Self::Raised, Self::Again, Self::Resolved];

    const fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Again => "again",
            Self::Resolved => "resolved",
        }
    }

    /// What there is to tell.
    pub const fn occasion(self) -> Occasion {
        match self {
            Self::Raised | Self::Again => Occasion::Raised,
            Self::Resolved => Occasion::Resolved,
        }
    }

    /// The subject of the job that tells it of `alert`.
    pub fn subject(self, alert: AlertId) -> String {
        format!("{alert} {}", self.word())
    }

    /// What a subject says.
    pub fn read(subject: &str) -> Option<(AlertId, Self)> {
        let (alert, word) = subject.split_once(' ')?;
        Some((alert.parse().ok()?, word.parse().ok()?))
    }
}

impl FromStr for Cause {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|cause| cause.word() == word).ok_or(())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Told {
    /// Whether the channel got this in the present occurrence.
    pub const fn counts(&self) -> bool {
        !self.past && self.why.sends()
    }
}

/// The channels that were told in the present occurrence.
pub fn sent(occasion: Occasion, lines: &[Told]) -> BTreeSet<(ChannelId, Occasion)> {
    lines.iter().filter(|line| line.counts()).map(|line| (line.channel, occasion)).collect()
}

/// The routes that told of the beginning of the present occurrence, or would have if another one had not told the same channel.
pub fn began(lines: &[Told]) -> BTreeSet<RouteId> {
    lines.iter().filter(|line| !line.past && (line.why.sends() || matches!(line.why, Why::SameChannel { .. }))).map(|line| line.route).collect()
}

/// The lines after a new decision: what was sent stays, the rest is replaced. `fresh` holds one line for each route.
pub fn merged(known: Vec<Told>, fresh: Vec<Told>) -> Vec<Told> {
    let kept: Vec<Told> = known.into_iter().filter(|line| line.delivery.is_some()).collect();
    let again = |line: &Told| line.why == Why::AlreadySent && kept.iter().any(|old| old.counts() && old.route == line.route);
    let mut lines: Vec<Told> = fresh.into_iter().filter(|line| !again(line)).collect();
    lines.extend(kept);
    lines.truncate(LINES);
    lines
}

/// The same lines when the alert came back: what was sent is no news of the present occurrence any more.
pub fn past(lines: Vec<Told>) -> Vec<Told> {
    lines.into_iter().map(|line| Told { past: true, ..line }).collect()
}

/// A decision as a line, without what is sent.
pub fn line(decision: Decision, at: Moment, route_name: String, channel_name: String) -> Told {
    Told { at, route: decision.route, route_name, channel: decision.channel, channel_name, why: decision.why, delivery: None, past: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{alerts::Severity, ids::Uuid};

    fn told(route: u128, why: Why) -> Told {
        let delivery = matches!(why, Why::Sent { .. }).then(|| DeliveryId(Uuid::from_u128(route)));
        let decision = Decision { route: RouteId(Uuid::from_u128(route)), channel: ChannelId(Uuid::from_u128(route)), why };
        Told { delivery, ..line(decision, Moment(1), "On call".into(), "Desk".into()) }
    }

    #[test]
    fn what_was_sent_stays_and_is_counted_once() {
        let yes = Why::Sent { severity: Severity::High, least: Severity::Low };
        let first = merged(Vec::new(), vec![told(1, yes.clone()), told(2, Why::RouteOff)]);
        assert_eq!(sent(Occasion::Raised, &first).len(), 1);
        let second = merged(first, vec![told(1, Why::AlreadySent), told(2, yes.clone())]);
        assert_eq!((second.len(), sent(Occasion::Raised, &second).len()), (2, 2));
        let back = past(second);
        assert!(sent(Occasion::Raised, &back).is_empty());
        let third = merged(back, vec![told(1, yes), told(2, Why::RouteOff)]);
        assert_eq!((third.len(), sent(Occasion::Raised, &third).len()), (4, 1), "the past is shown and counts no more");
    }

    #[test]
    fn subjects_and_lines_read_back() {
        let alert = AlertId(Uuid::from_u128(9));
        for cause in Cause::ALL {
            assert_eq!(Cause::read(&cause.subject(alert)), Some((alert, cause)));
        }
        assert_eq!(Cause::read("alr_1 raised"), None);
        let text = serde_json::to_string(&told(1, Why::OtherClient)).expect("json");
        assert_eq!(serde_json::from_str::<Told>(&text).expect("a line"), told(1, Why::OtherClient));
    }
}

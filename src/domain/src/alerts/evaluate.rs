//! From looks at a condition to alerts: for how long it was so, and for how long it is over.

use serde::{Deserialize, Serialize};

use super::{
    Kind, Setting,
    observe::{Observation, Value},
};
use crate::Moment;

/// Where a condition stands towards its alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// No alert is about it.
    #[default]
    Quiet,
    /// An alert is about it that is neither resolved nor dismissed.
    Raised,
    /// Its alert was dismissed; it raises none until it was clear once.
    Held,
}

/// What is remembered of one condition of one device between looks.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Track {
    /// Where it stands.
    pub phase: Phase,
    /// Since when it is in breach without a break.
    pub breaching_since: Option<Moment>,
    /// Since when it is clear without a break, while an alert is about it.
    pub clear_since: Option<Moment>,
    /// When it was last looked at and could be told.
    pub looked_at: Option<Moment>,
    /// What was measured then.
    pub value: Option<Value>,
    /// Somebody said at this instant that it was over; what lasts since before has to last its full time again.
    pub not_before: Option<Moment>,
}

/// What a look means for the alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Nothing new.
    Nothing,
    /// An alert is to be raised.
    Raise,
    /// The alert goes on; its value may be new.
    Refresh,
    /// The condition is over, or no longer watched; the alert resolves.
    Resolve,
}

/// What a look leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// What to remember.
    pub track: Track,
    /// What it means for the alert.
    pub verdict: Verdict,
    /// When a timer must look; only [`Kind::NotSeen`] needs one, everything else is looked at with each report.
    pub look_again: Option<Moment>,
}

/// Looks at a condition of `kind` at `now`. A silence of more than `gap` milliseconds between two looks proves nothing about the time
/// between, so what was counted before it counts no longer, unless the kind outlasts silence.
pub fn evaluate(kind: Kind, setting: &Setting, before: &Track, found: &Observation, now: Moment, gap: i64) -> Look {
    if !setting.on {
        let verdict = if before.phase == Phase::Raised { Verdict::Resolve } else { Verdict::Nothing };
        return Look { track: Track::default(), verdict, look_again: None };
    }
    let unbroken = kind.outlasts_silence() || before.looked_at.is_some_and(|at| now.since(at) <= gap);
    let (track, verdict) = match found {
        Observation::Unknown { .. } => (before.clone(), Verdict::Nothing),
        Observation::Breach { value, since } => breach(setting, before, value, since.or(before.breaching_since.filter(|_| unbroken)), now),
        Observation::Clear { value } if before.phase != Phase::Quiet && !is_beyond(kind, setting, value) => {
            breach(setting, before, value, before.breaching_since, now)
        }
        Observation::Clear { value } => clear(setting, before, value, before.clear_since.filter(|_| unbroken), now),
    };
    let look_again = (kind == Kind::NotSeen && track.phase == Phase::Quiet).then(|| track.breaching_since.unwrap_or(now) + ms(setting.for_s));
    Look { track, verdict, look_again }
}

fn breach(setting: &Setting, before: &Track, value: &Value, since: Option<Moment>, now: Moment) -> (Track, Verdict) {
    let since = since.unwrap_or(now);
    let since = before.not_before.map_or(since, |earliest| since.max(earliest)).min(now);
    let (phase, verdict) = match before.phase {
        Phase::Raised => (Phase::Raised, Verdict::Refresh),
        Phase::Held => (Phase::Held, Verdict::Nothing),
        Phase::Quiet if now.since(since) >= ms(setting.for_s) => (Phase::Raised, Verdict::Raise),
        Phase::Quiet => (Phase::Quiet, Verdict::Nothing),
    };
    let not_before = before.not_before.filter(|_| phase == Phase::Quiet);
    (Track { phase, breaching_since: Some(since), clear_since: None, looked_at: Some(now), value: Some(value.clone()), not_before }, verdict)
}

fn clear(setting: &Setting, before: &Track, value: &Value, since: Option<Moment>, now: Moment) -> (Track, Verdict) {
    let since = since.unwrap_or(now).min(now);
    let over = before.phase == Phase::Raised && now.since(since) >= ms(setting.clear_for_s);
    let (phase, verdict) = if over { (Phase::Quiet, Verdict::Resolve) } else { (before.phase, Verdict::Nothing) };
    let phase = if phase == Phase::Held { Phase::Quiet } else { phase };
    let clear_since = (phase == Phase::Raised).then_some(since);
    (Track { phase, breaching_since: None, clear_since, looked_at: Some(now), value: Some(value.clone()), not_before: None }, verdict)
}

/// Whether a value that is no breach lies beyond the limit that clears.
fn is_beyond(kind: Kind, setting: &Setting, value: &Value) -> bool {
    match (value, setting.limits, kind.percent()) {
        (Value::Percent(percent), Some(limits), Some(low_is_bad)) => limits.cleared(*percent, low_is_bad),
        _ => true,
    }
}

fn ms(seconds: u32) -> i64 {
    i64::from(seconds) * 1_000
}

impl Track {
    /// After a person dismissed the alert; where the condition had cleared meanwhile, nothing is held.
    pub fn dismissed(self) -> Self {
        let phase = if self.phase == Phase::Raised { Phase::Held } else { self.phase };
        Self { phase, clear_since: None, ..self }
    }

    /// After a person resolved the alert: if it was not, it must last its full time again.
    pub fn resolved(self, now: Moment) -> Self {
        Self { phase: Phase::Quiet, breaching_since: None, clear_since: None, not_before: Some(now), ..self }
    }

    /// Nobody could tell: what was being counted is counted from the start again.
    #[must_use]
    pub fn interrupted(self) -> Self {
        let breaching_since = self.breaching_since.filter(|_| self.phase != Phase::Quiet);
        Self { breaching_since, clear_since: None, ..self }
    }

    /// After a person reopened the alert: it resolves by itself once the condition is seen clear for its time.
    pub fn reopened(self) -> Self {
        Self { phase: Phase::Raised, clear_since: None, ..self }
    }

    /// Whether there is nothing in it to remember at `now`: no alert, and no breach that still counts.
    pub fn is_idle(&self, kind: Kind, now: Moment, gap: i64) -> bool {
        let counts = kind.outlasts_silence() || self.looked_at.is_some_and(|at| now.since(at) <= gap);
        self.phase == Phase::Quiet && self.not_before.is_none() && !(counts && self.is_breaching())
    }

    /// Whether it was in breach when it was last looked at.
    pub const fn is_breaching(&self) -> bool {
        self.breaching_since.is_some()
    }
}

#[cfg(test)]
mod tests;

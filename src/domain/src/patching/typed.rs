//! A decision as somebody types it, and what happens when somebody else decided meanwhile.

use std::{fmt, str::FromStr};

use super::{Verdict, decision::Decision};
use crate::{Fault, Moment, Refusal, devices::given, ids::DecisionId, time::DAY};

/// The longest time that a deferral lasts or a decision holds, in milliseconds.
pub const LONGEST: i64 = 2 * 365 * DAY;

/// What was typed, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedDecision {
    /// The word of the verdict.
    pub verdict: String,
    /// The day a deferral lasts until: `2026-11-21`.
    pub until: String,
    /// The day the decision holds until; empty is for ever.
    pub expires: String,
    /// Why.
    pub note: String,
    /// Which decision the form showed, see [`Shown`].
    pub shown: String,
}

/// A decision that may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedDecision {
    /// What is decided.
    pub verdict: Verdict,
    /// When it stops to hold.
    pub expires: Option<Moment>,
    /// Why.
    pub note: Option<String>,
    /// Which decision the form showed.
    pub shown: Shown,
}

/// The decision that a form showed, and its revision: `dec_…:3`, or nothing for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown(pub Option<(DecisionId, u32)>);

/// How a wanted decision is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// As a new decision, with revision 1.
    New,
    /// Over the one that stands, with this revision.
    Over(DecisionId, u32),
    /// Not at all: the same stands already.
    Same,
}

/// Somebody else decided since the form was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// What was wanted.
    pub wanted: Verdict,
    /// What stands; `None`: it was taken back.
    pub stands: Option<Box<Decision>>,
}

impl TypedDecision {
    /// Checks every field; `day` gives the start of a day in the zone of who typed it.
    ///
    /// # Errors
    /// A fault of each field that breaks a rule: `verdict`, `until`, `expires`, `note`, `shown`.
    pub fn check(&self, now: Moment, day: impl Fn(&str) -> Option<Moment>) -> Result<WantedDecision, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut instant = |field: &str, text: &str| ahead(field, text, now, &day).map_err(|fault| faults.push(fault)).ok();
        let until = if self.verdict == "defer" { instant("until", &self.until) } else { None };
        let expires = if self.expires.trim().is_empty() { None } else { instant("expires", &self.expires) };
        let verdict = Verdict::stored(&self.verdict, until);
        if !Verdict::WORDS.contains(&self.verdict.as_str()) {
            faults.push(Fault::new("verdict", "Choose approve, defer or decline."));
        }
        if until.zip(expires).is_some_and(|(until, expires)| expires < until) {
            faults.push(Fault::new("expires", "This is before the day the update is deferred to."));
        }
        let note = match given::note(&self.note) {
            Ok(None) if self.verdict == "decline" => Err(vec![Fault::new("note", "Say why, so that others know when to decide anew.")]),
            Ok(note) => Ok(note),
            Err(Refusal::Invalid(faults)) => Err(faults),
            Err(_) => Err(vec![Fault::new("note", "This note cannot be kept.")]),
        };
        let note = note.unwrap_or_else(|more| {
            faults.extend(more);
            None
        });
        let shown = self.shown.parse().map_err(|()| faults.push(Fault::new("shown", "Reload the page and decide again.")));
        match (verdict, shown) {
            (Some(verdict), Ok(shown)) if faults.is_empty() => Ok(WantedDecision { verdict, expires, note, shown }),
            _ => Err(faults),
        }
    }
}

fn ahead(field: &str, text: &str, now: Moment, day: impl Fn(&str) -> Option<Moment>) -> Result<Moment, Fault> {
    match day(text.trim()) {
        None => Err(Fault::new(field, "Type a day, for example 2026-11-21.")),
        Some(at) if at <= now => Err(Fault::new(field, "This day is not ahead.")),
        Some(at) if at > now + LONGEST => Err(Fault::new(field, "This is more than two years ahead.")),
        Some(at) => Ok(at),
    }
}

impl WantedDecision {
    /// How it is stored beside what `stands`; sending the same twice changes nothing.
    ///
    /// # Errors
    /// [`Conflict`] when something else stands than the form showed.
    pub fn put(&self, stands: Option<&Decision>) -> Result<Put, Conflict> {
        match stands {
            Some(stands) if self.is_same(stands) => Ok(Put::Same),
            None if self.shown.0.is_none() => Ok(Put::New),
            Some(stands) if self.shown.is(stands) => Ok(Put::Over(stands.id, stands.revision.saturating_add(1))),
            _ => Err(Conflict { wanted: self.verdict, stands: stands.cloned().map(Box::new) }),
        }
    }

    fn is_same(&self, stands: &Decision) -> bool {
        (self.verdict, self.expires, &self.note) == (stands.verdict, stands.expires, &stands.note)
    }
}

impl Shown {
    /// Whether `stands` is what the form showed; without it nothing may be taken back.
    pub fn is(self, stands: &Decision) -> bool {
        self.0 == Some((stands.id, stands.revision))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |(id, revision)| write!(f, "{id}:{revision}"))
    }
}

impl FromStr for Shown {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let (id, revision) = text.split_once(':').ok_or(())?;
        Ok(Self(Some((id.parse().map_err(|_| ())?, revision.parse().map_err(|_| ())?))))
    }
}

impl Conflict {
    /// Both values, as a sentence.
    pub fn sentence(&self) -> String {
        let wanted = self.wanted.label().to_lowercase();
        match &self.stands {
            None => format!("Somebody took the decision back meanwhile; you wanted it {wanted}. Look again, then decide."),
            Some(stands) => {
                let (who, stands) = (&stands.who, stands.verdict.label().to_lowercase());
                format!("{who} decided meanwhile: it is {stands}; you wanted it {wanted}. Look again, then decide.")
            }
        }
    }
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict.sentence())
    }
}

#[cfg(test)]
mod tests;

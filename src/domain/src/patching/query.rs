//! What the pages of updates and of compliance show, as their URLs say it. The URL is the whole state, so a link can be shared.

mod pairs;

pub use pairs::{PairCursor, PairsQuery};

use super::Class;
use crate::{
    Fault, Refusal,
    devices::{
        limits::is_plain,
        query::{Cursor, SEARCH, encode},
    },
};

/// Which updates, by what was decided for all clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decided {
    /// Approved.
    Approved,
    /// Deferred.
    Deferred,
    /// Declined.
    Declined,
    /// Nothing is decided.
    Undecided,
}

/// The column that orders the list of updates; rows that are equal are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// By name, then version.
    #[default]
    Name,
    /// By when it was first seen.
    Seen,
    /// By how many devices need it.
    Need,
    /// By on how many devices it failed.
    Failed,
}

/// The state of the list of updates.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct UpdatesQuery {
    /// Part of a name or version.
    pub q: String,
    /// One class.
    pub class: Option<Class>,
    /// By what was decided.
    pub decided: Option<Decided>,
    /// Only those that failed somewhere.
    pub failed: bool,
    /// The order.
    pub sort: Sort,
    /// Turned round.
    pub descending: bool,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<Cursor>,
}

impl Decided {
    /// Each once.
    pub const ALL: [Self; 4] = [Self::Approved, Self::Deferred, Self::Declined, Self::Undecided];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Deferred => "deferred",
            Self::Declined => "declined",
            Self::Undecided => "undecided",
        }
    }
}

impl Sort {
    /// Each once.
    pub const ALL: [Self; 4] = [Self::Name, Self::Seen, Self::Need, Self::Failed];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Seen => "seen",
            Self::Need => "need",
            Self::Failed => "failed",
        }
    }
}

fn parsed<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, mut take: impl FnMut(&str, &str) -> Option<()>) -> Result<(), Refusal> {
    let wrong = pairs.into_iter().filter(|(name, value)| !value.is_empty() && take(name, value).is_none());
    let faults: Vec<Fault> = wrong.map(|(name, _)| Fault::new(name, "is not a value this list knows")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
}

fn written<const N: usize>(pairs: [(&str, Option<String>); N]) -> String {
    let pairs: Vec<String> = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", encode(&value?)))).collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

const fn side(backwards: bool) -> &'static str {
    if backwards { "before" } else { "after" }
}

impl UpdatesQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let mut query = Self::default();
        parsed(pairs, |name, value| query.take(name, value))?;
        Ok(query)
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "q" => self.q = Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q))?.to_owned(),
            "class" => self.class = Some(value.parse().ok()?),
            "decided" => self.decided = Some(Decided::ALL.into_iter().find(|decided| decided.word() == value)?),
            "failed" => self.failed = Some(value == "1").filter(|yes| *yes)?,
            "sort" => {
                let word = value.strip_prefix('-').unwrap_or(value);
                self.sort = Sort::ALL.into_iter().find(|sort| sort.word() == word)?;
                self.descending = value.starts_with('-');
            }
            "after" => self.cursor = Some(Cursor::parse(value, false)?),
            "before" => self.cursor = Some(Cursor::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty; defaults are left out.
    pub fn to_query(&self) -> String {
        let sorted = self.sort != Sort::Name || self.descending;
        written([
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("class", self.class.map(|class| class.word().to_owned())),
            ("decided", self.decided.map(|decided| decided.word().to_owned())),
            ("failed", self.failed.then(|| "1".to_owned())),
            ("sort", sorted.then(|| format!("{}{}", if self.descending { "-" } else { "" }, self.sort.word()))),
            (side(self.cursor.as_ref().is_some_and(|c| c.backwards)), self.cursor.as_ref().map(|c| format!("{}.{}", c.id.simple(), c.value))),
        ])
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { cursor: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub const fn is_filtered(&self) -> bool {
        !self.q.is_empty() || self.class.is_some() || self.decided.is_some() || self.failed
    }
}

#[cfg(test)]
mod tests;

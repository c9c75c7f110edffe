//! What the inbox of alerts shows, as its URL says it. The URL is the whole state, so a link can be shared.

use std::collections::BTreeSet;

use super::Severity;
use crate::{
    Fault, Moment, Refusal,
    devices::{
        limits::is_plain,
        query::{SEARCH, encode},
    },
    ids::{AlertId, ClientId, DeviceId},
};

/// Rows of one page.
pub const PAGE: u64 = 100;
/// The most alerts that one bulk act takes.
pub const BULK: usize = 200;

/// The quick filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Show {
    /// What needs me: open alerts.
    #[default]
    Open,
    /// Somebody is on them.
    Acknowledged,
    /// Put off.
    Snoozed,
    /// In maintenance windows.
    Suppressed,
    /// Over.
    Resolved,
    /// Every state.
    All,
}

/// The order of the inbox; rows that are equal are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// The newest first.
    #[default]
    Newest,
    /// The worst first, and of those the newest.
    Severity,
    /// The oldest first.
    Oldest,
}

/// The alert beside which a page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Its severity.
    pub severity: Severity,
    /// When it was raised.
    pub raised_at: Moment,
    /// Its id.
    pub id: AlertId,
    /// Whether the page ends before it instead of starting after it.
    pub backwards: bool,
}

/// The state of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct InboxQuery {
    /// The quick filter.
    pub show: Show,
    /// One severity.
    pub severity: Option<Severity>,
    /// One client.
    pub client: Option<ClientId>,
    /// One device.
    pub device: Option<DeviceId>,
    /// Part of a device's name or of a condition.
    pub q: String,
    /// Whether rows stand under their clients.
    pub by_client: bool,
    /// The order.
    pub sort: Sort,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<Cursor>,
}

impl Show {
    /// Each once, in the order of the page.
    pub const ALL: [Self; 6] = [Self::Open, Self::Acknowledged, Self::Snoozed, Self::Suppressed, Self::Resolved, Self::All];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Acknowledged => "acknowledged",
            Self::Snoozed => "snoozed",
            Self::Suppressed => "suppressed",
            Self::Resolved => "resolved",
            Self::All => "all",
        }
    }

    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "Needs me",
            Self::Acknowledged => "Acknowledged",
            Self::Snoozed => "Snoozed",
            Self::Suppressed => "Suppressed",
            Self::Resolved => "Resolved",
            Self::All => "All",
        }
    }

    /// The words of the states it shows, as [`super::state::State::word`] writes them; `None`: every state.
    pub const fn states(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Open => Some(&["open"]),
            Self::Acknowledged => Some(&["acknowledged"]),
            Self::Snoozed => Some(&["snoozed"]),
            Self::Suppressed => Some(&["suppressed"]),
            Self::Resolved => Some(&["resolved", "dismissed"]),
            Self::All => None,
        }
    }
}

impl Sort {
    /// Each once, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Newest, Self::Severity, Self::Oldest];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Severity => "severity",
            Self::Oldest => "oldest",
        }
    }
}

impl Cursor {
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        let (severity, raised_at, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some(Self { severity, raised_at: Moment(raised_at), id, backwards })
    }

    fn text(&self) -> String {
        format!("{}.{}.{}", self.severity, self.raised_at.0, self.id)
    }
}

impl InboxQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            if !value.is_empty() && query.take(name, value).is_none() {
                faults.push(Fault::new(name, "is not a value this list knows"));
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "show" => self.show = Show::ALL.into_iter().find(|show| show.word() == value)?,
            "severity" => self.severity = Some(value.parse().ok()?),
            "client" => self.client = Some(value.parse().ok()?),
            "device" => self.device = Some(value.parse().ok()?),
            "q" => self.q = Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q))?.to_owned(),
            "group" => self.by_client = Some(value == "client").filter(|yes| *yes)?,
            "sort" => self.sort = Sort::ALL.into_iter().find(|sort| sort.word() == value)?,
            "after" => self.cursor = Some(Cursor::parse(value, false)?),
            "before" => self.cursor = Some(Cursor::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty; defaults are left out.
    pub fn to_query(&self) -> String {
        let cursor = self.cursor.map(|cursor| (if cursor.backwards { "before" } else { "after" }, cursor.text()));
        let pairs = [
            ("show", (self.show != Show::default()).then(|| self.show.word().to_owned())),
            ("severity", self.severity.map(|severity| severity.to_string())),
            ("client", self.client.map(|id| id.to_string())),
            ("device", self.device.map(|id| id.to_string())),
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("group", self.by_client.then(|| "client".to_owned())),
            ("sort", (self.sort != Sort::default()).then(|| self.sort.word().to_owned())),
        ];
        let written = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(cursor);
        let written: Vec<String> = written.map(|(name, value)| format!("{name}={}", encode(&value))).collect();
        if written.is_empty() { String::new() } else { format!("?{}", written.join("&")) }
    }

    /// The same inbox from its first page.
    pub fn first_page(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// The same inbox, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.first_page();
        change(&mut query);
        query
    }

    /// Whether anything but the quick filter, the order and the grouping narrows it.
    pub fn is_filtered(&self) -> bool {
        Self { show: self.show, sort: self.sort, by_client: self.by_client, ..Self::default() } != self.first_page()
    }
}

/// The alerts that a bulk act names, each once.
///
/// # Errors
/// A fault of `id`.
pub fn chosen<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<BTreeSet<AlertId>, Fault> {
    let mut chosen = BTreeSet::new();
    for id in ids {
        chosen.insert(id.parse().map_err(|_| Fault::new("id", "holds something that is no alert"))?);
        if chosen.len() > BULK {
            return Err(Fault::new("id", format!("names more than {BULK} alerts; choose fewer at a time")));
        }
    }
    if chosen.is_empty() { Err(Fault::new("id", "Choose at least one alert.")) } else { Ok(chosen) }
}

#[cfg(test)]
mod tests;

//! What a device list shows, as its URL says it. The URL is the whole state, so a link can be shared.

use std::fmt::Write as _;

use super::{limits::is_plain, status::Status};
use crate::{
    Fault, Refusal,
    ids::{ClientId, SiteId},
};

/// Rows of one page.
pub const PAGE: u64 = 100;
/// The longest search text, in characters.
pub const SEARCH: usize = 100;

/// Which updates wait on a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Waiting {
    /// At least one update.
    Any,
    /// At least one security update.
    Security,
    /// It could not be told.
    Unknown,
}

/// The column that orders the list; rows that are equal are ordered by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Sort {
    /// By host name.
    #[default]
    Name,
    /// By last contact.
    Seen,
    /// By waiting security updates.
    Security,
}

/// Where a page starts: the value of the sort column and the id of the row beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The row's value in the sort column, as text.
    pub value: String,
    /// The row's id.
    pub id: uuid::Uuid,
    /// Whether the page ends before this row instead of starting after it.
    pub backwards: bool,
}

/// The state of a device list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct DeviceQuery {
    /// Part of a name, tag, serial or address.
    pub q: String,
    /// One client.
    pub client: Option<ClientId>,
    /// One site.
    pub site: Option<SiteId>,
    /// One status.
    pub status: Option<Status>,
    /// One family of operating systems.
    pub os: Option<String>,
    /// A word that people gave.
    pub tag: Option<String>,
    /// By waiting updates.
    pub updates: Option<Waiting>,
    /// Only those that ask for a restart.
    pub restart: bool,
    /// Only those not seen for seven days or never.
    pub unseen: bool,
    /// The order.
    pub sort: Sort,
    /// Turned round.
    pub descending: bool,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<Cursor>,
}

impl Waiting {
    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Security => "security",
            Self::Unknown => "unknown",
        }
    }
}

impl Sort {
    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Seen => "seen",
            Self::Security => "security",
        }
    }
}

impl Cursor {
    pub(crate) fn parse(text: &str, backwards: bool) -> Option<Self> {
        let (id, value) = text.split_once('.').filter(|(_, value)| is_plain(value))?;
        Some(Self { value: value.to_owned(), id: uuid::Uuid::try_parse(id).ok()?, backwards })
    }
}

impl DeviceQuery {
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
            "q" => self.q = Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q))?.to_owned(),
            "client" => self.client = Some(value.parse().ok()?),
            "site" => self.site = Some(value.parse().ok()?),
            "status" => self.status = Some(value.parse().ok()?),
            "os" => self.os = Some(value.to_owned()).filter(|os| os.len() <= 40 && is_plain(os)),
            "tag" => self.tag = Some(super::given::tag(value).ok()?),
            "updates" => self.updates = Some([Waiting::Any, Waiting::Security, Waiting::Unknown].into_iter().find(|w| w.word() == value)?),
            "restart" => self.restart = Some(value == "pending").filter(|yes| *yes)?,
            "seen" => self.unseen = Some(value == "over-7d").filter(|yes| *yes)?,
            "sort" => {
                let word = value.strip_prefix('-').unwrap_or(value);
                self.sort = [Sort::Name, Sort::Seen, Sort::Security].into_iter().find(|sort| sort.word() == word)?;
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
        let mut out = String::new();
        let mut put = |name: &str, value: &str| {
            let _ = write!(out, "{}{name}={}", if out.is_empty() { '?' } else { '&' }, encode(value));
        };
        if !self.q.is_empty() {
            put("q", &self.q);
        }
        let (client, site) = (self.client.map(|id| id.to_string()), self.site.map(|id| id.to_string()));
        for (name, id) in [("client", client), ("site", site)].into_iter().filter_map(|(name, id)| Some((name, id?))) {
            put(name, &id);
        }
        if let Some(status) = self.status {
            put("status", status.word());
        }
        if let Some(os) = &self.os {
            put("os", os);
        }
        if let Some(tag) = &self.tag {
            put("tag", tag);
        }
        if let Some(updates) = self.updates {
            put("updates", updates.word());
        }
        if self.restart {
            put("restart", "pending");
        }
        if self.unseen {
            put("seen", "over-7d");
        }
        if self.sort != Sort::Name || self.descending {
            put("sort", &format!("{}{}", if self.descending { "-" } else { "" }, self.sort.word()));
        }
        if let Some(cursor) = &self.cursor {
            put(if cursor.backwards { "before" } else { "after" }, &format!("{}.{}", cursor.id.simple(), cursor.value));
        }
        out
    }

    /// The same list from its first page.
    pub fn first_page(&self) -> Self {
        Self { cursor: None, ..self.clone() }
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.first_page();
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        Self { sort: self.sort, descending: self.descending, ..Self::default() } != self.first_page()
    }
}

/// Percent-encodes everything but unreserved characters.
pub fn encode(value: &str) -> String {
    value.bytes().fold(String::with_capacity(value.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests;

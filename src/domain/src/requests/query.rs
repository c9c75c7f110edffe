//! What a list of requests shows, as its URL says it. The URL is the whole state, so a link can be shared.

use std::collections::BTreeSet;

use super::State;
use crate::{
    Fault, Moment, Refusal,
    devices::{
        limits::is_plain,
        query::{SEARCH, encode},
    },
    ids::{ClientId, RequestId},
};

/// Rows of one page.
pub const PAGE: u64 = 50;
/// The most requests that one bulk act takes.
pub const BULK: usize = 100;

/// The quick filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Show {
    /// New or open: the MSP has to act.
    #[default]
    Ours,
    /// Live, and nobody of the MSP has them.
    Unassigned,
    /// Live, and the viewer has them.
    Mine,
    /// The client has to act.
    Client,
    /// Neither solved nor closed.
    Live,
    /// Solved or closed.
    Over,
    /// Every state.
    All,
}

/// The request beside which a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// When it last changed, as the viewer may know.
    pub at: Moment,
    /// Its id.
    pub id: RequestId,
    /// Whether the page ends before it instead of starting after it.
    pub backwards: bool,
}

/// The state of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RequestQuery {
    /// The quick filter.
    pub show: Show,
    /// One client.
    pub client: Option<ClientId>,
    /// Part of a subject or a device's name, or a number.
    pub q: String,
    /// Whether the one that waits longest stands first.
    pub oldest: bool,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<Cursor>,
}

impl Show {
    /// Those of staff, in the order of the page.
    pub const STAFF: [Self; 6] = [Self::Ours, Self::Unassigned, Self::Mine, Self::Client, Self::Over, Self::All];
    /// Those of contacts, in the order of the page.
    pub const CONTACT: [Self; 4] = [Self::Live, Self::Client, Self::Over, Self::All];
    const EACH: [Self; 7] = [Self::Ours, Self::Unassigned, Self::Mine, Self::Client, Self::Live, Self::Over, Self::All];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Unassigned => "unassigned",
            Self::Mine => "mine",
            Self::Client => "client",
            Self::Live => "open",
            Self::Over => "over",
            Self::All => "all",
        }
    }

    /// The words on pages; `contact`: of a contact.
    pub const fn label(self, contact: bool) -> &'static str {
        match self {
            Self::Ours => "Waiting for us",
            Self::Unassigned => "Unassigned",
            Self::Mine => "Mine",
            Self::Client if contact => "Waiting for you",
            Self::Client => "Waiting for client",
            Self::Live => "Open",
            Self::Over => "Solved",
            Self::All => "All",
        }
    }

    /// The states it shows.
    pub fn states(self) -> Vec<State> {
        let wanted = |state: &State| match self {
            Self::Ours => State::OURS.contains(state),
            Self::Unassigned | Self::Mine | Self::Live => state.is_live(),
            Self::Client => *state == State::WaitingClient,
            Self::Over => !state.is_live(),
            Self::All => true,
        };
        State::ALL.into_iter().filter(wanted).collect()
    }
}

impl Cursor {
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: Moment(at.parse().ok()?), id: id.parse().ok()?, backwards })
    }
}

impl RequestQuery {
    /// Reads the pairs of a query string; unknown names are ignored. Without a quick filter it is `usual`.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(usual: Show, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self { show: usual, ..Self::default() }, Vec::new());
        for (name, value) in pairs {
            if !value.is_empty() && query.take(name, value).is_none() {
                faults.push(Fault::new(name, "is not a value this list knows"));
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "show" => self.show = Show::EACH.into_iter().find(|show| show.word() == value)?,
            "client" => self.client = Some(value.parse().ok()?),
            "q" => self.q = Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q))?.to_owned(),
            "sort" => self.oldest = [("newest", false), ("oldest", true)].into_iter().find(|(word, _)| *word == value)?.1,
            "after" => self.cursor = Some(Cursor::parse(value, false)?),
            "before" => self.cursor = Some(Cursor::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string with its `?`; the quick filter always stands there, for its default depends on who looks.
    pub fn to_query(&self) -> String {
        let cursor = self.cursor.map(|cursor| (if cursor.backwards { "before" } else { "after" }, format!("{}.{}", cursor.at.0, cursor.id)));
        let pairs = [
            ("show", Some(self.show.word().to_owned())),
            ("client", self.client.map(|id| id.to_string())),
            ("q", Some(self.q.clone()).filter(|q| !q.is_empty())),
            ("sort", self.oldest.then(|| "oldest".to_owned())),
        ];
        let written = pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).chain(cursor);
        let written: Vec<String> = written.map(|(name, value)| format!("{name}={}", encode(&value))).collect();
        format!("?{}", written.join("&"))
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { cursor: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether anything but the quick filter and the order narrows it.
    pub fn is_filtered(&self) -> bool {
        self.client.is_some() || !self.q.is_empty()
    }

    /// The number that the search may be: `R-1042`, or `1042` alone.
    pub fn number(&self) -> Option<i64> {
        self.q.strip_prefix("R-").or_else(|| self.q.strip_prefix("r-")).unwrap_or(&self.q).parse().ok()
    }
}

/// The requests that a bulk act names, each once.
///
/// # Errors
/// A fault of `request`.
pub fn chosen<'a>(ids: impl IntoIterator<Item = &'a str>) -> Result<BTreeSet<RequestId>, Fault> {
    let mut chosen = BTreeSet::new();
    for id in ids {
        chosen.insert(id.parse().map_err(|_| Fault::new("request", "holds something that is no request"))?);
        if chosen.len() > BULK {
            return Err(Fault::new("request", format!("names more than {BULK} requests; choose fewer at a time")));
        }
    }
    if chosen.is_empty() { Err(Fault::new("request", "Choose at least one request.")) } else { Ok(chosen) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn a_list_reads_back_from_its_address() {
        let cursor = Cursor { at: Moment(7), id: RequestId(Uuid::from_u128(1)), backwards: true };
        let query = RequestQuery { show: Show::Mine, client: Some(ClientId(Uuid::from_u128(2))), q: "r-1042".into(), oldest: true, cursor: Some(cursor) };
        let text = query.to_query();
        let pairs = text.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
        assert_eq!(RequestQuery::parse(Show::Ours, pairs), Ok(query.clone()));
        assert_eq!((query.number(), query.is_filtered()), (Some(1042), true));
        for bad in [("show", "x"), ("client", "x"), ("q", "a\0"), ("sort", "x"), ("after", "1.x")] {
            assert!(RequestQuery::parse(Show::Ours, [bad]).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn every_state_is_ours_theirs_or_over_or_waits() {
        assert_eq!(Show::Ours.states(), [State::New, State::Open]);
        assert_eq!(Show::Live.states().len() + Show::Over.states().len(), State::ALL.len());
    }

    #[test]
    fn bulk_acts_are_bounded() {
        let ids: Vec<String> = (0..=BULK as u128).map(|n| RequestId(Uuid::from_u128(n)).to_string()).collect();
        assert!(chosen(ids.iter().map(String::as_str)).is_err() && chosen([]).is_err() && chosen(["x"]).is_err());
        assert_eq!(chosen(ids[1..].iter().map(String::as_str)).map(|ids| ids.len()), Ok(BULK));
    }
}

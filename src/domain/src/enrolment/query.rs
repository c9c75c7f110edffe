//! What the list of keys and the list of devices that wait for approval show, as their URLs say it.

use std::fmt::Write as _;

use super::KeyState;
use crate::{
    Fault, Moment, Refusal,
    devices::{
        limits::is_plain,
        query::{SEARCH, encode},
    },
    ids::{ClientId, EnrolmentKeyId, Uuid},
};

/// Where a page starts: the instant and the id of the row beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The row's instant in the order of the list.
    pub at: Moment,
    /// The row's id.
    pub id: Uuid,
    /// Whether the page ends before this row instead of starting after it.
    pub backwards: bool,
}

impl Place {
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let (id, at) = text.split_once('.')?;
        Some(Self { at: Moment(at.parse().ok()?), id: Uuid::try_parse(id).ok()?, backwards })
    }

    fn pair(&self) -> (&'static str, String) {
        (if self.backwards { "before" } else { "after" }, format!("{}.{}", self.id.simple(), self.at.0))
    }
}

/// The state of the list of keys, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyQuery {
    /// Part of a key's or a client's name.
    pub q: String,
    /// One state.
    pub state: Option<KeyState>,
    /// Where the page starts; `None` is the first page.
    pub place: Option<Place>,
}

/// The state of the list of devices that wait for approval, longest waiting first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PendingQuery {
    /// Part of a name, serial number or address.
    pub q: String,
    /// One client.
    pub client: Option<ClientId>,
    /// One key.
    pub key: Option<EnrolmentKeyId>,
    /// Only those that enrolled no later than this.
    pub until: Option<Moment>,
    /// Where the page starts; `None` is the first page.
    pub place: Option<Place>,
}

fn searched(value: &str) -> Option<String> {
    Some(value.trim()).filter(|q| q.chars().count() <= SEARCH && is_plain(q)).map(str::to_owned)
}

/// Gives each pair that has a value to `take`, and names those that it does not take.
fn read<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, mut take: impl FnMut(&str, &str) -> Option<()>) -> Result<(), Refusal> {
    let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
    let faults: Vec<Fault> =
        pairs.filter(|(name, value)| take(name, value).is_none()).map(|(name, _)| Fault::new(name, "is not a value this list knows")).collect();
    if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
}

/// The query string of `pairs`, with its `?` when there is one.
fn write(pairs: impl IntoIterator<Item = (&'static str, String)>) -> String {
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).fold(String::new(), |mut out, (name, value)| {
        let _ = write!(out, "{}{name}={}", if out.is_empty() { '?' } else { '&' }, encode(&value));
        out
    })
}

impl KeyQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let mut query = Self::default();
        read(pairs, |name, value| {
            match name {
                "q" => query.q = searched(value)?,
                "state" => query.state = Some(value.parse().ok()?),
                "after" => query.place = Some(Place::parse(value, false)?),
                "before" => query.place = Some(Place::parse(value, true)?),
                _ => {}
            }
            Some(())
        })?;
        Ok(query)
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        let state = self.state.map(|state| ("state", state.word().to_owned()));
        write([("q", self.q.clone())].into_iter().chain(state).chain(self.place.as_ref().map(Place::pair)))
    }
}

impl PendingQuery {
    /// Reads the pairs of a query string or form; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let mut query = Self::default();
        read(pairs, |name, value| {
            match name {
                "q" => query.q = searched(value)?,
                "client" => query.client = Some(value.parse().ok()?),
                "key" => query.key = Some(value.parse().ok()?),
                "until" => query.until = Some(Moment(value.parse().ok()?)),
                "after" => query.place = Some(Place::parse(value, false)?),
                "before" => query.place = Some(Place::parse(value, true)?),
                _ => {}
            }
            Some(())
        })?;
        Ok(query)
    }

    /// The pairs that say which rows match, without the place.
    pub fn filters(&self) -> Vec<(&'static str, String)> {
        let known = [
            ("q", Some(self.q.clone())),
            ("client", self.client.map(|client| client.to_string())),
            ("key", self.key.map(|key| key.to_string())),
            ("until", self.until.map(|until| until.0.to_string())),
        ];
        known.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?))).collect()
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        write(self.filters().into_iter().chain(self.place.as_ref().map(Place::pair)))
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        !self.q.is_empty() || self.client.is_some() || self.key.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_reads_back_to_the_same_list() {
        let place = |backwards| Some(Place { at: Moment(12), id: Uuid::from_u128(7), backwards });
        let keys = KeyQuery { q: "a & b".into(), state: Some(KeyState::UsedUp), place: place(true) };
        assert_eq!(keys.to_query(), "?q=a%20%26%20b&state=used-up&before=00000000000000000000000000000007.12");
        assert_eq!(KeyQuery::parse([("q", "a & b"), ("state", "used-up"), ("before", "00000000000000000000000000000007.12"), ("noise", "1")]), Ok(keys));
        let pending = PendingQuery { client: Some(ClientId(Uuid::from_u128(3))), until: Some(Moment(5)), place: place(false), ..PendingQuery::default() };
        let client = ClientId(Uuid::from_u128(3)).to_string();
        assert_eq!(PendingQuery::parse([("client", client.as_str()), ("until", "5"), ("after", "00000000000000000000000000000007.12")]), Ok(pending.clone()));
        assert!(pending.is_filtered() && pending.to_query().ends_with("&after=00000000000000000000000000000007.12"));
        assert_eq!(PendingQuery::default().to_query(), "");
    }

    #[test]
    fn a_wrong_value_is_named() {
        for (name, value) in [("state", "asleep"), ("after", "x"), ("before", "7.x"), ("q", &*"x".repeat(101))] {
            let Err(Refusal::Invalid(faults)) = KeyQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
            assert_eq!(faults[0].field, name);
        }
        for (name, value) in [("client", "cli_1"), ("key", "ptk_1"), ("until", "noon")] {
            assert!(PendingQuery::parse([(name, value)]).is_err(), "{name}={value}");
        }
    }
}

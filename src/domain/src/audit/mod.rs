//! What a list of audit entries shows, as its URL says it. The URL is the whole state, so a link can be shared.

use std::fmt::Write as _;

use uuid::Uuid;

use crate::{
    Fault, Moment, Refusal,
    devices::{
        limits::is_plain,
        query::{SEARCH, encode},
    },
    ids::ClientId,
};

/// Rows of one page.
pub const PAGE: u64 = 100;
/// The longest word of a filter, in bytes.
const WORD: usize = 200;

/// The entry beside which a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Beside {
    /// When the entry was made.
    pub at: Moment,
    /// Which it is.
    pub id: Uuid,
    /// Whether the page holds newer entries instead of older ones.
    pub newer: bool,
}

/// The state of a list of entries.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct AuditQuery {
    /// Part of an object's or an actor's name.
    pub q: String,
    /// Who did it: an id, or a kind and a name with a colon between for actors without one.
    pub actor: Option<String>,
    /// What was done, as a word: `signed in`.
    pub action: Option<String>,
    /// The kind of object it was done to.
    pub kind: Option<String>,
    /// The id of the one object it was done to.
    pub object: Option<String>,
    /// One client.
    pub client: Option<ClientId>,
    /// The first day, in the viewer's zone: `2026-11-21`.
    pub from: Option<String>,
    /// The last day, in the viewer's zone.
    pub to: Option<String>,
    /// Where the page starts; `None` is the first page.
    pub beside: Option<Beside>,
}

impl Beside {
    fn parse(text: &str, newer: bool) -> Option<Self> {
        let (at, id) = text.split_once('.')?;
        Some(Self { at: Moment(at.parse().ok()?), id: Uuid::try_parse(id).ok()?, newer })
    }
}

/// `2026-11-21` in form; whether the day exists is for the calendar to say.
fn day(value: &str) -> Option<String> {
    let plain = value.len() == 10 && value.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    plain.then(|| value.to_owned())
}

fn word(value: &str) -> Option<String> {
    (value.len() <= WORD && is_plain(value)).then(|| value.to_owned())
}

impl AuditQuery {
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
            "actor" => self.actor = Some(word(value)?),
            "action" => self.action = Some(word(value)?),
            "kind" => self.kind = Some(word(value)?),
            "object" => self.object = Some(word(value)?),
            "client" => self.client = Some(value.parse().ok()?),
            "from" => self.from = Some(day(value)?),
            "to" => self.to = Some(day(value)?),
            "after" => self.beside = Some(Beside::parse(value, false)?),
            "before" => self.beside = Some(Beside::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty; defaults are left out.
    pub fn to_query(&self) -> String {
        let client = self.client.map(|client| client.to_string());
        let place = self.beside.map(|beside| format!("{}.{}", beside.at.0, beside.id.simple()));
        let place_name = if self.beside.is_some_and(|beside| beside.newer) { "before" } else { "after" };
        let pairs = [
            ("q", Some(&self.q).filter(|q| !q.is_empty())),
            ("actor", self.actor.as_ref()),
            ("action", self.action.as_ref()),
            ("kind", self.kind.as_ref()),
            ("object", self.object.as_ref()),
            ("client", client.as_ref()),
            ("from", self.from.as_ref()),
            ("to", self.to.as_ref()),
            (place_name, place.as_ref()),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).fold(String::new(), |mut out, (name, value)| {
            let _ = write!(out, "{}{name}={}", if out.is_empty() { '?' } else { '&' }, encode(value));
            out
        })
    }

    /// The same list from its first page.
    pub fn first_page(&self) -> Self {
        Self { beside: None, ..self.clone() }
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.first_page();
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        self.first_page() != Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_reads_back_to_the_same_list() {
        let client = ClientId(Uuid::from_u128(3)).to_string();
        let pairs = [
            ("q", "sql & co"),
            ("actor", "job:console"),
            ("action", "signed in"),
            ("kind", "device"),
            ("object", "dev_1"),
            ("client", &client),
            ("from", "2026-11-01"),
            ("to", "2026-11-30"),
            ("before", "17.00000000000000000000000000000009"),
            ("noise", "x"),
        ];
        let query = AuditQuery::parse(pairs).expect("valid");
        let text = query.to_query();
        assert!(text.starts_with("?q=sql%20%26%20co&actor=job%3Aconsole&action=signed%20in&kind=device&object=dev_1&client=cli_"), "{text}");
        assert!(text.ends_with("&from=2026-11-01&to=2026-11-30&before=17.00000000000000000000000000000009"), "{text}");
        assert!(query.is_filtered() && !AuditQuery::default().is_filtered());
        assert_eq!(query.with(|query| query.q.clear()).beside, None);
    }

    #[test]
    fn a_wrong_value_is_named() {
        let long = "x".repeat(WORD + 1);
        for (name, value) in [("client", "cli_1"), ("from", "yesterday"), ("to", "2026/11/01"), ("after", "x"), ("before", "1.x"), ("actor", &long)] {
            let Err(Refusal::Invalid(faults)) = AuditQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
            assert_eq!(faults[0].field, name);
        }
        assert!(AuditQuery::parse([("q", &*"x".repeat(SEARCH + 1))]).is_err());
    }
}

//! What a list of deliveries shows, as its URL says it.

use std::fmt::Write as _;

use uuid::Uuid;

use super::{Kind, State};
use crate::{Fault, Moment, Refusal, audit::Beside, devices::query::encode, ids::ChannelId};

/// Rows of one page.
pub const PAGE: u64 = 50;

/// The state of a list of deliveries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryQuery {
    /// Only in this state.
    pub state: Option<State>,
    /// Only this way.
    pub kind: Option<Kind>,
    /// Only through this channel.
    pub channel: Option<ChannelId>,
    /// Where the page starts; `None` is the first page.
    pub beside: Option<Beside>,
}

fn beside(text: &str, newer: bool) -> Option<Beside> {
    let (at, id) = text.split_once('.')?;
    Some(Beside { at: Moment(at.parse().ok()?), id: Uuid::try_parse(id).ok()?, newer })
}

impl DeliveryQuery {
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
            "state" => self.state = Some(value.parse().ok()?),
            "kind" => self.kind = Some(value.parse().ok()?),
            "channel" => self.channel = Some(value.parse().ok()?),
            "after" => self.beside = Some(beside(value, false)?),
            "before" => self.beside = Some(beside(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        let place = self.beside.map(|beside| format!("{}.{}", beside.at.0, beside.id.simple()));
        let place_name = if self.beside.is_some_and(|beside| beside.newer) { "before" } else { "after" };
        let pairs = [
            ("state", self.state.map(|state| state.word().to_owned())),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("channel", self.channel.map(|channel| channel.to_string())),
            (place_name, place),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).fold(String::new(), |mut out, (name, value)| {
            let _ = write!(out, "{}{name}={}", if out.is_empty() { '?' } else { '&' }, encode(&value));
            out
        })
    }

    /// The same list from its first page.
    pub fn first_page(&self) -> Self {
        Self { beside: None, ..self.clone() }
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
        let channel = ChannelId(Uuid::from_u128(3)).to_string();
        let pairs = [("state", "not-sent"), ("kind", "mail"), ("channel", channel.as_str()), ("before", "17.00000000000000000000000000000009"), ("x", "y")];
        let query = DeliveryQuery::parse(pairs).expect("valid");
        let text = query.to_query();
        let again: Vec<(&str, &str)> = text.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
        assert_eq!(DeliveryQuery::parse(again).expect("valid"), query);
        assert!(query.is_filtered() && !DeliveryQuery::default().is_filtered());
        for (name, value) in [("state", "lost"), ("kind", "pigeon"), ("channel", "chn_1"), ("after", "x")] {
            assert!(DeliveryQuery::parse([(name, value)]).is_err(), "{name}");
        }
    }
}

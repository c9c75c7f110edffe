//! The list of updates on devices, which every figure opens.

use super::{parsed, side, written};
use crate::{
    Refusal,
    devices::limits::is_plain,
    ids::{ClientId, DeviceId, UpdateId},
    patching::{Bucket, Class, Kind},
};

/// Where a page of pairs starts: beside this update on this device.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PairCursor {
    /// The device's host name, which orders the list.
    pub host: String,
    /// The device.
    pub device: DeviceId,
    /// The update.
    pub update: UpdateId,
    /// Whether the page ends before it instead of starting after it.
    pub backwards: bool,
}

/// The state of the list of updates on devices, which every figure opens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PairsQuery {
    /// One client.
    pub client: Option<ClientId>,
    /// One device.
    pub device: Option<DeviceId>,
    /// One update.
    pub update: Option<UpdateId>,
    /// One class.
    pub class: Option<Class>,
    /// One state.
    pub state: Option<Kind>,
    /// One part of a figure.
    pub counts: Option<Bucket>,
    /// Where the page starts; `None` is the first page.
    pub cursor: Option<PairCursor>,
}

impl PairCursor {
    fn parse(text: &str, backwards: bool) -> Option<Self> {
        let (device, rest) = text.split_once('.')?;
        let (update, host) = rest.split_once('.').filter(|(_, host)| is_plain(host))?;
        Some(Self { host: host.to_owned(), device: device.parse().ok()?, update: update.parse().ok()?, backwards })
    }
}

impl PairsQuery {
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
            "client" => self.client = Some(value.parse().ok()?),
            "device" => self.device = Some(value.parse().ok()?),
            "update" => self.update = Some(value.parse().ok()?),
            "class" => self.class = Some(value.parse().ok()?),
            "state" => self.state = Some(value.parse().ok()?),
            "counts" => self.counts = Some(value.parse().ok()?),
            "after" => self.cursor = Some(PairCursor::parse(value, false)?),
            "before" => self.cursor = Some(PairCursor::parse(value, true)?),
            _ => {}
        }
        Some(())
    }

    /// The query string, with its `?` when it is not empty.
    pub fn to_query(&self) -> String {
        written([
            ("client", self.client.map(|id| id.to_string())),
            ("device", self.device.map(|id| id.to_string())),
            ("update", self.update.map(|id| id.to_string())),
            ("class", self.class.map(|class| class.word().to_owned())),
            ("state", self.state.map(|kind| kind.word().to_owned())),
            ("counts", self.counts.map(|bucket| bucket.word().to_owned())),
            (side(self.cursor.as_ref().is_some_and(|c| c.backwards)), self.cursor.as_ref().map(|c| format!("{}.{}.{}", c.device, c.update, c.host))),
        ])
    }

    /// The same list, changed by `change`, from its first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = Self { cursor: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        Self { cursor: None, ..self.clone() } != Self::default()
    }
}

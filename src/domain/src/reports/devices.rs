//! What reports know of a device, and what is said of it: the same conditions as on Home and in the device list.

use super::{Cell, Figure, Head, Named, Value};
use crate::{
    Moment,
    devices::{
        query::{DeviceQuery, Waiting},
        status::{Standing, Status},
    },
    ids::DeviceId,
    time::DAY,
};

/// A device in service, as a report reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceFact {
    /// Which.
    pub id: DeviceId,
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub client: Named,
    /// Where it is.
    pub site: String,
    /// `server`, `laptop` ..
    pub kind: String,
    /// What people decided about it.
    pub standing: Standing,
    /// How often it reports, in seconds.
    pub every_s: i64,
    /// The family of its system; empty is unknown.
    pub family: String,
    /// The system's name; empty is unknown.
    pub system: String,
    /// Its version.
    pub version: Option<String>,
    /// Who made it.
    pub maker: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// The serial number.
    pub serial: Option<String>,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// Its last contact.
    pub seen: Option<Moment>,
    /// Waiting security updates; `None`: unknown.
    pub security: Option<u32>,
    /// Whether it asks for a restart; `None`: unknown.
    pub restart: Option<bool>,
}

impl DeviceFact {
    /// Its status at `now`.
    pub fn status(&self, now: Moment) -> Status {
        Status::at(now, self.standing, self.seen, self.every_s)
    }

    /// Whether it has not been seen for seven days, or never.
    pub fn is_unseen(&self, now: Moment) -> bool {
        self.seen.is_none_or(|seen| now.since(seen) > 7 * DAY)
    }

    /// Its system in words.
    pub fn system_words(&self) -> Option<String> {
        (!self.system.is_empty()).then(|| [Some(self.system.as_str()), self.version.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// Its status as a cell.
    pub(super) fn status_cell(&self, now: Moment) -> Cell {
        Cell::text(self.status(now).label())
    }

    /// Its page.
    pub(super) fn link(&self) -> String {
        format!("/devices/{}", self.id)
    }
}

/// The freshest contact among `devices`.
pub(super) fn freshest(devices: &[DeviceFact]) -> Option<Moment> {
    devices.iter().filter_map(|device| device.seen).max()
}

/// A figure about devices, each of which `judge` counts, does not count, or cannot tell.
pub(super) struct About<'a> {
    pub(super) key: &'a str,
    pub(super) label: &'a str,
    pub(super) meaning: &'a str,
    pub(super) link: Option<DeviceQuery>,
    pub(super) judge: &'a dyn Fn(&DeviceFact) -> Option<bool>,
}

impl About<'_> {
    /// The figure over `devices`.
    pub(super) fn figure(&self, devices: &[DeviceFact], head: &Head) -> Figure {
        let judged: Vec<Option<bool>> = devices.iter().map(self.judge).collect();
        let n = judged.iter().filter(|known| **known == Some(true)).count() as u64;
        let unknown = judged.iter().filter(|known| known.is_none()).count() as u64;
        let client = head.client.as_ref().map(|client| client.id);
        Figure {
            key: self.key.to_owned(),
            label: self.label.to_owned(),
            value: Value::Count { n, of: Some(devices.len() as u64 - unknown), unknown, what: "devices".to_owned() },
            meaning: self.meaning.to_owned(),
            measured_at: freshest(devices),
            link: self.link.clone().map(|query| format!("/devices{}", DeviceQuery { client, ..query }.to_query())),
        }
    }
}

/// The query of the device list for those with waiting security updates.
pub(super) fn with_security() -> DeviceQuery {
    DeviceQuery { updates: Some(Waiting::Security), ..DeviceQuery::default() }
}

/// Places of the figures that count `device`.
pub(super) fn counted(figures: &[About<'_>], device: &DeviceFact) -> Vec<u8> {
    let counts = figures.iter().enumerate().filter(|(_, figure)| (figure.judge)(device) == Some(true));
    counts.filter_map(|(at, _)| u8::try_from(at).ok()).collect()
}

/// Devices by a word, the commonest first; at most `most` words, the rest as one.
pub(super) fn by_word(words: impl Iterator<Item = String>, most: usize) -> Vec<(String, Option<u64>)> {
    let mut counts: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let rest: u64 = counts.iter().skip(most).map(|(_, n)| n).sum();
    counts.truncate(most);
    if rest > 0 {
        counts.push(("others".to_owned(), rest));
    }
    counts.into_iter().map(|(word, n)| (word, Some(n))).collect()
}

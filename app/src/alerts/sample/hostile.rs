//! The pages of alerts when every text tries to be markup.

use domain::{
    Fault,
    alerts::{InboxQuery, Key, Kind},
    ids::{ClientId, DeviceId, Uuid},
};

use super::{open, rule};
use crate::alerts::{
    AlertLine, AlertPage, AlertsTab, ConditionPage, EffectiveTab, InboxPage, NoticeLine, PoliciesPage, PolicyPage, PolicyPlace, TimelineLine, Watched,
};

/// A condition about `bad`, or about nothing when `bad` can name none.
fn key(bad: &str) -> Key {
    Key::about(Kind::Service, bad).unwrap_or(Key::general(Kind::Service))
}

fn line(bad: &str) -> AlertLine {
    let text = || bad.to_owned();
    let of = open().swap_remove(0);
    AlertLine { key: key(bad), value: Some(text()), device: (of.device.0, text()), client: (of.client.0, text()), by: Some(text()), window: Some(text()), ..of }
}

fn place(bad: &str) -> PolicyPlace {
    PolicyPlace { word: ClientId(Uuid::from_u128(1)).to_string(), name: bad.into(), values: 1 }
}

impl InboxPage {
    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let of = Self::sample();
        let query = InboxQuery { q: bad.into(), device: Some(of.rows[0].device.0), by_client: true, ..InboxQuery::default() };
        let clients = vec![(ClientId(Uuid::from_u128(1)), bad.into()), (ClientId(Uuid::from_u128(2)), bad.into())];
        Self { query, rows: vec![line(bad)], clients, error: Some(bad.into()), ..of }
    }
}

impl AlertPage {
    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let of = Self::sample();
        let entry = TimelineLine { at: of.line.raised_at, by: Some(bad.into()), words: bad.into(), note: Some(bad.into()) };
        let rule = domain::alerts::Rule { key: key(bad), ..of.rule };
        let notices = of.notices.into_iter().map(|line| NoticeLine { route: bad.into(), channel: bad.into(), ..line }).collect();
        Self { line: line(bad), rule, timeline: vec![entry], note: (bad.into(), Some(bad.into())), others: vec![line(bad)], notices, ..Self::sample() }
    }
}

impl AlertsTab {
    /// Every text tries to be markup.
    pub fn sample_hostile(device: DeviceId, bad: &str) -> Self {
        Self { device, rows: vec![line(bad)], more: true }
    }
}

impl EffectiveTab {
    /// Every text tries to be markup.
    pub fn sample_hostile(device: DeviceId, bad: &str) -> Self {
        let rule = domain::alerts::Rule { key: key(bad), ..rule("service") };
        let watched = Watched { rule, value: Some(bad.into()), breaching_since: None, alert: None };
        Self { device, watched: vec![watched], places: vec![place(bad)] }
    }
}

impl PoliciesPage {
    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        Self { tenant: place(bad), own: vec![place(bad)], more: true, clients: vec![(bad.into(), bad.into())] }
    }
}

impl PolicyPage {
    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let mut page = Self::sample();
        page.rows.truncate(1);
        page.rows[0].rule.key = key(bad);
        let new = (bad.into(), bad.into(), vec![Fault::new("kind", bad), Fault::new("subject", bad)]);
        Self { place: place(bad), above: vec![("tenant".into(), bad.into())], new, ..page }
    }
}

impl ConditionPage {
    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let names = ["on", "severity", "raise", "clear", "lasts", "clear_lasts"];
        let typed = names.map(|name| (name, bad.to_owned())).to_vec();
        let faults = names.into_iter().chain(["revision"]).map(|name| Fault::new(name, bad)).collect();
        Self { place: place(bad), typed, faults, ..Self::sample() }
    }
}

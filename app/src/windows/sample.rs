//! Invented maintenance windows, for render tests and previews.

use domain::{
    Fault,
    ids::{Uuid, WindowId},
    time::{DAY, HOUR, MINUTE},
    windows::Occurrence,
};

use super::{Maintenance, WindowLine, WindowPage, WindowTyped, WindowsPage};
use crate::layout::sample::NOW;

fn line(n: u128, name: &str, place: &str, sentence: &str, from: i64, lasts: i64) -> WindowLine {
    let occurrence = Occurrence { from: NOW + from, until: NOW + from + lasts };
    WindowLine {
        id: WindowId(Uuid::from_u128(n)),
        name: name.into(),
        place: place.into(),
        sentence: sentence.into(),
        effect: "alerts are suppressed, patching may run",
        occurrence,
        zone: "Europe/Berlin".into(),
    }
}

fn open() -> WindowLine {
    line(1, "New switches", "Castell Legal › Chambers", "Once, 2026-11-12 11:00 to 2026-11-12 15:00, Europe/Berlin", -42 * MINUTE, 4 * HOUR)
}

fn weekly() -> WindowLine {
    line(2, "Patch night", "All clients", "Every Saturday 22:00 to 02:00, Europe/Berlin", 2 * DAY + 10 * HOUR, 4 * HOUR)
}

impl WindowsPage {
    /// One that is open, one that comes each week, and one that is over.
    pub fn sample() -> Self {
        let past =
            line(3, "Move of the server room", "Brightwater Logistics", "Once, 2026-10-31 20:00 to 2026-11-01 08:00, Europe/London", -12 * DAY, 12 * HOUR);
        Self { coming: vec![open(), weekly()], past: vec![past], more_past: Some("?show=over".into()), older: None, follows: false, may_change: true }
    }

    /// None yet.
    pub fn sample_empty() -> Self {
        Self { coming: Vec::new(), past: Vec::new(), more_past: None, ..Self::sample() }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let line = WindowLine { name: bad.into(), place: bad.into(), sentence: bad.into(), zone: bad.into(), ..open() };
        Self { coming: vec![line.clone()], past: vec![line], more_past: Some(bad.into()), older: Some(bad.into()), ..Self::sample() }
    }
}

impl WindowTyped {
    /// Each Saturday night.
    pub fn sample() -> Self {
        Self {
            name: "Patch night".into(),
            place: "tenant".into(),
            kind: "weekly".into(),
            days: vec!["sat".into()],
            start: "22:00".into(),
            minutes: "240".into(),
            zone: "Europe/Berlin".into(),
            alerts: true,
            patching: true,
            ..Self::default()
        }
    }
}

impl WindowPage {
    /// A weekly one, with its next times.
    pub fn sample() -> Self {
        let line = weekly();
        let again = |week: i64| Occurrence { from: line.occurrence.from + week * 7 * DAY, until: line.occurrence.until + week * 7 * DAY };
        Self {
            coming: (0..3).map(again).collect(),
            line: Some(line),
            typed: WindowTyped::sample(),
            faults: Vec::new(),
            zone: "Europe/Berlin".into(),
            places: vec![("tenant".into(), "All clients".into()), ("cli_1".into(), "Castell Legal".into())],
            zones: vec!["Europe/Berlin".into(), "Europe/London".into()],
            revision: 3,
            may_change: true,
        }
    }

    /// A new one with two fields that are wrong.
    pub fn sample_wrong() -> Self {
        let faults =
            vec![Fault::new("days", "needs at least one day"), Fault::new("alerts", "A window suppresses alerts, or lets patching run, or both; choose one.")];
        let typed = WindowTyped { days: Vec::new(), alerts: false, patching: false, ..WindowTyped::sample() };
        Self { line: None, coming: Vec::new(), typed, faults, revision: 0, ..Self::sample() }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let text = || bad.to_owned();
        let typed = WindowTyped {
            name: text(),
            place: text(),
            kind: text(),
            from: text(),
            until: text(),
            days: vec![text()],
            start: text(),
            minutes: text(),
            zone: text(),
            alerts: true,
            patching: false,
        };
        let faults = ["name", "place", "kind", "from", "until", "days", "start", "minutes", "zone", "alerts"].map(|field| Fault::new(field, text())).to_vec();
        let line = WindowLine { name: text(), place: text(), sentence: text(), zone: text(), ..weekly() };
        Self { line: Some(line), typed, faults, zone: text(), places: vec![(text(), text())], zones: vec![text()], ..Self::sample() }
    }
}

impl Maintenance {
    /// For two hours more.
    pub fn sample(name: &str) -> Self {
        Self { id: WindowId(Uuid::from_u128(1)), name: name.into(), until: NOW + 2 * HOUR }
    }
}

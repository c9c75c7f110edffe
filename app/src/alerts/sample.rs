//! Invented alerts, for render tests and previews.

mod hostile;
mod monitoring;

use domain::{
    Moment,
    alerts::{
        Document, Effective, InboxQuery, Key, Level, Occasion, Part, Rule, Severity, State, Why,
        inbox::{Cursor, Show, Sort},
        setting::Limits,
        state::By,
    },
    ids::{AlertId, DeliveryId, DeviceId, PersonId, Uuid, WindowId},
    time::{DAY, HOUR, MINUTE},
};

use super::{AlertLine, AlertPage, AlertsTab, BulkDone, InboxPage, NoticeLine, Offered, TimelineLine};
use crate::{
    devices::sample::{client, row},
    layout::sample::NOW,
};

const PRIYA: PersonId = PersonId(Uuid::from_u128(1));

/// The condition that `text` names; a sample only writes ones that exist.
pub(super) fn key(text: &str) -> Key {
    text.parse().unwrap_or(Key::general(domain::alerts::Kind::NotSeen))
}

/// What a client's policy changes: disks are watched more closely, and one unit by its name.
pub(super) fn document() -> Document {
    let mut document = Document::default();
    let parts = [
        ("disk", Part { limits: Some(Limits { raise: 15, clear: 18 }), ..Part::default() }),
        ("disk:/var", Part { severity: Some(Severity::High), ..Part::default() }),
        ("service:nginx.service", Part { on: Some(true), for_s: Some(60), ..Part::default() }),
        ("cpu", Part { on: Some(false), ..Part::default() }),
    ];
    for (name, part) in parts {
        document.set(key(name), part).unwrap_or_default();
    }
    document
}

/// What holds for a condition under [`document`].
pub(super) fn rule(text: &str) -> Rule {
    Effective::new([(Level::Client, &document())]).rule(&key(text))
}

/// The `n`th alert, on the device of the same number.
fn line(n: usize, severity: Severity, text: &str, value: &str, state: State, ago: i64) -> AlertLine {
    let device = row(n);
    let by = match state {
        State::Acknowledged { .. } | State::Snoozed { .. } | State::Dismissed { .. } | State::Resolved { by: By::Person(_) } => Some("Priya Raman".to_owned()),
        _ => None,
    };
    AlertLine {
        id: AlertId(Uuid::from_u128(n as u128 + 1)),
        severity,
        key: key(text),
        value: (!value.is_empty()).then(|| value.to_owned()),
        state,
        breaching: state.is_live(),
        device: (device.id, device.hostname),
        client: device.client,
        raised_at: NOW - ago,
        changed_at: NOW - ago,
        by,
        window: matches!(state, State::Suppressed { .. }).then(|| "Patch night".to_owned()),
    }
}

/// What needs somebody, newest first.
pub(super) fn open() -> Vec<AlertLine> {
    vec![
        line(4, Severity::Critical, "disk:/var", "3.8 % free", State::Open, 12 * MINUTE),
        line(31, Severity::Medium, "memory", "92.4 %", State::Open, 26 * MINUTE),
        line(15, Severity::High, "not-seen", "47 min", State::Open, 47 * MINUTE),
        line(5, Severity::High, "service:backup-agent.service", "failed", State::Open, HOUR + 5 * MINUTE),
        line(62, Severity::Medium, "security-updates", "9 d", State::Open, 6 * HOUR),
        line(33, Severity::Low, "reboot", "since 11 d", State::Open, 11 * DAY),
        line(78, Severity::Info, "script:backup-age", "", State::Open, 12 * DAY),
    ]
}

/// One alert of each other state.
pub(super) fn others() -> Vec<AlertLine> {
    vec![
        line(40, Severity::High, "process:sshd", "not running", State::Acknowledged { by: PRIYA }, 2 * HOUR),
        line(41, Severity::Low, "cpu", "97 %", State::Snoozed { until: NOW + 3 * HOUR, by: PRIYA }, 3 * HOUR),
        AlertLine { breaching: false, ..line(42, Severity::High, "not-seen", "", State::Suppressed { window: WindowId(Uuid::from_u128(1)) }, 4 * HOUR) },
        line(43, Severity::Medium, "disk-warning:/", "24 % free", State::Resolved { by: By::Rule }, DAY),
        line(44, Severity::Medium, "memory", "81 %", State::Resolved { by: By::Person(PRIYA) }, DAY),
        line(45, Severity::Info, "script:uptime", "", State::Dismissed { by: PRIYA }, 2 * DAY),
    ]
}

impl InboxPage {
    /// Seven open alerts at five clients.
    pub fn sample() -> Self {
        let rows = open();
        let live = rows.len() as u64;
        let counts = [live, 1, 1, 1, 3, live + 6];
        Self {
            query: InboxQuery::default(),
            counts: Show::ALL.into_iter().zip(counts).collect(),
            total: live,
            rows,
            newer: None,
            older: None,
            clients: (0..8).map(client).collect(),
            may_act: true,
            error: None,
            done: None,
            version: "0f1e2d3c4b5a6978".into(),
        }
    }

    /// Every state, under the clients, on a page of many, after an act.
    pub fn sample_grouped() -> Self {
        let query = InboxQuery { show: Show::All, by_client: true, sort: Sort::Severity, ..InboxQuery::default() };
        let mut rows: Vec<AlertLine> = open().into_iter().chain(others()).collect();
        rows.sort_by(|a, b| a.client.1.cmp(&b.client.1).then(b.severity.cmp(&a.severity)));
        let cursor = rows.last().map(|row| Cursor { severity: row.severity, raised_at: row.raised_at, id: row.id, backwards: false });
        let older = Some(InboxQuery { cursor, ..query.clone() });
        Self { total: 213, older, done: Some(BulkDone { changed: 3, passed_over: 1 }), query, rows, ..Self::sample() }
    }

    /// Nothing needs anybody.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), counts: Show::ALL.map(|show| (show, 0)).to_vec(), total: 0, ..Self::sample() }
    }

    /// Filters that nothing matches.
    pub fn sample_no_match() -> Self {
        let query = InboxQuery { q: "printer".into(), severity: Some(Severity::Low), client: Some(client(1).0), ..InboxQuery::default() };
        Self { query, ..Self::sample_empty() }
    }
}

impl AlertPage {
    /// A disk that is nearly full, on a server with another alert.
    pub fn sample() -> Self {
        let entry = |ago: i64, by: Option<&str>, words: &str, note: Option<&str>| TimelineLine {
            at: NOW - ago,
            by: by.map(str::to_owned),
            words: words.into(),
            note: note.map(str::to_owned),
        };
        let line = AlertLine { raised_at: NOW - 42 * MINUTE, ..line(4, Severity::High, "disk:/var", "3.8 % free", State::Open, 12 * MINUTE) };
        Self {
            rule: rule("disk:/var"),
            timeline: vec![
                entry(12 * MINUTE, None, "the snooze ended", None),
                entry(27 * MINUTE, Some("Priya Raman"), "snoozed", Some("The nightly backup makes room.")),
                entry(42 * MINUTE, None, "raised", None),
            ],
            offers: vec![Offered::Acknowledge, Offered::Snooze, Offered::Resolve, Offered::Dismiss],
            revision: 4,
            note: (String::new(), None),
            others: vec![AlertLine { device: line.device.clone(), client: line.client.clone(), ..open().swap_remove(1) }],
            notices: told(),
            line,
        }
    }

    /// One that was resolved by itself.
    pub fn sample_over() -> Self {
        let of = Self::sample();
        let line = AlertLine { state: State::Resolved { by: By::Rule }, breaching: false, ..of.line.clone() };
        Self { line, offers: vec![Offered::Reopen], others: Vec::new(), ..of }
    }
}

/// One route that sent and one that did not.
fn told() -> Vec<NoticeLine> {
    let line = |route: &str, channel: &str, why: Why, delivery| {
        let (route, channel) = (route.to_owned(), channel.to_owned());
        NoticeLine { occasion: Occasion::Raised, at: NOW - 42 * MINUTE, route, channel, why, past: false, delivery, may_open: true }
    };
    let sent = Some((DeliveryId(Uuid::from_u128(1)), domain::notices::State::Sent));
    vec![
        line("On call", "Service desk", Why::Sent { severity: Severity::High, least: Severity::High }, sent),
        line("Everything", "Team chat", Why::OtherClient, None),
        line("Nights", "Pager", Why::Snoozed { until: NOW + HOUR }, None),
    ]
}

impl AlertsTab {
    /// Two live alerts and one that is over.
    pub fn sample(device: DeviceId) -> Self {
        Self { device, rows: open().into_iter().take(2).chain(others().into_iter().skip(3).take(1)).collect(), more: true }
    }

    /// No alert yet.
    pub fn sample_empty(device: DeviceId) -> Self {
        Self { device, rows: Vec::new(), more: false }
    }
}

/// An instant some time ago, for samples elsewhere in this room.
pub(super) fn ago(milliseconds: i64) -> Option<Moment> {
    Some(NOW - milliseconds)
}

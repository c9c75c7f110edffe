//! Invented keys and waiting devices, for render tests and previews.

use domain::{
    Fault, Moment,
    devices::report::Kind,
    enrolment::{
        KeyState,
        query::{KeyQuery, PendingQuery},
        wanted::Typed,
    },
    ids::{DeviceId, EnrolmentKeyId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::*;
use crate::{
    audit::AuditTail,
    devices::sample::{client, row},
    layout::sample::NOW,
};

fn id(n: u128) -> EnrolmentKeyId {
    EnrolmentKeyId(Uuid::from_u128(n))
}

/// The `n`th invented key.
fn key(n: usize, name: &str, state: KeyState, used: u64, most: Option<u64>) -> KeyLine {
    let made = NOW - (n as i64 * 9 + 1) * DAY;
    let last_used_at = (used > 0).then(|| NOW - (n as i64 + 1) * 7 * MINUTE);
    KeyLine {
        id: id(n as u128 + 1),
        name: name.into(),
        client: client(n),
        site: "Head office".into(),
        state,
        used,
        most,
        expires_at: (n != 2).then(|| made + 30 * DAY),
        needs_approval: n.is_multiple_of(2),
        created_at: made,
        last_used_at,
        revoked_at: (state == KeyState::Revoked).then(|| NOW - 3 * HOUR),
    }
}

impl KeysPage {
    /// Five keys in every state, and devices that wait.
    pub fn sample() -> Self {
        let lines = vec![
            key(0, "Front desk PCs", KeyState::Active, 14, Some(40)),
            key(1, "Server room", KeyState::UsedUp, 12, Some(12)),
            key(2, "Imaging bench", KeyState::Active, 231, None),
            key(3, "Autumn roll-out", KeyState::Expired, 88, None),
            key(4, "Lost laptop bag", KeyState::Revoked, 3, Some(5)),
        ];
        let by_state = vec![(KeyState::Active, 2), (KeyState::Expired, 1), (KeyState::UsedUp, 1), (KeyState::Revoked, 1)];
        Self { query: KeyQuery::default(), lines, by_state, total: 5, pending: 12, newer: None, older: None, counted_at: NOW }
    }

    /// A tenant without keys.
    pub fn sample_empty() -> Self {
        Self { lines: Vec::new(), by_state: Vec::new(), total: 0, pending: 0, ..Self::sample() }
    }
}

impl KeyForm {
    /// A form that was refused.
    pub fn sample() -> Self {
        let place = |n: usize, site: &str| (format!("sit_{n:032}"), format!("{} › {site}", client(n).1));
        Self {
            id: id(9),
            typed: Typed { name: "Front desk PCs".into(), days: "0".into(), most: String::new(), needs_approval: true },
            place: format!("sit_{:032}", 1),
            places: vec![place(0, "Ipswich"), place(1, "Reading"), place(2, "Lower school")],
            faults: vec![Fault::new("days", "Use a whole number from 1 to 3,650, or leave it empty.")],
        }
    }
}

impl MadeKey {
    /// A key that was just made.
    pub fn sample() -> Self {
        let server = Server {
            address: "https://portal.northwind.example".into(),
            insecure: false,
            version: "0.1.0".into(),
            packages: vec!["portico-agent_0.1.0_amd64.deb".into()],
        };
        Self { key: key(0, "Front desk PCs", KeyState::Active, 0, Some(40)), secret: format!("ptk_{}", "4f1c9e".repeat(10)), server }
    }
}

impl KeyPage {
    /// A key in use.
    pub fn sample() -> Self {
        let devices: Vec<_> = (0..6).map(row).collect();
        let first = First::Reported(devices[0].id, devices[0].hostname.clone(), Some(NOW - MINUTE));
        Self {
            key: key(0, "Front desk PCs", KeyState::Active, 6, Some(40)),
            total: 6,
            reported: 5,
            pending: 2,
            devices,
            first,
            asks_again: false,
            acts: Some(AuditTail::sample()),
        }
    }

    /// A key that nobody has used yet.
    pub fn sample_waiting() -> Self {
        let key = key(0, "Front desk PCs", KeyState::Active, 0, Some(40));
        Self { key, devices: Vec::new(), total: 0, reported: 0, pending: 0, first: First::None, asks_again: true, acts: None }
    }
}

impl PendingPage {
    /// Three devices of many.
    pub fn sample() -> Self {
        let line = |n: u128, hostname: &str, kind, reported: bool| PendingLine {
            id: DeviceId(Uuid::from_u128(n)),
            hostname: hostname.into(),
            kind,
            client: client(n as usize).1,
            site: "Head office".into(),
            key: Some("Imaging bench".into()),
            os: reported.then(|| "Windows 11 24H2".into()),
            serial: reported.then(|| format!("PF0{n}X7K")),
            address: reported.then(|| "192.0.2.17".into()),
            enrolled_at: NOW - (n as i64) * HOUR,
            reported,
        };
        let query = PendingQuery { until: Some(NOW), ..PendingQuery::default() };
        Self {
            lines: vec![line(1, "PEM-LT-0117", Kind::Laptop, true), line(2, "PEM-FD-011", Kind::Workstation, true), line(3, "PEM-SRV-02", Kind::Server, false)],
            matching: 512,
            total: 512,
            clients: vec![client(0), client(1)],
            key_name: None,
            fault: None,
            earlier: None,
            later: Some(PendingQuery {
                place: Some(domain::enrolment::query::Place { at: Moment(5), id: Uuid::from_u128(3), backwards: false }),
                ..query.clone()
            }),
            counted_at: NOW,
            query,
        }
    }
}

/// Every page with hostile text wherever text may stand.
#[cfg(test)]
pub(super) fn hostile() -> (KeysPage, KeyForm, MadeKey, KeyPage, PendingPage) {
    let bad = || crate::layout::proof::HOSTILE.to_owned();
    let spoil = |line: &mut KeyLine| (line.name, line.site, line.client.1) = (bad(), bad(), bad());
    let mut keys = KeysPage::sample();
    keys.lines.iter_mut().for_each(spoil);
    keys.query.q = bad();
    let typed = Typed { name: bad(), days: bad(), most: bad(), needs_approval: false };
    let faults = ["place", "name", "days", "most"].map(|field| Fault::new(field, bad())).to_vec();
    let form = KeyForm { typed, place: bad(), places: vec![(bad(), bad())], faults, ..KeyForm::sample() };
    let mut made = MadeKey { secret: bad(), server: Server { address: bad(), insecure: true, version: bad(), packages: vec![bad()] }, ..MadeKey::sample() };
    spoil(&mut made.key);
    let mut key = KeyPage::sample();
    spoil(&mut key.key);
    key.devices.iter_mut().for_each(|row| row.hostname = bad());
    key.first = First::Reported(key.devices[0].id, bad(), None);
    let mut pending = PendingPage { fault: Some(bad()), key_name: Some(bad()), ..PendingPage::sample() };
    pending.query = PendingQuery { q: bad(), key: Some(id(1)), ..pending.query };
    let line = |line: &mut PendingLine| {
        (line.hostname, line.client, line.site) = (bad(), bad(), bad());
        (line.key, line.os, line.serial, line.address) = (Some(bad()), Some(bad()), Some(bad()), Some(bad()));
    };
    pending.lines.iter_mut().for_each(line);
    (keys, form, made, key, pending)
}

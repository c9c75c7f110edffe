//! Invented clients, for render tests and previews. The numbers add up to those of the other samples.

use domain::{
    ids::{DeviceId, SiteId, Uuid},
    time::{DAY, HOUR},
};

use super::{ClientPage, ClientQuery, ClientRow, ClientsPage, Contact, DeviceChange, SiteRow};
use crate::{
    audit::AuditTail,
    devices::{
        DevicesPage, HOSTILE, Share,
        detail::{Change, ChangeKind},
        sample::client,
    },
    layout::sample::NOW,
};

/// Client number, sites, [online, late, offline, pending, quarantined], [security, known, unknown], [restart, known, unknown].
type Line = (usize, u64, [u64; 5], [u64; 3], [u64; 3]);

const LINES: [Line; 8] = [
    (2, 4, [291, 4, 14, 3, 0], [62, 296, 16], [23, 300, 12]),
    (6, 5, [221, 3, 11, 1, 0], [48, 225, 11], [14, 227, 9]),
    (4, 3, [192, 2, 6, 1, 0], [29, 196, 5], [8, 197, 4]),
    (0, 2, [156, 2, 4, 1, 1], [17, 158, 6], [6, 159, 5]),
    (7, 6, [138, 1, 3, 0, 0], [18, 140, 2], [4, 140, 2]),
    (1, 2, [71, 1, 2, 0, 0], [8, 73, 1], [2, 73, 1]),
    (3, 2, [36, 1, 1, 0, 0], [4, 37, 1], [1, 37, 1]),
    (5, 1, [26, 0, 0, 0, 0], [1, 25, 1], [0, 25, 1]),
];

fn share([part, known, unknown]: [u64; 3]) -> Share {
    Share { part, known, unknown }
}

/// Eight clients, worst first.
pub fn rows() -> Vec<ClientRow> {
    let row = |(n, (who, sites, [online, late, offline, pending, quarantined], security, restart)): (usize, Line)| {
        let (id, name) = client(who);
        let devices = online + late + offline + pending + quarantined;
        let last_contact = Some(NOW - (1_000 + n as i64 * 2_700));
        ClientRow {
            id,
            name,
            sites,
            devices,
            online,
            late,
            offline,
            pending,
            quarantined,
            security: share(security),
            restart: share(restart),
            last_contact,
            archived: None,
        }
    };
    LINES.into_iter().enumerate().map(row).collect()
}

impl ClientsPage {
    /// Eight clients and one that is new.
    pub fn sample() -> Self {
        let (id, name) = (client(8).0, "Quayside Marine".to_owned());
        let none = Share::default();
        let new = ClientRow {
            id,
            name,
            sites: 1,
            devices: 0,
            online: 0,
            late: 0,
            offline: 0,
            pending: 0,
            quarantined: 0,
            security: none,
            restart: none,
            last_contact: None,
            archived: None,
        };
        Self { query: ClientQuery::default(), rows: rows().into_iter().chain([new]).collect(), total_matching: 9, total: 9, total_archived: 2, counted_at: NOW }
    }

    /// A tenant without clients.
    pub fn sample_empty() -> Self {
        Self { query: ClientQuery::default(), rows: Vec::new(), total_matching: 0, total: 0, total_archived: 0, counted_at: NOW }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let mut page = Self { query: ClientQuery { q: HOSTILE.into(), ..ClientQuery::default() }, ..Self::sample() };
        page.rows.iter_mut().for_each(|row| row.name = HOSTILE.into());
        page
    }
}

impl ClientPage {
    /// A client with four sites, one of them archived.
    pub fn sample() -> Self {
        let site =
            |n: u128, name: &str, devices: u64, online: u64| SiteRow { id: SiteId(Uuid::from_u128(n)), name: name.into(), devices, online, archived: false };
        let contact = |name: &str, email: &str, ago: Option<i64>| Contact {
            name: name.into(),
            email: email.into(),
            signed_in: ago.map(|ago| NOW - ago),
            disabled: false,
        };
        let change = |n: u128, subject: &str, before: &str, after: &str| DeviceChange {
            device: DeviceId(Uuid::from_u128(n)),
            hostname: format!("EMS-SRV-0{n}"),
            change: Change {
                id: Uuid::from_u128(n).into(),
                at: NOW - n as i64 * HOUR,
                kind: ChangeKind::Software,
                subject: subject.into(),
                before: Some(before.into()),
                after: Some(after.into()),
            },
        };
        Self {
            client: rows().remove(0),
            unseen: 6,
            counted_at: NOW,
            sites: vec![
                site(1, "Lower school", 140, 131),
                site(2, "Trust office", 40, 38),
                site(3, "Upper school", 132, 122),
                SiteRow { archived: true, ..site(4, "Old annexe", 0, 0) },
            ],
            contacts: vec![contact("Gwen Aldous", "gwen@eastmoor.example", Some(3 * DAY)), contact("Ravi Shah", "ravi@eastmoor.example", None)],
            contacts_total: 2,
            changes: vec![change(1, "openssl", "3.0.17", "3.0.18"), change(2, "curl", "7.88.1-10", "7.88.1-12")],
            recent: DevicesPage::sample().rows.into_iter().take(6).collect(),
            approvals: crate::approvals::ListPage::sample().waiting,
            acts: Some(AuditTail::sample()),
        }
    }

    /// A client that was created a moment ago.
    pub fn sample_empty() -> Self {
        let client = ClientsPage::sample().rows.remove(8);
        Self {
            client,
            unseen: 0,
            counted_at: NOW,
            sites: Vec::new(),
            contacts: Vec::new(),
            contacts_total: 0,
            changes: Vec::new(),
            recent: Vec::new(),
            approvals: Vec::new(),
            acts: None,
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let bad = || HOSTILE.to_owned();
        let mut page = Self::sample();
        page.client.name = bad();
        page.acts = Some(AuditTail::sample_hostile(HOSTILE));
        page.sites.iter_mut().for_each(|site| site.name = bad());
        page.contacts.iter_mut().for_each(|contact| (contact.name, contact.email) = (bad(), bad()));
        page.changes.iter_mut().for_each(|found| (found.hostname, found.change.subject) = (bad(), bad()));
        page
    }
}

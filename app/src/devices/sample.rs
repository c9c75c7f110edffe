//! Invented devices, for render tests and previews. The numbers add up to those of the other samples.

use domain::{
    devices::{
        query::{Cursor, DeviceQuery, Sort, Waiting},
        report::Kind,
        status::Status,
    },
    ids::{ClientId, DeviceId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::{Chips, DeviceListRow, DevicesPage, OsChoice};
use crate::layout::sample::NOW;

/// Clients with the letters their host names start with and two sites each.
const CLIENTS: [(&str, &str, [&str; 2]); 8] = [
    ("Brightwater Logistics", "BWL", ["Felixstowe Dock", "Ipswich"]),
    ("Castell Legal", "CST", ["Lincoln’s Inn", "Reading"]),
    ("Eastmoor School Trust", "EMS", ["Lower school", "Upper school"]),
    ("Kestrel Aviation", "KES", ["Hangar 4", "Tower"]),
    ("Meridian Freight", "MRD", ["Tilbury", "Dartford"]),
    ("Oakridge Surgery", "OAK", ["Main", "Annexe"]),
    ("Pembroke Hotels", "PEM", ["Head office", "Bath"]),
    ("Tidewell Care Homes", "TID", ["The Willows", "Harbour House"]),
];

const SYSTEMS: [(Kind, &str, &str, &str); 6] = [
    (Kind::Workstation, "WS", "Windows 11", "24H2"),
    (Kind::Laptop, "LT", "Windows 11", "25H2"),
    (Kind::Server, "SRV", "Debian", "12"),
    (Kind::Laptop, "MB", "macOS", "26.1"),
    (Kind::Server, "APP", "Ubuntu", "24.04"),
    (Kind::Workstation, "FD", "Windows 10", "22H2"),
];

/// The `n`th invented client; its name and number are the same in every sample.
pub fn client(n: usize) -> (ClientId, String) {
    (ClientId(Uuid::from_u128(n as u128 + 1)), CLIENTS[n % CLIENTS.len()].0.to_owned())
}

fn status_of(n: usize) -> (Status, i64) {
    match n % 23 {
        4 => (Status::Offline, 47 * MINUTE + 20 * HOUR),
        9 => (Status::Late, 18 * MINUTE),
        15 => (Status::Offline, 9 * DAY),
        19 if n < 30 => (Status::Pending, 2 * MINUTE),
        20 if n > 40 && n < 46 => (Status::Quarantined, 4 * MINUTE),
        _ => (Status::Online, 1_000 * (8 + (n as i64 * 37) % 280)),
    }
}

/// The `n`th invented device.
pub fn row(n: usize) -> DeviceListRow {
    let which = n * CLIENTS.len() / 100 % CLIENTS.len();
    let (kind, letters, os, version) = SYSTEMS[(n * 7 + n / 3) % SYSTEMS.len()];
    let (status, ago) = status_of(n);
    let known = !matches!(status, Status::Pending | Status::Quarantined) && n % 29 != 15;
    let security = ((n * 5) % 11).saturating_sub(3) as u32;
    DeviceListRow {
        id: DeviceId(Uuid::from_u128(n as u128 + 1_000)),
        hostname: format!("{}-{letters}-{:03}", CLIENTS[which].1, n + 1),
        reported: None,
        kind,
        client: client(which),
        site: (n % 17 != 3).then(|| CLIENTS[which].2[n % 2].to_owned()),
        os_name: known.then(|| os.to_owned()),
        os_version: known.then(|| version.to_owned()),
        status,
        security: known.then_some(security),
        updates: known.then_some(security + (n % 7) as u32),
        reboot: known.then_some(n % 13 == 5),
        last_seen: (status != Status::Pending || n.is_multiple_of(2)).then(|| NOW - ago),
    }
}

fn oses() -> Vec<OsChoice> {
    let choice = |family: &str, label: &str, count| OsChoice { family: family.into(), label: label.into(), count };
    [("windows", "Windows", 751), ("debian", "Debian", 201), ("ubuntu", "Ubuntu", 143), ("macos", "macOS", 66), ("fedora", "Fedora", 32)]
        .map(|(f, l, n)| choice(f, l, n))
        .to_vec()
}

fn rows(count: usize) -> Vec<DeviceListRow> {
    let mut rows: Vec<_> = (0..count).map(row).collect();
    rows.sort_by(|a, b| a.hostname.cmp(&b.hostname));
    rows
}

impl DevicesPage {
    /// The first hundred of 1,214 devices, as staff see them.
    pub fn sample() -> Self {
        let rows = rows(100);
        let last = rows.last().map(|row| Cursor { value: row.hostname.clone(), id: row.id.0, backwards: false });
        let by_status = [1_131, 14, 41, 6, 1, 21];
        Self {
            rows,
            first_row: 1,
            total_matching: 1_214,
            total: 1_214,
            total_clients: 8,
            chips: Chips { by_status: Status::ALL.into_iter().zip(by_status).collect(), updates: 468, security: 190, unknown: 64, restart: 58, unseen: 43 },
            clients: (0..CLIENTS.len()).map(client).collect(),
            oses: oses(),
            tags: vec![("gold".into(), 118), ("sql".into(), 9)],
            older: Some(DeviceQuery { cursor: last, ..DeviceQuery::default() }),
            enrol: Some("/settings/enrolment".into()),
            ..Self::sample_empty()
        }
    }

    /// Twelve late devices with security updates, worst first.
    pub fn sample_filtered() -> Self {
        let mut found: Vec<_> = (0..400).map(row).filter(|row| row.security.is_some_and(|n| n > 0) && row.status == Status::Late).collect();
        found.truncate(12);
        found.sort_by_key(|row| std::cmp::Reverse(row.security));
        let count = found.len() as u64;
        let query =
            DeviceQuery { updates: Some(Waiting::Security), status: Some(Status::Late), sort: Sort::Security, descending: true, ..DeviceQuery::default() };
        let restart = found.iter().filter(|row| row.reboot == Some(true)).count() as u64;
        let chips = Chips {
            by_status: vec![(Status::Online, 171), (Status::Late, count), (Status::Offline, 7)],
            updates: count,
            security: count,
            unknown: 0,
            restart,
            unseen: 0,
        };
        Self { query, rows: found, total_matching: count, chips, older: None, ..Self::sample() }
    }

    /// The same list as a contact of one client sees it.
    pub fn sample_contact() -> Self {
        let rows: Vec<_> = rows(100).into_iter().filter(|row| row.client.1 == "Pembroke Hotels").collect();
        let count = |status| rows.iter().filter(|row| row.status == status).count() as u64;
        let those = |test: fn(&DeviceListRow) -> bool| rows.iter().filter(|row| test(row)).count() as u64;
        let chips = Chips {
            by_status: Status::ALL.map(|status| (status, count(status))).to_vec(),
            updates: those(|row| row.updates > Some(0)),
            security: those(|row| row.security > Some(0)),
            unknown: those(|row| row.security.is_none()),
            restart: those(|row| row.reboot == Some(true)),
            unseen: those(|row| row.last_seen.is_none_or(|seen| NOW.since(seen) > 7 * DAY)),
        };
        let total = rows.len() as u64;
        Self {
            rows,
            total_matching: total,
            total,
            total_clients: 1,
            chips,
            clients: Vec::new(),
            oses: oses()[..2].to_vec(),
            tags: Vec::new(),
            older: None,
            show_client: false,
            enrol: None,
            ..Self::sample()
        }
    }

    /// A tenant without devices.
    pub fn sample_empty() -> Self {
        Self {
            query: DeviceQuery::default(),
            rows: Vec::new(),
            first_row: 0,
            total_matching: 0,
            total: 0,
            total_clients: 0,
            counted_at: NOW,
            chips: Chips::default(),
            clients: Vec::new(),
            sites: Vec::new(),
            oses: Vec::new(),
            tags: Vec::new(),
            newer: None,
            older: None,
            show_client: true,
            export: "/devices.csv".into(),
            enrol: Some("/settings/enrolment".into()),
        }
    }

    /// Filters that nothing matches.
    pub fn sample_no_match() -> Self {
        let query = DeviceQuery { q: "zebra".into(), os: Some("fedora".into()), ..DeviceQuery::default() };
        Self { query, rows: Vec::new(), first_row: 0, total_matching: 0, chips: Chips::default(), older: None, ..Self::sample() }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let bad = crate::devices::HOSTILE;
        let mut page = Self {
            query: DeviceQuery { q: bad.into(), os: Some(bad.into()), ..DeviceQuery::default() },
            export: format!("/devices.csv?q={bad}"),
            ..Self::sample()
        };
        for row in &mut page.rows {
            *row = DeviceListRow {
                hostname: bad.into(),
                reported: Some(bad.into()),
                client: (row.client.0, bad.into()),
                site: Some(bad.into()),
                os_name: Some(bad.into()),
                os_version: Some(bad.into()),
                ..row.clone()
            };
        }
        page.clients.iter_mut().for_each(|(_, name)| *name = bad.into());
        page.tags = vec![(bad.into(), 1)];
        page.oses.iter_mut().for_each(|os| (os.family, os.label) = (bad.into(), bad.into()));
        page
    }
}

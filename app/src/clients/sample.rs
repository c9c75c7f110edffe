//! Invented clients, for render tests and previews. The numbers add up to those of the other samples.

use super::{ClientQuery, ClientRow, ClientsPage};
use crate::{
    devices::{HOSTILE, Share, sample::client},
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
        ClientRow { id, name, sites, devices, online, late, offline, pending, quarantined, security: share(security), restart: share(restart), last_contact }
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
        };
        Self { query: ClientQuery::default(), rows: rows().into_iter().chain([new]).collect(), total_matching: 9, total: 9, counted_at: NOW }
    }

    /// A tenant without clients.
    pub fn sample_empty() -> Self {
        Self { query: ClientQuery::default(), rows: Vec::new(), total_matching: 0, total: 0, counted_at: NOW }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let mut page = Self { query: ClientQuery { q: HOSTILE.into(), ..ClientQuery::default() }, ..Self::sample() };
        page.rows.iter_mut().for_each(|row| row.name = HOSTILE.into());
        page
    }
}

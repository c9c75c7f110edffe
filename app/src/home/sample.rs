//! Invented first pages, for render tests and previews. The numbers add up to those of the other samples.

use domain::{
    devices::{
        query::{DeviceQuery, Waiting},
        status::Status,
    },
    time::HOUR,
    windows::Occurrence,
};

use super::{CheckInHour, CheckIns, ContactHome, Figure, Figures, OsShare, SiteLine, StaffHome};
use crate::{
    clients::sample::rows as clients,
    devices::{DeviceListRow, DevicesPage, HOSTILE, Share, sample::row},
    layout::sample::NOW,
};

fn figure(part: u64, known: u64, unknown: u64, change: impl FnOnce(&mut DeviceQuery)) -> Figure {
    Figure { share: Share { part, known, unknown }, measured_at: Some(NOW - 8_000), link: DeviceQuery::default().with(change) }
}

fn figures() -> Figures {
    Figures {
        by_status: Status::ALL.into_iter().zip([1_131, 14, 41, 6, 1]).collect(),
        measured_at: NOW - 8_000,
        updates: figure(462, 1_150, 43, |query| query.updates = Some(Waiting::Any)),
        security: figure(187, 1_150, 43, |query| query.updates = Some(Waiting::Security)),
        restart: figure(58, 1_158, 35, |query| query.restart = true),
        unseen: figure(22, 1_193, 0, |query| query.unseen = true),
    }
}

fn os_mix() -> Vec<OsShare> {
    let link = |family: &str| (!family.is_empty()).then(|| DeviceQuery { os: Some(family.to_owned()), ..DeviceQuery::default() });
    [
        ("windows", "Windows", 738),
        ("debian", "Debian", 198),
        ("ubuntu", "Ubuntu", 141),
        ("macos", "macOS", 64),
        ("fedora", "Fedora", 31),
        ("", "Not known yet", 21),
    ]
    .map(|(family, label, count)| OsShare { label: label.into(), count, link: link(family) })
    .to_vec()
}

fn check_ins() -> CheckIns {
    let first = NOW.hour() - 24 * HOUR;
    let count = |n: u64| match n {
        16 => None,
        17 => Some(9_840),
        18 => Some(12_410),
        n => Some(13_480 + (n * 53) % 190),
    };
    CheckIns { hours: (0..24).map(|n| CheckInHour { hour: first + n as i64 * HOUR, count: count(n) }).collect(), expected: Some(14_232) }
}

impl StaffHome {
    /// A tenant with 1,193 devices at eight clients.
    pub fn sample() -> Self {
        let mut recent: Vec<_> = (0..90).map(row).filter(|row| row.status == Status::Online).collect();
        recent.sort_by_key(|row| std::cmp::Reverse(row.last_seen));
        recent.truncate(10);
        let failing = clients();
        Self { figures: figures(), os_mix: os_mix(), check_ins: check_ins(), recent, failing, failing_total: 8, clients_total: 9, steps: Vec::new() }
    }

    /// A tenant without devices.
    pub fn sample_empty() -> Self {
        let nothing = |figure: Figure| Figure { share: Share::default(), measured_at: None, ..figure };
        let full = figures();
        let figures = Figures {
            by_status: Vec::new(),
            updates: nothing(full.updates),
            security: nothing(full.security),
            restart: nothing(full.restart),
            unseen: nothing(full.unseen),
            measured_at: full.measured_at,
        };
        Self {
            figures,
            os_mix: Vec::new(),
            check_ins: CheckIns::default(),
            recent: Vec::new(),
            failing: Vec::new(),
            failing_total: 0,
            clients_total: 0,
            ..Self::sample()
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let mut page = Self { recent: DevicesPage::sample_hostile().rows, ..Self::sample() };
        page.failing.iter_mut().for_each(|row| row.name = HOSTILE.into());
        page.os_mix.iter_mut().for_each(|os| os.label = HOSTILE.into());
        page
    }
}

impl ContactHome {
    /// Halden & Voss with 46 devices.
    pub fn sample() -> Self {
        let site = |name: &str, devices, online| SiteLine { name: name.into(), devices, online };
        let named = |(n, name): (usize, &str)| DeviceListRow {
            hostname: name.into(),
            site: Some(["Berlin", "Oslo"][n % 2].into()),
            ..row([4, 15, 9, 5, 2, 7, 11, 13][n])
        };
        Self {
            client: "Halden & Voss".into(),
            measured_at: NOW - 8 * 60_000,
            by_status: vec![(Status::Online, 43), (Status::Late, 1), (Status::Offline, 2)],
            protected: Share { part: 34, known: 44, unknown: 2 },
            started: Share { part: 41, known: 45, unknown: 1 },
            devices: ["HV-02", "HV-NAS-01", "HV-11", "HV-04", "HV-SRV-01", "HV-07", "HV-08", "HV-09"].into_iter().enumerate().map(named).collect(),
            sites: vec![site("Berlin", 31, 29), site("Oslo", 15, 14)],
            approvals: crate::approvals::ListPage::sample().waiting,
            requests: (crate::requests::ListPage::sample_contact().rows.into_iter().take(3).collect(), 3),
            maintenance: Some(("Patch night".into(), "Europe/Berlin".into(), Occurrence { from: NOW + 86_400_000, until: NOW + 100_800_000 })),
            lately: crate::work::WorkPage::sample().deeds,
        }
    }

    /// A client without devices.
    pub fn sample_empty() -> Self {
        Self { by_status: Vec::new(), protected: Share::default(), started: Share::default(), devices: Vec::new(), sites: Vec::new(), ..Self::sample() }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile() -> Self {
        let mut page = Self {
            client: HOSTILE.into(),
            maintenance: Self::sample().maintenance.map(|(_, zone, at)| (HOSTILE.into(), zone, at)),
            devices: DevicesPage::sample_hostile().rows,
            ..Self::sample()
        };
        page.sites.iter_mut().for_each(|site| site.name = HOSTILE.into());
        page
    }
}

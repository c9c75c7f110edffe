//! One invented device and its pages, for render tests and previews.

mod hostile;
mod machine;
mod moving;

use domain::{
    devices::{
        report::{Dropped, Kind},
        status::Status,
    },
    ids::{DeviceId, Uuid},
    time::DAY,
};

use self::{
    machine::{facts, hardware, head, own, packages},
    moving::{changes, updates},
};
use super::{
    ChangeKind, DeviceHead, DevicePage, DeviceTab, Facts, HardwareTab, HistoryTab, SoftwareQuery, SoftwareTab, SummaryTab, UpdatesTab, WaitingUpdates,
};
use crate::{audit::AuditTail, layout::sample::NOW};

impl DevicePage {
    fn with(tab: DeviceTab) -> Self {
        Self { head: head(), tab, show_client: true }
    }

    /// The summary of a server with 14 waiting updates.
    pub fn sample() -> Self {
        let dropped = Some(Dropped { environment: 41, processes: 212, users: 9 });
        Self::with(DeviceTab::Summary(SummaryTab {
            updates: updates(),
            changes: changes().into_iter().take(6).collect(),
            volumes: Some(hardware().volumes),
            facts: facts(),
            dropped,
            note: own("Restart only after 22:00."),
            acts: Some(AuditTail::sample()),
        }))
    }

    /// Its hardware.
    pub fn sample_hardware() -> Self {
        let tab = HardwareTab {
            model: facts().model,
            serial: facts().serial,
            machine_uuid: own("4c4c4544-004a-4b10-8034-b7c04f4d3933"),
            hardware: Some(hardware()),
            taken_at: facts().inventory_at,
        };
        Self::with(DeviceTab::Hardware(tab))
    }

    /// Its software, first page.
    pub fn sample_software() -> Self {
        let older = Some(SoftwareQuery { after: packages().last().map(super::package_key), ..SoftwareQuery::default() });
        let tab = SoftwareTab {
            query: SoftwareQuery::default(),
            packages: Some(packages()),
            first_row: 1,
            total_matching: 412,
            total: 412,
            taken_at: facts().inventory_at,
            newer: None,
            older,
        };
        Self::with(DeviceTab::Software(tab))
    }

    /// Its waiting updates.
    pub fn sample_updates() -> Self {
        Self::with(DeviceTab::Updates(UpdatesTab {
            id: DeviceId(Uuid::nil()),
            patching: vec![crate::patching::PairLine::sample()],
            updates: updates(),
            taken_at: Some(NOW - 41_000),
        }))
    }

    /// Its history.
    pub fn sample_history() -> Self {
        Self::with(DeviceTab::History(HistoryTab {
            kind: None,
            counts: vec![(ChangeKind::Software, 4), (ChangeKind::People, 1)],
            changes: changes(),
            older: own("older-cursor"),
            newer: None,
        }))
    }

    /// A device that has enrolled and said nothing yet.
    pub fn sample_empty() -> Self {
        let head = DeviceHead {
            hostname: "pending-3f2a".into(),
            kind: Kind::Unknown,
            site: None,
            status: Status::Pending,
            last_seen: None,
            agent: None,
            packages: None,
            updates: None,
            security: None,
            reboot: None,
            inventory_at: None,
            lists_at: None,
            tags: Vec::new(),
            ..head()
        };
        let tab = SummaryTab {
            updates: WaitingUpdates::NeverReported,
            changes: Vec::new(),
            volumes: None,
            facts: Facts::default(),
            dropped: None,
            note: None,
            acts: None,
        };
        Self { head, tab: DeviceTab::Summary(tab), show_client: true }
    }

    /// A quarantined device whose updates are unknown, with a possible duplicate.
    pub fn sample_quarantined() -> Self {
        let head = DeviceHead {
            status: Status::Quarantined,
            quarantine_reason: own("its serial number changed"),
            duplicate: Some((DeviceId(Uuid::from_u128(7_001)), "BWL-SRV-DB02-OLD".into())),
            updates: None,
            ..head()
        };
        let updates = WaitingUpdates::Unknown { reason: "The package lists have never been downloaded on this device.".into() };
        Self {
            head,
            tab: DeviceTab::Updates(UpdatesTab { id: DeviceId(Uuid::nil()), patching: Vec::new(), updates, taken_at: Some(NOW - 2 * DAY) }),
            show_client: true,
        }
    }
}

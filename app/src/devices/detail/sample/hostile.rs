//! The device when every text tries to be markup.

use domain::{
    devices::{
        report::{Cpu, Dropped, Hardware, Interface, Package, Update, Volume},
        status::Status,
    },
    ids::{ChangeId, DeviceId, Uuid},
};

use super::machine::{head, own};
use crate::{
    audit::AuditTail,
    devices::{
        HOSTILE,
        detail::{
            Change, ChangeKind, DeviceHead, DevicePage, DeviceTab, Facts, HardwareTab, HistoryTab, SoftwareQuery, SoftwareTab, SummaryTab, UpdatesTab,
            WaitingUpdates,
        },
        sample::client,
    },
    layout::sample::NOW,
};

impl DevicePage {
    /// Each tab, and every text tries to be markup.
    pub fn samples_hostile() -> Vec<Self> {
        let bad = || HOSTILE.to_owned();
        let some = || own(HOSTILE);
        let head = DeviceHead {
            hostname: bad(),
            display_name: some(),
            tags: vec![bad()],
            client: (client(0).0, bad()),
            site: some(),
            duplicate: Some((DeviceId(Uuid::from_u128(1)), bad())),
            agent: Some((bad(), bad())),
            status: Status::Quarantined,
            quarantine_reason: some(),
            maintenance: Some(crate::windows::Maintenance::sample(HOSTILE)),
            ..head()
        };
        let update = Update { name: bad(), arch: some(), installed: bad(), candidate: bad(), origin: some(), security: None };
        let updates = WaitingUpdates::Listed { lists_at: None, items: vec![update] };
        let changes = vec![Change { id: ChangeId(Uuid::from_u128(1)), at: NOW, kind: ChangeKind::Software, subject: bad(), before: some(), after: some() }];
        let volume = Volume { mount: bad(), device: some(), filesystem: some(), total_bytes: 0, free_bytes: Some(u64::MAX) };
        let hardware = Hardware {
            cpus: vec![Cpu { name: bad(), cores: None, threads: None, mhz: Some(f64::NAN) }],
            volumes: vec![volume.clone()],
            interfaces: vec![Interface { name: bad(), mac: some(), addresses: vec![bad()] }],
            firmware: some(),
            ..Hardware::default()
        };
        let facts = Facts { model: some(), serial: some(), os: some(), kernel: some(), arch: some(), cpu: some(), addresses: vec![bad()], ..Facts::default() };
        let query = SoftwareQuery { q: bad(), after: some(), before: None };
        let package = Package { name: bad(), version: bad(), arch: some(), publisher: some(), source: some() };
        let tabs = [
            DeviceTab::Summary(SummaryTab {
                updates: updates.clone(),
                changes: changes.clone(),
                volumes: Some(vec![volume]),
                facts,
                dropped: Some(Dropped::default()),
                note: some(),
                acts: Some(AuditTail::sample_hostile(HOSTILE)),
            }),
            DeviceTab::Hardware(HardwareTab { model: some(), serial: some(), machine_uuid: some(), hardware: Some(hardware), taken_at: None }),
            DeviceTab::Software(SoftwareTab {
                query: query.clone(),
                packages: Some(vec![package]),
                first_row: 1,
                total_matching: 1,
                total: 1,
                taken_at: None,
                newer: Some(query),
                older: None,
            }),
            DeviceTab::Updates(UpdatesTab { id: head.id, patching: Vec::new(), updates, taken_at: None }),
            DeviceTab::Updates(UpdatesTab { id: head.id, patching: Vec::new(), updates: WaitingUpdates::Unknown { reason: bad() }, taken_at: None }),
            DeviceTab::History(HistoryTab { kind: Some(ChangeKind::Software), counts: vec![(ChangeKind::Software, 1)], changes, older: some(), newer: some() }),
        ];
        tabs.into_iter().map(|tab| Self { head: head.clone(), tab, show_client: true }).collect()
    }
}

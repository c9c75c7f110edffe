//! One invented device and its pages, for render tests and previews.

use domain::{
    devices::{
        report::{Cpu, Dropped, Hardware, Interface, Kind, Package, Update, Volume},
        status::Status,
    },
    ids::{ChangeId, DeviceId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::{
    Change, ChangeKind, DeviceHead, DevicePage, DeviceTab, Facts, HardwareTab, HistoryTab, SoftwareQuery, SoftwareTab, SummaryTab, UpdatesTab, WaitingUpdates,
};
use crate::{
    devices::{HOSTILE, sample::client},
    layout::sample::NOW,
};

fn own(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn head() -> DeviceHead {
    DeviceHead {
        id: DeviceId(Uuid::from_u128(7_000)),
        hostname: "BWL-SRV-DB02".into(),
        kind: Kind::Server,
        client: client(0),
        site: own("Felixstowe Dock"),
        status: Status::Online,
        last_seen: Some(NOW - 41_000),
        duplicate: None,
        agent: Some(("portico-agent".into(), "0.1.0".into())),
        enrolled_at: NOW - 240 * DAY,
        quarantine_reason: None,
        packages: Some(412),
        updates: Some(14),
        security: Some(9),
        reboot: Some(true),
    }
}

/// Name, installed, candidate, whether it is a security update.
const UPDATES: [(&str, &str, &str, Option<bool>); 14] = [
    ("linux-image-amd64", "6.1.112-1", "6.1.115-1", Some(true)),
    ("openssl", "3.0.17-1~deb12u2", "3.0.18-1~deb12u1", Some(true)),
    ("libssl3", "3.0.17-1~deb12u2", "3.0.18-1~deb12u1", Some(true)),
    ("postgresql-15", "15.13-0+deb12u1", "15.14-0+deb12u1", Some(true)),
    ("libpq5", "15.13-0+deb12u1", "15.14-0+deb12u1", Some(true)),
    ("sudo", "1.9.13p3-1+deb12u1", "1.9.13p3-1+deb12u2", Some(true)),
    ("libxml2", "2.9.14+dfsg-1.3~deb12u2", "2.9.14+dfsg-1.3~deb12u4", Some(true)),
    ("gnutls-bin", "3.7.9-2+deb12u4", "3.7.9-2+deb12u5", Some(true)),
    ("libgnutls30", "3.7.9-2+deb12u4", "3.7.9-2+deb12u5", Some(true)),
    ("base-files", "12.4+deb12u11", "12.4+deb12u12", Some(false)),
    ("curl", "7.88.1-10+deb12u12", "7.88.1-10+deb12u14", Some(false)),
    ("libcurl4", "7.88.1-10+deb12u12", "7.88.1-10+deb12u14", Some(false)),
    ("tzdata", "2025a-0+deb12u1", "2025b-0+deb12u2", Some(false)),
    ("zabbix-agent2", "7.0.9-1", "7.0.12-1", None),
];

fn items() -> Vec<Update> {
    let origin = |security| match security {
        Some(true) => own("Debian-Security:12/stable-security"),
        Some(false) => own("Debian:12.12/stable"),
        None => None,
    };
    let update = |(name, installed, candidate, security): (&str, &str, &str, Option<bool>)| Update {
        name: name.into(),
        arch: own("amd64"),
        installed: installed.into(),
        candidate: candidate.into(),
        origin: origin(security),
        security,
    };
    UPDATES.into_iter().map(update).collect()
}

fn updates() -> WaitingUpdates {
    WaitingUpdates::Listed { lists_at: Some(NOW - 34 * MINUTE), items: items() }
}

fn changes() -> Vec<Change> {
    use ChangeKind::{Agent, Hardware, Network, Restart, Software, System};
    let table = [
        (7 * HOUR + 18 * MINUTE, Restart, "Restarted", None, None),
        (8 * HOUR, System, "Kernel", Some("6.1.0-26-amd64"), Some("6.1.0-28-amd64")),
        (9 * HOUR, Software, "linux-image-6.1.0-28-amd64", None, Some("6.1.119-1")),
        (9 * HOUR + MINUTE, Software, "openssh-server", Some("1:9.2p1-2+deb12u4"), Some("1:9.2p1-2+deb12u5")),
        (32 * HOUR, Hardware, "Memory", Some("64 GB"), Some("96 GB")),
        (33 * HOUR, Network, "eno2", None, Some("10.40.2.22")),
        (49 * HOUR, Software, "nginx", Some("1.22.1-9"), None),
        (50 * HOUR, Software, "postgresql-15", Some("15.12-0+deb12u1"), Some("15.13-0+deb12u1")),
        (15 * DAY, Agent, "portico-agent", Some("0.0.9"), Some("0.1.0")),
    ];
    type Line = (i64, ChangeKind, &'static str, Option<&'static str>, Option<&'static str>);
    let change = |(n, (ago, kind, subject, before, after)): (usize, Line)| Change {
        id: ChangeId(Uuid::from_u128(n as u128 + 1)),
        at: NOW - ago,
        kind,
        subject: subject.into(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    };
    table.into_iter().enumerate().map(change).collect()
}

fn hardware() -> Hardware {
    let volume = |mount: &str, device: &str, filesystem: &str, total: u64, free: Option<u64>| Volume {
        mount: mount.into(),
        device: own(device),
        filesystem: own(filesystem),
        total_bytes: total << 30,
        free_bytes: free.map(|free| free << 30),
    };
    let interface = |name: &str, mac: &str, addresses: &[&str]| Interface {
        name: name.into(),
        mac: own(mac),
        addresses: addresses.iter().map(|address| (*address).to_owned()).collect(),
    };
    let cpu = Cpu { name: "Intel Xeon Silver 4314".into(), cores: Some(16), threads: Some(32), mhz: Some(2_400.0) };
    Hardware {
        cpus: vec![cpu.clone(), cpu],
        memory_bytes: Some(96 << 30),
        swap_bytes: Some(8 << 30),
        volumes: vec![
            volume("/", "/dev/md0", "ext4", 447, Some(302)),
            volume("/srv/pgdata", "/dev/md1", "xfs", 1_862, Some(71)),
            volume("/boot/efi", "/dev/sda1", "vfat", 1, Some(1)),
            volume("/mnt/backup", "nas:/backup", "nfs4", 8_192, None),
        ],
        interfaces: vec![
            interface("eno1", "b0:7b:25:c1:0a:12", &["10.40.2.21", "2001:db8:40:2::21"]),
            interface("eno2", "b0:7b:25:c1:0a:13", &["10.40.2.22"]),
            interface("eno3", "b0:7b:25:c1:0a:14", &[]),
        ],
        firmware: own("2.14.1"),
    }
}

fn facts() -> Facts {
    Facts {
        model: own("Dell PowerEdge R650xs"),
        serial: own("7JK4M93"),
        os: own("Debian GNU/Linux 12 (bookworm)"),
        kernel: own("6.1.0-28-amd64"),
        arch: own("x86_64"),
        cpu: own("2 \u{d7} Intel Xeon Silver 4314, 32 cores"),
        memory_bytes: Some(96 << 30),
        addresses: vec!["10.40.2.21".into(), "2001:db8:40:2::21".into(), "10.40.2.22".into()],
        booted_at: Some(NOW - 7 * HOUR - 18 * MINUTE),
        users: Some(2),
        inventory_at: Some(NOW - 4 * HOUR - 30 * MINUTE),
    }
}

fn packages() -> Vec<Package> {
    const NAMES: [(&str, &str); 10] = [
        ("adduser", "3.134"),
        ("apt", "2.6.1"),
        ("base-files", "12.4+deb12u11"),
        ("bash", "5.2.15-2+b7"),
        ("bind9-dnsutils", "1:9.18.33-1~deb12u2"),
        ("ca-certificates", "20230311+deb12u1"),
        ("coreutils", "9.1-1"),
        ("cron", "3.0pl1-162"),
        ("curl", "7.88.1-10+deb12u12"),
        ("dbus", "1.14.10-1~deb12u1"),
    ];
    let package = |n: usize| {
        let (name, version) = NAMES[n % NAMES.len()];
        let name = if n < NAMES.len() { name.to_owned() } else { format!("lib{}-{}", NAMES[n % NAMES.len()].0, n / NAMES.len()) };
        Package { name, version: version.into(), arch: own(if n.is_multiple_of(4) { "all" } else { "amd64" }), publisher: None, source: own("deb") }
    };
    let mut packages: Vec<_> = (0..100).map(package).collect();
    packages.sort();
    packages
}

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
        Self::with(DeviceTab::Updates(UpdatesTab { updates: updates(), taken_at: Some(NOW - 41_000) }))
    }

    /// Its history.
    pub fn sample_history() -> Self {
        Self::with(DeviceTab::History(HistoryTab { changes: changes(), older: own("older-cursor"), newer: None }))
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
            ..head()
        };
        let tab = SummaryTab { updates: WaitingUpdates::NeverReported, changes: Vec::new(), volumes: None, facts: Facts::default(), dropped: None };
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
        Self { head, tab: DeviceTab::Updates(UpdatesTab { updates, taken_at: Some(NOW - 2 * DAY) }), show_client: true }
    }

    /// Each tab, and every text tries to be markup.
    pub fn samples_hostile() -> Vec<Self> {
        let bad = || HOSTILE.to_owned();
        let some = || own(HOSTILE);
        let head = DeviceHead {
            hostname: bad(),
            client: (client(0).0, bad()),
            site: some(),
            duplicate: Some((DeviceId(Uuid::from_u128(1)), bad())),
            agent: Some((bad(), bad())),
            status: Status::Quarantined,
            quarantine_reason: some(),
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
            DeviceTab::Updates(UpdatesTab { updates, taken_at: None }),
            DeviceTab::Updates(UpdatesTab { updates: WaitingUpdates::Unknown { reason: bad() }, taken_at: None }),
            DeviceTab::History(HistoryTab { changes, older: some(), newer: some() }),
        ];
        tabs.into_iter().map(|tab| Self { head: head.clone(), tab, show_client: true }).collect()
    }
}

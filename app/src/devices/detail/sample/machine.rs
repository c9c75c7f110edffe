//! What the invented device is made of.

use domain::{
    devices::{
        report::{Cpu, Hardware, Interface, Kind, Package, Volume},
        status::Status,
    },
    ids::{DeviceId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use crate::{
    devices::{
        detail::{DeviceHead, Facts},
        sample::client,
    },
    layout::sample::NOW,
};

pub(super) fn own(text: &str) -> Option<String> {
    Some(text.to_owned())
}

pub(super) fn head() -> DeviceHead {
    DeviceHead {
        id: DeviceId(Uuid::from_u128(7_000)),
        hostname: "BWL-SRV-DB02".into(),
        display_name: None,
        tags: vec!["gold".into(), "sql".into()],
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
        inventory_at: Some(NOW - 4 * HOUR),
        maintenance: None,
        lists_at: Some(NOW - 9 * DAY),
    }
}

pub(super) fn hardware() -> Hardware {
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

pub(super) fn facts() -> Facts {
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

pub(super) fn packages() -> Vec<Package> {
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

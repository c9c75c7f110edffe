//! What waits on the invented device, and what changed.

use domain::{
    devices::report::Update,
    ids::{ChangeId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::machine::own;
use crate::{
    devices::detail::{Change, ChangeKind, WaitingUpdates},
    layout::sample::NOW,
};

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

pub(super) fn items() -> Vec<Update> {
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

pub(super) fn updates() -> WaitingUpdates {
    WaitingUpdates::Listed { lists_at: Some(NOW - 34 * MINUTE), items: items() }
}

pub(super) fn changes() -> Vec<Change> {
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

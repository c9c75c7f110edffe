//! What changed on a device, so that every change ends in what the device has now.

use domain::time::{DAY, MINUTE};

use super::{device::DemoChange, machine::Address, rng::Rng, software::SoftwareSet};

/// What a device's changes lead up to.
pub struct Now<'a> {
    /// The set it has.
    pub software: &'a SoftwareSet,
    /// Its memory in GB.
    pub memory: u64,
    /// The build before this one, and this one.
    pub builds: (&'static str, &'static str),
    /// What a build is called: `Kernel` or `Build`.
    pub build_word: &'static str,
    /// Where it is.
    pub address: &'a Address,
    /// How long ago it was last seen and enrolled, and how long it has run, in milliseconds.
    pub last_seen_ago: i64,
    pub enrolled_ago: i64,
    pub uptime: i64,
}

/// A few changes, newest first.
pub fn history(now: &Now<'_>, rng: &mut Rng) -> Vec<DemoChange> {
    let mut changes = Vec::new();
    let booted_ago = now.last_seen_ago + now.uptime;
    changes.push(DemoChange { ago_ms: booted_ago, kind: "restart", subject: "Restarted".into(), before: None, after: None });
    if now.builds.0 != now.builds.1 && rng.percent(70) {
        changes.push(change(booted_ago + rng.between(0, 30_000), "os", now.build_word, now.builds.0, now.builds.1));
    }
    for _ in 0..rng.between(0, 3) {
        if let Some((name, before, after)) = (!now.software.updated.is_empty()).then(|| rng.pick(&now.software.updated)) {
            changes.push(change(now.some_time(rng, 21), "package", name, before, after));
        }
    }
    if rng.percent(5) && now.memory >= 16 {
        let before = if now.memory == 96 { 64 } else { now.memory / 2 };
        changes.push(change(now.some_time(rng, 90), "hardware", "Memory", &format!("{before} GB"), &format!("{} GB", now.memory)));
    }
    if rng.percent(9) {
        changes.push(change(now.some_time(rng, 60), "network", "Address", &now.address.ip(17), &now.address.ip(0)));
    }
    changes.retain(|change| change.ago_ms < now.enrolled_ago);
    changes.sort_by(|a, b| (a.ago_ms, &a.subject).cmp(&(b.ago_ms, &b.subject)));
    changes.dedup_by(|b, a| a.kind == b.kind && a.subject == b.subject);
    changes
}

impl Now<'_> {
    /// Some time in the last `days`, before it was last seen.
    fn some_time(&self, rng: &mut Rng, days: i64) -> i64 {
        self.last_seen_ago + rng.between(5 * MINUTE, days * DAY)
    }
}

fn change(ago_ms: i64, kind: &'static str, subject: &str, before: &str, after: &str) -> DemoChange {
    DemoChange { ago_ms, kind, subject: subject.into(), before: Some(before.into()), after: Some(after.into()) }
}

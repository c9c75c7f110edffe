//! Puts one device together from its parts.

use domain::{
    Moment,
    devices::{
        Report,
        report::{Agent, Dropped, Identity, Kind, State, Updates},
    },
    time::{DAY, HOUR},
};

use super::{
    device::{DemoChange, DemoDevice},
    history::{self, Now},
    listed::listed,
    machine::{Address, Machine},
    post::{Post, post},
    presence::{EVERY_S, Presence, presence},
    rng::Rng,
    software::{self, Purpose},
    systems::{Patch, System},
    tenant::DemoClient,
};

/// Where a device stands in the fleet.
pub struct Slot<'a> {
    pub client: &'a DemoClient,
    pub address: Address,
    /// How many devices its client has.
    pub count: usize,
    /// The series that shares are drawn from.
    pub series: u64,
    pub now: Moment,
}

/// A device before its report is written.
struct Draft<'a> {
    slot: &'a Slot<'a>,
    address: Address,
    post: Post,
    machine: Machine,
    system: System,
    patch: Patch,
    presence: Presence,
    uptime: i64,
    set: u8,
}

/// The device in `slot`, without its software.
pub fn device(slot: &Slot<'_>, rng: &mut Rng) -> DemoDevice {
    let post = post(slot.client, slot.address.place, slot.count, rng);
    let machine = Machine::pick(post.kind, post.purpose, post.solid, rng);
    let system = System::of(post.purpose, machine.old, rng);
    let patch = patch(slot.client, rng);
    let presence = presence(slot.series, slot.address.index, rng);
    let set = software::number(post.purpose, patch != Patch::Current);
    let uptime = uptime(post.kind, patch, rng);
    let address = Address { site: post.site, ..slot.address };
    Draft { slot, address, post, machine, system, patch, presence, uptime, set }.finish(rng)
}

fn patch(client: &DemoClient, rng: &mut Rng) -> Patch {
    match rng.between(0, 99) {
        share if share >= client.behind => Patch::Current,
        share if share * 4 >= client.behind => Patch::Behind,
        _ => Patch::FarBehind,
    }
}

fn uptime(kind: Kind, patch: Patch, rng: &mut Rng) -> i64 {
    let days = match (kind, patch) {
        (Kind::Server, Patch::FarBehind) => 190,
        (Kind::Server, _) => 27,
        (Kind::Laptop, _) => 6,
        _ => 13,
    };
    rng.between(20_000, days * DAY)
}

impl Draft<'_> {
    fn finish(self, rng: &mut Rng) -> DemoDevice {
        let report = self.report(rng);
        let history = self.presence.last_seen_ago.map(|ago| self.history(ago, rng)).unwrap_or_default();
        DemoDevice {
            client: self.slot.address.client,
            site: self.post.site,
            report,
            software_set: self.presence.last_seen_ago.map(|_| self.set),
            contact: self.presence.contact,
            last_seen_ago_ms: self.presence.last_seen_ago,
            every_s: EVERY_S,
            standing: self.presence.standing,
            enrolled_ago_ms: self.presence.enrolled_ago,
            history,
        }
    }

    fn report(&self, rng: &mut Rng) -> Report {
        let own = matches!(self.post.purpose, Purpose::Linux { .. });
        let (name, version) = if own { ("portico-agent", "0.1.0") } else { ("GLPI-Agent", "1.15") };
        let taken_at = self.slot.now - self.presence.last_seen_ago.unwrap_or(self.presence.enrolled_ago);
        let seen = self.presence.last_seen_ago.is_some();
        Report {
            taken_at,
            agent: Agent { name: name.into(), version: version.into() },
            identity: self.identity(rng),
            os: self.system.os(self.patch),
            state: if seen { self.state(taken_at, rng) } else { State::default() },
            hardware: seen.then(|| self.machine.hardware(self.post.purpose, &self.address, rng)),
            software: None,
            updates: seen.then(|| self.updates(taken_at, rng)),
            sample: None,
            dropped: if own || !seen { Dropped::default() } else { dropped(rng) },
        }
    }

    fn identity(&self, rng: &mut Rng) -> Identity {
        let hostname = self.post.hostname.clone();
        Identity {
            fqdn: Some(format!("{}.{}.example", hostname.to_lowercase(), self.slot.client.slug)),
            hostname,
            machine_uuid: Some(uuid(rng)),
            serial: Some(self.machine.serial(self.slot.address.index)),
            maker: Some(self.machine.model.maker.into()),
            model: Some(self.machine.model.name.into()),
            kind: self.post.kind,
        }
    }

    fn state(&self, taken_at: Moment, rng: &mut Rng) -> State {
        let asked = match self.patch {
            Patch::Current => 4,
            Patch::Behind => 11,
            Patch::FarBehind => 30,
        };
        let people = if self.post.kind == Kind::Server { rng.between(0, 2) } else { rng.between(0, 1) };
        let reboot_required = (!rng.percent(2)).then(|| rng.percent(asked));
        State { booted_at: Some(taken_at - self.uptime), users_logged_in: u32::try_from(people).ok(), reboot_required }
    }

    fn updates(&self, taken_at: Moment, rng: &mut Rng) -> Updates {
        if rng.percent(4) {
            let reason = match self.system.family {
                "windows" => "Windows Update did not answer (0x8024401c).",
                "macos" => "The list of updates did not arrive within 60 seconds.",
                _ => "The package lists were never refreshed.",
            };
            return Updates::Unknown { reason: reason.into() };
        }
        let oldest = if self.patch == Patch::FarBehind { 9 * DAY } else { 22 * HOUR };
        let lists_at = Some(taken_at - rng.between(0, oldest));
        let items = if matches!(self.post.purpose, Purpose::Linux { .. }) {
            let lists = rng.between(0, 4).unsigned_abs();
            let offered = |candidate: &str| self.patch == Patch::FarBehind || (candidate.bytes().map(u64::from).sum::<u64>() + lists) % 5 < 3;
            software::sets()[usize::from(self.set)].waiting.iter().filter(|update| offered(&update.candidate)).cloned().collect()
        } else {
            listed(&self.system, self.post.purpose, self.patch, rng)
        };
        Updates::Listed { lists_at, items }
    }

    fn history(&self, last_seen_ago: i64, rng: &mut Rng) -> Vec<DemoChange> {
        let before = if self.patch == Patch::Current { Patch::Behind } else { Patch::FarBehind };
        let now = Now {
            software: &software::sets()[usize::from(self.set)],
            memory: self.machine.memory,
            builds: (self.system.build(before), self.system.build(self.patch)),
            build_word: if self.system.family == "windows" { "Build" } else { "Kernel" },
            address: &self.address,
            last_seen_ago,
            enrolled_ago: self.presence.enrolled_ago,
            uptime: self.uptime,
        };
        history::history(&now, rng)
    }
}

fn dropped(rng: &mut Rng) -> Dropped {
    let mut some = |low, high| u32::try_from(rng.between(low, high)).unwrap_or_default();
    Dropped { environment: some(18, 60), processes: some(90, 310), users: some(2, 14) }
}

/// A random UUID, version 4.
fn uuid(rng: &mut Rng) -> String {
    let (a, b) = (rng.bits(), rng.bits());
    format!("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32, a >> 16 & 0xffff, a & 0xfff, b >> 48 & 0x3fff | 0x8000, b & 0xffff_ffff_ffff)
}

//! The kept counts with what is said about each update: every figure comes from here, and so do the rows behind it.

use std::collections::HashMap;

use domain::{
    Moment,
    devices::Standing,
    ids::{ClientId, DeviceId, Uuid},
    patching::{
        Bucket, Owed, Tally, Verdict,
        groups::Groups,
        state::{Changes, Device, Judged, Pair, judge},
        verify::Presence,
    },
};
use foundation::{
    Failure, Tenant,
    patching::{CountRow, DeviceFigures, PairFilter, PairRow, rows::Trust},
};

use super::says::{Known, Says};

/// The most rows of devices for which something was decided alone.
const ALONE: u64 = 20_000;

/// Everything that figures are made of.
#[derive(Debug)]
pub struct Fleet {
    /// What is said.
    pub says: Says,
    /// The catalogue, as far as anybody needs or has it.
    pub updates: HashMap<Uuid, Known>,
    counts: Vec<CountRow>,
    alone: Vec<PairRow>,
    devices: Vec<(ClientId, DeviceFigures)>,
}

/// How a pair counts: presence, known, owed since, security since.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    presence: &'a str,
    known: bool,
    owed: Owed,
}

impl<'a> Counted<'a> {
    fn of(presence: &'a str, known: bool, since: i64, security: i64) -> Self {
        Self { presence, known, owed: owed(since, security) }
    }

    /// How a row counts.
    pub fn row(row: &'a PairRow) -> Self {
        Self::of(&row.presence, is_known(row), row.since_at, row.security_at)
    }

    /// The judgement for counts. It leaves out runs, failures and what agents may do: none of these moves a pair to another part of a figure.
    pub fn judge(&self, says: &Says, verdict: Option<Verdict>) -> Judged {
        let now = says.now();
        let device = Device {
            standing: Standing::Active,
            seen: self.known.then_some(now),
            lists: true,
            changes: Changes::Allowed,
            reboot_required: None,
            booted_at: None,
            window: None,
        };
        let presence = if self.presence == "installed" { Presence::Installed } else { Presence::Needed };
        let pair = Pair { presence, installed_at: None, owed: self.owed, failed: None, run: None };
        judge(&device, &pair, verdict, &says.targets, now)
    }
}

/// Since when something is owed, as stored.
pub fn owed(since: i64, security: i64) -> Owed {
    Owed { since: Moment(since), security_since: Some(security).filter(|at| *at > 0).map(Moment) }
}

fn is_known(row: &PairRow) -> bool {
    match Trust::of(row.trust) {
        Trust::Known => true,
        Trust::NoLists => row.presence == "installed",
        Trust::Out | Trust::Silent => false,
    }
}

/// `n` pairs that are judged alike.
fn many(judged: &Judged, failed: u64, n: u64) -> Tally {
    let mut one = Tally::default();
    one.count(judged);
    let failed = if Bucket::of(judged) == Some(Bucket::Missing) { failed } else { 0 };
    Tally {
        installed: one.installed * n,
        missing: one.missing * n,
        early: one.early * n,
        not_due: one.not_due * n,
        deferred: one.deferred * n,
        excluded: one.excluded * n,
        unknown: one.unknown * n,
        needs_reboot: 0,
        failed,
    }
}

impl Fleet {
    /// Reads all within reach.
    pub async fn load(tenant: &Tenant, now: Moment) -> Result<Self, Failure> {
        let says = Says::load(tenant, now).await?;
        let mut counts = tenant.update_counts(None).await?;
        let rows = tenant.catalogue().await?;
        let mut updates: HashMap<Uuid, Known> = rows.iter().filter_map(|row| Some((row.id, Known::of(row)?))).collect();
        let counted: std::collections::HashSet<Uuid> = counts.iter().map(|row| row.update_id).collect();
        updates.retain(|id, _| counted.contains(id));
        let alone = alone(tenant, &says).await?;
        for row in &alone {
            let same = |count: &&mut CountRow| {
                (count.client_id, count.update_id, count.presence == row.presence) == (row.client_id, row.update_id, true)
                    && (count.known == 1, count.since_at, count.security_at) == (is_known(row), row.since_at, row.security_at)
            };
            if let Some(count) = counts.iter_mut().find(same) {
                count.devices -= 1;
                count.failed -= i64::from(row.failed_class.is_some() && row.presence == "needed");
            }
        }
        Ok(Self { says, updates, counts, alone, devices: tenant.patched_devices().await? })
    }

    /// Calls `each` with client, update, whether it is installed, and the tally of those that stand alike.
    pub fn each(&self, mut each: impl FnMut(ClientId, Uuid, bool, Tally)) {
        let mut general: HashMap<Uuid, Option<Verdict>> = HashMap::new();
        for count in &self.counts {
            let (Some(known), client) = (self.updates.get(&count.update_id), ClientId(count.client_id)) else { continue };
            let verdict = if self.says.is_special(count.update_id, client) {
                self.says.verdict(count.update_id, known, Some(client), None)
            } else {
                *general.entry(count.update_id).or_insert_with(|| self.says.verdict(count.update_id, known, None, None))
            };
            let judged = Counted::of(&count.presence, count.known == 1, count.since_at, count.security_at).judge(&self.says, verdict);
            let number = |n: i64| u64::try_from(n).unwrap_or(0);
            each(client, count.update_id, count.presence == "installed", many(&judged, number(count.failed), number(count.devices)));
        }
        for row in &self.alone {
            let Some(known) = self.updates.get(&row.update_id) else { continue };
            let judged = Counted::row(row).judge(&self.says, self.verdict_on(row, known));
            let failed = u64::from(row.failed_class.is_some() && row.presence == "needed");
            each(ClientId(row.client_id), row.update_id, row.presence == "installed", many(&judged, failed, 1));
        }
    }

    fn verdict_on(&self, row: &PairRow, known: &Known) -> Option<Verdict> {
        self.says.verdict(row.update_id, known, Some(ClientId(row.client_id)), Some(DeviceId(row.id)))
    }

    /// The figures by client and class.
    pub fn groups(&self) -> Groups {
        let mut groups = Groups::default();
        for (client, figures) in &self.devices {
            for n in 0..figures.all {
                groups.add_device(*client, n < figures.known, None);
            }
        }
        self.each(|client, update, _, tally| {
            if let Some(known) = self.updates.get(&update) {
                groups.add_tally(client, known.class(), tally);
            }
        });
        groups
    }

    /// By update: on how many devices it is needed, installed, and failed.
    pub fn by_update(&self) -> HashMap<Uuid, (u64, u64, u64)> {
        let mut all: HashMap<Uuid, (u64, u64, u64)> = HashMap::new();
        let mut add = |update: Uuid, installed: bool, devices: u64, failed: u64| {
            let of = all.entry(update).or_default();
            if installed {
                of.1 += devices
            } else {
                of.0 += devices
            }
            of.2 += failed;
        };
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        self.counts.iter().for_each(|count| add(count.update_id, count.presence == "installed", number(count.devices), number(count.failed)));
        self.alone.iter().for_each(|row| add(row.update_id, row.presence == "installed", 1, u64::from(row.failed_class.is_some() && row.presence == "needed")));
        all
    }
}

/// The rows of devices for which something was decided alone.
async fn alone(tenant: &Tenant, says: &Says) -> Result<Vec<PairRow>, Failure> {
    let wanted: std::collections::HashSet<(Uuid, Uuid)> = says.devices().map(|(device, update)| (device.0, update)).collect();
    let mut rows = Vec::new();
    let all: Vec<(Uuid, Uuid)> = wanted.iter().copied().collect();
    for some in all.chunks(200) {
        let filter =
            PairFilter { devices: some.iter().map(|(id, _)| *id).collect(), updates: some.iter().map(|(_, id)| *id).collect(), ..PairFilter::default() };
        rows.extend(tenant.pair_rows(&filter, None, ALONE).await?.into_iter().filter(|row| some.contains(&(row.id, row.update_id))));
    }
    Ok(rows)
}

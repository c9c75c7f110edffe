//! The kept counts with what is said about each update: every figure comes from here, and so do the rows behind it. The counts are summed
//! by client where they are stored; what was decided for a client or a device alone is put right afterwards.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use domain::{
    Moment,
    devices::Standing,
    ids::{ClientId, DeviceId, Uuid},
    patching::{
        Bucket, Class, Owed, Tally, Verdict,
        groups::Groups,
        state::{Changes, Device, Judged, Pair, judge},
        verify::Presence,
    },
};
use foundation::{
    Failure, Tenant,
    patching::{Among, PairFilter, PairRow, rows::Trust},
};

use super::says::{Known, Says};

/// Pairs of a device and an update, or of a client and an update, that are looked for in one statement.
const AT_ONCE: usize = 100;

/// The catalogue with what is said about it.
#[derive(Debug)]
pub struct Fleet {
    /// What is said.
    pub says: Says,
    /// The catalogue.
    pub updates: HashMap<Uuid, Known>,
}

/// How a pair counts: presence, known, owed since, security since.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    presence: &'a str,
    known: bool,
    owed: Owed,
}

/// The figures by client and class while they are put together.
type Sums = BTreeMap<(ClientId, Class), Tally>;

impl<'a> Counted<'a> {
    /// How a row counts.
    pub fn row(row: &'a PairRow) -> Self {
        Self { presence: &row.presence, known: is_known(row), owed: owed(row.since_at, row.security_at) }
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

    /// `n` pairs that count alike, of which `failed` failed.
    fn many(&self, says: &Says, verdict: Option<Verdict>, (n, failed): (i64, i64)) -> Tally {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        let judged = self.judge(says, verdict);
        let mut one = Tally::default();
        one.count(&judged);
        let failed = if Bucket::of(&judged) == Some(Bucket::Missing) { number(failed) } else { 0 };
        Tally { failed, ..one * number(n) }
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

/// Verdicts that figures tell apart; for counts an approval is as good as nothing, and every deferral that holds lies ahead.
fn sorts() -> Vec<(Class, Option<Verdict>)> {
    let verdicts = [None, Some(Verdict::Defer(Moment(i64::MAX / 2))), Some(Verdict::Decline)];
    Class::ALL.into_iter().flat_map(|class| verdicts.map(|verdict| (class, verdict))).collect()
}

fn is_sort(sort: (Class, Option<Verdict>), class: Class, verdict: Option<Verdict>) -> bool {
    let verdict = verdict.filter(|verdict| *verdict != Verdict::Approve);
    sort.0 == class && sort.1.map(Verdict::word) == verdict.map(Verdict::word)
}

impl Fleet {
    /// Reads the catalogue and what is said.
    pub async fn load(tenant: &Tenant, now: Moment) -> Result<Self, Failure> {
        let says = Says::load(tenant, now).await?;
        let updates = tenant.catalogue().await?.iter().filter_map(|row| Some((row.id, Known::of(row)?))).collect();
        Ok(Self { says, updates })
    }

    /// The figures by client and class.
    pub async fn groups(&self, tenant: &Tenant) -> Result<Groups, Failure> {
        let (mut sums, ruled) = (Sums::new(), self.says.ruled());
        self.sum(tenant, &mut sums, Among::Without(&ruled), None).await?;
        for client in &ruled {
            self.sum(tenant, &mut sums, Among::Only(*client), Some(*client)).await?;
        }
        self.put_clients_right(tenant, &mut sums, &ruled).await?;
        self.put_devices_right(tenant, &mut sums).await?;
        let mut groups = Groups::default();
        sums.into_iter().for_each(|((client, class), tally)| groups.add_tally(client, class, tally));
        tenant.patched_devices().await?.into_iter().for_each(|(client, devices)| groups.add_devices(client, devices));
        Ok(groups)
    }

    /// Adds the counts of clients for which the same is said as for `client`; `None` is what is said for all.
    async fn sum(&self, tenant: &Tenant, sums: &mut Sums, among: Among<'_>, client: Option<ClientId>) -> Result<(), Failure> {
        let sorts = sorts();
        let mut updates: BTreeMap<usize, Vec<Uuid>> = BTreeMap::new();
        for (id, known) in &self.updates {
            let verdict = self.says.verdict(*id, known, client, None);
            let at = sorts.iter().position(|sort| is_sort(*sort, known.class(), verdict));
            updates.entry(at.unwrap_or(0)).or_default().push(*id);
        }
        let asked: Vec<(i32, Vec<Uuid>)> = updates.into_iter().filter_map(|(at, ids)| Some((i32::try_from(at).ok()?, ids))).collect();
        let past = self.says.targets.past_due(self.says.now());
        for row in tenant.update_sums(&asked, among, past).await? {
            let Some((class, verdict)) = usize::try_from(row.sort).ok().and_then(|at| sorts.get(at)) else { continue };
            let counted = Counted { presence: &row.presence, known: row.known == 1, owed: past.owed(row.past == 1) };
            *sums.entry((ClientId(row.client_id), *class)).or_default() += counted.many(&self.says, *verdict, (row.devices, row.failed));
        }
        Ok(())
    }

    /// What was decided for a client alone; clients with rules of their own are right already.
    async fn put_clients_right(&self, tenant: &Tenant, sums: &mut Sums, ruled: &[ClientId]) -> Result<(), Failure> {
        let wanted: BTreeSet<(Uuid, ClientId)> = self.says.clients().filter(|(_, client)| !ruled.contains(client)).collect();
        let wanted: Vec<(Uuid, ClientId)> = wanted.into_iter().collect();
        let past = self.says.targets.past_due(self.says.now());
        for some in wanted.chunks(AT_ONCE) {
            let (updates, clients): (BTreeSet<Uuid>, BTreeSet<ClientId>) = some.iter().copied().unzip();
            let (updates, clients): (Vec<Uuid>, Vec<ClientId>) = (updates.into_iter().collect(), clients.into_iter().collect());
            let here: HashSet<&(Uuid, ClientId)> = some.iter().collect();
            for row in tenant.update_sums_at(&updates, &clients, past).await? {
                let client = ClientId(row.client_id);
                let Some(known) = self.updates.get(&row.update_id).filter(|_| here.contains(&(row.update_id, client))) else { continue };
                let counted = Counted { presence: &row.presence, known: row.known == 1, owed: past.owed(row.past == 1) };
                let tally = |client| counted.many(&self.says, self.says.verdict(row.update_id, known, client, None), (row.devices, row.failed));
                let sum = sums.entry((client, known.class())).or_default();
                *sum -= tally(None);
                *sum += tally(Some(client));
            }
        }
        Ok(())
    }

    /// What was decided for a device alone.
    async fn put_devices_right(&self, tenant: &Tenant, sums: &mut Sums) -> Result<(), Failure> {
        let wanted: BTreeSet<(Uuid, DeviceId)> = self.says.devices().map(|(device, update)| (update, device)).collect();
        let wanted: Vec<(Uuid, DeviceId)> = wanted.into_iter().collect();
        for some in wanted.chunks(AT_ONCE) {
            let (updates, devices) = some.iter().map(|(update, device)| (*update, device.0)).unzip();
            let here: HashSet<&(Uuid, DeviceId)> = some.iter().collect();
            let filter = PairFilter { devices, updates, ..PairFilter::default() };
            for row in tenant.pair_rows(&filter, None, (AT_ONCE * AT_ONCE) as u64).await? {
                let (client, device) = (ClientId(row.client_id), DeviceId(row.id));
                let Some(known) = self.updates.get(&row.update_id).filter(|_| here.contains(&(row.update_id, device))) else { continue };
                let failed = i64::from(row.failed_class.is_some() && row.presence == "needed");
                let tally = |device| Counted::row(&row).many(&self.says, self.says.verdict(row.update_id, known, Some(client), device), (1, failed));
                let sum = sums.entry((client, known.class())).or_default();
                *sum -= tally(None);
                *sum += tally(Some(device));
            }
        }
        Ok(())
    }
}

/// By update: on how many devices within reach it is needed, installed, and failed; of one update or of all.
pub async fn by_update(tenant: &Tenant, update: Option<Uuid>) -> Result<HashMap<Uuid, (u64, u64, u64)>, Failure> {
    let mut all: HashMap<Uuid, (u64, u64, u64)> = HashMap::new();
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    for row in tenant.update_totals(update).await? {
        let of = all.entry(row.update_id).or_default();
        if row.presence == "installed" {
            of.1 += number(row.devices)
        } else {
            of.0 += number(row.devices)
        }
        of.2 += number(row.failed);
    }
    Ok(all)
}

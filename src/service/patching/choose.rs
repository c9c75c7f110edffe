//! Which devices a run takes, what each gets, and who is left out.

use std::collections::{BTreeMap, HashSet};

use app::patching::{Choose, PairLine, PlanLine};
use domain::{
    Moment,
    ids::{SiteId, Uuid},
    patching::{Class, Kind, install::PACKAGES, query::PairsQuery},
    windows::Scope,
};
use foundation::{Failure, Tenant, patching::NewTurn};

use super::lists;

/// The most devices of a run.
pub const DEVICES: usize = 500;
/// The most rows that a plan on a page looks at.
pub const ROWS: usize = 60_000;
/// Rows that are looked at before those are forgotten.
const BATCH: usize = 10_000;

/// A plan: devices that get something, devices that get nothing, and whether more match than a run takes.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Devices that get something, with the updates.
    pub targets: Vec<(PlanLine, NewTurn)>,
    /// Devices that need something and get nothing.
    pub left_out: Vec<PlanLine>,
    /// Whether more devices match.
    pub more: bool,
}

/// Whether a run that is planned now takes it.
const fn is_target(kind: Kind) -> bool {
    matches!(kind, Kind::Failed | Kind::Due | Kind::Waiting)
}

/// What of `choose` lies in `scope`; `None`: nothing.
fn within(choose: &Choose, scope: Option<Scope>) -> Option<(Choose, Option<SiteId>)> {
    let mut choose = choose.clone();
    match scope {
        None | Some(Scope::Tenant) => Some((choose, None)),
        Some(Scope::Site(site)) => Some((choose, Some(site))),
        Some(Scope::Client(client)) => (*choose.client.get_or_insert(client) == client).then_some((choose, None)),
        Some(Scope::Device(device)) => (*choose.device.get_or_insert(device) == device).then_some((choose, None)),
    }
}

/// Makes the plan of what is chosen, within reach and in `scope`, looking at so many rows, without those devices.
///
/// # Errors
/// When the database fails.
pub async fn choice(tenant: &Tenant, choose: &Choose, scope: Option<Scope>, look: (usize, &HashSet<Uuid>), now: Moment) -> Result<Choice, Failure> {
    let mut plan = Choice::default();
    let Some((choose, site)) = within(choose, scope) else { return Ok(plan) };
    let class = choose.security.then_some(Class::Security);
    let mut query = PairsQuery { client: choose.client, device: choose.device, update: choose.update, class, ..PairsQuery::default() };
    let (mut device, mut looked) = (Vec::new(), 0);
    loop {
        let (lines, next) = lists::needed_pairs(tenant, &query, site, now, BATCH).await?;
        looked += lines.len();
        lines.into_iter().filter(|line| !look.1.contains(&line.device.0.0)).for_each(|line| plan.look(&mut device, line));
        match next {
            Some(cursor) if looked < look.0 && !plan.more => query.cursor = Some(cursor),
            next => {
                plan.more |= next.is_some();
                plan.take(std::mem::take(&mut device));
                return Ok(plan);
            }
        }
    }
}

impl Choice {
    /// Looks at a row; those of one device follow each other.
    fn look(&mut self, device: &mut Vec<PairLine>, line: PairLine) {
        if matches!(line.kind, Kind::Installed | Kind::NeedsReboot | Kind::NotApplicable | Kind::Superseded) {
            return;
        }
        if device.first().is_some_and(|first| first.device.0 != line.device.0) {
            self.take(std::mem::take(device));
        }
        device.push(line);
    }

    /// Takes a device with all its rows.
    fn take(&mut self, rows: Vec<PairLine>) {
        let Some(first) = rows.first() else { return };
        let (gets, left): (Vec<&PairLine>, Vec<&PairLine>) = rows.iter().partition(|line| is_target(line.kind));
        let gets: Vec<&PairLine> = gets.into_iter().take(PACKAGES).collect();
        let mut why: BTreeMap<Kind, u64> = BTreeMap::new();
        for line in left {
            *why.entry(line.kind).or_default() += 1;
        }
        let turn = NewTurn { device: first.device.0.0, updates: gets.iter().map(|line| line.update.0).collect() };
        let names = gets.iter().map(|line| line.name.clone()).collect();
        let line = PlanLine { device: first.device.clone(), client: first.client.clone(), gets: names, left: why.into_iter().collect() };
        match (turn.updates.is_empty(), self.targets.len() < DEVICES, self.left_out.len() < DEVICES) {
            (false, true, _) => self.targets.push((line, turn)),
            (true, _, true) => self.left_out.push(line),
            (false, false, _) => self.more = true,
            (true, _, false) => {}
        }
    }
}

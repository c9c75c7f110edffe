//! Which devices a run takes, what each gets, and who is left out.

use std::collections::BTreeMap;

use app::patching::{Choose, PairLine, PlanLine};
use domain::{
    Moment,
    ids::Uuid,
    patching::{Class, Kind, install::PACKAGES, query::PairsQuery},
};
use foundation::{Failure, Tenant, patching::NewTurn};

use super::lists;

/// The most devices of a run.
pub const DEVICES: usize = 500;
/// The most rows that a plan looks at.
const ROWS: usize = 60_000;

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

/// Makes the plan of what is chosen, within reach.
///
/// # Errors
/// When the database fails.
pub async fn choice(tenant: &Tenant, choose: &Choose, now: Moment) -> Result<Choice, Failure> {
    let class = choose.security.then_some(Class::Security);
    let query = PairsQuery { client: choose.client, device: choose.device, update: choose.update, class, ..PairsQuery::default() };
    let lines = lists::needed_pairs(tenant, &query, now, ROWS).await?;
    let cut = lines.len() == ROWS;
    let mut plan = Choice { more: cut, ..Choice::default() };
    let mut rest =
        lines.into_iter().filter(|line| !matches!(line.kind, Kind::Installed | Kind::NeedsReboot | Kind::NotApplicable | Kind::Superseded)).peekable();
    while let Some(first) = rest.next() {
        let id = first.device.0;
        let mut of = vec![first];
        while let Some(line) = rest.next_if(|line| line.device.0 == id) {
            of.push(line);
        }
        let (line, turn) = planned(&of);
        match turn {
            Some(_) if plan.targets.len() == DEVICES => plan.more = true,
            Some(turn) => plan.targets.push((line, turn)),
            None if plan.left_out.len() < DEVICES => plan.left_out.push(line),
            None => plan.more = true,
        }
    }
    Ok(plan)
}

/// The line of one device, and its turn if it gets anything.
fn planned(lines: &[PairLine]) -> (PlanLine, Option<NewTurn>) {
    let gets: Vec<&PairLine> = lines.iter().filter(|line| is_target(line.kind)).take(PACKAGES).collect();
    let mut left: BTreeMap<Kind, u64> = BTreeMap::new();
    for line in lines.iter().filter(|line| !is_target(line.kind)) {
        *left.entry(line.kind).or_default() += 1;
    }
    let device = lines.first().map(|line| (line.device.clone(), line.client.clone()));
    let (device, client) = device.unwrap_or_else(|| ((domain::ids::DeviceId(Uuid::nil()), String::new()), (domain::ids::ClientId(Uuid::nil()), String::new())));
    let turn = (!gets.is_empty()).then(|| NewTurn { device: device.0.0, updates: gets.iter().map(|line| line.update.0).collect() });
    (PlanLine { device, client, gets: gets.into_iter().map(|line| line.name.clone()).collect(), left: left.into_iter().collect() }, turn)
}

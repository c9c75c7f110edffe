//! Updates on devices within reach, row by row, in the order of host names.

use domain::{ids::DeviceId, patching::query::PairCursor};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::{counted, pair, turn, want};
use crate::{
    Failure, Tenant,
    devices::rows::{agent_key, device},
    tenancy::Scoped,
};

/// An update on a device, with what says how it stands there.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PairRow {
    pub id: Uuid,
    pub client_id: Uuid,
    pub site_id: Uuid,
    pub hostname: String,
    pub display_name: Option<String>,
    pub reboot_required: i16,
    pub booted_at: Option<i64>,
    pub last_seen_at: i64,
    pub update_id: Uuid,
    pub presence: String,
    pub since_at: i64,
    pub security_at: i64,
    pub installed_at: Option<i64>,
    pub failed_class: Option<String>,
    pub failed_count: i64,
    pub failed_line: Option<String>,
    pub trust: i16,
}

/// Which rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PairFilter {
    /// Of one client.
    pub client: Option<Uuid>,
    /// Of one site.
    pub site: Option<Uuid>,
    /// Of these devices; empty is any.
    pub devices: Vec<Uuid>,
    /// Of these updates; empty is any.
    pub updates: Vec<Uuid>,
    /// `needed` or `installed`; `None` is both.
    pub presence: Option<&'static str>,
    /// Owed since before this instant.
    pub since_before: Option<i64>,
}

/// What is beside a page's rows: whether agents make changes, and open turns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// By device, what its newest agent said: `None` it never said.
    pub agents: Vec<(Uuid, Option<bool>)>,
    /// Updates that a run has on a device now.
    pub runs: Vec<InRunRow>,
}

/// An update that a run has on a device now.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct InRunRow {
    pub id: Uuid,
    pub run_id: Uuid,
    pub update_id: Uuid,
    pub state: String,
    pub not_before: i64,
}

#[derive(FromQueryResult)]
struct Agent {
    id: Uuid,
    allows_changes: i16,
    created_at: i64,
}

impl PairRow {
    /// The name that people see.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.hostname)
    }

    /// Where it stands in its list.
    pub fn cursor(&self, backwards: bool) -> PairCursor {
        PairCursor { host: self.hostname.clone(), device: DeviceId(self.id), update: domain::ids::UpdateId(self.update_id), backwards }
    }
}

fn of_device(column: device::Column) -> Expr {
    Expr::col((device::Entity, column))
}

fn of_pair(column: pair::Column) -> Expr {
    Expr::col((pair::Entity, column))
}

fn order() -> [Expr; 3] {
    [of_device(device::Column::Hostname), of_device(device::Column::Id), of_pair(pair::Column::UpdateId)]
}

fn beside(cursor: &PairCursor) -> Expr {
    let here = Expr::tuple([Expr::value(cursor.host.clone()), Expr::value(cursor.device.0), Expr::value(cursor.update.0)]);
    if cursor.backwards { Expr::tuple(order()).lt(here) } else { Expr::tuple(order()).gt(here) }
}

fn condition(filter: &PairFilter) -> Condition {
    let devices = Some(&filter.devices).filter(|ids| !ids.is_empty());
    let updates = Some(&filter.updates).filter(|ids| !ids.is_empty());
    Condition::all()
        .add(of_device(device::Column::Standing).eq("active"))
        .add_option(filter.client.map(|id| of_device(device::Column::ClientId).eq(id)))
        .add_option(filter.site.map(|id| of_device(device::Column::SiteId).eq(id)))
        .add_option(devices.map(|ids| of_device(device::Column::Id).is_in(ids.iter().copied())))
        .add_option(updates.map(|ids| of_pair(pair::Column::UpdateId).is_in(ids.iter().copied())))
        .add_option(filter.presence.map(|presence| of_pair(pair::Column::Presence).eq(presence)))
        .add_option(filter.since_before.map(|at| of_pair(pair::Column::SinceAt).lte(at)))
}

impl Tenant {
    /// The next `most` rows after `cursor`, or the last ones before it, in the order of the list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pair_rows(&self, filter: &PairFilter, cursor: Option<&PairCursor>, most: u64) -> Result<Vec<PairRow>, Failure> {
        let backwards = cursor.is_some_and(|cursor| cursor.backwards);
        let direction = if backwards { Order::Desc } else { Order::Asc };
        let select = pair_columns(self.find::<device::Entity>().join_own::<pair::Entity>().join_own::<counted::Entity>());
        // Without a place to start from, a planner may read every pair and sort them; with one it walks the host names and stops.
        let start = cursor.map_or_else(|| of_device(device::Column::Hostname).gte(""), beside);
        let select = select.filter(condition(filter).add(start));
        let select = order().into_iter().fold(select, |select, column| select.order_by(column, direction.clone()));
        let mut rows = select.limit(most).all_as::<PairRow>().await?;
        if backwards {
            rows.reverse();
        }
        Ok(rows)
    }

    /// What is beside the rows of these devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn beside_pairs(&self, devices: &[Uuid]) -> Result<Beside, Failure> {
        let some = || of_device(device::Column::Id).is_in(devices.iter().copied());
        let agents = self.find::<device::Entity>().join_own::<agent_key::Entity>().filter(some()).filter(agent_key::Column::RevokedAt.is_null());
        let agents = agents
            .columns([device::Column::Id])
            .column_as(Expr::col((agent_key::Entity, agent_key::Column::AllowsChanges)), "allows_changes")
            .column_as(Expr::col((agent_key::Entity, agent_key::Column::CreatedAt)), "created_at");
        let mut agents: Vec<Agent> = agents.all_as().await?;
        agents.sort_by_key(|agent| (agent.id, std::cmp::Reverse(agent.created_at)));
        agents.dedup_by_key(|agent| agent.id);
        let agents = agents.into_iter().map(|agent| (agent.id, u8::try_from(agent.allows_changes).ok().map(|yes| yes == 1))).collect();
        Ok(Beside { agents, runs: self.in_runs(some()).await? })
    }

    async fn in_runs(&self, some: Expr) -> Result<Vec<InRunRow>, Failure> {
        let turns = self.find::<device::Entity>().join_own::<turn::Entity>().join_own::<want::Entity>().filter(some);
        let open = Expr::col((turn::Entity, turn::Column::State)).is_in(["queued", "fetched", "running", "verifying"]);
        let same = Expr::col((want::Entity, want::Column::RunId)).equals((turn::Entity, turn::Column::RunId));
        let turns = turns.filter(open).filter(same).columns([device::Column::Id]);
        let turns = turns
            .column_as(Expr::col((turn::Entity, turn::Column::RunId)), "run_id")
            .column_as(Expr::col((turn::Entity, turn::Column::State)), "state")
            .column_as(Expr::col((turn::Entity, turn::Column::NotBefore)), "not_before")
            .column_as(Expr::col((want::Entity, want::Column::UpdateId)), "update_id");
        turns.all_as().await
    }
}

fn pair_columns(select: Scoped<'_, device::Entity>) -> Scoped<'_, device::Entity> {
    use device::Column::{BootedAt, ClientId, DisplayName, Hostname, Id, LastSeenAt, RebootRequired, SiteId};
    let names = [
        (pair::Column::UpdateId, "update_id"),
        (pair::Column::Presence, "presence"),
        (pair::Column::SinceAt, "since_at"),
        (pair::Column::SecurityAt, "security_at"),
        (pair::Column::InstalledAt, "installed_at"),
        (pair::Column::FailedClass, "failed_class"),
        (pair::Column::FailedCount, "failed_count"),
        (pair::Column::FailedLine, "failed_line"),
    ];
    let select = select.columns([Id, ClientId, SiteId, Hostname, DisplayName, RebootRequired, BootedAt, LastSeenAt]);
    let select = names.into_iter().fold(select, |select, (column, name)| select.column_as(of_pair(column), name));
    select.column_as(Expr::col((counted::Entity, counted::Column::Trust)), "trust")
}

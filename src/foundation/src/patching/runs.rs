//! Runs within reach: those with a device that the viewer may see, and of each only these devices.

use std::collections::HashSet;

use domain::{
    Moment, Refusal,
    ids::{ApprovalId, PatchScheduleId, RunId},
    patching::{
        run::{Limits, Progress, RunState, TurnKind, TurnState},
        schedule::Reboot,
    },
    windows::Occurrence,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::{
    run::{Column, Entity, Model},
    turn,
};
use crate::{Failure, Tenant, Writing, devices::rows::device};

/// A run, as stored.
pub type RunRow = Model;

/// Runs of one page.
const PAGE: u64 = 50;

#[derive(FromQueryResult)]
struct Of {
    run_id: Uuid,
    state: String,
    detail: Option<String>,
    n: i64,
}

#[derive(FromQueryResult)]
struct Id {
    run_id: Uuid,
}

fn of_turn(column: turn::Column) -> Expr {
    Expr::col((turn::Entity, column))
}

impl Model {
    /// Where it stands.
    pub fn state(&self) -> RunState {
        self.state.parse().unwrap_or(RunState::Cancelled)
    }

    /// How long its devices may take, and how often they try.
    pub fn limits(&self) -> Limits {
        Limits { retries: u8::try_from(self.retries).unwrap_or(0), ends: self.ends_at.map(Moment), ..Limits::default() }
    }

    /// Whether a device that asks for a restart gets one at `now`.
    pub fn restarts(&self, now: Moment) -> bool {
        let open = self.ends_at.map(|until| Occurrence { from: Moment(self.starts_at), until: Moment(until) });
        open.is_some_and(|open| self.reboot.parse::<Reboot>().unwrap_or_default().restarts(now, open))
    }
}

impl Tenant {
    /// The newest runs before `before`, and whether there are older ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_rows(&self, before: Option<RunId>) -> Result<(Vec<RunRow>, bool), Failure> {
        let mut some = Condition::all().add_option(before.map(|id| Column::Id.lt(id.0)));
        if self.who().clients().is_some() {
            some = some.add(Column::Id.is_in(self.reached_runs(before).await?));
        }
        let mut rows = self.find::<Entity>().filter(some).order_by(Column::Id, Order::Desc).limit(PAGE + 1).all().await?;
        let older = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok((rows, older))
    }

    /// The newest runs of a schedule; whoever knows the schedule, knows them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs_of_schedule(&self, id: PatchScheduleId, most: u64) -> Result<Vec<RunRow>, Failure> {
        self.find::<Entity>().filter(Column::ScheduleId.eq(id.0)).order_by(Column::Id, Order::Desc).limit(most).all().await
    }

    /// The devices that have a turn in a run of a schedule that ends then.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_in_runs(&self, id: PatchScheduleId, until: Moment) -> Result<HashSet<Uuid>, Failure> {
        let same = Condition::all().add(Column::ScheduleId.eq(id.0)).add(Column::EndsAt.eq(until.0));
        let runs: Vec<Uuid> = self.find::<Entity>().filter(same).all().await?.into_iter().map(|row| row.id).collect();
        let turns = self.find::<device::Entity>().join_own::<turn::Entity>().filter(of_turn(turn::Column::RunId).is_in(runs)).columns([]);
        let turns: Vec<Id> = turns.column_as(of_turn(turn::Column::DeviceId), "run_id").all_as().await?;
        Ok(turns.into_iter().map(|row| row.run_id).collect())
    }

    async fn reached_runs(&self, before: Option<RunId>) -> Result<Vec<Uuid>, Failure> {
        let turns = self.find::<device::Entity>().join_own::<turn::Entity>();
        let turns = turns.filter(Condition::all().add_option(before.map(|id| of_turn(turn::Column::RunId).lt(id.0)))).columns([]);
        let turns = turns.column_as(of_turn(turn::Column::RunId), "run_id").group_by(of_turn(turn::Column::RunId));
        let rows: Vec<Id> = turns.order_by(of_turn(turn::Column::RunId), Order::Desc).limit(PAGE + 1).all_as().await?;
        Ok(rows.into_iter().map(|row| row.run_id).collect())
    }

    /// A run within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when none of its devices is.
    pub async fn run_row(&self, id: RunId) -> Result<RunRow, Failure> {
        let row = self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?;
        let mine = self.who().clients().is_none() || self.run_progress(&[id.0]).await?.iter().any(|(_, progress)| progress.total() > 0);
        if mine { Ok(row) } else { Err(Refusal::NotFound.into()) }
    }

    /// How far these runs are, by the devices within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_progress(&self, runs: &[Uuid]) -> Result<Vec<(Uuid, Progress)>, Failure> {
        let turns = self.find::<device::Entity>().join_own::<turn::Entity>().filter(of_turn(turn::Column::RunId).is_in(runs.iter().copied())).columns([]);
        let turns = turns
            .column_as(of_turn(turn::Column::RunId), "run_id")
            .column_as(of_turn(turn::Column::State), "state")
            .column_as(of_turn(turn::Column::Detail), "detail")
            .column_as(Expr::cust("count(*)"), "n")
            .group_by(of_turn(turn::Column::RunId))
            .group_by(of_turn(turn::Column::State))
            .group_by(of_turn(turn::Column::Detail));
        let rows: Vec<Of> = turns.all_as().await?;
        let of = |run: Uuid| {
            let mut progress = Progress::default();
            for row in rows.iter().filter(|row| row.run_id == run) {
                let state = row.state.parse::<TurnKind>().ok().and_then(|kind| TurnState::stored(kind, row.detail.as_deref()));
                if let Some(state) = state {
                    progress.add(state, u32::try_from(row.n).unwrap_or(0));
                }
            }
            (run, progress)
        };
        Ok(runs.iter().map(|run| of(*run)).collect())
    }
}

impl Tenant {
    /// The limits of a run, for whoever a device's message moves it.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "an agent's message moves the turn of its own device; the tenant is named, and nothing of the run is shown")]
    pub async fn run_limits(&self, id: RunId) -> Result<Limits, Failure> {
        use sea_orm::{EntityTrait, QueryFilter};
        let row = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::Id.eq(id.0)).one(self.connection()).await?;
        Ok(row.map(|row| row.limits()).unwrap_or_default())
    }
}

impl Writing {
    /// A run, locked until the end; for the platform's own work and for who may stop it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn run_to_change(&self, id: RunId) -> Result<RunRow, Failure> {
        Ok(self.find::<Entity>().filter(Column::Id.eq(id.0)).locked().one().await?.ok_or(Refusal::NotFound)?)
    }

    /// Puts a run into `state`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_run(&self, id: RunId, state: RunState, now: Moment) -> Result<(), Failure> {
        let ended = state.is_over().then_some(now.0);
        self.update::<Entity>(Column::Id.eq(id.0), [(Column::State, Expr::value(state.word())), (Column::EndedAt, Expr::value(ended))]).await.map(drop)
    }

    /// Keeps which approval a run waits for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn run_waits_for(&self, id: RunId, approval: ApprovalId) -> Result<(), Failure> {
        self.update::<Entity>(Column::Id.eq(id.0), [(Column::ApprovalId, Expr::value(Some(approval.0)))]).await.map(drop)
    }
}

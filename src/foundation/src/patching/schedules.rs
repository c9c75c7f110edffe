//! Patch schedules: in which maintenance windows what is installed by itself. Each has a job that looks when the next run is to be planned.

use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, PatchScheduleId, PersonId, RunId, WindowId},
    jobs::Priority,
    patching::schedule::{SCHEDULES, Schedule},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, Set, prelude::Expr};

use super::rows::{
    run,
    schedule::{ActiveModel, Column, Entity, Model},
};
use crate::{
    Failure, Tenant, Writing, fresh_id,
    jobs::{Actor, Work},
};

/// It is looked when the next run of a schedule is planned.
pub const PATCH_SCHEDULE: &str = "patch schedule";
/// A run of a schedule is planned, for one client.
pub const PATCH_PLAN: &str = "patch plan";

/// A patch schedule, as stored.
pub type PatchScheduleRow = Model;

impl Model {
    /// What it says; `None`: nothing that this program knows.
    pub fn schedule(&self) -> Option<Schedule> {
        Some(Schedule {
            name: self.name.clone(),
            window: WindowId(self.window_id),
            what: self.what.parse().ok()?,
            reboot: self.reboot.parse().ok()?,
            needs_approval: self.needs_approval,
            retries: u8::try_from(self.retries).ok()?,
        })
    }
}

impl Tenant {
    /// Schedules that the caller may know of: of the clients within reach, and those of all clients, which concern everybody.
    #[expect(clippy::disallowed_methods, reason = "a schedule of all clients concerns everybody; the tenant and the clients in reach are named")]
    fn known_schedules(&self) -> Select<Entity> {
        let clients = self.who().clients().map(|clients| Column::ClientId.is_in(clients.iter().map(|client| client.0)));
        let reach = clients.map(|mine| Condition::any().add(Column::ClientId.is_null()).add(mine));
        Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Condition::all().add_option(reach))
    }

    /// The schedules within reach, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_schedules(&self) -> Result<Vec<PatchScheduleRow>, Failure> {
        let all = self.known_schedules().order_by(Column::Name, Order::Asc).order_by(Column::Id, Order::Asc);
        Ok(all.limit(SCHEDULES as u64).all(self.connection()).await?)
    }

    /// A schedule within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn patch_schedule(&self, id: PatchScheduleId) -> Result<PatchScheduleRow, Failure> {
        Ok(self.known_schedules().filter(Column::Id.eq(id.0)).one(self.connection()).await?.ok_or(Refusal::NotFound)?)
    }
}

impl Writing {
    /// A schedule, locked until the end; `None` when it was removed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn patch_schedule_to_change(&self, id: PatchScheduleId) -> Result<Option<PatchScheduleRow>, Failure> {
        self.find::<Entity>().filter(Column::Id.eq(id.0)).locked().one().await
    }

    /// Adds a schedule, and has it looked at.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when there are too many.
    pub async fn add_patch_schedule(&self, new: &Schedule, client: Option<ClientId>, by: (PersonId, String), now: Moment) -> Result<PatchScheduleId, Failure> {
        if self.find::<Entity>().count().await? >= SCHEDULES as u64 {
            return Err(Refusal::Invalid(vec![Fault::new("name", format!("There are {SCHEDULES} schedules already; remove one first."))]).into());
        }
        let id: PatchScheduleId = fresh_id();
        let row = ActiveModel {
            id: Set(id.0),
            client_id: Set(client.map(|client| client.0)),
            window_id: Set(new.window.0),
            name: Set(new.name.clone()),
            what: Set(new.what.word().into()),
            reboot: Set(new.reboot.word().into()),
            needs_approval: Set(new.needs_approval),
            retries: Set(new.retries.into()),
            person_id: Set(by.0.0),
            person_name: Set(by.1),
            revision: Set(1),
            changed_at: Set(now.0),
            ..Default::default()
        };
        self.insert(row).await?;
        self.look_at_schedule(id, now, now).await?;
        Ok(id)
    }

    /// Changes a schedule within reach, where `seen` was the version that somebody looked at; whoever changes it answers for its runs.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn change_patch_schedule(
        &self,
        id: PatchScheduleId,
        new: (&Schedule, Option<ClientId>),
        seen: i64,
        by: (PersonId, String),
        now: Moment,
    ) -> Result<(), Failure> {
        let (schedule, client) = new;
        let values = [
            (Column::ClientId, Expr::value(client.map(|client| client.0))),
            (Column::WindowId, Expr::value(schedule.window.0)),
            (Column::Name, Expr::value(schedule.name.clone())),
            (Column::What, Expr::value(schedule.what.word())),
            (Column::Reboot, Expr::value(schedule.reboot.word())),
            (Column::NeedsApproval, Expr::value(schedule.needs_approval)),
            (Column::Retries, Expr::value(i64::from(schedule.retries))),
            (Column::PersonId, Expr::value(by.0.0)),
            (Column::PersonName, Expr::value(by.1)),
            (Column::Revision, Expr::value(seen + 1)),
            (Column::ChangedAt, Expr::value(now.0)),
        ];
        let before = self.patch_schedule_to_change(id).await?;
        let changed = self.update::<Entity>(version(id, seen), values).await?;
        self.same_schedule(id, changed).await?;
        if before.is_none_or(|before| before.window_id != schedule.window.0) {
            self.update::<Entity>(Column::Id.eq(id.0), [(Column::PlannedUntil, Expr::value(None::<i64>))]).await?;
        }
        self.look_at_schedule(id, now, now).await
    }

    /// Removes a schedule within reach; runs that were planned stay.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody changed it meanwhile.
    pub async fn remove_patch_schedule(&self, id: PatchScheduleId, seen: i64) -> Result<(), Failure> {
        let gone = self.delete::<Entity>(version(id, seen)).await?;
        self.same_schedule(id, gone).await
    }

    async fn same_schedule(&self, id: PatchScheduleId, changed: u64) -> Result<(), Failure> {
        if changed == 1 {
            return Ok(());
        }
        let stands = self.patch_schedule(id).await?;
        let why = format!("{} changed this schedule at the same time; it is now \u{201c}{}\u{201d}. Look at it again.", stands.person_name, stands.name);
        Err(Refusal::Conflict(why).into())
    }

    /// Keeps that the runs in the window until `until` are planned.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_planned(&self, id: PatchScheduleId, until: Moment) -> Result<(), Failure> {
        self.update::<Entity>(Column::Id.eq(id.0), [(Column::PlannedUntil, Expr::value(Some(until.0)))]).await.map(drop)
    }

    /// Has a schedule looked at, at `at`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn look_at_schedule(&self, id: PatchScheduleId, at: Moment, now: Moment) -> Result<(), Failure> {
        self.enqueue(Work { kind: PATCH_SCHEDULE, subject: id.to_string(), priority: Priority::Normal, at, by: Actor::Platform }, now).await
    }

    /// Has the schedules and the open runs of a window looked at, because it changed. When it is at another time or place, what was planned
    /// in it is planned anew; it belongs to `client` now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn window_moved(&self, window: WindowId, client: Option<ClientId>, moved: bool, now: Moment) -> Result<(), Failure> {
        for row in self.schedules_in(window).await? {
            let id = PatchScheduleId(row.id);
            let until = row.planned_until.filter(|_| !moved);
            let values = [(Column::ClientId, Expr::value(client.map(|id| id.0))), (Column::PlannedUntil, Expr::value(until))];
            self.update::<Entity>(Column::Id.eq(id.0), values).await?;
            self.look_at_schedule(id, now, now).await?;
        }
        self.runs_look(window, now).await
    }

    /// Has the open runs of a window looked at.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn runs_look(&self, window: WindowId, now: Moment) -> Result<(), Failure> {
        let open = Condition::all().add(run::Column::WindowId.eq(window.0)).add(run::Column::State.is_in(["scheduled", "running"]));
        for row in self.find::<run::Entity>().filter(open).all().await? {
            self.go_on(RunId(row.id), now).await?;
        }
        Ok(())
    }

    /// The schedules that install in a window.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn schedules_in(&self, window: WindowId) -> Result<Vec<PatchScheduleRow>, Failure> {
        self.find::<Entity>().filter(Column::WindowId.eq(window.0)).all().await
    }

    /// Has a run planned; `subject` is what the job reads.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn plan_run(&self, subject: String, now: Moment) -> Result<(), Failure> {
        self.enqueue(Work { kind: PATCH_PLAN, subject, priority: Priority::Normal, at: now, by: Actor::Platform }, now).await
    }
}

fn version(id: PatchScheduleId, seen: i64) -> Condition {
    Condition::all().add(Column::Id.eq(id.0)).add(Column::Revision.eq(seen))
}

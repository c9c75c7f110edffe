//! A run as it is made: its devices, and the updates that each is to get.

use std::collections::HashSet;

use domain::{
    Moment,
    devices::Standing,
    ids::{ClientId, PatchScheduleId, PersonId, RunId, WindowId},
    patching::{run::RunState, schedule::Reboot},
};
use sea_orm::{ColumnTrait, Order, Set, prelude::Uuid, sea_query::ExprTrait};

use super::rows::{run, turn, want};
use crate::{Failure, Writing, devices::rows::device, fresh_id};

/// A run to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// What people call it.
    pub title: String,
    /// Who answers for it.
    pub by: (PersonId, String),
    /// When it starts, and when nothing of it may start any more.
    pub when: (Moment, Option<Moment>),
    /// Its window, where it has one.
    pub window: Option<WindowId>,
    /// What happens to devices that ask for a restart.
    pub reboot: Reboot,
    /// How often a device tries again by itself.
    pub retries: u8,
    /// The client of all its devices, where it is one's.
    pub client: Option<ClientId>,
    /// The schedule that planned it.
    pub schedule: Option<PatchScheduleId>,
    /// Its devices.
    pub turns: Vec<NewTurn>,
}

/// A device of a new run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTurn {
    /// The device.
    pub device: Uuid,
    /// The updates that it is to get.
    pub updates: Vec<Uuid>,
}

impl Writing {
    /// Which of `devices` are in service within reach now, locked until the end, so that two who plan at once do not plan the same; at most a run's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_there(&self, devices: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>, Failure> {
        let some = device::Column::Id.is_in(devices).and(device::Column::Standing.eq(Standing::Active.word()));
        let rows = self.find::<device::Entity>().filter(some).order_by(device::Column::Id, Order::Asc).locked().all().await?;
        Ok(rows.into_iter().map(|row| row.id).collect())
    }

    /// Makes a run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_run(&self, new: NewRun, state: RunState, now: Moment) -> Result<RunId, Failure> {
        let id: RunId = fresh_id();
        let row = run::ActiveModel {
            id: Set(id.0),
            title: Set(new.title),
            state: Set(state.word().into()),
            person_id: Set(new.by.0.0),
            person_name: Set(new.by.1),
            created_at: Set(now.0),
            starts_at: Set(new.when.0.0),
            ends_at: Set(new.when.1.map(|at| at.0)),
            ended_at: Set(None),
            client_id: Set(new.client.map(|id| id.0)),
            schedule_id: Set(new.schedule.map(|id| id.0)),
            window_id: Set(new.window.map(|id| id.0)),
            reboot: Set(new.reboot.word().into()),
            retries: Set(new.retries.into()),
            ..Default::default()
        };
        self.insert(row).await?;
        self.insert_many(new.turns.iter().map(|turn| waiting(id, turn, now, new.when.0)).collect()).await?;
        let wants = new.turns.iter().flat_map(|turn| turn.updates.iter().map(|update| wanted(id, turn.device, *update)));
        self.insert_many(wants.collect()).await?;
        Ok(id)
    }
}

fn waiting(run: RunId, new: &NewTurn, now: Moment, from: Moment) -> turn::ActiveModel {
    turn::ActiveModel {
        run_id: Set(run.0),
        device_id: Set(new.device),
        state: Set("queued".into()),
        since_at: Set(now.0),
        attempt: Set(0),
        before_retry: Set(0),
        not_before: Set(from.0),
        ..Default::default()
    }
}

fn wanted(run: RunId, device: Uuid, update: Uuid) -> want::ActiveModel {
    want::ActiveModel { run_id: Set(run.0), device_id: Set(device), update_id: Set(update), asked: Set(false), ..Default::default() }
}

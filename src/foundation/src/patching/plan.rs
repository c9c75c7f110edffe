//! A run as it is made: its devices, and the updates that each is to get.

use std::collections::HashSet;

use domain::{Moment, devices::Standing, ids::RunId, patching::run::RunState};
use sea_orm::{ColumnTrait, Set, prelude::Uuid, sea_query::ExprTrait};

use super::rows::{run, turn, want};
use crate::{Failure, Principal, Writing, devices::rows::device, fresh_id};

/// A run to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// What people call it.
    pub title: String,
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
    /// Which of `devices` are in service within reach now; at most a run's.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_there(&self, devices: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>, Failure> {
        let some = device::Column::Id.is_in(devices).and(device::Column::Standing.eq(Standing::Active.word()));
        Ok(self.find::<device::Entity>().filter(some).all().await?.into_iter().map(|row| row.id).collect())
    }

    /// Makes a run that whoever entered starts at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn make_run(&self, new: NewRun, state: RunState, now: Moment) -> Result<RunId, Failure> {
        let Principal::Person(person) = self.who().principal else { return Err(domain::Refusal::NotFound.into()) };
        let id: RunId = fresh_id();
        let row = run::ActiveModel {
            id: Set(id.0),
            title: Set(new.title),
            state: Set(state.word().into()),
            person_id: Set(person.0),
            person_name: Set(self.who().name.clone()),
            created_at: Set(now.0),
            starts_at: Set(now.0),
            ends_at: Set(None),
            ended_at: Set(None),
            ..Default::default()
        };
        self.insert(row).await?;
        self.insert_many(new.turns.iter().map(|turn| waiting(id, turn, now)).collect()).await?;
        let wants = new.turns.iter().flat_map(|turn| turn.updates.iter().map(|update| wanted(id, turn.device, *update)));
        self.insert_many(wants.collect()).await?;
        Ok(id)
    }
}

fn waiting(run: RunId, new: &NewTurn, now: Moment) -> turn::ActiveModel {
    turn::ActiveModel {
        run_id: Set(run.0),
        device_id: Set(new.device),
        state: Set("queued".into()),
        since_at: Set(now.0),
        attempt: Set(0),
        before_retry: Set(0),
        not_before: Set(now.0),
        ..Default::default()
    }
}

fn wanted(run: RunId, device: Uuid, update: Uuid) -> want::ActiveModel {
    want::ActiveModel { run_id: Set(run.0), device_id: Set(device), update_id: Set(update), asked: Set(false), ..Default::default() }
}

//! Updates, decisions, runs and past days of invented devices, as if reports and people had made them.

use std::collections::BTreeMap;

use domain::{
    Moment,
    devices::report,
    ids::{DeviceId, PersonId, RunId, UpdateId},
    patching::{
        Key, Owed, Source, Update,
        outcome::Failure as Why,
        run::{RunState, TurnState},
        typed::WantedDecision,
    },
};
use sea_orm::{Set, prelude::Uuid, sea_query::OnConflict};

use super::{
    Spot, catalogue,
    counting::{Steps, add},
    pairs,
    rows::{Trust, counted, decision, pair, run, turn, update, want},
};
use crate::{Failure, Writing, fresh_id};

/// An update that an invented device needs or has.
#[derive(Debug, Clone)]
pub struct SeedPatch {
    /// The package system.
    pub source: Source,
    /// What is on offer, or was.
    pub update: report::Update,
    /// When the tenant first saw it.
    pub first_seen: Moment,
    /// Since when the device lacks it, or lacked it.
    pub since: Moment,
    /// When it was installed; `None`: it is needed.
    pub installed: Option<Moment>,
}

/// An invented device with its updates.
#[derive(Debug)]
pub(crate) struct SeedPatched {
    pub device: Uuid,
    pub client: Uuid,
    pub trust: Trust,
    pub patches: Vec<SeedPatch>,
}

/// A run of the past, or of now.
#[derive(Debug, Clone)]
pub struct SeedRun {
    /// What people call it.
    pub title: String,
    /// Where it stands.
    pub state: RunState,
    /// Who started it.
    pub by: (PersonId, String),
    /// When it started, and when it ended.
    pub at: (Moment, Option<Moment>),
    /// Its devices.
    pub turns: Vec<SeedTurn>,
}

/// A device of such a run.
#[derive(Debug, Clone)]
pub struct SeedTurn {
    /// The device.
    pub device: Uuid,
    /// Where it stands.
    pub state: TurnState,
    /// Its updates.
    pub updates: Vec<Uuid>,
    /// Why the last of them was not installed.
    pub failed: Option<Why>,
}

impl Writing {
    /// Keeps how updates stand on devices that were made just now, and counts them.
    pub(crate) async fn seed_patches(&self, devices: Vec<SeedPatched>) -> Result<(), Failure> {
        self.only_demo()?;
        let known = self.seed_catalogue(devices.iter().flat_map(|device| &device.patches)).await?;
        let (mut steps, mut rows, mut all) = (Steps::new(), Vec::new(), Vec::new());
        for device in &devices {
            let mine: BTreeMap<Uuid, pair::Model> = device.patches.iter().filter_map(|patch| self.seed_pair(device.device, patch, &known)).collect();
            let mine: Vec<pair::Model> = mine.into_values().collect();
            add(&mut steps, &mine, (device.client, device.trust), 1);
            rows.extend(mine.into_iter().map(pairs::written));
            let (device_id, client_id, trust) = (Set(device.device), Set(device.client), Set(device.trust.number()));
            all.push(counted::ActiveModel { device_id, client_id, trust, fresh_day: Set(0), fresh: Set(0), ..Default::default() });
        }
        self.insert_many(rows).await?;
        self.insert_many(all).await?;
        self.step_updates(steps).await
    }

    async fn seed_catalogue<'a>(&self, patches: impl Iterator<Item = &'a SeedPatch>) -> Result<BTreeMap<Key, (Uuid, Update)>, Failure> {
        let seen = patches.filter_map(|patch| Some((Update::seen(patch.source, &patch.update).ok()?, patch.first_seen)));
        let seen: BTreeMap<Key, (Update, Moment)> = seen.map(|(update, at)| (update.key.clone(), (update, at))).collect();
        let rows: Vec<update::ActiveModel> = seen.values().map(|(update, at)| catalogue::row(update, None, *at)).collect();
        self.upsert(rows, OnConflict::columns(catalogue::KEY).do_nothing().to_owned()).await?;
        let seen = seen.into_iter().map(|(key, (update, _))| (key, update)).collect();
        Ok(self.named(&seen).await?.into_iter().collect())
    }

    fn seed_pair(&self, device: Uuid, patch: &SeedPatch, known: &BTreeMap<Key, (Uuid, Update)>) -> Option<(Uuid, pair::Model)> {
        let seen = Update::seen(patch.source, &patch.update).ok()?;
        let (id, update) = known.get(&seen.key)?;
        let owed = Owed::of(update.class(), pairs::day(patch.since));
        let row = pair::Model {
            tenant_id: self.id().0,
            device_id: device,
            update_id: *id,
            presence: if patch.installed.is_some() { "installed" } else { "needed" }.into(),
            since_at: owed.since.0,
            security_at: owed.security_since.map_or(0, |at| at.0),
            installed_at: patch.installed.map(|at| at.0),
            failed_class: None,
            failed_count: 0,
            failed_line: None,
        };
        Some((*id, row))
    }

    /// Keeps what `who` decided at `at` for all clients.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_decision(&self, update: UpdateId, wanted: &WantedDecision, who: &str, at: Moment) -> Result<(), Failure> {
        self.only_demo()?;
        let fresh = self.fresh(update, Spot::Tenant, wanted, at);
        self.insert(decision::ActiveModel { person_name: Set(who.to_owned()), ..fresh }).await
    }

    /// Keeps a run with all that became of it.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_run(&self, seed: SeedRun) -> Result<RunId, Failure> {
        self.only_demo()?;
        let id: RunId = fresh_id();
        let (person, name) = seed.by;
        let (at, ended) = seed.at;
        let row = run::ActiveModel {
            id: Set(id.0),
            title: Set(seed.title),
            state: Set(seed.state.word().into()),
            person_id: Set(person.0),
            person_name: Set(name),
            created_at: Set(at.0),
            starts_at: Set(at.0),
            ends_at: Set(None),
            ended_at: Set(ended.map(|at| at.0)),
            ..Default::default()
        };
        self.insert(row).await?;
        self.insert_many(seed.turns.iter().map(|turn| seed_turn(id, turn, ended.unwrap_or(at))).collect()).await?;
        self.insert_many(seed.turns.iter().flat_map(|turn| seed_wants(id, turn)).collect()).await?;
        for turn in seed.turns {
            let (Some(why), Some(update)) = (turn.failed, turn.updates.last()) else { continue };
            let device = self.device(DeviceId(turn.device)).await?;
            self.note_failed(&device, *update, why.class.word(), Some(why.line)).await?;
        }
        Ok(id)
    }
}

fn seed_turn(run: RunId, seed: &SeedTurn, at: Moment) -> turn::ActiveModel {
    let told = i64::from(seed.state != TurnState::Queued);
    turn::ActiveModel {
        run_id: Set(run.0),
        device_id: Set(seed.device),
        state: Set(seed.state.kind().word().into()),
        detail: Set(seed.state.detail().map(Into::into)),
        since_at: Set(at.0),
        attempt: Set(told),
        before_retry: Set(0),
        not_before: Set(at.0),
        last_failure: Set(seed.failed.as_ref().map(|why| why.class.word().to_owned())),
        line: Set(seed.failed.as_ref().map(|why| why.line.clone())),
        command_id: Set(None),
        ..Default::default()
    }
}

fn seed_wants(run: RunId, seed: &SeedTurn) -> Vec<want::ActiveModel> {
    let over = seed.state != TurnState::Queued;
    let row = |update: &Uuid| {
        let why = seed.failed.as_ref().filter(|_| seed.updates.last() == Some(update));
        want::ActiveModel {
            run_id: Set(run.0),
            device_id: Set(seed.device),
            update_id: Set(*update),
            asked: Set(over),
            became: Set(over.then(|| if why.is_some() { "failed" } else { "installed" }.to_owned())),
            failure: Set(why.map(|why| why.class.word().to_owned())),
            line: Set(why.map(|why| why.line.clone())),
            ..Default::default()
        }
    };
    seed.updates.iter().map(row).collect()
}

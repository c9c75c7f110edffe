//! Commands of the past for demo tenants, and an agent that would have taken them.

use domain::{
    Moment,
    commands::{Spec, State},
    ids::{AgentKeyId, CommandId, EnrolmentKeyId, PersonId},
};
use sea_orm::Set;

use super::rows::command;
use crate::{Failure, Writing, devices::rows::agent_key, fresh_id, tenancy::SeenDevice};

/// A command that ended.
#[derive(Debug, Clone)]
pub struct SeedCommand {
    /// What.
    pub spec: Spec,
    /// How it ended.
    pub state: State,
    /// Why.
    pub reason: Option<String>,
    /// The exit code and what was printed.
    pub printed: Option<(i32, String)>,
    /// Who asked.
    pub by: (PersonId, String),
    /// When, and how long it took in milliseconds.
    pub at: (Moment, i64),
}

impl Writing {
    /// Gives `device` the key of an agent that takes commands, and commands that it took.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_commands(
        &self,
        device: &SeenDevice,
        key: EnrolmentKeyId,
        public: Vec<u8>,
        commands: Vec<SeedCommand>,
        now: Moment,
    ) -> Result<(), Failure> {
        self.only_demo()?;
        let agent = agent_key::ActiveModel {
            id: Set(fresh_id::<AgentKeyId>().0),
            device_id: Set(device.row.id),
            enrolment_key_id: Set(key.0),
            public_key: Set(public),
            sequence: Set(1),
            created_at: Set(device.row.enrolled_at),
            revoked_at: Set(None),
            allows_changes: Set(1),
            polled_at: Set(Some(now.0)),
            ..Default::default()
        };
        self.insert(agent).await?;
        self.insert_many(commands.into_iter().map(|seed| row(device, seed)).collect()).await
    }
}

fn row(device: &SeenDevice, seed: SeedCommand) -> command::ActiveModel {
    let (asked, took) = seed.at;
    let begun = matches!(seed.state, State::Done | State::Failed);
    let (code, output) = seed.printed.unzip();
    command::ActiveModel {
        id: Set(fresh_id::<CommandId>().0),
        device_id: Set(device.row.id),
        kind: Set(seed.spec.kind().word().into()),
        spec: Set(serde_json::to_string(&seed.spec).unwrap_or_default()),
        state: Set(seed.state.word().into()),
        reason: Set(seed.reason),
        person_id: Set(Some(seed.by.0.0)),
        person_name: Set(seed.by.1),
        created_at: Set(asked.0),
        expires_at: Set(asked.0 + domain::time::HOUR),
        fetched_at: Set(begun.then_some(asked.0 + 300)),
        started_at: Set(begun.then_some(asked.0 + 400)),
        ended_at: Set(Some(asked.0 + took)),
        told: Set(1),
        progress: Set(None),
        exit_code: Set(code),
        output: Set(output),
        output_cut: Set(false),
        ..Default::default()
    }
}

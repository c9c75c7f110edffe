//! Commands of one device: asked for, read, and changed.

use domain::{
    Moment, Refusal,
    commands::State,
    devices::status::Standing,
    ids::{AgentKeyId, CommandId, PersonId, Uuid},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr, sea_query::ExprTrait};

use super::{
    change::CommandChange,
    rows::command::{ActiveModel, Column, Entity, Model},
};
use crate::{
    Failure, Principal, Tenant, Writing,
    devices::rows::{agent_key, enrolment_key},
    fresh_id,
    tenancy::SeenDevice,
};

/// A command, as stored.
pub type CommandRow = Model;

/// Commands of one page.
const PAGE: u64 = 50;

/// A command to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCommand {
    /// The word of its kind.
    pub kind: &'static str,
    /// What exactly, as JSON.
    pub spec: String,
    /// After this nobody may begin it.
    pub expires_at: Moment,
}

/// What is known of the agent that takes a device's commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listening {
    /// Whether it may change the machine; `None`: it never said.
    pub allows_changes: Option<bool>,
    /// When it last asked for work, within some minutes.
    pub polled_at: Option<Moment>,
}

impl Tenant {
    /// The newest commands of `device`, before the one with this id; and whether there are older ones.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commands_of(&self, device: &SeenDevice, before: Option<CommandId>) -> Result<(Vec<CommandRow>, bool), Failure> {
        let rest = Condition::all().add_option(before.map(|id| Column::Id.lt(id.0)));
        let rows = self.find_of::<Entity>(device).filter(rest).order_by(Column::Id, Order::Desc).limit(PAGE + 1);
        let mut rows = rows.all().await?;
        let older = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok((rows, older))
    }

    /// One command of `device`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the device has no such command.
    pub async fn command_of(&self, device: &SeenDevice, id: CommandId) -> Result<CommandRow, Failure> {
        Ok(self.find_of::<Entity>(device).filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?)
    }

    /// The commands of `device` that it has not begun, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commands_to_do(&self, device: &SeenDevice) -> Result<Vec<CommandRow>, Failure> {
        let open = [State::Queued.word(), State::Fetched.word()];
        self.find_of::<Entity>(device).filter(Column::State.is_in(open)).order_by(Column::Id, Order::Asc).limit(domain::commands::MOST_OPEN).all().await
    }

    /// Which of the commands that the agent of `device` has were taken back before it began them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn commands_taken_back(&self, device: &SeenDevice, has: &[CommandId]) -> Result<Vec<CommandId>, Failure> {
        let gone = Column::State.is_in([State::Cancelled.word(), State::Expired.word()]).and(Column::StartedAt.is_null());
        let gone = gone.and(Column::Id.is_in(has.iter().map(|id| id.0)));
        let rows = self.find_of::<Entity>(device).filter(gone).limit(domain::commands::MOST_OPEN).all().await?;
        Ok(rows.into_iter().map(|row| CommandId(row.id)).collect())
    }

    /// How many commands of `device` something may still become of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn open_commands(&self, device: &SeenDevice) -> Result<u64, Failure> {
        let open = State::ALL.into_iter().filter(|state| state.is_open()).map(State::word);
        self.find_of::<Entity>(device).filter(Column::State.is_in(open)).count().await
    }

    /// What is known of the agent that takes the device's commands; `None`: it has no agent of ours that may report.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn listening(&self, device: &SeenDevice) -> Result<Option<Listening>, Failure> {
        let keys = self.find_of::<agent_key::Entity>(device).filter(agent_key::Column::RevokedAt.is_null());
        let key = keys.order_by(agent_key::Column::CreatedAt, Order::Desc).limit(1).one().await?;
        Ok(key.map(|key| Listening { allows_changes: u8::try_from(key.allows_changes).ok().map(|allows| allows == 1), polled_at: key.polled_at.map(Moment) }))
    }

    /// Whether `device` is in service and the enrolment that let its agent in still holds; only then is it given anything to do.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "agents reach no enrolment keys; tenant and key are named")]
    pub async fn takes_commands(&self, device: &SeenDevice) -> Result<bool, Failure> {
        use enrolment_key::Column as Key;
        use sea_orm::{EntityTrait, QueryFilter};
        let Principal::Agent(agent) = self.who().principal else { return Ok(false) };
        if device.row.standing != Standing::Active.word() {
            return Ok(false);
        }
        let Some(key) = self.find_of::<agent_key::Entity>(device).filter(agent_key::Column::Id.eq(agent.0)).one().await? else { return Ok(false) };
        let alive =
            enrolment_key::Entity::find().filter(Key::TenantId.eq(self.id().0)).filter(Key::Id.eq(key.enrolment_key_id)).filter(Key::RevokedAt.is_null());
        Ok(key.revoked_at.is_none() && alive.one(self.connection()).await?.is_some())
    }

    /// The device of the agent that entered.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody else.
    pub async fn agents_device(&self) -> Result<SeenDevice, Failure> {
        let id = self.who().device.ok_or(Refusal::NotFound)?;
        self.device(id).await
    }
}

impl Writing {
    /// Keeps a command for `device`, asked for by whoever entered.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_for(&self, device: &SeenDevice, new: NewCommand, now: Moment) -> Result<CommandId, Failure> {
        let person = if let Principal::Person(person) = self.who().principal { Some(person) } else { None };
        self.ask_on_behalf(device, new, (person, self.who().name.clone()), now).await
    }

    /// Keeps a command for `device` that somebody wanted earlier; whether they still may is asked again when the device takes it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ask_on_behalf(&self, device: &SeenDevice, new: NewCommand, by: (Option<PersonId>, String), now: Moment) -> Result<CommandId, Failure> {
        let id: CommandId = fresh_id();
        let row = ActiveModel {
            id: Set(id.0),
            device_id: Set(device.row.id),
            kind: Set(new.kind.into()),
            spec: Set(new.spec),
            state: Set(State::Queued.word().into()),
            person_id: Set(by.0.map(|person| person.0)),
            person_name: Set(by.1),
            created_at: Set(now.0),
            expires_at: Set(new.expires_at.0),
            told: Set(0),
            output_cut: Set(false),
            ..Default::default()
        };
        self.insert(row).await?;
        Ok(id)
    }

    /// Changes a command of `device` if it is still as `row` says; says whether it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_command(&self, device: &SeenDevice, row: &CommandRow, change: CommandChange) -> Result<bool, Failure> {
        let same = Condition::all().add(Column::Id.eq(row.id)).add(Column::State.eq(&row.state)).add(Column::Told.eq(row.told));
        Ok(self.update_of::<Entity>(device, same, change.values()).await? > 0)
    }

    /// Notes that the agent that entered asks for work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_poll(&self, device: &SeenDevice, allows_changes: bool, now: Moment) -> Result<(), Failure> {
        use agent_key::Column;
        let Principal::Agent(AgentKeyId(key)) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let values = [(Column::AllowsChanges, Expr::value(i16::from(allows_changes))), (Column::PolledAt, Expr::value(now.0))];
        self.update_of::<agent_key::Entity>(device, Column::Id.eq(key), values).await?;
        Ok(())
    }

    /// The command with this id of any device, with the device locked; for the platform's own work.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none, or the caller is somebody else.
    #[expect(clippy::disallowed_methods, reason = "a job knows the command alone; the tenant is named")]
    pub async fn command_with_device(&self, id: CommandId) -> Result<(SeenDevice, CommandRow), Failure> {
        use sea_orm::{EntityTrait, QueryFilter};
        let Principal::Job(_) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let row = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::Id.eq(id.0)).one(self.connection()).await?;
        let row: Model = row.ok_or(Refusal::NotFound)?;
        let device = self.device_to_change(Uuid::into(row.device_id)).await?;
        Ok((device, row))
    }
}

//! The devices of a run: where each stands, and what became of each update.

use domain::{
    Moment,
    ids::{CommandId, DeviceId, RunId},
    patching::{
        outcome::{Became, PackageOutcome},
        run::{Turn, TurnKind, TurnState},
    },
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Iterable, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::{
    counting::{Steps, add},
    rows::{
        pair,
        turn::{Column, Entity, Model},
        want,
    },
};
use crate::{Failure, Tenant, Writing, clients::rows::client, devices::rows::device, tenancy::SeenDevice};

/// A device of a run, as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TurnRow {
    pub device_id: Uuid,
    pub client_id: Uuid,
    pub client_name: String,
    pub hostname: String,
    pub display_name: Option<String>,
    pub state: String,
    pub detail: Option<String>,
    pub since_at: i64,
    pub attempt: i64,
    pub before_retry: i64,
    pub not_before: i64,
    pub last_failure: Option<String>,
    pub line: Option<String>,
    pub command_id: Option<Uuid>,
    pub reboot_id: Option<Uuid>,
}

/// An update that a device is to get in a run, as stored.
pub type WantRow = want::Model;

/// Devices of one page.
const PAGE: u64 = 100;

impl TurnRow {
    /// The name that people see.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.hostname)
    }

    /// Where it stands.
    pub fn state(&self) -> Option<TurnState> {
        TurnState::stored(self.state.parse::<TurnKind>().ok()?, self.detail.as_deref())
    }
}

impl Model {
    /// The turn; `None` for a word that only a newer version knows.
    pub fn turn(&self) -> Option<Turn> {
        let number = |stored: i64| u32::try_from(stored).unwrap_or(u32::MAX);
        Some(Turn {
            state: TurnState::stored(self.state.parse::<TurnKind>().ok()?, self.detail.as_deref())?,
            since: Moment(self.since_at),
            attempt: number(self.attempt),
            before: number(self.before_retry),
            not_before: Moment(self.not_before),
            last: self.last_failure.as_deref().and_then(|word| word.parse().ok()),
        })
    }
}

fn of_turn(column: Column) -> Expr {
    Expr::col((Entity, column))
}

fn of_device(column: device::Column) -> Expr {
    Expr::col((device::Entity, column))
}

impl Tenant {
    /// The devices of a run within reach, after the one with this name and id; and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_rows(&self, run: RunId, after: Option<(&str, DeviceId)>) -> Result<(Vec<TurnRow>, bool), Failure> {
        let place = || Expr::tuple([of_device(device::Column::Hostname), of_device(device::Column::Id)]);
        let some = Condition::all().add(of_turn(Column::RunId).eq(run.0));
        let some = some.add_option(after.map(|(host, id)| place().gt(Expr::tuple([Expr::value(host), Expr::value(id.0)]))));
        let turns = self.find::<device::Entity>().join_own::<Entity>().filter(some);
        let turns = turns.columns([device::Column::ClientId, device::Column::Hostname, device::Column::DisplayName]);
        let names = [
            (Column::DeviceId, "device_id"),
            (Column::State, "state"),
            (Column::Detail, "detail"),
            (Column::SinceAt, "since_at"),
            (Column::Attempt, "attempt"),
            (Column::BeforeRetry, "before_retry"),
            (Column::NotBefore, "not_before"),
            (Column::LastFailure, "last_failure"),
            (Column::Line, "line"),
            (Column::CommandId, "command_id"),
            (Column::RebootId, "reboot_id"),
        ];
        let turns = names.into_iter().fold(turns, |turns, (column, name)| turns.column_as(of_turn(column), name));
        let turns = turns.join::<client::Entity>(device::Column::ClientId).column_as(Expr::col((client::Entity, client::Column::Name)), "client_name");
        let turns = turns.order_by(of_device(device::Column::Hostname), Order::Asc).order_by(of_device(device::Column::Id), Order::Asc);
        let mut rows: Vec<TurnRow> = turns.limit(PAGE + 1).all_as().await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok((rows, more))
    }

    /// Every device of a run within reach, by id.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turns_of(&self, run: RunId) -> Result<Vec<Model>, Failure> {
        let turns = self.find::<device::Entity>().join_own::<Entity>().filter(of_turn(Column::RunId).eq(run.0)).columns([]);
        let turns = Column::iter().fold(turns, |turns, column| turns.column_as(of_turn(column), sea_orm::IdenStatic::as_str(&column)));
        turns.order_by(of_turn(Column::DeviceId), Order::Asc).all_as().await
    }

    /// What these devices are to get in a run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wants_of_run(&self, run: RunId, devices: &[Uuid]) -> Result<Vec<WantRow>, Failure> {
        let of_want = |column: want::Column| Expr::col((want::Entity, column));
        let some = of_want(want::Column::RunId).eq(run.0).and(of_device(device::Column::Id).is_in(devices.iter().copied()));
        let wants = self.find::<device::Entity>().join_own::<want::Entity>().filter(some).columns([]);
        let wants = want::Column::iter().fold(wants, |wants, column| wants.column_as(of_want(column), sea_orm::IdenStatic::as_str(&column)));
        wants.all_as().await
    }

    /// What `device` is to get in a run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn wants_of(&self, device: &SeenDevice, run: RunId) -> Result<Vec<WantRow>, Failure> {
        self.find_of::<want::Entity>(device).filter(want::Column::RunId.eq(run.0)).all().await
    }

    /// The turn of `device` for which this command was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_of_command(&self, device: &SeenDevice, command: CommandId) -> Result<Option<Model>, Failure> {
        self.find_of::<Entity>(device).filter(Column::CommandId.eq(command.0)).one().await
    }

    /// The turn of `device` in a run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turn_in(&self, device: &SeenDevice, run: RunId) -> Result<Option<Model>, Failure> {
        self.find_of::<Entity>(device).filter(Column::RunId.eq(run.0)).one().await
    }

    /// The turns of `device` that a fresh scan can tell about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn turns_to_verify(&self, device: &SeenDevice) -> Result<Vec<Model>, Failure> {
        self.find_of::<Entity>(device)
            .filter(Column::State.is_in(["verifying", "vanished", "needs-reboot"]))
            .order_by(Column::SinceAt, Order::Desc)
            .limit(20)
            .all()
            .await
    }
}

impl Writing {
    /// Puts a turn of `device` where it stands now, with the command that it is told by; says whether it was still as `row` says.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_turn(&self, device: &SeenDevice, row: &Model, turn: &Turn, command: Option<CommandId>, line: Option<String>) -> Result<bool, Failure> {
        let same = Condition::all().add(Column::RunId.eq(row.run_id)).add(Column::State.eq(&row.state)).add(Column::Attempt.eq(row.attempt));
        let values = [
            (Column::State, Expr::value(turn.state.kind().word())),
            (Column::Detail, Expr::value(turn.state.detail())),
            (Column::SinceAt, Expr::value(turn.since.0)),
            (Column::Attempt, Expr::value(i64::from(turn.attempt))),
            (Column::BeforeRetry, Expr::value(i64::from(turn.before))),
            (Column::NotBefore, Expr::value(turn.not_before.0)),
            (Column::LastFailure, Expr::value(turn.last.map(domain::patching::outcome::FailureClass::word))),
            (Column::Line, Expr::value(line)),
            (Column::CommandId, Expr::value(command.map(|id| id.0))),
        ];
        Ok(self.update_of::<Entity>(device, same, values).await? > 0)
    }

    /// Notes which updates of a run `device` is asked to install.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_asked(&self, device: &SeenDevice, run: RunId, updates: &[Uuid]) -> Result<(), Failure> {
        use want::Column::{Asked, RunId, UpdateId};
        self.update_of::<want::Entity>(device, RunId.eq(run.0), [(Asked, Expr::value(false))]).await?;
        let mine = Condition::all().add(RunId.eq(run.0)).add(UpdateId.is_in(updates.iter().copied()));
        self.update_of::<want::Entity>(device, mine, [(Asked, Expr::value(true))]).await.map(drop)
    }

    /// Keeps what became of an update on `device` in a run; a failure stands on the update until it is installed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_outcome(&self, device: &SeenDevice, run: RunId, update: Uuid, outcome: &PackageOutcome) -> Result<(), Failure> {
        use want::Column::{Became as Word, Failure as Class, Line, RunId, UpdateId};
        let (word, failure) = match &outcome.became {
            Became::Installed => ("installed", None),
            Became::AlreadyThere => ("already-there", None),
            Became::Failed { failure } => ("failed", Some(failure.clone())),
        };
        let class = failure.as_ref().map(|failure| failure.class.word());
        let line = failure.map(|failure| failure.line);
        let mine = Condition::all().add(RunId.eq(run.0)).add(UpdateId.eq(update));
        let values = [(Word, Expr::value(Some(word))), (Class, Expr::value(class)), (Line, Expr::value(line.clone()))];
        self.update_of::<want::Entity>(device, mine, values).await?;
        let Some(class) = class else { return Ok(()) };
        self.note_failed(device, update, class, line).await
    }

    pub(super) async fn note_failed(&self, device: &SeenDevice, update: Uuid, class: &str, line: Option<String>) -> Result<(), Failure> {
        use pair::Column::{FailedClass, FailedCount, FailedLine, Presence, UpdateId};
        let mine = || Condition::all().add(UpdateId.eq(update)).add(Presence.eq("needed"));
        let Some(before) = self.find_of::<pair::Entity>(device).filter(mine()).locked().one().await? else { return Ok(()) };
        let count = Expr::col((pair::Entity, FailedCount)).add(1);
        self.update_of::<pair::Entity>(device, mine(), [(FailedClass, Expr::value(class)), (FailedCount, count), (FailedLine, Expr::value(line))]).await?;
        let Some(counted) = self.counted_as(device).await? else { return Ok(()) };
        let after = pair::Model { failed_class: Some(class.to_owned()), ..before.clone() };
        let mut steps = Steps::new();
        add(&mut steps, &[before], counted, -1);
        add(&mut steps, &[after], counted, 1);
        self.step_updates(steps).await
    }
}

//! Schedules of reports: listed, changed with the version that somebody saw, and moved on by the job that is due.

use domain::{
    Moment, Refusal,
    ids::{ClientId, PersonId, ReportScheduleId},
    reports::{Rhythm, Schedule, Target},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr};

use super::rows::schedule::{ActiveModel, Column, Entity, Model};
use crate::{Failure, Tenant, Writing};

/// Schedules of one tenant, at most.
pub const SCHEDULES: u64 = 200;

/// A schedule, as stored.
pub type ScheduleRow = Model;

impl Model {
    /// What it says; `None`: nothing that this program knows.
    pub fn schedule(&self) -> Option<Schedule> {
        Some(Schedule {
            kind: self.kind.parse().ok()?,
            target: match self.target.as_str() {
                "all" => Target::All,
                "each" => Target::Each,
                id => Target::Client(id.parse().ok()?),
            },
            rhythm: Rhythm::parse(&self.rhythm)?,
            hour: u8::try_from(self.hour).ok()?,
            zone: self.zone.clone(),
            recipients: serde_json::from_str(&self.recipients).ok()?,
        })
    }
}

const fn client_of(schedule: &Schedule) -> Option<ClientId> {
    if let Target::Client(id) = schedule.target { Some(id) } else { None }
}

impl Tenant {
    /// The schedules within reach, the next one first; paused ones last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn report_schedules(&self) -> Result<Vec<ScheduleRow>, Failure> {
        self.find::<Entity>().order_by_nulls_last(Column::NextAt, Order::Asc).order_by(Column::Id, Order::Asc).limit(SCHEDULES).all().await
    }

    /// A schedule within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn report_schedule(&self, id: ReportScheduleId) -> Result<ScheduleRow, Failure> {
        self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound.into())
    }
}

impl Writing {
    /// Adds a schedule that is first due at `next`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when there are too many, or when the database fails.
    pub async fn add_report_schedule(&self, id: ReportScheduleId, schedule: &Schedule, next: Moment, by: (PersonId, &str), now: Moment) -> Result<(), Failure> {
        if self.find::<Entity>().count().await? >= SCHEDULES {
            return Err(Refusal::Conflict(format!("There are {SCHEDULES} schedules already. Remove one first.")).into());
        }
        let row = ActiveModel {
            id: Set(id.0),
            client_id: Set(client_of(schedule).map(|client| client.0)),
            kind: Set(schedule.kind.word().into()),
            target: Set(schedule.target.word()),
            rhythm: Set(schedule.rhythm.word()),
            hour: Set(schedule.hour.into()),
            zone: Set(schedule.zone.clone()),
            recipients: Set(serde_json::to_string(&schedule.recipients).unwrap_or_default()),
            paused: Set(false),
            next_at: Set(Some(next.0)),
            made_by: Set(by.0.0),
            made_by_name: Set(by.1.to_owned()),
            revision: Set(1),
            changed_at: Set(now.0),
            ..Default::default()
        };
        self.insert(row).await
    }

    /// Changes the schedule in `row`, of which somebody saw version `seen`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when it was changed meanwhile, or when the database fails.
    pub async fn change_report_schedule(&self, row: &ScheduleRow, seen: i64, schedule: &Schedule, next: Option<Moment>, now: Moment) -> Result<(), Failure> {
        let this = Condition::all().add(Column::Id.eq(row.id)).add(Column::Revision.eq(seen));
        let values = [
            (Column::ClientId, Expr::value(client_of(schedule).map(|client| client.0))),
            (Column::Kind, Expr::value(schedule.kind.word())),
            (Column::Target, Expr::value(schedule.target.word())),
            (Column::Rhythm, Expr::value(schedule.rhythm.word())),
            (Column::Hour, Expr::value(i16::from(schedule.hour))),
            (Column::Zone, Expr::value(schedule.zone.as_str())),
            (Column::Recipients, Expr::value(serde_json::to_string(&schedule.recipients).unwrap_or_default())),
            (Column::Paused, Expr::value(next.is_none())),
            (Column::NextAt, Expr::value(next.map(|at| at.0))),
            (Column::Revision, Expr::value(row.revision + 1)),
            (Column::ChangedAt, Expr::value(now.0)),
        ];
        match self.update::<Entity>(this, values).await? {
            0 => Err(Refusal::Conflict("Somebody else changed this schedule meanwhile. Nothing of yours was kept.".into()).into()),
            _ => Ok(()),
        }
    }

    /// Notes when a schedule is due next, after it was done.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn move_report_schedule(&self, row: &ScheduleRow, next: Moment) -> Result<(), Failure> {
        self.update::<Entity>(Column::Id.eq(row.id), [(Column::NextAt, Expr::value(next.0))]).await.map(drop)
    }

    /// Removes a schedule; its delivered reports stay.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_report_schedule(&self, row: &ScheduleRow) -> Result<(), Failure> {
        self.delete::<Entity>(Column::Id.eq(row.id)).await.map(drop)
    }
}

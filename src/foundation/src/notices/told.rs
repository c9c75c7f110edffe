//! What was decided about the notices of an alert, and the job that decides it.

use domain::{
    Moment,
    alerts::{Occasion, State, Step, What},
    ids::{AlertId, Uuid},
    jobs::Priority,
    notices::{Cause, Told},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, sea_query::OnConflict};

use super::rows::notice::{ActiveModel, Column, Entity};
use crate::{
    Failure, Tenant, Writing,
    alerts::rows::alert,
    jobs::{Actor, Work, rows::job},
};

/// The kind of the job that tells of an alert.
pub const NOTIFY: &str = "notify";

/// The job that tells of `alert`, because of `cause`.
pub fn notify(alert: AlertId, cause: Cause, now: Moment) -> Work {
    Work { kind: NOTIFY, subject: cause.subject(alert), priority: Priority::Urgent, at: now, by: Actor::Platform }
}

/// Why `step` is to be told, where it is.
fn cause(step: &Step) -> Option<Cause> {
    let back = step.entries.iter().any(|entry| matches!(entry.what, What::Woke | What::Reopened));
    match step.notice? {
        Occasion::Resolved => Some(Cause::Resolved),
        Occasion::Raised if back => Some(Cause::Again),
        Occasion::Raised => Some(Cause::Raised),
    }
}

impl Tenant {
    /// What was decided about `alert` at each occasion; found in scope by whoever asks.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn notices_of(&self, alert: AlertId) -> Result<Vec<(Occasion, Vec<Told>)>, Failure> {
        let rows = self.find::<Entity>().filter(Column::AlertId.eq(alert.0)).order_by(Column::Occasion, Order::Asc).all().await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.occasion.parse().ok()?, serde_json::from_str(&row.decisions).ok()?))).collect())
    }

    /// Whether it is still to be told that `alert` was raised.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_to_be_told(&self, alert: AlertId, cause: Cause) -> Result<bool, Failure> {
        let this = Condition::all().add(job::Column::Kind.eq(NOTIFY)).add(job::Column::Subject.eq(cause.subject(alert)));
        Ok(self.find::<job::Entity>().filter(this).one().await?.is_some())
    }
}

impl Writing {
    /// Asks for the notices of a step of the alert `id`; one row, whatever routes there are.
    pub(crate) async fn tell_of(&self, id: Uuid, step: &Step, now: Moment) -> Result<(), Failure> {
        match cause(step) {
            Some(cause) => self.enqueue(notify(AlertId(id), cause, now), now).await,
            None => Ok(()),
        }
    }

    /// The state of an alert that is to be told of, locked so that two occasions are decided one after the other; none when it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_to_tell(&self, id: AlertId) -> Result<Option<State>, Failure> {
        let row = self.find::<alert::Entity>().filter(alert::Column::Id.eq(id.0)).locked().one().await?;
        Ok(row.and_then(|row| serde_json::from_str(&row.state_data).ok()))
    }

    /// Keeps what was decided about an occasion of `alert`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn keep_notices(&self, alert: AlertId, occasion: Occasion, lines: &[Told], now: Moment) -> Result<(), Failure> {
        let row = ActiveModel {
            alert_id: Set(alert.0),
            occasion: Set(occasion.word().into()),
            decided_at: Set(now.0),
            decisions: Set(serde_json::to_string(lines).unwrap_or_default()),
            ..Default::default()
        };
        let conflict =
            OnConflict::columns([Column::TenantId, Column::AlertId, Column::Occasion]).update_columns([Column::DecidedAt, Column::Decisions]).to_owned();
        self.upsert(vec![row], conflict).await
    }
}

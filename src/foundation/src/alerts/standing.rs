//! What stands in an inbox, short enough to be compared every few seconds: it changes whenever a live alert within reach does.

use sea_orm::{ColumnTrait, FromQueryResult, Order, prelude::Expr};

use super::rows::alert::{Column, Entity};
use crate::{Failure, Tenant};

/// The states of alerts that are not over; named, so that the index by state is used.
const LIVE: [&str; 4] = ["open", "acknowledged", "snoozed", "suppressed"];

/// The live alerts of one state and severity.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Standing {
    /// The state's word.
    pub state: String,
    /// 1 to 5.
    pub severity: i16,
    /// How many there are.
    pub alerts: i64,
    /// Their revisions, added up: each step of one of them adds one.
    pub revisions: i64,
    /// When one of them changed last.
    pub changed_at: i64,
}

impl Tenant {
    /// What stands, by state and severity.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing_alerts(&self) -> Result<Vec<Standing>, Failure> {
        let rows = self.find::<Entity>().filter(Column::State.is_in(LIVE)).columns([Column::State, Column::Severity]);
        let rows = rows
            .column_as(Expr::cust("count(*)"), "alerts")
            .column_as(Expr::cust("cast(sum(revision) as bigint)"), "revisions")
            .column_as(Expr::cust("max(changed_at)"), "changed_at");
        let rows = rows.group_by(Column::State).group_by(Column::Severity);
        rows.order_by(Column::State, Order::Asc).order_by(Column::Severity, Order::Asc).all_as().await
    }
}

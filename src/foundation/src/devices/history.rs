//! What changed on a device.

use domain::{Moment, ids::ChangeId};
use sea_orm::{ColumnTrait, FromQueryResult, Order, prelude::Expr, sea_query::ExprTrait};

use super::rows::change::{Column, Entity, Model};
use crate::{Failure, Tenant, tenancy::SeenDevice};

/// Rows of one page.
const PAGE: u64 = 100;

/// A change, as stored.
pub type ChangeRow = Model;

/// A page of changes, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryPage {
    /// The rows.
    pub rows: Vec<ChangeRow>,
    /// Whether newer ones exist.
    pub newer: bool,
    /// Whether older ones exist.
    pub older: bool,
}

/// How many changes there are of one kind.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ChangeFigures {
    pub kind: String,
    pub changes: i64,
}

/// A row, and on which side of it a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// When it was.
    pub at: Moment,
    /// The row.
    pub id: ChangeId,
    /// Whether the page holds newer ones.
    pub newer: bool,
}

impl Tenant {
    /// The newest `most` changes of `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent_changes(&self, device: &SeenDevice, most: u64) -> Result<Vec<ChangeRow>, Failure> {
        self.find_of::<Entity>(device).order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(most).all().await
    }

    /// How many changes of each kind `device` has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_counts(&self, device: &SeenDevice) -> Result<Vec<ChangeFigures>, Failure> {
        let rows = self.find_of::<Entity>(device).columns([Column::Kind]).column_as(Expr::cust("count(*)"), "changes").group_by(Column::Kind);
        rows.all_as::<ChangeFigures>().await
    }

    /// How many changes `device` has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn change_count(&self, device: &SeenDevice) -> Result<u64, Failure> {
        self.find_of::<Entity>(device).count().await
    }

    /// A page of changes of `kinds`, or of every kind when there are none, beside `place`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes(&self, device: &SeenDevice, kinds: &[&str], place: Option<Place>) -> Result<HistoryPage, Failure> {
        let newer = place.is_some_and(|place| place.newer);
        let order = if newer { Order::Asc } else { Order::Desc };
        let mut select = self.find_of::<Entity>(device).order_by(Column::At, order.clone()).order_by(Column::Id, order).limit(PAGE + 1);
        if !kinds.is_empty() {
            select = select.filter(Column::Kind.is_in(kinds.iter().copied()));
        }
        if let Some(Place { at, id, .. }) = place {
            let row = Expr::tuple([Column::At.into_expr(), Column::Id.into_expr()]);
            let here = Expr::tuple([Expr::value(at.0), Expr::value(id.0)]);
            select = select.filter(if newer { row.gt(here) } else { row.lt(here) });
        }
        let mut rows = select.all().await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if newer {
            rows.reverse();
        }
        Ok(HistoryPage { rows, newer: if newer { beyond } else { place.is_some() }, older: newer || beyond })
    }
}

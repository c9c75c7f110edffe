//! What changed on a device.

use domain::{Moment, ids::ChangeId};
use sea_orm::{ColumnTrait, Order, prelude::Expr, sea_query::ExprTrait};

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

impl Tenant {
    /// The newest `most` changes of `device`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recent_changes(&self, device: &SeenDevice, most: u64) -> Result<Vec<ChangeRow>, Failure> {
        self.find_of::<Entity>(device).order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(most).all().await
    }

    /// A page of changes beside `place`: newer ones when it says `true`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes(&self, device: &SeenDevice, place: Option<(Moment, ChangeId, bool)>) -> Result<HistoryPage, Failure> {
        let newer = place.is_some_and(|(_, _, newer)| newer);
        let order = if newer { Order::Asc } else { Order::Desc };
        let mut select = self.find_of::<Entity>(device).order_by(Column::At, order.clone()).order_by(Column::Id, order).limit(PAGE + 1);
        if let Some((at, id, _)) = place {
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

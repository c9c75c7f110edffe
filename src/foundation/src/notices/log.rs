//! The log of deliveries within reach, newest first.

use std::collections::HashMap;

use domain::{
    ids::DeliveryId,
    notices::{DeliveryQuery, State, query::PAGE},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::delivery::{Column, Entity, Model};
use crate::{Failure, Tenant};

/// A delivery, as stored.
pub type DeliveryRow = Model;

/// A page of deliveries.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRows {
    /// At most [`PAGE`] rows.
    pub rows: Vec<DeliveryRow>,
    /// Whether newer ones exist.
    pub newer: bool,
    /// Whether older ones exist.
    pub older: bool,
}

fn asked(query: &DeliveryQuery) -> Condition {
    Condition::all()
        .add_option(query.state.map(|state| Column::State.eq(state.word())))
        .add_option(query.kind.map(|kind| Column::Kind.eq(kind.word())))
        .add_option(query.channel.map(|channel| Column::ChannelId.eq(channel.0)))
}

impl Tenant {
    /// The page of deliveries that `query` wants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_page(&self, query: &DeliveryQuery) -> Result<DeliveryRows, Failure> {
        let backwards = query.beside.is_some_and(|beside| beside.newer);
        let mut rows = self.delivery_rows(query, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok(DeliveryRows { rows, newer: if backwards { beyond } else { query.beside.is_some() }, older: backwards || beyond })
    }

    /// The first `most` rows beside the place that `query` names, the nearest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_rows(&self, query: &DeliveryQuery, most: u64) -> Result<Vec<DeliveryRow>, Failure> {
        let newer = query.beside.is_some_and(|beside| beside.newer);
        let order = if newer { Order::Asc } else { Order::Desc };
        let place = query.beside.map(|beside| {
            let row = Expr::tuple([Column::CreatedAt.into_expr(), Column::Id.into_expr()]);
            let here = Expr::tuple([Expr::value(beside.at.0), Expr::value(beside.id)]);
            if newer { row.gt(here) } else { row.lt(here) }
        });
        let rows = self.find::<Entity>().filter(asked(query).add_option(place));
        rows.order_by(Column::CreatedAt, order.clone()).order_by(Column::Id, order).limit(most).all().await
    }

    /// How many deliveries `query` wants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_count(&self, query: &DeliveryQuery) -> Result<u64, Failure> {
        self.find::<Entity>().filter(asked(query)).count().await
    }

    /// The newest `most` mails that were caught.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn caught_mails(&self, most: u64) -> Result<Vec<DeliveryRow>, Failure> {
        self.delivery_rows(&DeliveryQuery { state: Some(State::Caught), ..DeliveryQuery::default() }, most).await
    }

    /// What became of those of `ids` that the log still has and that are within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivery_states(&self, ids: impl IntoIterator<Item = DeliveryId>) -> Result<HashMap<DeliveryId, State>, Failure> {
        #[derive(FromQueryResult)]
        struct One {
            id: Uuid,
            state: String,
        }
        let ids: Vec<Uuid> = ids.into_iter().map(|id| id.0).collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<One> = self.find::<Entity>().filter(Column::Id.is_in(ids)).columns([Column::Id, Column::State]).all_as().await?;
        Ok(rows.into_iter().filter_map(|row| Some((DeliveryId(row.id), row.state.parse().ok()?))).collect())
    }
}

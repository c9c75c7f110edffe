//! A page of rows beside a place, in the order of an instant and then of the id.

use domain::enrolment::query::Place;
use sea_orm::{EntityTrait, FromQueryResult, Order, prelude::Expr, sea_query::ExprTrait};

use crate::{Failure, tenancy::Scoped};

/// Rows of a page, in order, and whether rows follow on each side.
pub(super) struct Page<M> {
    pub rows: Vec<M>,
    pub earlier: bool,
    pub later: bool,
}

/// At most `most` rows of `select` beside `place`, ordered by `at` and `id`.
pub(super) async fn page<E, M>(
    select: Scoped<'_, E>,
    by: (E::Column, E::Column),
    descending: bool,
    place: Option<&Place>,
    most: u64,
) -> Result<Page<M>, Failure>
where
    E: EntityTrait,
    M: FromQueryResult,
{
    let (at, id) = (Expr::col((E::default(), by.0)), Expr::col((E::default(), by.1)));
    let backwards = place.is_some_and(|place| place.backwards);
    let order = if descending == backwards { Order::Asc } else { Order::Desc };
    let mut select = select.order_by(at.clone(), order.clone()).order_by(id.clone(), order.clone()).limit(most + 1);
    if let Some(place) = place {
        let (row, here) = (Expr::tuple([at, id]), Expr::tuple([Expr::value(place.at.0), Expr::value(place.id)]));
        select = select.filter(if order == Order::Asc { row.gt(here) } else { row.lt(here) });
    }
    let mut rows = select.all_as::<M>().await?;
    let beyond = rows.len() as u64 > most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    if backwards {
        rows.reverse();
    }
    Ok(Page { rows, earlier: if backwards { beyond } else { place.is_some() }, later: backwards || beyond })
}

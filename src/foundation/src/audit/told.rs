//! What the MSP's people did for a client, as the client may read it: entries of the client, of acts that are told, by people.

use domain::{
    Moment,
    ids::DeviceId,
    work::{ACTIONS, Only},
};
use sea_orm::{
    ColumnTrait, Condition, Order,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::entry::{Column, Entity, Model};
use crate::{Failure, Tenant};

/// Which acts a page wants.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Not before this instant.
    pub since: Option<Moment>,
    /// Before this instant.
    pub until: Option<Moment>,
    /// On this device.
    pub device: Option<DeviceId>,
    /// Older than this entry.
    pub after: Option<(Moment, Uuid)>,
}

impl Tenant {
    /// The newest `most` acts within reach that are told.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn told(&self, wanted: &Wanted, most: u64) -> Result<Vec<Model>, Failure> {
        let place = wanted.after.map(|(at, id)| {
            let row = Expr::tuple([Column::At.into_expr(), Column::Id.into_expr()]);
            row.lt(Expr::tuple([Expr::value(at.0), Expr::value(id)]))
        });
        let which = Condition::all()
            .add(Column::ActorKind.eq("person"))
            .add(told())
            .add_option(wanted.since.map(|since| Column::At.gte(since.0)))
            .add_option(wanted.until.map(|until| Column::At.lt(until.0)))
            .add_option(wanted.device.map(|device| Column::ObjectId.eq(device.to_string())))
            .add_option(place);
        self.find::<Entity>().filter(which).order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(most).all().await
    }
}

/// Entries that have a sentence, so that a page of them is full.
fn told() -> Condition {
    let one = |(action, _, only): &(&str, &str, Only)| {
        let of = Condition::all().add(Column::Action.eq(*action));
        match only {
            Only::All => of,
            Only::After(words) => of.add(Column::New.is_in(words.iter().copied())),
            Only::Detail(words) => of.add(Column::Detail.is_in(words.iter().copied())),
        }
    };
    ACTIONS.iter().map(one).fold(Condition::any(), Condition::add)
}

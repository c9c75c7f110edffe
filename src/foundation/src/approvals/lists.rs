//! Approvals within reach.

use domain::{
    Moment, Refusal,
    approvals::State,
    ids::{ApprovalId, ClientId},
};
use sea_orm::{ColumnTrait, Condition, Order, prelude::Expr, sea_query::ExprTrait};

use super::{
    ApprovalRow,
    rows::approval::{Column, Entity},
};
use crate::{Failure, Tenant};

/// Answered approvals of one page.
pub const PAGE: u64 = 50;
/// Approvals that wait, at most, in one list.
const WAITING: u64 = 100;

impl Tenant {
    /// The approvals that wait, of `client` when it is given: those whose time ends first stand first; at most 100.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_approvals(&self, client: Option<ClientId>) -> Result<Vec<ApprovalRow>, Failure> {
        let waiting = Condition::all().add(Column::State.eq(State::Waiting.word())).add_option(client.map(|id| Column::ClientId.eq(id.0)));
        self.find::<Entity>().filter(waiting).order_by(Column::ExpiresAt, Order::Asc).order_by(Column::Id, Order::Asc).limit(WAITING).all().await
    }

    /// How many approvals wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_approval_count(&self) -> Result<u64, Failure> {
        self.find::<Entity>().filter(Column::State.eq(State::Waiting.word())).count().await
    }

    /// Approvals that do not wait any more, newest first, after the one that was asked at `after`; and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn answered_approvals(&self, after: Option<(Moment, ApprovalId)>) -> Result<(Vec<ApprovalRow>, bool), Failure> {
        let place = after.map(|(at, id)| {
            let row = Expr::tuple([Column::AskedAt.into_expr(), Column::Id.into_expr()]);
            row.lt(Expr::tuple([Expr::value(at.0), Expr::value(id.0)]))
        });
        let over = Condition::all().add(Column::State.ne(State::Waiting.word())).add_option(place);
        let rows = self.find::<Entity>().filter(over).order_by(Column::AskedAt, Order::Desc).order_by(Column::Id, Order::Desc);
        let mut rows = rows.limit(PAGE + 1).all().await?;
        let more = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        Ok((rows, more))
    }

    /// The approvals that one piece of work asked for, newest first; at most 50.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn approvals_of(&self, kind: &str, subject: &str) -> Result<Vec<ApprovalRow>, Failure> {
        let mine = Condition::all().add(Column::Kind.eq(kind)).add(Column::Subject.eq(subject));
        self.find::<Entity>().filter(mine).order_by(Column::AskedAt, Order::Desc).limit(PAGE).all().await
    }

    /// One approval within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn approval(&self, id: ApprovalId) -> Result<ApprovalRow, Failure> {
        Ok(self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?)
    }
}

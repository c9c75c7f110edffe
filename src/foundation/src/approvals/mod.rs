//! Approvals, as any room asks for them. [`Writing::ask_approval`] asks inside the asking room's own transaction; once somebody answered, or
//! nobody did in time, a job of the kind [`DECIDED`] tells the room, by the approval's kind word.

mod lists;
pub mod rows;

use domain::{
    Moment, Refusal,
    approvals::{Act, State},
    ids::{ApprovalId, ClientId, PersonId},
    jobs::Priority,
};
use sea_orm::{ColumnTrait, Set, prelude::Expr, sea_query::ExprTrait};

use self::rows::approval::{ActiveModel, Column, Entity, Model};
use crate::{
    Failure, Principal, Writing, fresh_id,
    jobs::{Actor, Work},
};

/// The kind of the job that tells the asking room what was decided; its subject is the approval.
pub const DECIDED: &str = "approval decided";
/// The kind of the job that tells the client's people that they are asked; its subject is the approval.
pub const ASKED: &str = "approval asked for";
/// The kind of the job that ends the time to answer.
pub const ENDS: &str = "approval ends";

/// An approval, as stored.
pub type ApprovalRow = Model;

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewApproval {
    /// Whose people answer.
    pub client: ClientId,
    /// The kind of work: a word of the program, by which [`DECIDED`] finds the room.
    pub kind: &'static str,
    /// The id of the work, in the asking room.
    pub subject: String,
    /// The question, in one line.
    pub title: String,
    /// What will happen, when, and on which devices: a line each.
    pub body: Vec<String>,
    /// When the time to answer ends.
    pub expires_at: Moment,
}

impl Model {
    /// Where it is.
    pub fn at(&self) -> State {
        self.state.parse().unwrap_or(State::Expired)
    }

    /// What will happen, a line each.
    pub fn lines(&self) -> Vec<String> {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

impl Writing {
    /// Asks the people of a client for their yes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a client out of reach; when the database fails.
    pub async fn ask_approval(&self, new: NewApproval, now: Moment) -> Result<ApprovalId, Failure> {
        let by = if let Principal::Person(person) = self.who().principal { Some(person) } else { None };
        self.ask(new, (by, self.who().name.clone()), now).await
    }

    /// The same in the name of a person who wanted it earlier.
    ///
    /// # Errors
    /// As [`Writing::ask_approval`].
    pub async fn ask_approval_for(&self, new: NewApproval, by: (PersonId, String), now: Moment) -> Result<ApprovalId, Failure> {
        self.ask(new, (Some(by.0), by.1), now).await
    }

    async fn ask(&self, new: NewApproval, by: (Option<PersonId>, String), now: Moment) -> Result<ApprovalId, Failure> {
        self.client(new.client)?;
        let id: ApprovalId = fresh_id();
        self.insert(ActiveModel {
            id: Set(id.0),
            client_id: Set(new.client.0),
            kind: Set(new.kind.into()),
            subject: Set(new.subject),
            title: Set(new.title),
            body: Set(serde_json::to_string(&new.body).unwrap_or_else(|_| "[]".into())),
            asked_by: Set(by.0.map(|person| person.0)),
            asked_by_name: Set(by.1),
            asked_at: Set(now.0),
            expires_at: Set(new.expires_at.0),
            state: Set(State::Waiting.word().into()),
            revision: Set(1),
            ..Default::default()
        })
        .await?;
        self.enqueue(job(ENDS, id, new.expires_at), now).await?;
        self.enqueue(job(ASKED, id, now), now).await?;
        Ok(id)
    }

    /// Does `act` to an approval within reach; gives it as it was, and its state now. The same answer again changes nothing.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with both values when it is decided otherwise; [`Refusal::NotFound`] when it is not within reach.
    pub async fn decide_approval(&self, id: ApprovalId, act: Act, note: Option<String>, now: Moment) -> Result<(ApprovalRow, State), Failure> {
        let row = self.find::<Entity>().filter(Column::Id.eq(id.0)).locked().one().await?.ok_or(Refusal::NotFound)?;
        let after = row.at().after(act, Moment(row.expires_at), now)?;
        if after == row.at() {
            return Ok((row, after));
        }
        let by = if let Principal::Person(person) = self.who().principal { Some(person.0) } else { None };
        let name = by.map(|_| self.who().name.clone());
        let values = [
            (Column::State, Expr::value(after.word())),
            (Column::DecidedBy, Expr::value(by)),
            (Column::DecidedByName, Expr::value(name)),
            (Column::DecidedAt, Expr::value(now.0)),
            (Column::Note, Expr::value(note)),
            (Column::Revision, Expr::col(Column::Revision).add(1)),
        ];
        self.update::<Entity>(Column::Id.eq(id.0), values).await?;
        self.enqueue(job(DECIDED, id, now), now).await?;
        Ok((row, after))
    }
}

fn job(kind: &'static str, id: ApprovalId, at: Moment) -> Work {
    Work { kind, subject: id.to_string(), priority: Priority::Normal, at, by: Actor::Platform }
}

//! Asking for a job, and ending one, inside a tenant's transaction.

use domain::{
    Moment, Refusal,
    jobs::{Priority, SUBJECT},
};
use sea_orm::{
    ColumnTrait, Condition, Set,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, OnConflict},
};

use super::{
    Claim, PARKED, RUNNING, WAITING,
    rows::job::{ActiveModel, Column, Entity},
};
use crate::{Failure, Principal, Writing};

/// A job to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What kind of work: a word of the program.
    pub kind: &'static str,
    /// What it is about: an id, never content. One tenant has one job of a kind and subject.
    pub subject: String,
    /// How urgent.
    pub priority: Priority,
    /// When.
    pub at: Moment,
    /// Whose work it is.
    pub by: Actor,
}

/// Who does a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// The platform itself.
    Platform,
    /// Whoever asks for it, with what they may do when it is done.
    Asker,
}

impl Writing {
    /// Asks for `work`, which is there when this transaction is kept. Work that is asked for already is done at the earlier of
    /// both times; work that is being done right now is done once more afterwards.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a subject that is too long, or when the database fails.
    pub async fn enqueue(&self, work: Work, now: Moment) -> Result<(), Failure> {
        if work.subject.len() > SUBJECT {
            return Err(Refusal::invalid("subject", "is too long for a job").into());
        }
        let person = match (work.by, self.who().principal) {
            (Actor::Asker, Principal::Person(id)) => Some(id.0),
            _ => None,
        };
        let row = ActiveModel {
            id: Set(Uuid::now_v7()),
            kind: Set(work.kind.into()),
            subject: Set(work.subject),
            actor_id: Set(person),
            priority: Set(work.priority.number()),
            state: Set(WAITING.into()),
            due_at: Set(Some(work.at.0)),
            attempts: Set(0),
            created_at: Set(now.0),
            ..Default::default()
        };
        self.upsert(vec![row], merged(work.at)).await?;
        self.due(work.priority, work.at);
        Ok(())
    }

    /// Ends the job of `claim` in this transaction, so that its effect is kept exactly when its end is.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody else has it by now; then nothing of this transaction may be kept.
    pub async fn end_job(&self, claim: &Claim) -> Result<(), Failure> {
        let mine = || Condition::all().add(Column::Id.eq(claim.id)).add(Column::Lease.eq(claim.lease));
        let again = mine().add(Column::AgainAt.is_not_null());
        let waits = [
            (Column::State, Expr::value(WAITING)),
            (Column::DueAt, Expr::col(Column::AgainAt)),
            (Column::AgainAt, Expr::value(None::<i64>)),
            (Column::Lease, Expr::value(None::<Uuid>)),
            (Column::Attempts, Expr::value(0)),
            (Column::Error, Expr::value(None::<String>)),
        ];
        if self.update::<Entity>(again, waits).await? > 0 {
            self.due(claim.priority, Moment(0));
            return Ok(());
        }
        if self.delete::<Entity>(mine()).await? == 0 {
            return Err(Refusal::Conflict("somebody else has this job by now".into()).into());
        }
        Ok(())
    }
}

/// What becomes of a job that exists when it is asked for at `at`.
fn merged(at: Moment) -> OnConflict {
    let running = || Expr::col((Entity, Column::State)).eq(RUNNING);
    let earlier = |column: Column| Expr::case(Expr::col((Entity, column)).lt(at.0), Expr::col((Entity, column))).finally(at.0);
    let (due, next) = (earlier(Column::DueAt), earlier(Column::AgainAt));
    OnConflict::columns([Column::TenantId, Column::Kind, Column::Subject])
        .value(Column::DueAt, Expr::case(running(), Expr::col((Entity, Column::DueAt))).finally(due))
        .value(Column::AgainAt, Expr::case(running(), next).finally(Expr::cust("null")))
        .value(Column::Attempts, Expr::case(Expr::col((Entity, Column::State)).eq(PARKED), 0).finally(Expr::col((Entity, Column::Attempts))))
        .value(Column::State, Expr::case(running(), RUNNING).finally(WAITING))
        .to_owned()
}

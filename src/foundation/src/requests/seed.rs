//! Requests of the past for demo tenants.

use domain::{
    Moment, approvals,
    ids::{ApprovalId, MessageId, PersonId, RequestId},
    requests::{Side, State},
};
use sea_orm::{ColumnTrait, prelude::Expr};

use super::{
    NewMessage, NewRequest,
    rows::{message, request},
};
use crate::{Failure, Writing, approvals::rows::approval, fresh_id};

/// A message that was written.
#[derive(Debug, Clone)]
pub struct SeedMessage {
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: (PersonId, String),
    /// One of [`super::kinds`].
    pub kind: &'static str,
    /// Who spoke.
    pub side: Side,
    /// What they said.
    pub body: String,
}

/// A request of the past; its first message is the one that opened it.
#[derive(Debug, Clone)]
pub struct SeedRequest {
    /// What was asked.
    pub new: NewRequest,
    /// What was said, oldest first.
    pub messages: Vec<SeedMessage>,
    /// Where it is now.
    pub state: State,
    /// Who has it.
    pub assigned: Option<PersonId>,
}

impl Writing {
    /// Names who asked for an approval, and who answered it.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_approval(&self, id: ApprovalId, asked: &(PersonId, String), answered: Option<(&(PersonId, String), Moment)>) -> Result<(), Failure> {
        use approval::Column;
        self.only_demo()?;
        let mut values = vec![(Column::AskedBy, Expr::value(asked.0.0)), (Column::AskedByName, Expr::value(asked.1.clone()))];
        if let Some(((person, name), at)) = answered {
            values.extend([(Column::DecidedBy, Expr::value(person.0)), (Column::DecidedByName, Expr::value(name.clone()))]);
            values.extend([(Column::State, Expr::value(approvals::State::Approved.word())), (Column::DecidedAt, Expr::value(at.0))]);
        }
        self.update::<approval::Entity>(Column::Id.eq(id.0), values).await.map(drop)
    }

    /// Keeps a request with all that was said.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_request(&self, seed: SeedRequest) -> Result<RequestId, Failure> {
        use request::Column;
        self.only_demo()?;
        let mut last = (Moment(0), Moment(0));
        let mut opened: Option<(RequestId, Moment, PersonId, String)> = None;
        for said in seed.messages {
            let new = NewMessage { id: fresh_id::<MessageId>(), kind: said.kind, side: said.side, body: said.body, files: Vec::new() };
            let message = new.id;
            match &opened {
                None => {
                    let (id, _) = self.open_request(seed.new.clone(), new, said.at).await?;
                    opened = Some((id, said.at, said.by.0, said.by.1.clone()));
                }
                Some((id, ..)) => {
                    let row = self.request_to_change(*id).await?;
                    self.say(&row, new, said.at).await?;
                }
            }
            let by = [(message::Column::AuthorId, Expr::value(said.by.0.0)), (message::Column::AuthorName, Expr::value(said.by.1))];
            self.update::<message::Entity>(message::Column::Id.eq(message.0), by).await?;
            last = (said.at, if said.kind == super::kinds::NOTE { last.1 } else { said.at });
        }
        let Some((id, _, person, name)) = opened else { return Err(domain::Refusal::NotFound.into()) };
        let values = [
            (Column::State, Expr::value(seed.state.word())),
            (Column::StateAt, Expr::value(last.1.0)),
            (Column::ChangedAt, Expr::value(last.0.0)),
            (Column::PublicAt, Expr::value(last.1.0)),
            (Column::MadeBy, Expr::value(person.0)),
            (Column::MadeByName, Expr::value(name)),
            (Column::AssignedTo, Expr::value(seed.assigned.map(|id| id.0))),
        ];
        self.update::<request::Entity>(Column::Id.eq(id.0), values).await?;
        Ok(id)
    }
}

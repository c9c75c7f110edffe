//! The outbox: what is to leave is written in the transaction that wants it, and a job sends it outside of any transaction.

use domain::{
    Moment, Refusal,
    ids::{AlertId, ChannelId, ClientId, DeliveryId},
    jobs::Priority,
    notices::{
        Kind, State,
        delivery::{KEPT, again},
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, Order, Set,
    prelude::Expr,
    sea_query::{ExprTrait, Query},
};

use super::rows::delivery::{ActiveModel, Column, Entity, Model};
use crate::{
    Failure, Tenant, Writing, fresh_id,
    jobs::{Actor, Work},
    post::MOST_RECIPIENTS,
};

/// The kind of the job that sends a delivery.
pub const DELIVER: &str = "deliver";
/// The longest error that is kept, in characters.
const ERROR: usize = 500;

/// Something that is to leave.
#[derive(Debug, Clone)]
pub struct NewDelivery {
    /// Whose it is, where it is one client's.
    pub client: Option<ClientId>,
    /// The channel with its name, where it goes through one.
    pub channel: Option<(ChannelId, String)>,
    /// The alert that it tells of.
    pub alert: Option<AlertId>,
    /// What it is, in words: `alert raised`, `test`.
    pub what: &'static str,
    /// The way.
    pub kind: Kind,
    /// The addresses of a mail; of a webhook one line that names it without its path.
    pub to: Vec<String>,
    /// The name beside the sender's address.
    pub from_name: String,
    /// One line.
    pub subject: String,
    /// Plain text, or the JSON of a webhook.
    pub body: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// What the service attaches when it is sent, by its id.
    pub attachment: Option<String>,
}

/// What came of trying to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken; what there is to add, as recipients that were refused.
    Sent(Option<String>),
    /// It was taken, but for now not for these recipients; they get it as a delivery of its own.
    Partly {
        /// Who was refused, and why.
        note: String,
        /// Those of them who may take it later.
        rest: Vec<String>,
        /// By so many thousandths the next wait is longer or shorter.
        chance: u16,
    },
    /// Not now, because of this; by `chance` in thousandths the next wait is longer or shorter.
    Later(String, u16),
    /// Not ever, because of this.
    Failed(String),
    /// It was kept here, as a demo does it.
    Caught,
    /// Nothing could be tried, because of this.
    NotSent(String),
}

fn work(id: DeliveryId, at: Moment) -> Work {
    Work { kind: DELIVER, subject: id.to_string(), priority: Priority::Urgent, at, by: Actor::Platform }
}

impl Tenant {
    /// A delivery within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn delivery(&self, id: DeliveryId) -> Result<Model, Failure> {
        Ok(self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?)
    }
}

impl Writing {
    /// Puts `new` into the outbox: it is sent once this transaction is kept, and not at all if it is not.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a mail without recipients or with too many.
    pub async fn post(&self, new: NewDelivery, now: Moment) -> Result<DeliveryId, Failure> {
        if !(1..=MOST_RECIPIENTS).contains(&new.to.len()) {
            return Err(Refusal::invalid("to", format!("needs 1 to {MOST_RECIPIENTS} addresses")).into());
        }
        let id: DeliveryId = fresh_id();
        self.insert(row(id, new, now)).await?;
        self.enqueue(work(id, now), now).await?;
        Ok(id)
    }

    /// Has a delivery wait until `at`: nobody tried it, because the other side is busy or was just found to be gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone_delivery(&self, row: &Model, at: Moment, now: Moment) -> Result<(), Failure> {
        self.update::<Entity>(untouched(row), [(Column::NextAt, Expr::value(Some(at.0)))]).await?;
        self.enqueue(work(DeliveryId(row.id), at), now).await
    }

    /// Notes what came of a try at `now` of what was read as `row`. What failed for now is asked for again, until it was tried often
    /// enough; what somebody had tried again meanwhile begins anew, unless it left.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_outcome(&self, row: &Model, outcome: Outcome, now: Moment) -> Result<(), Failure> {
        let tried = row.tried + i32::from(!matches!(outcome, Outcome::Caught | Outcome::NotSent(_)));
        let next = if let Outcome::Later(_, chance) = outcome { again(tried, now, chance) } else { None };
        let left = matches!(outcome, Outcome::Sent(_) | Outcome::Partly { .. } | Outcome::Caught);
        if let Outcome::Partly { rest, chance, .. } = &outcome {
            self.post_rest(row, rest, (tried, *chance), now).await?;
        }
        let (state, error) = match outcome {
            Outcome::Partly { note, .. } => (State::Sent, Some(note)),
            Outcome::Sent(note) => (State::Sent, note),
            Outcome::Caught => (State::Caught, None),
            Outcome::NotSent(why) => (State::NotSent, Some(why)),
            Outcome::Failed(why) => (State::Failed, Some(why)),
            Outcome::Later(why, _) => (if next.is_some() { State::Waiting } else { State::Failed }, Some(why)),
        };
        let values = [
            (Column::State, Expr::value(state.word())),
            (Column::Tried, Expr::value(tried)),
            (Column::LastError, Expr::value(error.map(|error| error.chars().filter(|c| *c != '\0').take(ERROR).collect::<String>()))),
            (Column::SentAt, Expr::value(matches!(state, State::Sent | State::Caught).then_some(now.0))),
            (Column::NextAt, Expr::value(next.map(|at| at.0))),
        ];
        let this = if left { Condition::all().add(Column::Id.eq(row.id)) } else { untouched(row) };
        if self.update::<Entity>(this, values).await? == 0 {
            return Ok(());
        }
        if let Some(at) = next {
            self.enqueue(work(DeliveryId(row.id), at), now).await?;
        }
        Ok(())
    }

    /// Posts `row` once more for those recipients who did not take it for now; none when it was tried often enough.
    async fn post_rest(&self, row: &Model, rest: &[String], (tried, chance): (i32, u16), now: Moment) -> Result<(), Failure> {
        let Some(at) = again(tried, now, chance) else { return Ok(()) };
        let id: DeliveryId = fresh_id();
        let mut fresh = ActiveModel::from(row.clone()).reset_all();
        fresh.id = Set(id.0);
        fresh.recipient = Set(rest.join(", "));
        fresh.tried = Set(tried);
        fresh.created_at = Set(now.0);
        fresh.next_at = Set(Some(at.0));
        self.insert(fresh).await?;
        self.enqueue(work(id, at), now).await
    }

    /// Has a delivery tried again now, from the start.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when it left already.
    pub async fn retry_delivery(&self, id: DeliveryId, now: Moment) -> Result<Model, Failure> {
        let row = self.delivery(id).await?;
        if !row.state.parse().is_ok_and(State::may_retry) {
            return Err(Refusal::Conflict("This was sent already.".into()).into());
        }
        let open = Condition::all().add(Column::Id.eq(id.0)).add(Column::State.is_not_in([State::Sent.word(), State::Caught.word()]));
        let values = [(Column::State, Expr::value(State::Waiting.word())), (Column::Tried, Expr::value(0)), (Column::NextAt, Expr::value(Some(now.0)))];
        if self.update::<Entity>(open, values).await? == 0 {
            return Err(Refusal::Conflict("This was sent meanwhile.".into()).into());
        }
        self.enqueue(work(id, now), now).await?;
        Ok(row)
    }

    /// Removes at most `most` deliveries that are older than the log keeps them, the oldest first; says how many.
    pub(crate) async fn forget_deliveries(&self, most: u64, now: Moment) -> Result<u64, Failure> {
        let old = Column::TenantId.eq(self.id().0).and(Column::CreatedAt.lt((now - KEPT).0)).and(Column::State.ne(State::Waiting.word()));
        let some = Query::select().column(Column::Id).from(Entity).cond_where(old).order_by(Column::CreatedAt, Order::Asc).limit(most).to_owned();
        self.delete::<Entity>(Column::Id.in_subquery(some)).await
    }
}

/// `row` as it was read: nobody had it tried again meanwhile.
fn untouched(row: &Model) -> Condition {
    Condition::all()
        .add(Column::Id.eq(row.id))
        .add(Column::State.eq(State::Waiting.word()))
        .add(Column::Tried.eq(row.tried))
        .add(Column::NextAt.eq(row.next_at))
}

/// The row of a new delivery.
pub(super) fn row(id: DeliveryId, new: NewDelivery, now: Moment) -> ActiveModel {
    let (channel, name) = new.channel.unzip();
    ActiveModel {
        id: Set(id.0),
        client_id: Set(new.client.map(|client| client.0)),
        channel_id: Set(channel.map(|channel| channel.0)),
        channel_name: Set(name),
        alert_id: Set(new.alert.map(|alert| alert.0)),
        what: Set(new.what.into()),
        kind: Set(new.kind.word().into()),
        recipient: Set(new.to.join(", ")),
        from_name: Set(new.from_name),
        subject: Set(new.subject),
        body: Set(new.body),
        html: Set(new.html),
        attachment: Set(new.attachment),
        state: Set(State::Waiting.word().into()),
        tried: Set(0),
        last_error: Set(None),
        created_at: Set(now.0),
        sent_at: Set(None),
        next_at: Set(Some(now.0)),
        ..Default::default()
    }
}

//! Requests are made, answered and decided here. Whoever writes holds the request's row until the end.

use domain::{
    Moment, Refusal,
    ids::{AttachmentId, ClientId, DeviceId, MessageId, PersonId, RequestId},
    requests::{FileKind, Priority, Side, State, file::TENANT},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    prelude::Expr,
    sea_query::{ExprTrait, OnConflict},
};

use super::{
    kinds,
    rows::{file, message, request, totals},
};
use crate::{Failure, Principal, Writing, fresh_id};

/// The number of a tenant's first request.
const FIRST: i64 = 1_001;

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Whose request it is.
    pub client: ClientId,
    /// The device that it is about, with the name that it has now.
    pub device: Option<(DeviceId, String)>,
    /// What it is about.
    pub subject: String,
    /// How much it hurts.
    pub priority: Priority,
}

/// A message to add.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id, from the form that it was typed into: a form that is sent twice is kept once.
    pub id: MessageId,
    /// One of [`kinds`].
    pub kind: &'static str,
    /// Who speaks.
    pub side: Side,
    /// What they say.
    pub body: String,
    /// What they send along.
    pub files: Vec<NewFile>,
}

/// A file to add; its name and content were checked.
#[derive(Debug, Clone)]
pub struct NewFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// What staff decide about a request; `None` stays as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct SetTo {
    /// Where it is.
    pub state: Option<State>,
    /// How much it hurts.
    pub priority: Option<Priority>,
    /// Who has it.
    pub assigned: Option<Option<PersonId>>,
}

pub(super) fn size(file: &NewFile) -> i64 {
    i64::try_from(file.bytes.len()).unwrap_or(i64::MAX)
}

impl Writing {
    pub(super) fn me(&self) -> Option<uuid::Uuid> {
        match self.who().principal {
            Principal::Person(id) => Some(id.0),
            _ => None,
        }
    }

    /// Takes the next number and room for `bytes`; whoever else does waits until this transaction ends.
    #[expect(clippy::disallowed_methods, reason = "contacts take numbers too, of a row that no client owns; the tenant is named")]
    async fn take_room(&self, numbers: i64, bytes: i64) -> Result<i64, Failure> {
        use totals::{ActiveModel, Column, Entity};
        let row = ActiveModel { last_number: Set(FIRST - 1), bytes: Set(0), ..Default::default() };
        self.upsert(vec![row], OnConflict::column(Column::TenantId).do_nothing().to_owned()).await?;
        let mine = Entity::update_many().filter(Column::TenantId.eq(self.id().0));
        let more = mine.col_expr(Column::LastNumber, Expr::col(Column::LastNumber).add(numbers)).col_expr(Column::Bytes, Expr::col(Column::Bytes).add(bytes));
        more.exec(self.connection()).await?;
        let now = Entity::find_by_id(self.id().0).one(self.connection()).await?.ok_or(Refusal::NotFound)?;
        if bytes > 0 && now.bytes > TENANT {
            return Err(Refusal::invalid("files", "There is no room for more files. Send the text without them.").into());
        }
        Ok(now.last_number)
    }

    /// Makes a request with its first message; gives its id and number.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a client out of reach; when the database fails.
    pub async fn open_request(&self, new: NewRequest, first: NewMessage, now: Moment) -> Result<(RequestId, i64), Failure> {
        self.client(new.client)?;
        let number = self.take_room(1, 0).await?;
        let id: RequestId = fresh_id();
        let (device_id, device_name) = new.device.unzip();
        let search = format!("{} {}", new.subject, device_name.as_deref().unwrap_or_default()).to_lowercase();
        self.insert(request::ActiveModel {
            id: Set(id.0),
            number: Set(number),
            client_id: Set(new.client.0),
            device_id: Set(device_id.map(|id| id.0)),
            device_name: Set(device_name),
            subject: Set(new.subject),
            search: Set(search),
            state: Set(State::New.word().into()),
            priority: Set(new.priority.word().into()),
            made_by: Set(self.me()),
            made_by_name: Set(self.who().name.clone()),
            assigned_to: Set(None),
            opened_at: Set(now.0),
            state_at: Set(now.0),
            changed_at: Set(now.0),
            public_at: Set(now.0),
            revision: Set(1),
            ..Default::default()
        })
        .await?;
        self.add_message(id, new.client, first, now).await?;
        Ok((id, number))
    }

    /// A request within reach, as it is now and stays until the end.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn request_to_change(&self, id: RequestId) -> Result<request::Model, Failure> {
        let row = self.find::<request::Entity>().filter(request::Column::Id.eq(id.0)).locked().one().await?;
        Ok(row.ok_or(Refusal::NotFound)?)
    }

    /// Adds a message to a request that is held; when it was said, the request changed then for whoever may read it.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for `files` when there is no room; when the database fails.
    pub async fn say(&self, row: &request::Model, new: NewMessage, now: Moment) -> Result<(), Failure> {
        use request::Column;
        let public = new.kind != kinds::NOTE;
        self.add_message(RequestId(row.id), ClientId(row.client_id), new, now).await?;
        let mut values = vec![(Column::ChangedAt, Expr::value(now.0)), (Column::Revision, Expr::col(Column::Revision).add(1))];
        if public {
            values.push((Column::PublicAt, Expr::value(now.0)));
        }
        self.update::<request::Entity>(Column::Id.eq(row.id), values).await.map(drop)
    }

    async fn add_message(&self, request: RequestId, client: ClientId, new: NewMessage, now: Moment) -> Result<(), Failure> {
        let bytes: usize = new.files.iter().map(|file| file.bytes.len()).sum();
        if bytes > 0 {
            self.take_room(0, i64::try_from(bytes).unwrap_or(i64::MAX)).await?;
        }
        self.insert(message::ActiveModel {
            id: Set(new.id.0),
            request_id: Set(request.0),
            client_id: Set(client.0),
            kind: Set(new.kind.into()),
            side: Set(side(new.side).into()),
            author_id: Set(self.me()),
            author_name: Set(self.who().name.clone()),
            at: Set(now.0),
            body: Set(new.body),
            ..Default::default()
        })
        .await
        .map_err(|failure| failure.or_taken(Refusal::Conflict("This form was sent already; look at the request.".into())))?;
        for sent in new.files {
            let size = size(&sent);
            let row = file::ActiveModel {
                id: Set(fresh_id::<AttachmentId>().0),
                message_id: Set(new.id.0),
                request_id: Set(request.0),
                client_id: Set(client.0),
                internal: Set(new.kind == kinds::NOTE),
                name: Set(sent.name),
                kind: Set(sent.kind.word().into()),
                size: Set(size),
                bytes: Set(sent.bytes),
                ..Default::default()
            };
            self.insert(row).await?;
        }
        if bytes > 0 && new.side == Side::Client { self.share_holds(client).await } else { Ok(()) }
    }

    /// Sets what was decided about a request that is held.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_request(&self, row: &request::Model, to: SetTo, now: Moment) -> Result<(), Failure> {
        use request::Column;
        let mut values = vec![(Column::ChangedAt, Expr::value(now.0)), (Column::Revision, Expr::col(Column::Revision).add(1))];
        if let Some(state) = to.state {
            values.extend([(Column::State, Expr::value(state.word())), (Column::StateAt, Expr::value(now.0)), (Column::PublicAt, Expr::value(now.0))]);
        }
        if let Some(priority) = to.priority {
            values.push((Column::Priority, Expr::value(priority.word())));
        }
        if let Some(person) = to.assigned {
            values.push((Column::AssignedTo, Expr::value(person.map(|id| id.0))));
        }
        self.update::<request::Entity>(Column::Id.eq(row.id), values).await.map(drop)
    }
}

/// The word of a side in storage.
pub(super) const fn side(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Staff => "staff",
    }
}

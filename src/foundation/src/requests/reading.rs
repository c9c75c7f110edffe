//! What is inside a request. Notes among staff, and their files, are left out for contacts here, below everything that draws.

use domain::{
    Refusal,
    ids::{AttachmentId, RequestId},
};
use sea_orm::{ColumnTrait, Condition, FromQueryResult, Order, prelude::Uuid};

use super::{
    kinds,
    rows::{file, message},
};
use crate::{Failure, Tenant};

/// Messages that one page shows.
const MESSAGES: u64 = 500;

/// A file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct FileRow {
    pub id: Uuid,
    pub message_id: Uuid,
    pub name: String,
    pub kind: String,
    pub size: i64,
}

/// A file with its bytes.
pub type StoredFile = file::Model;

impl Tenant {
    /// The messages of a request that the caller may read, oldest first: the newest 500.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn messages(&self, request: RequestId) -> Result<Vec<message::Model>, Failure> {
        use message::Column;
        let mine = Condition::all().add(Column::RequestId.eq(request.0)).add_option(self.outside().then(|| Column::Kind.ne(kinds::NOTE)));
        let rows = self.find::<message::Entity>().filter(mine).order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc);
        let mut rows = rows.limit(MESSAGES).all().await?;
        rows.reverse();
        Ok(rows)
    }

    /// The files of a request that the caller may read, without their bytes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn files(&self, request: RequestId) -> Result<Vec<FileRow>, Failure> {
        use file::Column;
        let rows = self.find::<file::Entity>().filter(self.readable().add(Column::RequestId.eq(request.0)));
        let rows = rows.columns([Column::Id, Column::MessageId, Column::Name, Column::Kind, Column::Size]);
        rows.order_by(Column::Id, Order::Asc).limit(MESSAGES * 5).all_as().await
    }

    /// One file of a request.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the caller may not read it, or the request has none of that id.
    pub async fn file(&self, request: RequestId, id: AttachmentId) -> Result<StoredFile, Failure> {
        let this = self.readable().add(file::Column::RequestId.eq(request.0)).add(file::Column::Id.eq(id.0));
        Ok(self.find::<file::Entity>().filter(this).one().await?.ok_or(Refusal::NotFound)?)
    }

    fn readable(&self) -> Condition {
        Condition::all().add_option(self.outside().then(|| file::Column::Internal.eq(false)))
    }

    /// Whether the caller is not of the MSP's staff.
    fn outside(&self) -> bool {
        self.who().is_outside()
    }
}

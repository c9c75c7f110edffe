//! Forms that were sent before, and the room that the files of one client take.

use domain::{
    Refusal,
    ids::{ClientId, RequestId},
    requests::file::CLIENT,
};
use sea_orm::{ColumnTrait, FromQueryResult, prelude::Expr};

use super::{
    NewMessage,
    keeping::size,
    rows::{file, message},
};
use crate::{Failure, Writing};

#[derive(FromQueryResult)]
struct SentFile {
    name: String,
    size: i64,
}

#[derive(FromQueryResult)]
struct Filled {
    bytes: i64,
}

impl Writing {
    /// The request that `new` was said in already, when the caller sent the same form before with the same words and files.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when the form was sent with others; [`Refusal::Invalid`] for `form` when it is somebody else's.
    pub async fn sent_before(&self, new: &NewMessage) -> Result<Option<RequestId>, Failure> {
        let Some(row) = self.find::<message::Entity>().filter(message::Column::Id.eq(new.id.0)).one().await? else { return Ok(None) };
        if row.author_id != self.me() {
            return Err(Refusal::invalid("form", "This form is not yours. Open the page again.").into());
        }
        let sent = self.find::<file::Entity>().filter(file::Column::MessageId.eq(new.id.0)).columns([file::Column::Name, file::Column::Size]);
        let mut sent: Vec<(String, i64)> = sent.all_as::<SentFile>().await?.into_iter().map(|file| (file.name, file.size)).collect();
        let mut files: Vec<(String, i64)> = new.files.iter().map(|file| (file.name.clone(), size(file))).collect();
        sent.sort();
        files.sort();
        if row.kind == new.kind && row.body == new.body && sent == files {
            return Ok(Some(RequestId(row.request_id)));
        }
        let why = "You sent this form before, with other words or files, and that is kept. Send it again if you want both.";
        Err(Refusal::Conflict(why.into()).into())
    }

    /// Whether the people of `client` have room for as much as they filled just now.
    pub(super) async fn share_holds(&self, client: ClientId) -> Result<(), Failure> {
        let client = self.client(client)?;
        let sum = client.find::<file::Entity>().columns([]).column_as(Expr::cust("cast(coalesce(sum(size), 0) as bigint)"), "bytes");
        let filled = sum.one_as::<Filled>().await?.map_or(0, |filled| filled.bytes);
        if filled <= CLIENT {
            Ok(())
        } else {
            Err(Refusal::invalid("files", "Your organisation has no room for more files. Send the text without them.").into())
        }
    }
}

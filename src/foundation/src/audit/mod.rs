//! Who did what. Entries are added and never changed.

mod queries;
pub mod rows;
mod seed;
mod told;

pub use queries::{ActorRow, Asked, EntryPage, EntryRow};
pub use told::Wanted;

use domain::{
    Moment,
    ids::{AuditId, ClientId},
};
use sea_orm::Set;

use crate::{Failure, Tenant, Writing, fresh_id};
use rows::entry;

/// What was done, for the audit.
#[derive(Debug, Clone, Default)]
pub struct Act {
    /// A word for the act: `session ended`.
    pub action: &'static str,
    /// What it was done to: kind and id.
    pub object: Option<(&'static str, String)>,
    /// The object's name, as it was.
    pub name: Option<String>,
    /// The client it belongs to; who sees only some clients sees only their entries.
    pub client: Option<ClientId>,
    /// What it was.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
    /// What there is to add, for people.
    pub detail: Option<String>,
    /// The network address it came from.
    pub address: Option<String>,
}

impl Tenant {
    /// Adds an entry for `act`, which changed nothing else, in a transaction of its own; in a view, by the person who looks.
    ///
    /// # Errors
    /// When the caller may not enter any more, or the database fails.
    pub async fn note(&self, now: Moment, act: Act) -> Result<(), Failure> {
        let writing = self.noting().await?;
        writing.record(now, act).await?;
        writing.commit().await
    }
}

impl Writing {
    /// Adds an entry for `act` by the one who entered, in the same transaction as the act.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record(&self, now: Moment, act: Act) -> Result<(), Failure> {
        self.insert(self.entry(now, act)).await
    }

    /// Adds an entry for each of `acts`, in as few statements as the database takes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn record_all(&self, now: Moment, acts: impl IntoIterator<Item = Act>) -> Result<(), Failure> {
        self.insert_many(acts.into_iter().map(|act| self.entry(now, act)).collect()).await
    }

    fn entry(&self, now: Moment, act: Act) -> entry::ActiveModel {
        let (object_kind, object_id) = act.object.unzip();
        entry::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(fresh_id::<AuditId>().0),
            at: Set(now.0),
            actor_kind: Set(self.who().kind().to_owned()),
            actor_id: Set(self.who().principal.id()),
            actor_name: Set(self.who().name.clone()),
            action: Set(act.action.to_owned()),
            object_kind: Set(object_kind.map(str::to_owned)),
            object_id: Set(object_id),
            detail: Set(act.detail),
            address: Set(act.address),
            client_id: Set(act.client.map(|client| client.0)),
            object_name: Set(act.name),
            old: Set(act.before),
            new: Set(act.after),
        }
    }
}

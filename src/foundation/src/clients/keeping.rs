//! Clients and sites made, renamed, archived and restored.

use domain::{
    Moment,
    ids::{ClientId, SiteId},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Set, prelude::Expr, sea_query::Query};

use super::rows::{client, site};
use crate::{
    Failure, Writing,
    devices::rows::enrolment_key,
    people::rows::{membership, session},
};

impl Writing {
    /// Adds clients.
    ///
    /// # Errors
    /// When a name is taken, or the database fails.
    pub async fn add_clients(&self, new: Vec<(ClientId, String)>, now: Moment) -> Result<(), Failure> {
        let tenant = self.id().0;
        let row = |(id, name): (ClientId, String)| client::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id.0),
            name: Set(name),
            created_at: Set(now.0),
            archived_at: Set(None),
        };
        self.insert_many(new.into_iter().map(row).collect()).await
    }

    /// Adds sites of clients.
    ///
    /// # Errors
    /// When a name is taken at its client, or the database fails.
    pub async fn add_sites(&self, new: Vec<(SiteId, ClientId, String)>, now: Moment) -> Result<(), Failure> {
        let tenant = self.id().0;
        let row = |(id, client, name): (SiteId, ClientId, String)| site::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id.0),
            client_id: Set(client.0),
            name: Set(name),
            created_at: Set(now.0),
            archived_at: Set(None),
        };
        self.insert_many(new.into_iter().map(row).collect()).await
    }

    /// Renames a client within reach.
    ///
    /// # Errors
    /// When the name is taken, or the database fails.
    pub async fn rename_client(&self, id: ClientId, name: &str) -> Result<(), Failure> {
        self.update::<client::Entity>(client::Column::Id.eq(id.0), [(client::Column::Name, Expr::value(name))]).await.map(drop)
    }

    /// Renames a site within reach.
    ///
    /// # Errors
    /// When the name is taken at its client, or the database fails.
    pub async fn rename_site(&self, id: SiteId, name: &str) -> Result<(), Failure> {
        self.update::<site::Entity>(site::Column::Id.eq(id.0), [(site::Column::Name, Expr::value(name))]).await.map(drop)
    }

    /// Archives a client at `at`, or restores it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_client_archived(&self, id: ClientId, at: Option<Moment>) -> Result<(), Failure> {
        let value = Expr::value(at.map(|at| at.0));
        self.update::<client::Entity>(client::Column::Id.eq(id.0), [(client::Column::ArchivedAt, value)]).await.map(drop)
    }

    /// Archives a site at `at`, or restores it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_site_archived(&self, id: SiteId, at: Option<Moment>) -> Result<(), Failure> {
        let value = Expr::value(at.map(|at| at.0));
        self.update::<site::Entity>(site::Column::Id.eq(id.0), [(site::Column::ArchivedAt, value)]).await.map(drop)
    }

    /// Revokes the enrolment keys of a client, or of one of its sites, that still take reports; says how many.
    /// Whoever enrols at the same time has to wait for this transaction, and finds the key revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_keys_of(&self, client: ClientId, site: Option<SiteId>, now: Moment) -> Result<u64, Failure> {
        use enrolment_key::Column;
        let which = Condition::all().add(Column::ClientId.eq(client.0)).add_option(site.map(|site| Column::SiteId.eq(site.0))).add(Column::RevokedAt.is_null());
        self.update::<enrolment_key::Entity>(which, [(Column::RevokedAt, Expr::value(now.0))]).await
    }

    /// Ends the sessions of a client's contacts.
    ///
    /// # Errors
    /// When the client is not within reach, or the database fails.
    #[expect(clippy::disallowed_methods, reason = "sessions are read by their own person only; tenant and client are both named")]
    pub async fn end_sessions_of_contacts(&self, client: ClientId) -> Result<(), Failure> {
        self.client(client)?;
        let contacts = Query::select()
            .column(membership::Column::PersonId)
            .from(membership::Entity)
            .and_where(membership::Column::TenantId.eq(self.id().0))
            .and_where(membership::Column::ClientId.eq(client.0))
            .to_owned();
        let theirs = session::Entity::delete_many().filter(session::Column::TenantId.eq(self.id().0)).filter(session::Column::PersonId.in_subquery(contacts));
        theirs.exec(self.connection()).await?;
        Ok(())
    }
}

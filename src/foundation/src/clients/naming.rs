//! Clients and sites by name, made when they are missing.

use domain::{
    Moment,
    ids::{ClientId, SiteId},
};
use sea_orm::{ColumnTrait, Set};

use super::rows::{client, site};
use crate::{Failure, Writing, fresh_id};

impl Writing {
    /// The client called `name`, made when it is missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn client_named(&self, name: &str, now: Moment) -> Result<ClientId, Failure> {
        if let Some(found) = self.find::<client::Entity>().filter(client::Column::Name.eq(name)).one().await? {
            return Ok(ClientId(found.id));
        }
        let id: ClientId = fresh_id();
        self.insert(client::ActiveModel { tenant_id: Set(self.id().0), id: Set(id.0), name: Set(name.into()), created_at: Set(now.0), ..Default::default() })
            .await?;
        Ok(id)
    }

    /// The site of `client` called `name`, made when it is missing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn site_named(&self, client: ClientId, name: &str, now: Moment) -> Result<SiteId, Failure> {
        let known = self.find::<site::Entity>().filter(site::Column::ClientId.eq(client.0)).filter(site::Column::Name.eq(name));
        if let Some(found) = known.one().await? {
            return Ok(SiteId(found.id));
        }
        let id: SiteId = fresh_id();
        let tenant = self.id().0;
        let row = site::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id.0),
            client_id: Set(client.0),
            name: Set(name.into()),
            created_at: Set(now.0),
            ..Default::default()
        };
        self.insert(row).await?;
        Ok(id)
    }
}

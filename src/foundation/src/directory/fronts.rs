//! Host name to tenant, with the brand that its signed-out pages wear.

use domain::{ids::TenantId, tenants::TenantState};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};

use super::Directory;
use crate::{
    Failure,
    tenancy::Access,
    tenants::rows::{brand, host, setting, tenant},
};

/// A tenant from outside.
#[derive(Debug, Clone)]
pub struct Front {
    /// The tenant.
    pub tenant: TenantId,
    /// Its host label.
    pub slug: String,
    /// Whether it is served.
    pub state: TenantState,
    /// Whether it was made by the demo.
    pub demo: bool,
    /// The newest version of its brand.
    pub brand: brand::Model,
}

#[expect(clippy::disallowed_methods, reason = "asked before a tenant is known")]
impl Directory {
    /// The tenant behind `host`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn front_of_host(&self, name: &str) -> Result<Option<Front>, Failure> {
        let tx = self.0.pools.begin(Access::Read, None).await?;
        let Some(found) = host::Entity::find_by_id(name.to_owned()).one(&tx).await? else { return Ok(None) };
        let row = tenant::Entity::find_by_id(found.tenant_id).one(&tx).await?;
        self.front(tx, row).await
    }

    /// The tenant with the label `slug`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn front_of_slug(&self, slug: &str) -> Result<Option<Front>, Failure> {
        let tx = self.0.pools.begin(Access::Read, None).await?;
        let row = tenant::Entity::find().filter(tenant::Column::Slug.eq(slug)).one(&tx).await?;
        self.front(tx, row).await
    }

    async fn front(&self, tx: DatabaseTransaction, row: Option<tenant::Model>) -> Result<Option<Front>, Failure> {
        let Some(row) = row else { return Ok(None) };
        drop(tx);
        let tx = self.0.pools.begin(Access::Read, Some(TenantId(row.id))).await?;
        let newest = brand::Entity::find().filter(brand::Column::TenantId.eq(row.id)).order_by_desc(brand::Column::Version);
        let Some(brand) = newest.one(&tx).await? else { return Ok(None) };
        let state = row.state.parse().unwrap_or(TenantState::Suspended);
        Ok(Some(Front { tenant: TenantId(row.id), slug: row.slug, state, demo: row.demo, brand }))
    }

    /// A fact about this installation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, Failure> {
        let tx = self.0.pools.begin(Access::Read, None).await?;
        Ok(setting::Entity::find_by_id(name.to_owned()).one(&tx).await?.map(|row| row.value))
    }
}

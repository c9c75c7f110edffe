//! A tenant's brand: every change is a new version, so that addresses of its parts can be cached for ever.

use domain::{Moment, Refusal};
use sea_orm::{Order, Set};

use super::rows::{brand, tenant_domain};
use crate::{Failure, Tenant, Writing};

impl Tenant {
    /// The newest version of the brand.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none within reach.
    pub async fn brand(&self) -> Result<brand::Model, Failure> {
        let newest = self.find::<brand::Entity>().order_by(brand::Column::Version, Order::Desc).limit(1).one().await?;
        newest.ok_or(Refusal::NotFound.into())
    }

    /// The host name that the tenant had first; its links lead there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it has none.
    pub async fn first_host(&self) -> Result<String, Failure> {
        use tenant_domain::Column::{CreatedAt, Host};
        let first = self.find::<tenant_domain::Entity>().order_by(CreatedAt, Order::Asc).order_by(Host, Order::Asc).limit(1).one().await?;
        Ok(first.ok_or(Refusal::NotFound)?.host)
    }
}

impl Writing {
    /// Keeps `new` as the version after `old`.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody else changed it meanwhile.
    pub async fn keep_brand(&self, old: i64, new: brand::Model, now: Moment) -> Result<(), Failure> {
        if self.brand().await?.version != old {
            return Err(Refusal::Conflict("Somebody else changed the brand meanwhile. Look at it, then change it again.".into()).into());
        }
        let row = brand::Model { version: old + 1, created_at: now.0, ..new };
        self.insert(brand::ActiveModel { version: Set(row.version), ..brand::ActiveModel::from(row) }).await
    }
}

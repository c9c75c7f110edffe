//! The figures and the catalogue of patching, shared for a few seconds: both are sums over all clients within reach.

use std::sync::Arc;

use app::patching::{CompliancePage, UpdateLine};
use domain::Moment;
use foundation::{Failure, Tenant};

use super::{Counted, CountsCache};
use crate::service::patching;

impl CountsCache {
    /// The compliance page of everything within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn compliance(&self, tenant: &Tenant, now: Moment) -> Result<Counted<CompliancePage>, Failure> {
        let key = self.key(tenant, None).await;
        if let Some(known) = self.compliance.get(&key).await {
            return Ok(known);
        }
        let counted = Counted { value: Arc::new(patching::compliance(tenant, now).await?), at: now };
        if self.is_current(tenant).await {
            self.compliance.insert(key, counted.clone()).await;
        }
        Ok(counted)
    }

    /// Every update that a device within reach needs or has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn updates(&self, tenant: &Tenant, now: Moment) -> Result<Counted<Vec<UpdateLine>>, Failure> {
        let key = self.key(tenant, None).await;
        if let Some(known) = self.updates.get(&key).await {
            return Ok(known);
        }
        let counted = Counted { value: Arc::new(patching::every_update(tenant, now).await?), at: now };
        if self.is_current(tenant).await {
            self.updates.insert(key, counted.clone()).await;
        }
        Ok(counted)
    }
}

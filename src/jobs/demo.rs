//! Keeps the invented devices of demo tenants reporting, so that a demo left alone is not all red. Real devices are left alone.

use std::{sync::Arc, time::Duration};

use domain::{
    ids::{ClientId, TenantId},
    time::MINUTE,
};
use foundation::{Failure, devices::DEMO};

use crate::{demo::tenants, http::App};

/// How often the demo's devices are looked at.
pub const EVERY: Duration = Duration::from_secs(30);
/// Devices last seen longer ago than this report at the next tick.
const DUE: i64 = 270_000;
/// Devices last seen longer ago than this stay away.
const AWAY: i64 = 11 * MINUTE;

/// The tenants that the demo made.
///
/// # Errors
/// When the database fails.
pub async fn made(app: &Arc<App>) -> Result<Vec<TenantId>, Failure> {
    let mut made = Vec::new();
    for tenant in tenants() {
        let front = app.database.directory().front_of_slug(tenant.slug).await?;
        made.extend(front.filter(|front| front.demo).map(|front| front.tenant));
    }
    Ok(made)
}

/// Lets the devices that are due report.
///
/// # Errors
/// When the database fails.
pub async fn report(app: &App, tenant: TenantId) -> Result<(), Failure> {
    let now = app.clock.now();
    let entered = app.database.enter(&DEMO, tenant).await?;
    let clients = entered.clients().await?;
    let writing = entered.writing().await?;
    for client in clients {
        writing.seed_contacts(ClientId(client.id), now, DUE, AWAY).await?;
    }
    writing.commit().await
}

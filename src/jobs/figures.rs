//! The figures of patching, kept once an hour. They are read and summed outside of the transaction that keeps them, because a database
//! in a file has one writer, and nobody else writes while that has it.

use std::sync::Arc;

use domain::{Moment, ids::TenantId, jobs::Priority, time::HOUR};
use foundation::{
    Failure, Principal,
    jobs::{Actor, Claim, Work},
};

use crate::{http::App, service::patching};

/// The figures of patching are kept, and silent devices become unknown.
pub const PATCH_FIGURES: &str = "patching figures";

/// The next time that a tenant's figures of patching are kept.
pub fn patch_figures(at: Moment) -> Work {
    Work { kind: PATCH_FIGURES, subject: "all clients".into(), priority: Priority::Low, at, by: Actor::Platform }
}

/// A tenant's place in the hour, in milliseconds, so that not all tenants' figures are due at once when the server starts.
pub fn share(tenant: TenantId) -> i64 {
    i64::try_from(tenant.0.as_u128() % (HOUR as u128)).unwrap_or(0)
}

/// Counts some silent devices as unknown and looks again at once, or keeps the figures when there are none.
///
/// # Errors
/// When the database fails.
pub(super) async fn keep(app: &Arc<App>, claim: &Claim, principal: &Principal) -> Result<(), Failure> {
    let now = app.clock.now();
    let tenant = app.database.enter(principal, claim.tenant).await?;
    if patching::has_silent(&tenant, now).await? {
        let writing = tenant.writing().await?;
        patching::note_silent(&writing, now).await?;
        writing.enqueue(patch_figures(now), now).await?;
        writing.end_job(claim).await?;
        return writing.commit().await;
    }
    let groups = patching::figures(&tenant, now).await?;
    let writing = tenant.writing().await?;
    if writing.spread_security(now).await? {
        writing.enqueue(patch_figures(now), now).await?;
        writing.end_job(claim).await?;
        return writing.commit().await;
    }
    writing.sweep_catalogue(now).await?;
    patching::keep_figures(&writing, &groups, now).await?;
    writing.enqueue(patch_figures(now + HOUR), now).await?;
    writing.end_job(claim).await?;
    writing.commit().await
}

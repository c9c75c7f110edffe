//! Runs of schedules are planned. What they take is read outside of the transaction that makes them, because a database in a file has
//! one writer, and nobody else writes while that has it.

use std::sync::Arc;

use foundation::{Failure, Principal, jobs::Claim};

use crate::{http::App, service::patching};

/// Plans the run that the job of `claim` names.
///
/// # Errors
/// When the database fails.
pub(super) async fn plan(app: &Arc<App>, claim: &Claim, principal: &Principal) -> Result<(), Failure> {
    let now = app.clock.now();
    let tenant = app.database.enter(principal, claim.tenant).await?;
    let planned = patching::planned(&tenant, &claim.subject, now).await?;
    let writing = tenant.writing().await?;
    if let Some(planned) = planned {
        patching::make_planned(&writing, planned, &claim.subject, now).await?;
    }
    writing.end_job(claim).await?;
    writing.commit().await
}

//! A report that a schedule owes. It is made before the transaction that keeps it, because a database in a file has one writer, and a
//! year's alerts are long to read.

use std::sync::Arc;

use foundation::{Failure, Principal, jobs::Claim};

use crate::{
    http::App,
    service::{notices::Portal, reports},
};

/// Makes and keeps the report of `claim`.
///
/// # Errors
/// When the database fails; then it is made once more.
pub(super) async fn deliver(app: &Arc<App>, claim: &Claim, principal: &Principal) -> Result<(), Failure> {
    let now = app.clock.now();
    let tenant = app.database.enter(principal, claim.tenant).await?;
    let owed = reports::owed(&tenant, &claim.subject, now).await?;
    let writing = tenant.writing().await?;
    if let Some(owed) = owed {
        reports::deliver(&writing, owed, &Portal::of(&writing, &app.config).await?, now).await?;
    }
    writing.end_job(claim).await?;
    writing.commit().await
}

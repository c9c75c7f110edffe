//! The kinds of jobs, and who does each. A job's writes and its end are one transaction.

use std::sync::Arc;

use foundation::{Failure, Principal, Writing, alerts::SNOOZE_ENDS, jobs::Claim};

use super::{alerts, commands};
use crate::{http::App, service::reports};

/// A command's time is over.
pub const COMMAND_ENDS: &str = "command ends";

/// Silent devices are looked for.
pub const SILENCE: &str = "silence";

/// Who does the platform's jobs, for the door.
const WORKER: &str = "jobs";

/// Does the job of `claim` and ends it.
///
/// # Errors
/// What it met; the job is tried again. [`domain::Refusal::Conflict`] when somebody else has it by now.
pub async fn done(app: &Arc<App>, claim: &Claim) -> Result<(), Failure> {
    let principal: Principal = claim.principal(WORKER);
    let writing: Writing = app.database.enter(&principal, claim.tenant).await?.writing().await?;
    let now = app.clock.now();
    match claim.kind.as_str() {
        COMMAND_ENDS => commands::end(&writing, &claim.subject, now).await?,
        SILENCE => alerts::silence(&writing, app.database.console().is_served(claim.tenant).await?.then_some(app.started), now).await?,
        reports::REPORT_DUE => reports::due(&writing, &claim.subject, now).await?,
        SNOOZE_ENDS => alerts::snooze(&writing, &claim.subject, now).await?,
        kind => return Err(Failure::Refused(domain::Refusal::invalid("kind", format!("this program knows no jobs of the kind \"{kind}\"")))),
    }
    writing.end_job(claim).await?;
    writing.commit().await
}

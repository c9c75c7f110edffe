//! The kinds of jobs, and who does each. A job's writes and its end are one transaction; one that talks to a network does so before it.

use std::sync::Arc;

use foundation::{
    Failure, Principal, Writing,
    alerts::SNOOZE_ENDS,
    approvals::{ASKED, DECIDED, ENDS},
    jobs::Claim,
    notices::{DELIVER, NOTIFY},
    patching::{PATCH_PLAN, PATCH_SCHEDULE, RUN_GOES_ON},
    windows::{WINDOW_BEGINS, WINDOW_ENDS},
};

use super::{
    alerts, commands,
    figures::{self, PATCH_FIGURES},
    notices, plans, windows,
};
use crate::{
    http::App,
    service::{
        approvals,
        notices::Portal,
        patching, reports,
        requests::{self, REQUEST_NEWS},
    },
};

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
    if claim.kind == DELIVER {
        return notices::deliver(app, claim, &principal).await;
    }
    if claim.kind == PATCH_FIGURES {
        return figures::keep(app, claim, &principal).await;
    }
    if claim.kind == PATCH_PLAN {
        return plans::plan(app, claim, &principal).await;
    }
    if claim.kind == reports::REPORT_OWED {
        return super::reports::deliver(app, claim, &principal).await;
    }
    let writing: Writing = app.database.enter(&principal, claim.tenant).await?.writing().await?;
    let now = app.clock.now();
    let mut told = Vec::new();
    match claim.kind.as_str() {
        RUN_GOES_ON => told = patching::go_on(&writing, &claim.subject, now).await?,
        COMMAND_ENDS => commands::end(&writing, &claim.subject, now).await?,
        SILENCE => alerts::silence(&writing, app.database.console().is_served(claim.tenant).await?.then_some(app.started), now).await?,
        REQUEST_NEWS => requests::tell(&writing, &claim.subject, &Portal::of(&writing, &app.config).await?, now).await?,
        NOTIFY => notices::notify(app, &writing, &claim.subject).await?,
        PATCH_SCHEDULE => patching::look(&writing, &claim.subject, now).await?,
        ASKED => approvals::asked(&writing, &claim.subject, &Portal::of(&writing, &app.config).await?, now).await?,
        ENDS => approvals::expire(&writing, &claim.subject, now).await?,
        DECIDED => approvals::decided(&writing, &claim.subject, now).await?,
        reports::REPORT_DUE => reports::due(&writing, &claim.subject, now).await?,
        SNOOZE_ENDS => alerts::snooze(&writing, &claim.subject, now).await?,
        WINDOW_BEGINS | WINDOW_ENDS => windows::settle(&writing, &claim.subject, now).await?,
        kind => return Err(Failure::Refused(domain::Refusal::invalid("kind", format!("this program knows no jobs of the kind \"{kind}\"")))),
    }
    writing.end_job(claim).await?;
    writing.commit().await?;
    told.into_iter().for_each(|device| app.waiting.ring(device));
    Ok(())
}

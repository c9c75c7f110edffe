//! Tells of alerts, and sends what is in the outbox. Nothing waits for a network while a transaction is open.

use domain::{Refusal, ids::DeliveryId, notices::State, reports::Report};
use foundation::{
    Failure, Principal, Writing,
    jobs::Claim,
    notices::{DeliveryRow, Outcome},
};

use crate::{
    http::App,
    service::{
        notices::{self, Portal},
        reports,
    },
};

/// Decides who is told of what `subject` names.
///
/// # Errors
/// When the database fails.
pub async fn notify(app: &App, writing: &Writing, subject: &str) -> Result<(), Failure> {
    let portal = Portal::of(writing, &app.config).await?;
    notices::tell(writing, subject, &portal, app.clock.now()).await
}

/// Sends the delivery of `claim`: reads it, sends it, and only then opens the transaction that notes the outcome and ends the job.
///
/// # Errors
/// When the database fails; then it is sent once more, under the same message id.
pub async fn deliver(app: &App, claim: &Claim, principal: &Principal) -> Result<(), Failure> {
    let found = due(app, claim, principal).await?;
    let noted = match found {
        Some((row, hook, report)) => {
            let (now, chance) = (app.clock.now(), rand::random_range(0..=1_000));
            let outcome: Outcome = match reports::enclosed(report).await {
                Ok(files) => app.senders.send(&row, hook, files, now, chance).await,
                Err(why) => Outcome::Later(why, chance),
            };
            Some((row, outcome))
        }
        None => None,
    };
    let writing = app.database.enter(principal, claim.tenant).await?.writing().await?;
    // The delivery before its job, in the order in which a person's "Try again" locks them. A worker that came back late is told by
    // the end of the job that it is somebody else's, and then nothing of this is kept.
    if let Some((row, outcome)) = noted {
        writing.note_outcome(&row, outcome, app.clock.now()).await?;
    }
    writing.end_job(claim).await?;
    writing.commit().await
}

type Due = (DeliveryRow, Option<(String, String)>, Option<Report>);

/// What there is to send, read in a transaction that ends here; none when it was sent or forgotten meanwhile.
async fn due(app: &App, claim: &Claim, principal: &Principal) -> Result<Option<Due>, Failure> {
    let Ok(id) = claim.subject.parse::<DeliveryId>() else { return Ok(None) };
    let tenant = app.database.enter(principal, claim.tenant).await?;
    let row = match tenant.delivery(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(None),
        row => row?,
    };
    if row.state.parse() != Ok(State::Waiting) {
        return Ok(None);
    }
    let hook = match row.channel_id {
        Some(channel) => tenant.hook(channel.into()).await?,
        None => None,
    };
    // Without a mail server nothing is sent, so nothing is put on paper for it.
    let report = if app.senders.has_mail() { reports::to_enclose(&tenant, row.attachment.as_deref()).await? } else { None };
    Ok(Some((row, hook, report)))
}

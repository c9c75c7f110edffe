//! Tells of alerts, and sends what is in the outbox. Nothing waits for a network while a transaction is open.

use domain::{Moment, Refusal, ids::DeliveryId, notices::State, reports::Report};
use foundation::{
    Failure, Principal, Writing,
    jobs::Claim,
    notices::{DeliveryRow, Outcome},
};

use crate::{
    http::App,
    service::{
        notices::{self, Portal, TEST},
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
    let noted = match due(app, claim, principal).await? {
        Some(due) => Some((due.row.clone(), tried(app, due).await)),
        None => None,
    };
    let writing = app.database.enter(principal, claim.tenant).await?.writing().await?;
    // The delivery before its job, in the order in which a person's "Try again" locks them. A worker that came back late is told by
    // the end of the job that it is somebody else's, and then nothing of this is kept.
    match noted {
        Some((row, Ok(outcome))) => writing.note_outcome(&row, outcome, app.clock.now()).await?,
        Some((row, Err(later))) => writing.postpone_delivery(&row, later, app.clock.now()).await?,
        None => {}
    }
    writing.end_job(claim).await?;
    writing.commit().await
}

/// What there is to send.
struct Due {
    row: DeliveryRow,
    hook: Option<(String, String)>,
    report: Option<Report>,
    /// Why it is not to be sent any more.
    no: Option<&'static str>,
}

/// Sends what is due and says what came of it; where the other side is busy or gone, when to come back.
async fn tried(app: &App, due: Due) -> Result<Outcome, Moment> {
    let Due { row, hook, report, no } = due;
    if let Some(why) = no {
        return Ok(Outcome::NotSent(why.into()));
    }
    let place = app.senders.place(&row, app.clock.now()).await?;
    let (now, chance) = (app.clock.now(), rand::random_range(0..=1_000));
    let outcome = match reports::enclosed(report).await {
        Ok(files) => app.senders.send(&row, hook, files, now, chance).await,
        Err(why) => Outcome::Later(why, chance),
    };
    drop(place);
    Ok(outcome)
}

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
    let (hook, no) = match row.channel_id {
        None => (None, None),
        Some(channel) => match tenant.way(channel.into()).await? {
            None => (None, Some("The channel was removed.")),
            // A test is how one sees whether to switch a channel on.
            Some(way) if !way.on && row.what != TEST => (None, Some("The channel was switched off.")),
            Some(way) => (way.hook, None),
        },
    };
    // Without a mail server nothing is sent, so nothing is put on paper for it.
    let report = if app.senders.has_mail() && no.is_none() { reports::to_enclose(&tenant, row.attachment.as_deref()).await? } else { None };
    Ok(Some(Due { row, hook, report, no }))
}

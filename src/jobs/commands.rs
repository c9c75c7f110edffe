//! Ends commands whose time is over, and those whose device fell silent in the middle.

use domain::{
    Moment,
    commands::{Event, Spec, State},
    ids::CommandId,
    jobs::Priority,
    time::{HOUR, MINUTE},
};
use foundation::{
    Failure, Writing,
    commands::{CommandChange, CommandRow},
    jobs::{Actor, Work},
};

use super::work::COMMAND_ENDS;
use crate::service::patching;

/// How long a device that began may say nothing after the time it was given.
const SILENCE: i64 = 15 * MINUTE;

/// Ends the command named by `subject` if its time is over.
///
/// # Errors
/// When the database fails.
pub async fn end(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<CommandId>() else { return Ok(()) };
    let (device, row) = match writing.command_with_device(id).await {
        // Deleted with its device.
        Err(Failure::Refused(domain::Refusal::NotFound)) => return Ok(()),
        found => found?,
    };
    let state = State::try_from(row.state.as_str()).unwrap_or(State::Failed);
    let until = if state == State::Running { silent_from(&row) } else { Moment(row.expires_at) };
    if !state.is_open() {
        return Ok(());
    }
    if now < until {
        return writing
            .enqueue(Work { kind: COMMAND_ENDS, subject: subject.to_owned(), priority: Priority::Normal, at: until, by: Actor::Platform }, now)
            .await;
    }
    let Ok(after) = state.after(Event::Expired) else { return Ok(()) };
    let reason = match state {
        State::Queued => "the device did not ask for work in time",
        State::Fetched => "the device took it and did not begin in time",
        _ => "the device fell silent in the middle; what it did is not known",
    };
    // Its device said something at this very moment: look again.
    let ended = writing.change_command(&device, &row, CommandChange::end(after, reason, now)).await?;
    if !ended {
        return Err(domain::Refusal::Unavailable(1).into());
    }
    patching::command_over(writing, &device, &row, after, now).await
}

/// From when on a command that began is not waited for any more.
fn silent_from(row: &CommandRow) -> Moment {
    let limit = match serde_json::from_str::<Spec>(&row.spec) {
        Ok(Spec::RunScript { limit_s, .. }) => i64::from(limit_s) * 1_000,
        Ok(Spec::InstallUpdates { .. }) => 2 * HOUR,
        _ => MINUTE,
    };
    Moment(row.started_at.unwrap_or(row.created_at)) + limit + SILENCE
}

//! What the agent of a device says of an installation moves the device's turn in its run.

use domain::{
    Moment,
    commands::{Done, Kind, Spec, State, Told},
    ids::{CommandId, RunId},
    patching::{
        install::Request,
        outcome::{FailureClass, Outcome},
        run::{Limits, SkipReason, Turn, TurnEvent, TurnState},
    },
};
use foundation::{Failure, Tenant, Writing, commands::CommandRow, patching::rows::turn, tenancy::SeenDevice};

/// Devices of a run that install at the same time.
const AT_ONCE: u64 = 50;

fn request(row: &CommandRow) -> Option<Request> {
    if row.kind != Kind::InstallUpdates.word() {
        return None;
    }
    match serde_json::from_str(&row.spec) {
        Ok(Spec::InstallUpdates { request }) => Some(request),
        _ => None,
    }
}

/// Whether a device may take the command now; one of a run waits while enough others are at it.
///
/// # Errors
/// When the database fails.
pub async fn may_begin(tenant: &Tenant, row: &CommandRow) -> Result<bool, Failure> {
    match request(row).filter(|_| row.state == State::Queued.word()) {
        Some(request) => Ok(tenant.turns_under_way(request.run).await? < AT_ONCE),
        None => Ok(true),
    }
}

/// The turn that `row` was made for.
async fn turn_of(writing: &Writing, device: &SeenDevice, row: &CommandRow) -> Result<Option<(turn::Model, Turn)>, Failure> {
    if row.kind != Kind::InstallUpdates.word() {
        return Ok(None);
    }
    let found = writing.turn_of_command(device, CommandId(row.id)).await?;
    Ok(found.and_then(|found| found.turn().map(|turn| (found, turn))))
}

/// The device took the command of a run.
///
/// # Errors
/// When the database fails.
pub async fn fetched(writing: &Writing, device: &SeenDevice, row: &CommandRow, now: Moment) -> Result<(), Failure> {
    let Some((found, turn)) = turn_of(writing, device, row).await? else { return Ok(()) };
    let limits = writing.run_limits(RunId(found.run_id)).await?;
    let Ok(after) = turn.on(TurnEvent::Fetch, now, &limits) else { return Ok(()) };
    writing.change_turn(device, &found, &after, Some(CommandId(row.id)), None).await?;
    writing.go_on(RunId(found.run_id), now).await
}

/// A command ended that its device never began.
///
/// # Errors
/// When the database fails.
pub async fn command_over(writing: &Writing, device: &SeenDevice, row: &CommandRow, state: State, now: Moment) -> Result<(), Failure> {
    let Some((found, turn)) = turn_of(writing, device, row).await? else { return Ok(()) };
    let reason = if state == State::Cancelled { SkipReason::Cancelled } else { SkipReason::WindowEnded };
    if !matches!(turn.state, TurnState::Queued | TurnState::Fetched) {
        return Ok(());
    }
    let Ok(after) = turn.on(TurnEvent::Skip(reason), now, &Limits::default()) else { return Ok(()) };
    writing.change_turn(device, &found, &after, Some(CommandId(row.id)), None).await?;
    writing.go_on(RunId(found.run_id), now).await
}

/// The device says how far it is, or that it is through: `at`, as far as that is plausible.
///
/// # Errors
/// When the database fails.
pub async fn told(writing: &Writing, device: &SeenDevice, row: &CommandRow, told: &Told, at: Moment) -> Result<(), Failure> {
    let (Some((found, turn)), Some(request)) = (turn_of(writing, device, row).await?, request(row)) else { return Ok(()) };
    let run = RunId(found.run_id);
    let limits = writing.run_limits(run).await?;
    let turn = if turn.state == TurnState::Queued { turn.on(TurnEvent::Fetch, at, &limits).unwrap_or(turn) } else { turn };
    let begun = turn.on(TurnEvent::Begin { attempt: request.attempt }, at, &limits).unwrap_or(turn);
    let Some(done) = &told.done else {
        writing.change_turn(device, &found, &begun, Some(CommandId(row.id)), found.line.clone()).await?;
        // One that was given up and is at it again is waited for again, though its run may be over.
        return if begun.state == turn.state { Ok(()) } else { writing.go_on(run, at).await };
    };
    let (failed, line) = ended(&request, done);
    let after = begun.on(TurnEvent::End { attempt: request.attempt, failed }, at, &limits).unwrap_or(begun);
    if let Some(outcome) = trusted(&request, done) {
        keep(writing, device, run, outcome).await?;
    }
    // The next attempt is told by another command.
    let command = (after.state != TurnState::Queued).then_some(CommandId(row.id));
    writing.change_turn(device, &found, &after, command, line).await?;
    writing.note_told(device, run, told.at).await?;
    writing.go_on(run, at).await?;
    verified_already(writing, device, run, at).await
}

/// What the agent says became of each package, if it answers what was asked.
fn trusted<'a>(request: &Request, done: &'a Done) -> Option<&'a Outcome> {
    done.outcome.as_ref().filter(|outcome| outcome.check(request).is_ok())
}

/// Why it failed, and the line that says so.
fn ended(request: &Request, done: &Done) -> (Option<FailureClass>, Option<String>) {
    let outcome = trusted(request, done);
    let failure = outcome.and_then(|outcome| outcome.packages.iter().find_map(|package| package.failure()));
    match failure {
        Some(failure) => (Some(failure.class), Some(failure.line.clone())),
        None if done.well => (None, None),
        // Nothing failed package by package, and yet it did: the agent refused it, or speaks of something else.
        None => {
            let reason = done.reason.as_deref().unwrap_or_default();
            let class = if outcome.is_none() && reason.contains("allow-changes") { FailureClass::Permission } else { FailureClass::Unknown };
            (Some(class), Some(reason.chars().filter(|c| !c.is_control()).take(domain::patching::outcome::LINE).collect()))
        }
    }
}

async fn keep(writing: &Writing, device: &SeenDevice, run: RunId, outcome: &Outcome) -> Result<(), Failure> {
    let wants = writing.wants_of(device, run).await?;
    let rows = writing.catalogue_of(wants.iter().map(|want| want.update_id)).await?;
    for package in &outcome.packages {
        let same = |row: &&foundation::patching::rows::update::Model| row.update().is_some_and(|update| update.key == *package.wanted.key());
        if let Some(row) = rows.values().find(same) {
            writing.keep_outcome(device, run, row.id, package).await?;
        }
    }
    Ok(())
}

/// A report that came before the agent said that it is through may show already that nothing is missing.
async fn verified_already(writing: &Writing, device: &SeenDevice, run: RunId, at: Moment) -> Result<(), Failure> {
    let Some(row) = writing.turn_in(device, run).await? else { return Ok(()) };
    writing.verify_turn(device, &row, device.row.reboot_required == 1, false, at).await
}

//! A run goes on: devices are told what to install, those that vanished are given up, and it ends with its last device.

use domain::{
    Moment, Refusal,
    ids::{CommandId, DeviceId, RunId, WindowId},
    patching::run::{Progress, RunEvent, RunState, SkipReason, Turn, TurnEvent, TurnState},
    time::MINUTE,
    windows::Calendar,
};
use foundation::{Failure, Writing, patching::RunRow, tenancy::SeenDevice};

use super::{
    give::{give, patience, restart},
    says::Says,
};
use crate::service::commands;

/// Devices that something happens to in one transaction; the others follow in the next, so that whoever writes meanwhile has a turn.
const AT_ONCE: usize = 10;

/// Has the run named by `subject` go on; gives the devices for which there is something new.
///
/// # Errors
/// When the database fails.
pub async fn go_on(writing: &Writing, subject: &str, now: Moment) -> Result<Vec<DeviceId>, Failure> {
    let Ok(id) = subject.parse::<RunId>() else { return Ok(Vec::new()) };
    let Some(run) = begun(writing, id, now).await? else { return Ok(Vec::new()) };
    let says = Says::load(writing, now).await?;
    let stopped = is_stopped(&run);
    let (mut told, mut next, mut left) = (Vec::new(), None::<Moment>, AT_ONCE);
    for row in writing.turns_of(id).await? {
        let Some(turn) = row.turn() else { continue };
        let waits = turn.state == TurnState::Queued && row.command_id.is_none();
        let late = turn.overdue(now, &run.limits());
        let restarts = !stopped && turn.state == TurnState::NeedsReboot && row.reboot_id.is_none() && row.line.is_none() && run.restarts(now);
        let late =
            late.or((stopped && !waits && matches!(turn.state, TurnState::Queued | TurnState::Fetched)).then_some(TurnEvent::Skip(SkipReason::Cancelled)));
        if left == 0 && (restarts || late.is_some() || waits && stopped) {
            // The others follow at once, in a transaction of their own.
            next = Some(now + 1);
        } else if let Some(event) = late {
            left -= 1;
            let device = writing.device_to_change(DeviceId(row.device_id)).await?;
            step(writing, &device, &run, event, now).await?;
        } else if left > 0 && (restarts || waits && (stopped || turn.not_before <= now)) {
            left -= 1;
            let device = writing.device_to_change(DeviceId(row.device_id)).await?;
            if restarts {
                restart(writing, &device, &run, now).await?
            } else {
                give(writing, &device, &run, &says, now).await?
            }
            told.push(device.id());
        } else if !turn.state.is_over() {
            let again = look_again(&run, &turn, waits, now);
            next = Some(next.map_or(again, |known: Moment| known.min(again)));
        }
    }
    settle(writing, &run, next, now).await?;
    Ok(told)
}

fn is_stopped(run: &RunRow) -> bool {
    matches!(run.state(), RunState::Cancelled | RunState::Expired)
}

/// The run, if there is anything to do for it now: one whose time came begins, one whose window went by expires.
async fn begun(writing: &Writing, id: RunId, now: Moment) -> Result<Option<RunRow>, Failure> {
    let mut run = writing.run_to_change(id).await?;
    let lost = !is_stopped(&run) && !run.state().is_over() && !holds(writing, &run, now).await?;
    let event = match run.state() {
        RunState::Running if lost => RunEvent::Cancel,
        RunState::Scheduled if lost => RunEvent::Expire,
        // Its approval has a job of its own.
        RunState::Planned | RunState::Approval => return Ok(None),
        RunState::Scheduled if run.ends_at.is_some_and(|ends| now.0 >= ends) => RunEvent::Expire,
        RunState::Scheduled if now.0 < run.starts_at => {
            writing.go_on(id, Moment(run.starts_at)).await?;
            return Ok(None);
        }
        RunState::Scheduled => RunEvent::Start,
        _ => return Ok(Some(run)),
    };
    let Ok(after) = run.state().on(event) else { return Ok(None) };
    writing.change_run(id, after, now).await?;
    run.state = after.word().to_owned();
    Ok(Some(run))
}

/// Whether the window of a run is still as it was when the run was planned: who shortens, moves or removes it, ends its runs.
async fn holds(writing: &Writing, run: &RunRow, now: Moment) -> Result<bool, Failure> {
    let Some(id) = run.window_id.map(WindowId) else { return Ok(true) };
    let kept = match writing.window(id, now).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(false),
        kept => kept?,
    };
    let (from, ends) = (Moment(run.starts_at), run.ends_at.unwrap_or(i64::MAX));
    let open = Calendar::of(&kept.window).and_then(|calendar| calendar.open_or_next(from));
    Ok(kept.window.patching && open.is_some_and(|open| open.contains(from) && open.until.0 >= ends))
}

/// When time alone may change something about `turn`.
fn look_again(run: &RunRow, turn: &Turn, waits: bool, now: Moment) -> Moment {
    let limits = run.limits();
    let most = match turn.state {
        TurnState::Queued if waits => return Moment(turn.not_before.0.max(now.0 + 1)),
        TurnState::Fetched => limits.fetched,
        TurnState::Running => limits.running,
        TurnState::Verifying => limits.verifying,
        _ => patience(run, turn.since),
    };
    // What should have happened by now is looked at by its own job; this one does not ask without a pause.
    let soonest = now + MINUTE;
    Moment(turn.since.0 + most + 1).max(soonest)
}

async fn settle(writing: &Writing, run: &RunRow, next: Option<Moment>, now: Moment) -> Result<(), Failure> {
    let id = RunId(run.id);
    let rows = writing.turns_of(id).await?;
    let progress: Progress = rows.iter().filter_map(|row| Some(row.turn()?.state)).collect();
    match progress.finish() {
        Some(event) => {
            if let Ok(after) = run.state().on(event)
                && !is_stopped(run)
                && (after != run.state() || run.ended_at.is_none())
            {
                writing.change_run(id, after, now).await?;
            }
            // Devices that are through may still wait for their restart.
            match next {
                Some(at) => writing.go_on(id, at).await,
                None => Ok(()),
            }
        }
        None => {
            // What was changed just now is looked at when its own time comes.
            let waits = rows.iter().filter_map(|row| Some((row.turn()?, row.command_id.is_none())));
            let soonest = waits.filter(|(turn, _)| !turn.state.is_over()).map(|(turn, free)| look_again(run, &turn, free, now)).min();
            let at = soonest.into_iter().chain(next).min().unwrap_or(now + MINUTE);
            writing.go_on(id, at).await
        }
    }
}

/// Lets `event` happen to the turn of `device`; what was not taken yet is taken back.
async fn step(writing: &Writing, device: &SeenDevice, run: &RunRow, event: TurnEvent, now: Moment) -> Result<(), Failure> {
    let Some(row) = writing.turn_in(device, RunId(run.id)).await? else { return Ok(()) };
    let Some(Ok(after)) = row.turn().map(|turn| turn.on(event, now, &run.limits())) else { return Ok(()) };
    if let (TurnEvent::Skip(_), Some(command)) = (event, row.command_id)
        && !commands::withdraw(writing, device, CommandId(command), now).await?
    {
        return Ok(());
    }
    writing.change_turn(device, &row, &after, row.command_id.map(CommandId), row.line.clone()).await.map(drop)
}

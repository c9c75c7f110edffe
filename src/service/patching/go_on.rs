//! A run goes on: devices are told what to install, those that vanished are given up, and it ends with its last device.

use std::collections::BTreeSet;

use domain::{
    Moment, Refusal,
    commands::Spec,
    ids::{ClientId, DeviceId, PersonId, RunId, Uuid},
    patching::{
        Verdict,
        install::{PACKAGES, Request, Wanted},
        run::{Limits, Progress, RunState, SkipReason, Turn, TurnEvent, TurnState},
    },
    people::Permission,
    time::{DAY, MINUTE},
};
use foundation::{
    Failure, Writing,
    patching::{PairFilter, RunRow, rows::turn},
    tenancy::SeenDevice,
};

use super::says::{Known, Says};
use crate::service::commands;

/// Devices that something happens to in one transaction; the others follow in the next, so that whoever writes meanwhile has a turn.
const AT_ONCE: usize = 10;
/// How long a device has to ask for its updates.
const PATIENCE: i64 = DAY;
/// How long to wait where too many commands wait for a device already.
const LATER: i64 = 5 * MINUTE;

/// What a device is told, or why not.
enum Gets {
    Command(Box<Request>, Vec<Uuid>),
    Nothing(SkipReason),
}

/// Has the run named by `subject` go on; gives the devices for which there is something new.
///
/// # Errors
/// When the database fails.
pub async fn go_on(writing: &Writing, subject: &str, now: Moment) -> Result<Vec<DeviceId>, Failure> {
    let Ok(id) = subject.parse::<RunId>() else { return Ok(Vec::new()) };
    let run = writing.run_to_change(id).await?;
    let says = Says::load(writing, now).await?;
    let (mut told, mut next, mut left) = (Vec::new(), None::<Moment>, AT_ONCE);
    for row in writing.turns_of(id).await? {
        let Some(turn) = row.turn() else { continue };
        let waits = turn.state == TurnState::Queued && row.command_id.is_none();
        let late = turn.overdue(now, &Limits::default());
        if let Some(event) = late.filter(|_| left > 0) {
            left -= 1;
            let device = writing.device_to_change(DeviceId(row.device_id)).await?;
            step(writing, &device, id, event, now).await?;
        } else if waits && turn.not_before <= now && left > 0 {
            left -= 1;
            let device = writing.device_to_change(DeviceId(row.device_id)).await?;
            give(writing, &device, &run, &says, now).await?;
            told.push(device.id());
        } else if !turn.state.is_over() {
            next = Some(next.map_or(look_again(&turn, waits, now), |known| known.min(look_again(&turn, waits, now))));
        }
    }
    settle(writing, &run, next, now).await?;
    Ok(told)
}

/// When time alone may change something about `turn`.
fn look_again(turn: &Turn, waits: bool, now: Moment) -> Moment {
    let limits = Limits::default();
    let most = match turn.state {
        TurnState::Queued if waits => return Moment(turn.not_before.0.max(now.0 + 1)),
        TurnState::Fetched => limits.fetched,
        TurnState::Running => limits.running,
        TurnState::Verifying => limits.verifying,
        _ => PATIENCE,
    };
    Moment((turn.since.0 + most + 1).max(now.0 + 1))
}

async fn settle(writing: &Writing, run: &RunRow, next: Option<Moment>, now: Moment) -> Result<(), Failure> {
    let id = RunId(run.id);
    let rows = writing.turns_of(id).await?;
    let progress: Progress = rows.iter().filter_map(|row| Some(row.turn()?.state)).collect();
    match progress.finish() {
        Some(event) if run.state() != RunState::Cancelled => {
            if let Ok(after) = run.state().on(event)
                && (after != run.state() || run.ended_at.is_none())
            {
                writing.change_run(id, after, now).await?;
            }
            Ok(())
        }
        Some(_) => Ok(()),
        None => {
            // What was changed just now is looked at when its own time comes.
            let waits = rows.iter().filter_map(|row| Some((row.turn()?, row.command_id.is_none())));
            let soonest = waits.filter(|(turn, _)| !turn.state.is_over()).map(|(turn, free)| look_again(&turn, free, now)).min();
            let at = soonest.into_iter().chain(next).min().unwrap_or(now + MINUTE);
            writing.go_on(id, at).await
        }
    }
}

/// Lets `event` happen to the turn of `device`.
async fn step(writing: &Writing, device: &SeenDevice, run: RunId, event: TurnEvent, now: Moment) -> Result<(), Failure> {
    let Some(row) = writing.turn_in(device, run).await? else { return Ok(()) };
    let Some(Ok(after)) = row.turn().map(|turn| turn.on(event, now, &Limits::default())) else { return Ok(()) };
    writing.change_turn(device, &row, &after, row.command_id.map(domain::ids::CommandId), row.line.clone()).await.map(drop)
}

/// Tells `device` what to install, or leaves it out.
async fn give(writing: &Writing, device: &SeenDevice, run: &RunRow, says: &Says, now: Moment) -> Result<(), Failure> {
    let id = RunId(run.id);
    let Some(row) = writing.turn_in(device, id).await? else { return Ok(()) };
    let Some(turn) = row.turn().filter(|turn| turn.state == TurnState::Queued && row.command_id.is_none()) else { return Ok(()) };
    let person = PersonId(run.person_id);
    if run.state() == RunState::Cancelled || !writing.may(person, device, Permission::UpdatesInstall).await? {
        return skip(writing, device, &row, SkipReason::Cancelled, now).await;
    }
    match commands::in_vain(writing, device, true).await? {
        Some(commands::Vain::NotInService) => return skip(writing, device, &row, SkipReason::NotInService, now).await,
        Some(commands::Vain::Refuses) => return skip(writing, device, &row, SkipReason::AgentRefuses, now).await,
        Some(commands::Vain::TooMany) => {
            let later = Turn { not_before: now + LATER, ..turn };
            return writing.change_turn(device, &row, &later, None, None).await.map(drop);
        }
        None => {}
    }
    match gets(writing, device, &row, &turn, says).await? {
        Gets::Nothing(reason) => skip(writing, device, &row, reason, now).await,
        Gets::Command(request, updates) => {
            let spec = Spec::InstallUpdates { request: *request };
            let command = commands::ask_on_behalf(writing, device, &spec, (person, run.person_name.clone()), PATIENCE, now).await?;
            writing.note_asked(device, id, &updates).await?;
            if writing.change_turn(device, &row, &turn, Some(command), None).await? { Ok(()) } else { Err(Refusal::Unavailable(1).into()) }
        }
    }
}

async fn skip(writing: &Writing, device: &SeenDevice, row: &turn::Model, reason: SkipReason, now: Moment) -> Result<(), Failure> {
    let Some(Ok(after)) = row.turn().map(|turn| turn.on(TurnEvent::Skip(reason), now, &Limits::default())) else { return Ok(()) };
    writing.change_turn(device, row, &after, None, None).await.map(drop)
}

/// What is still needed and approved of what the run has for `device`.
async fn gets(writing: &Writing, device: &SeenDevice, row: &turn::Model, turn: &Turn, says: &Says) -> Result<Gets, Failure> {
    let run = RunId(row.run_id);
    let wants: BTreeSet<Uuid> = writing.wants_of(device, run).await?.into_iter().map(|want| want.update_id).collect();
    let filter = PairFilter { devices: vec![device.row.id], updates: wants.iter().copied().collect(), presence: Some("needed"), ..PairFilter::default() };
    let needed = writing.pair_rows(&filter, None, 1_000).await?;
    if needed.is_empty() {
        return Ok(Gets::Nothing(SkipReason::NotNeeded));
    }
    let rows = writing.catalogue_of(needed.iter().map(|row| row.update_id)).await?;
    let (client, id) = (Some(ClientId(device.row.client_id)), Some(device.id()));
    let known = needed.iter().filter_map(|row| Some((row.update_id, Known::of(rows.get(&row.update_id)?)?)));
    let approved = known.filter(|(update, known)| says.verdict(*update, known, client, id) == Some(Verdict::Approve));
    let approved = approved.filter_map(|(update, known)| Some((update, Wanted::of(&known.update.key).ok()?)));
    // A report may name two versions of one package; only one of them can be asked for.
    let mut names = BTreeSet::new();
    let approved: Vec<(Uuid, Wanted)> =
        approved.filter(|(_, wanted)| names.insert((wanted.key().name.clone(), wanted.key().arch.clone()))).take(PACKAGES).collect();
    let Some(source) = approved.first().map(|(_, wanted)| wanted.key().source) else { return Ok(Gets::Nothing(SkipReason::NotApproved)) };
    let (updates, wanted): (Vec<Uuid>, Vec<Wanted>) = approved.into_iter().filter(|(_, wanted)| wanted.key().source == source).unzip();
    // What one device reports may not keep the others of the run from their turn.
    let Ok(request) = Request::new(run, turn.attempt + 1, None, source, wanted) else { return Ok(Gets::Nothing(SkipReason::NotApproved)) };
    Ok(Gets::Command(Box::new(request), updates))
}

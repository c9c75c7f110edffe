//! What one device of a run is told: what to install, to restart, or nothing, and why not.

use std::collections::BTreeSet;

use domain::{
    Moment, Refusal,
    commands::Spec,
    ids::{ClientId, PersonId, RunId, Uuid},
    patching::{
        Verdict,
        install::{PACKAGES, Request, Wanted},
        run::{Limits, RunState, SkipReason, Turn, TurnEvent, TurnState},
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

/// How long a device has to ask for its updates.
const PATIENCE: i64 = DAY;
/// How long to wait where too many commands wait for a device already.
const LATER: i64 = 5 * MINUTE;

/// What a device is told, or why not.
enum Gets {
    Command(Box<Request>, Vec<Uuid>),
    Nothing(SkipReason),
}

/// How long a device has to ask for its updates, from `since` on.
pub(super) fn patience(run: &RunRow, since: Moment) -> i64 {
    run.ends_at.map_or(PATIENCE, |ends| (ends - since.0).max(1))
}

/// Who answers for what `row`'s device is told: whoever had it tried again, else whoever started the run.
fn asker(run: &RunRow, row: &turn::Model) -> (PersonId, String) {
    match (row.person_id, &row.person_name) {
        (Some(id), Some(name)) => (PersonId(id), name.clone()),
        _ => (PersonId(run.person_id), run.person_name.clone()),
    }
}

/// Whether the device belongs to another client than the run does.
fn is_moved(device: &SeenDevice, run: &RunRow) -> bool {
    run.client_id.is_some_and(|client| client != device.row.client_id)
}

/// Tells `device` what to install, or leaves it out.
pub(super) async fn give(writing: &Writing, device: &SeenDevice, run: &RunRow, says: &Says, now: Moment) -> Result<(), Failure> {
    let id = RunId(run.id);
    let Some(row) = writing.turn_in(device, id).await? else { return Ok(()) };
    let Some(turn) = row.turn().filter(|turn| turn.state == TurnState::Queued && row.command_id.is_none()) else { return Ok(()) };
    let by = asker(run, &row);
    match run.state() {
        RunState::Cancelled => return skip(writing, device, &row, SkipReason::Cancelled, now).await,
        RunState::Expired => return skip(writing, device, &row, SkipReason::WindowEnded, now).await,
        // What one client approved is not done at another.
        _ if is_moved(device, run) => return skip(writing, device, &row, SkipReason::Moved, now).await,
        _ if !writing.may(by.0, device, Permission::UpdatesInstall).await? => return skip(writing, device, &row, SkipReason::NotAllowed, now).await,
        _ => {}
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
    match gets(writing, device, &row, run, says).await? {
        Gets::Nothing(reason) => skip(writing, device, &row, reason, now).await,
        Gets::Command(request, updates) => {
            let spec = Spec::InstallUpdates { request: *request };
            let command = commands::ask_on_behalf(writing, device, &spec, by, patience(run, now), now).await?;
            writing.note_asked(device, id, &updates).await?;
            let told = Turn { since: now, ..turn };
            if writing.change_turn(device, &row, &told, Some(command), None).await? { Ok(()) } else { Err(Refusal::Unavailable(1).into()) }
        }
    }
}

/// Restarts `device`, which asks for it, within the window of its run; or says beside it why not.
pub(super) async fn restart(writing: &Writing, device: &SeenDevice, run: &RunRow, now: Moment) -> Result<(), Failure> {
    let id = RunId(run.id);
    let Some(row) = writing.turn_in(device, id).await? else { return Ok(()) };
    let (by, not_after) = (asker(run, &row), run.ends_at.map(Moment));
    let spec = Spec::Reboot { not_after };
    let why = if is_moved(device, run) {
        Some("It was not restarted: it belongs to another client now.")
    } else if !writing.may(by.0, device, spec.kind().permission()).await? {
        Some("It was not restarted: whoever asked for the run may not restart it.")
    } else if commands::in_vain(writing, device, true).await?.is_some() {
        Some("It was not restarted: it takes no commands now.")
    } else {
        None
    };
    let asked = match why {
        Some(why) => Err(why),
        None => Ok(commands::ask_on_behalf(writing, device, &spec, by, patience(run, now), now).await?),
    };
    writing.note_reboot(device, id, asked).await
}

async fn skip(writing: &Writing, device: &SeenDevice, row: &turn::Model, reason: SkipReason, now: Moment) -> Result<(), Failure> {
    let Some(Ok(after)) = row.turn().map(|turn| turn.on(TurnEvent::Skip(reason), now, &Limits::default())) else { return Ok(()) };
    writing.change_turn(device, row, &after, None, None).await.map(drop)
}

/// What is still needed and approved of what the run has for `device`.
async fn gets(writing: &Writing, device: &SeenDevice, row: &turn::Model, of: &RunRow, says: &Says) -> Result<Gets, Failure> {
    let (run, attempt) = (RunId(row.run_id), u32::try_from(row.attempt).unwrap_or(u32::MAX).saturating_add(1));
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
    let Ok(request) = Request::new(run, attempt, of.ends_at.map(Moment), source, wanted) else { return Ok(Gets::Nothing(SkipReason::NotApproved)) };
    Ok(Gets::Command(Box::new(request), updates))
}

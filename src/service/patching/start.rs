//! Starting a run, stopping it, and trying again what failed.

use app::patching::{Choose, PlanPage};
use domain::{
    Refusal,
    ids::{ClientId, CommandId, DeviceId, RunId},
    patching::run::{Limits, RunEvent, RunState, SkipReason, TurnEvent, TurnState},
    people::{Permission, Scope},
};
use foundation::{Failure, Principal, Tenant, Writing, audit::Act, patching::NewRun, tenancy::SeenDevice};

use super::choose::choice;
use crate::service::{
    commands::{self, Waiting},
    devices::By,
};

/// The page that plans a run.
///
/// # Errors
/// [`Refusal::NotFound`] for a device or client beyond reach.
pub async fn plan(tenant: &Tenant, choose: Choose, asks_password: bool, now: domain::Moment) -> Result<PlanPage, Failure> {
    tenant.require(Permission::UpdatesInstall)?;
    let device = match choose.device {
        Some(id) => Some(tenant.device(id).await?.row.name().to_owned()),
        None => None,
    };
    if let Some(client) = choose.client {
        tenant.client(client)?.row().await?;
    }
    let update = match choose.update {
        Some(id) => tenant.catalogue_of([id.0]).await?.remove(&id.0).map(|row| format!("{} {}", row.name, row.version)),
        None => None,
    };
    let found = choice(tenant, &choose, now).await?;
    let clients = tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect();
    Ok(PlanPage {
        choose,
        clients,
        named: (device, update),
        targets: found.targets.into_iter().map(|(line, _)| line).collect(),
        left_out: found.left_out,
        more: found.more,
        asks_password,
        faults: Vec::new(),
    })
}

/// What people call a run of `devices`.
fn title(typed: &str, devices: usize) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(if devices == 1 { "Updates on 1 device".into() } else { format!("Updates on {devices} devices") });
    }
    domain::people::typed::name("title", typed, 100).map_err(|fault| Refusal::Invalid(vec![fault]))
}

fn entry(action: &'static str, run: (RunId, &str), detail: String, by: &By) -> Act {
    Act {
        action,
        object: Some(("run", run.0.to_string())),
        name: Some(run.1.to_owned()),
        detail: Some(detail),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// Starts a run of exactly what is chosen and approved now.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission, [`Refusal::Invalid`] when no device would get anything.
pub async fn start(tenant: &Tenant, choose: &Choose, typed: &str, by: &By) -> Result<RunId, Failure> {
    tenant.require(Permission::UpdatesInstall)?;
    if let Some(id) = choose.device {
        tenant.device(id).await?;
    }
    // The plan of a large fleet takes its time, so it is made before the writer is asked for; each device is looked at anew when it is told.
    let mut found = choice(tenant, choose, by.now).await?;
    let writing = tenant.writing().await?;
    writing.require(Permission::UpdatesInstall)?;
    let there = writing.devices_there(found.targets.iter().map(|(_, turn)| turn.device)).await?;
    found.targets.retain(|(_, turn)| there.contains(&turn.device));
    if found.targets.is_empty() {
        return Err(Refusal::invalid("devices", "No device would get anything. Approve updates first, or choose others.").into());
    }
    let clients: std::collections::BTreeSet<ClientId> = found.targets.iter().map(|(line, _)| line.client.0).collect();
    let title = title(typed, found.targets.len())?;
    let detail = format!("{} devices", found.targets.len());
    let events = [RunEvent::Submit { needs_approval: false }, RunEvent::Start];
    let state = events.into_iter().try_fold(RunState::Planned, RunState::on).map_err(|no| Refusal::Conflict(no.to_string()))?;
    let new = NewRun { title: title.clone(), turns: found.targets.into_iter().map(|(_, turn)| turn).collect() };
    let run = writing.make_run(new, state, by.now).await?;
    writing.go_on(run, by.now).await?;
    let client = clients.first().copied().filter(|_| clients.len() == 1);
    writing.record(by.now, Act { client, ..entry("update run started", (run, &title), detail, by) }).await?;
    writing.commit().await?;
    Ok(run)
}

/// Whether the viewer may stop a run: whoever started it, and who sees all clients.
pub(super) fn may_stop(tenant: &Tenant, person: domain::ids::Uuid) -> Result<(), Refusal> {
    tenant.require(Permission::UpdatesInstall)?;
    let mine = matches!(tenant.who().principal, Principal::Person(id) if id.0 == person);
    if mine || matches!(tenant.who().scope, Scope::AllClients) { Ok(()) } else { Err(Refusal::Forbidden("updates: install, for all clients")) }
}

/// Stops a run: devices that have not begun install nothing, those that are at it finish. One that was stopped already stays so.
///
/// # Errors
/// [`Refusal::Conflict`] when it has ended, [`Refusal::Forbidden`] without the right.
pub async fn cancel(tenant: &Tenant, waiting: &Waiting, id: RunId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.run_row(id).await?;
    let row = writing.run_to_change(id).await?;
    may_stop(&writing, row.person_id)?;
    let after = row.state().on(RunEvent::Cancel).map_err(|_| Refusal::Conflict(format!("this run is {}", row.state().label().to_lowercase())))?;
    if after == row.state() {
        return Ok(());
    }
    let mut rung = Vec::new();
    for turn in writing.turns_of(id).await? {
        let waits = matches!(turn.turn().map(|turn| turn.state), Some(TurnState::Queued | TurnState::Fetched));
        if waits {
            let device = writing.device_to_change(DeviceId(turn.device_id)).await?;
            leave_out(&writing, &device, id, by).await?;
            rung.push(device.id());
        }
    }
    writing.change_run(id, after, by.now).await?;
    writing.record(by.now, entry("update run stopped", (id, &row.title), String::new(), by)).await?;
    writing.go_on(id, by.now).await?;
    writing.commit().await?;
    rung.into_iter().for_each(|device| waiting.ring(device));
    Ok(())
}

async fn leave_out(writing: &Writing, device: &SeenDevice, run: RunId, by: &By) -> Result<(), Failure> {
    let Some(row) = writing.turn_in(device, run).await? else { return Ok(()) };
    if let Some(command) = row.command_id {
        // A device that began meanwhile finishes.
        if !commands::withdraw(writing, device, CommandId(command), by.now).await? {
            return Ok(());
        }
    }
    let Some(turn) = row.turn() else { return Ok(()) };
    let Ok(after) = turn.on(TurnEvent::Skip(SkipReason::Cancelled), by.now, &Limits::default()) else { return Ok(()) };
    writing.change_turn(device, &row, &after, row.command_id.map(CommandId), row.line.clone()).await.map(drop)
}

/// Tries again what failed, vanished or was left out, on the devices within reach.
///
/// # Errors
/// [`Refusal::Conflict`] when the run was stopped or nothing is to be tried again.
pub async fn retry(tenant: &Tenant, id: RunId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::UpdatesInstall)?;
    writing.run_row(id).await?;
    let row = writing.run_to_change(id).await?;
    if matches!(row.state(), RunState::Cancelled | RunState::Expired) {
        return Err(Refusal::Conflict("this run was stopped; start another one".into()).into());
    }
    let mut again = 0;
    for turn in writing.turns_of(id).await? {
        if turn.turn().is_some_and(|turn| is_retried(turn.state)) {
            let device = writing.device_to_change(DeviceId(turn.device_id)).await?;
            let Some(row) = writing.turn_in(&device, id).await? else { continue };
            let Some(Ok(after)) = row.turn().map(|turn| turn.on(TurnEvent::Retry, by.now, &Limits::default())) else { continue };
            again += u32::from(writing.change_turn(&device, &row, &after, None, None).await?);
        }
    }
    if again == 0 {
        return Err(Refusal::Conflict("nothing in this run failed, so nothing is tried again".into()).into());
    }
    writing.go_on(id, by.now).await?;
    writing.record(by.now, entry("update run tried again", (id, &row.title), format!("{again} devices"), by)).await?;
    writing.commit().await
}

/// Whether a device in this state can be tried again with a use.
pub(super) const fn is_retried(state: TurnState) -> bool {
    matches!(state, TurnState::Failed(_) | TurnState::Vanished | TurnState::Skipped(_)) && !state.is_success()
}

//! Stopping a run, and trying again what failed.

use domain::{
    Moment, Refusal,
    approvals::Act as Answer,
    ids::{ApprovalId, ClientId, CommandId, DeviceId, RunId},
    patching::run::{RunEvent, RunState, SkipReason, TurnEvent, TurnState},
    people::{Permission, Scope},
};
use foundation::{Failure, Principal, Tenant, Writing, audit::Act, patching::RunRow, tenancy::SeenDevice};

use super::start::entry;
use crate::service::{
    commands::{self, Waiting},
    devices::By,
};

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
    take_question_back(&writing, &row, by).await?;
    let mut rung = Vec::new();
    for turn in writing.turns_of(id).await? {
        // One that was not heard of may come back, and would still find what it was to install.
        if matches!(turn.turn().map(|turn| turn.state), Some(TurnState::Queued | TurnState::Fetched | TurnState::Vanished)) {
            let device = writing.device_to_change(DeviceId(turn.device_id)).await?;
            leave_out(&writing, &device, &row, by.now).await?;
            rung.push(device.id());
        } else if let Some(restart) = turn.reboot_id {
            let device = writing.device_to_change(DeviceId(turn.device_id)).await?;
            commands::withdraw(&writing, &device, CommandId(restart), by.now).await?;
            rung.push(device.id());
        }
    }
    writing.change_run(id, after, by.now).await?;
    writing.record(by.now, Act { client: row.client_id.map(ClientId), ..entry("update run stopped", (id, &row.title), String::new(), by) }).await?;
    writing.go_on(id, by.now).await?;
    writing.commit().await?;
    rung.into_iter().for_each(|device| waiting.ring(device));
    Ok(())
}

/// The contact is not asked any more.
async fn take_question_back(writing: &Writing, row: &RunRow, by: &By) -> Result<(), Failure> {
    let Some(id) = row.approval_id.map(ApprovalId).filter(|_| row.state() == RunState::Approval) else { return Ok(()) };
    let (asked, _) = writing.decide_approval(id, Answer::Withdraw, None, by.now).await?;
    let act = Act {
        action: "approval withdrawn",
        object: Some(("approval", id.to_string())),
        name: Some(asked.title),
        client: row.client_id.map(ClientId),
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await
}

async fn leave_out(writing: &Writing, device: &SeenDevice, run: &RunRow, now: Moment) -> Result<(), Failure> {
    let Some(row) = writing.turn_in(device, RunId(run.id)).await? else { return Ok(()) };
    if let Some(command) = row.command_id {
        // A device that began meanwhile finishes.
        if !commands::withdraw(writing, device, CommandId(command), now).await? {
            return Ok(());
        }
    }
    let Some(turn) = row.turn() else { return Ok(()) };
    let Ok(after) = turn.on(TurnEvent::Skip(SkipReason::Cancelled), now, &run.limits()) else { return Ok(()) };
    writing.change_turn(device, &row, &after, row.command_id.map(CommandId), row.line.clone()).await.map(drop)
}

/// Tries again what failed, vanished or was left out, on the devices within reach; whoever asks answers for these from now on.
///
/// # Errors
/// [`Refusal::Conflict`] when the run was stopped, its window is over, or nothing is to be tried again.
pub async fn retry(tenant: &Tenant, id: RunId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::UpdatesInstall)?;
    let Principal::Person(person) = writing.who().principal else { return Err(Refusal::NotFound.into()) };
    writing.run_row(id).await?;
    let row = writing.run_to_change(id).await?;
    let after = may_retry(&row, by.now)?;
    let mut again = 0;
    for turn in writing.turns_of(id).await? {
        if turn.turn().is_some_and(|turn| is_retried(turn.state)) {
            let device = writing.device_to_change(DeviceId(turn.device_id)).await?;
            let Some(old) = writing.turn_in(&device, id).await? else { continue };
            let Some(Ok(next)) = old.turn().map(|turn| turn.on(TurnEvent::Retry, by.now, &row.limits())) else { continue };
            again += u32::from(writing.change_turn(&device, &old, &next, None, None).await?);
            writing.note_asker(&device, id, (person, writing.who().name.clone())).await?;
        }
    }
    if again == 0 {
        return Err(Refusal::Conflict("nothing in this run failed, so nothing is tried again".into()).into());
    }
    writing.change_run(id, after, by.now).await?;
    writing.go_on(id, by.now).await?;
    let tried = entry("update run tried again", (id, &row.title), format!("{again} devices"), by);
    writing.record(by.now, Act { client: row.client_id.map(ClientId), ..tried }).await?;
    writing.commit().await
}

/// The state of a run in which something is tried again.
pub(super) fn may_retry(row: &RunRow, now: Moment) -> Result<RunState, Refusal> {
    if row.ends_at.is_some_and(|ends| ends <= now.0) {
        return Err(Refusal::Conflict("the window of this run is over; start another run".into()));
    }
    row.state().on(RunEvent::Retry).map_err(|_| Refusal::Conflict(format!("this run is {}", row.state().label().to_lowercase())))
}

/// Whether a device in this state can be tried again with a use.
pub(super) const fn is_retried(state: TurnState) -> bool {
    matches!(state, TurnState::Failed(_) | TurnState::Vanished | TurnState::Skipped(_)) && !state.is_success()
}

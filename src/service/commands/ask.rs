//! Asking a device to do something, and taking that back. One transaction each: permission, rule, command, its end in time, audit.

use domain::{
    Moment, Refusal,
    commands::{Event, MOST_OPEN, PATIENCE, Spec, State},
    devices::status::Standing,
    ids::{ClientId, CommandId, DeviceId, PersonId},
    jobs::Priority,
    time::HOUR,
};
use foundation::{
    Failure, Tenant, Writing,
    audit::Act,
    commands::{CommandChange, NewCommand},
    jobs::{Actor, Work},
    tenancy::SeenDevice,
};

use super::Waiting;
use crate::{
    jobs::work,
    service::{devices::By, patching},
};

/// What somebody asks a device to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What.
    pub spec: Spec,
    /// How long it waits for the device, in milliseconds; one of [`PATIENCE`].
    pub patience: i64,
}

fn act(device: &SeenDevice, by: &By, action: &'static str, what: String) -> Act {
    Act {
        action,
        object: Some(("device", device.id().to_string())),
        name: Some(device.row.name().to_owned()),
        client: Some(ClientId(device.row.client_id)),
        detail: Some(what),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// Asks the device to do it.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission of its kind, [`Refusal::Invalid`] naming the field, [`Refusal::Conflict`] for a device
/// that takes no such commands.
pub async fn ask(tenant: &Tenant, waiting: &Waiting, id: DeviceId, asked: Asked, by: &By) -> Result<CommandId, Failure> {
    let writing = tenant.writing().await?;
    let device = writing.device_to_change(id).await?;
    let kind = asked.spec.kind();
    writing.require(kind.permission())?;
    if let Some((field, message)) = asked.spec.fault() {
        return Err(Refusal::invalid(field, message).into());
    }
    refuse_where_in_vain(&writing, &device, &asked.spec).await?;
    let patience = PATIENCE.iter().map(|(ms, _)| *ms).find(|ms| *ms == asked.patience).unwrap_or(HOUR);
    let expires_at = by.now + patience;
    let spec = serde_json::to_string(&asked.spec).map_err(|_| Refusal::invalid("kind", "cannot be sent"))?;
    let command = writing.ask_for(&device, NewCommand { kind: kind.word(), spec, expires_at }, by.now).await?;
    let end = Work { kind: work::COMMAND_ENDS, subject: command.to_string(), priority: Priority::Normal, at: expires_at, by: Actor::Platform };
    writing.enqueue(end, by.now).await?;
    writing.record(by.now, act(&device, by, "command asked for", kind.label().to_owned())).await?;
    writing.commit().await?;
    waiting.ring(id);
    Ok(command)
}

/// Why a device would not do what it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vain {
    /// It is not in service.
    NotInService,
    /// It has no agent of ours, or one that makes no changes.
    Refuses,
    /// Too many commands wait for it.
    TooMany,
}

/// Why a device would not do something that `changes` it or not, if that is known.
///
/// # Errors
/// When the database fails.
pub async fn in_vain(writing: &Writing, device: &SeenDevice, changes: bool) -> Result<Option<Vain>, Failure> {
    if device.row.standing != Standing::Active.word() {
        return Ok(Some(Vain::NotInService));
    }
    let agent = writing.listening(device).await?;
    if agent.is_none_or(|agent| changes && agent.allows_changes != Some(true)) {
        return Ok(Some(Vain::Refuses));
    }
    Ok((writing.open_commands(device).await? >= MOST_OPEN).then_some(Vain::TooMany))
}

async fn refuse_where_in_vain(writing: &Writing, device: &SeenDevice, spec: &Spec) -> Result<(), Failure> {
    let why = match in_vain(writing, device, spec.kind().changes()).await? {
        None => return Ok(()),
        Some(Vain::NotInService) => "this device is not in service, so it takes no commands".into(),
        Some(Vain::Refuses) if writing.listening(device).await?.is_none() => "no agent of Portico reports for this device, so it takes no commands".into(),
        Some(Vain::Refuses) => "the agent on this device was started without --allow-changes: it reports, and refuses everything else".into(),
        Some(Vain::TooMany) => format!("{MOST_OPEN} commands wait for this device already"),
    };
    Err(Refusal::Conflict(why).into())
}

/// Asks the device to do what somebody wanted earlier, in the transaction of whoever does it for them.
///
/// # Errors
/// When the database fails.
pub async fn ask_on_behalf(
    writing: &Writing,
    device: &SeenDevice,
    spec: &Spec,
    by: (PersonId, String),
    patience: i64,
    now: Moment,
) -> Result<CommandId, Failure> {
    let expires_at = now + patience;
    let kind = spec.kind().word();
    let spec = serde_json::to_string(spec).map_err(|_| Refusal::invalid("kind", "cannot be sent"))?;
    let command = writing.ask_on_behalf(device, NewCommand { kind, spec, expires_at }, (Some(by.0), by.1), now).await?;
    let end = Work { kind: work::COMMAND_ENDS, subject: command.to_string(), priority: Priority::Normal, at: expires_at, by: Actor::Platform };
    writing.enqueue(end, now).await?;
    Ok(command)
}

/// Takes back a command of a run that its device has not begun; says whether it is out of the world.
///
/// # Errors
/// When the database fails.
pub async fn withdraw(writing: &Writing, device: &SeenDevice, id: CommandId, now: Moment) -> Result<bool, Failure> {
    let row = writing.command_of(device, id).await?;
    let state = State::try_from(row.state.as_str()).map_err(|()| Refusal::NotFound)?;
    match state.after(Event::Cancelled) {
        Ok(after) if after == state => Ok(true),
        Ok(after) => writing.change_command(device, &row, CommandChange::end(after, format!("its run was stopped by {}", writing.who().name), now)).await,
        Err(_) => Ok(!state.is_open()),
    }
}

/// Takes back a command that its device has not begun. One that was taken back already stays so.
///
/// # Errors
/// [`Refusal::Conflict`] when it is past that, [`Refusal::Forbidden`] without the permission of its kind.
pub async fn cancel(tenant: &Tenant, waiting: &Waiting, device: DeviceId, id: CommandId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    let device = writing.device_to_change(device).await?;
    let row = writing.command_of(&device, id).await?;
    let kind = domain::commands::Kind::try_from(row.kind.as_str()).map_err(|()| Refusal::NotFound)?;
    writing.require(kind.permission())?;
    let state = State::try_from(row.state.as_str()).map_err(|()| Refusal::NotFound)?;
    let after = state.after(Event::Cancelled).map_err(|not| Refusal::Conflict(not.to_string()))?;
    if after == state {
        return Ok(());
    }
    let end = CommandChange::end(after, format!("taken back by {}", writing.who().name), by.now);
    if !writing.change_command(&device, &row, end).await? {
        return Err(Refusal::Conflict("the device took this command at the same moment; look again".into()).into());
    }
    patching::command_over(&writing, &device, &row, after, by.now).await?;
    writing.record(by.now, act(&device, by, "command taken back", kind.label().to_owned())).await?;
    writing.commit().await?;
    waiting.ring(device.id());
    Ok(())
}

//! Asking a device to do something, and taking that back. One transaction each: permission, rule, command, its end in time, audit.

use domain::{
    Refusal,
    commands::{Event, MOST_OPEN, PATIENCE, Spec, State},
    devices::status::Standing,
    ids::{ClientId, CommandId, DeviceId},
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
use crate::{jobs::work, service::devices::By};

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

/// Why a device would not do it, if that is known.
async fn refuse_where_in_vain(writing: &Writing, device: &SeenDevice, spec: &Spec) -> Result<(), Failure> {
    let conflict = |why: String| Err(Refusal::Conflict(why).into());
    if device.row.standing != Standing::Active.word() {
        return conflict("this device is not in service, so it takes no commands".into());
    }
    let Some(agent) = writing.listening(device).await? else {
        return conflict("no agent of Portico reports for this device, so it takes no commands".into());
    };
    if spec.kind().changes() && agent.allows_changes != Some(true) {
        return conflict("the agent on this device was started without --allow-changes: it reports, and refuses everything else".into());
    }
    if writing.open_commands(device).await? >= MOST_OPEN {
        return conflict(format!("{MOST_OPEN} commands wait for this device already"));
    }
    Ok(())
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
    writing.record(by.now, act(&device, by, "command taken back", kind.label().to_owned())).await?;
    writing.commit().await?;
    waiting.ring(device.id());
    Ok(())
}

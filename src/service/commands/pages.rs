//! What the pages of a device's commands show.

use app::devices::detail::commands::{CommandLine, CommandTab, CommandsTab, ScriptForm, Takes};
use domain::{
    Moment,
    commands::{Kind, State},
    devices::status::Standing,
    ids::CommandId,
};
use foundation::{Failure, Tenant, commands::CommandRow, tenancy::SeenDevice};

/// The commands of `device` before `before`, and what its agent takes.
///
/// # Errors
/// When the database fails.
pub async fn tab(tenant: &Tenant, device: &SeenDevice, before: Option<CommandId>, asks_password: bool) -> Result<CommandsTab, Failure> {
    let (rows, older) = tenant.commands_of(device, before).await?;
    let older = rows.last().filter(|_| older).map(|row| CommandId(row.id));
    Ok(CommandsTab {
        id: device.id(),
        in_service: device.row.standing == Standing::Active.word(),
        takes: takes(tenant, device).await?,
        commands: rows.iter().filter_map(line).collect(),
        first: before.is_none(),
        older,
        asks_password,
        password_error: None,
        form: ScriptForm::default(),
    })
}

async fn takes(tenant: &Tenant, device: &SeenDevice) -> Result<Takes, Failure> {
    Ok(match tenant.listening(device).await? {
        None => Takes::Nothing,
        Some(agent) => match (agent.polled_at, agent.allows_changes) {
            (Some(at), Some(true)) => Takes::Changes(at),
            (Some(at), _) => Takes::Reading(at),
            (None, _) => Takes::Unasked,
        },
    })
}

/// A line of the list; a kind that only a newer version knows is left out.
fn line(row: &CommandRow) -> Option<CommandLine> {
    Some(CommandLine {
        id: CommandId(row.id),
        kind: Kind::try_from(row.kind.as_str()).ok()?,
        state: State::try_from(row.state.as_str()).ok()?,
        reason: row.reason.clone(),
        code: row.exit_code,
        by: row.person_name.clone(),
        created_at: Moment(row.created_at),
        ended_at: row.ended_at.map(Moment),
    })
}

/// One command of `device`.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when the device has no such command.
pub async fn one(tenant: &Tenant, device: &SeenDevice, id: CommandId) -> Result<CommandTab, Failure> {
    let row = tenant.command_of(device, id).await?;
    Ok(CommandTab {
        device: device.id(),
        line: line(&row).ok_or(domain::Refusal::NotFound)?,
        spec: serde_json::from_str(&row.spec).ok(),
        expires_at: Moment(row.expires_at),
        fetched_at: row.fetched_at.map(Moment),
        started_at: row.started_at.map(Moment),
        output: row.output.map(|output| (output, row.output_cut)),
    })
}

//! Runs, and how far each is.

use std::collections::HashMap;

use app::patching::{RunLine, RunPage, RunsPage, TurnLine, WantLine};
use domain::{
    Moment, Refusal,
    approvals::State,
    ids::{ApprovalId, ClientId, CommandId, DeviceId, PatchScheduleId, RunId, UpdateId, Uuid},
    patching::{outcome::FailureClass, run::Progress, schedule::Reboot},
    people::{Permission, Scope},
};
use foundation::{
    Failure, Tenant,
    patching::{RunRow, TurnRow, WantRow},
};

use super::stop::{is_retried, may_retry, may_stop};

fn line(row: RunRow, progress: &HashMap<Uuid, Progress>) -> RunLine {
    RunLine {
        id: RunId(row.id),
        state: row.state(),
        progress: progress.get(&row.id).copied().unwrap_or_default(),
        title: row.title,
        by: row.person_name,
        at: Moment(row.created_at),
        starts: Moment(row.starts_at),
        ends: row.ends_at.map(Moment),
        ended: row.ended_at.map(Moment),
    }
}

/// The runs before `before`.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, before: Option<RunId>) -> Result<RunsPage, Failure> {
    let (rows, more) = tenant.run_rows(before).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let progress: HashMap<Uuid, Progress> = tenant.run_progress(&ids).await?.into_iter().collect();
    let rows: Vec<RunLine> = rows.into_iter().map(|row| line(row, &progress)).collect();
    let older = rows.last().map(|row| row.id).filter(|_| more);
    Ok(RunsPage { rows, first: before.is_none(), older })
}

/// One run, with its devices after `after`.
///
/// # Errors
/// [`Refusal::NotFound`] when none of its devices is within reach.
pub async fn run(tenant: &Tenant, id: RunId, after: Option<(&str, DeviceId)>, asks_password: bool, now: Moment) -> Result<RunPage, Failure> {
    let row = tenant.run_row(id).await?;
    let (turns, more) = tenant.turn_rows(id, after).await?;
    let devices: Vec<Uuid> = turns.iter().map(|turn| turn.device_id).collect();
    let wants = tenant.wants_of_run(id, &devices).await?;
    let known = tenant.catalogue_of(wants.iter().map(|want| want.update_id)).await?;
    let names: HashMap<Uuid, (String, String)> = known.into_iter().map(|(id, row)| (id, (row.name, row.version))).collect();
    let progress: HashMap<Uuid, Progress> = tenant.run_progress(&[id.0]).await?.into_iter().collect();
    let installs = tenant.require(Permission::UpdatesInstall).is_ok();
    let retried = turns.iter().filter_map(TurnRow::state).any(is_retried);
    let last = turns.last().map(|turn| (turn.hostname.clone(), DeviceId(turn.device_id))).filter(|_| more);
    Ok(RunPage {
        may_stop: !row.state().is_over() && may_stop(tenant, row.person_id).is_ok(),
        may_retry: installs && retried && may_retry(&row, now).is_ok(),
        schedule: schedule_of(tenant, &row).await?,
        approval: approval_of(tenant, &row).await?,
        restarts: row.reboot == Reboot::InWindow.word(),
        asks_password,
        faults: Vec::new(),
        turns: turns.into_iter().filter_map(|turn| of(turn, &wants, &names)).collect(),
        more: last,
        line: line(row, &progress),
    })
}

/// The schedule that planned a run, while it is there.
async fn schedule_of(tenant: &Tenant, row: &RunRow) -> Result<Option<(PatchScheduleId, String)>, Failure> {
    let Some(id) = row.schedule_id.map(PatchScheduleId) else { return Ok(None) };
    match tenant.patch_schedule(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        row => Ok(Some((id, row?.name))),
    }
}

/// The approval that a run waits or waited for, where the viewer may see it.
async fn approval_of(tenant: &Tenant, row: &RunRow) -> Result<Option<(ApprovalId, State)>, Failure> {
    let Some(id) = row.approval_id.map(ApprovalId).filter(|_| tenant.require(Permission::RequestsManage).is_ok()) else { return Ok(None) };
    match tenant.approval(id).await {
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        row => Ok(Some((id, row?.at()))),
    }
}

/// The newest runs of a schedule.
pub(super) async fn of_schedule(tenant: &Tenant, id: PatchScheduleId, most: u64) -> Result<Vec<RunLine>, Failure> {
    let rows = tenant.runs_of_schedule(id, most).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let progress: HashMap<Uuid, Progress> = tenant.run_progress(&ids).await?.into_iter().collect();
    // Of a schedule of all clients, only the runs of those within reach.
    let mine = |row: &RunRow| matches!(tenant.who().scope, Scope::AllClients) || progress.get(&row.id).is_some_and(|progress| progress.total() > 0);
    Ok(rows.into_iter().filter(mine).map(|row| line(row, &progress)).collect())
}

fn of(row: TurnRow, wants: &[WantRow], names: &HashMap<Uuid, (String, String)>) -> Option<TurnLine> {
    let state = row.state()?;
    let mine = wants.iter().filter(|want| want.device_id == row.device_id);
    let mut wants: Vec<WantLine> = mine.map(|want| wanted(want, names)).collect();
    wants.sort_by(|a, b| a.name.cmp(&b.name));
    let waits = row.state == "queued" && row.last_failure.is_some();
    Some(TurnLine {
        device: (DeviceId(row.device_id), row.name().to_owned()),
        client: (ClientId(row.client_id), row.client_name.clone()),
        state,
        since: Moment(row.since_at),
        again: waits.then_some(Moment(row.not_before)),
        attempt: u32::try_from(row.attempt).unwrap_or(u32::MAX),
        line: row.line.filter(|line| !line.is_empty()),
        command: row.command_id.map(CommandId),
        restart: row.reboot_id.map(CommandId),
        wants,
    })
}

fn wanted(want: &WantRow, names: &HashMap<Uuid, (String, String)>) -> WantLine {
    let failure = want.failure.as_deref().and_then(|word| word.parse::<FailureClass>().ok());
    let line = want.line.as_deref().filter(|line| !line.is_empty()).map(|line| format!(" (\u{201c}{line}\u{201d})")).unwrap_or_default();
    let became = match (want.became.as_deref(), failure) {
        (Some("installed"), _) => Some((true, "Installed".to_owned())),
        (Some("already-there"), _) => Some((true, "Was there already".to_owned())),
        (Some(_), Some(class)) => Some((false, format!("Failed: {}{line}", class.label()))),
        _ => None,
    };
    WantLine { update: UpdateId(want.update_id), name: names.get(&want.update_id).cloned().unwrap_or_default(), became }
}

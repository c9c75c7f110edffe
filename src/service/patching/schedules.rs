//! Patch schedules as pages, and what people change about them. Each change is one transaction: permission, rule, change, audit.

use app::patching::{ScheduleLine, SchedulePage, SchedulesPage};
use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, PatchScheduleId, PersonId},
    patching::schedule::{Schedule, TypedSchedule},
    people::{Permission, Scope},
    windows::Calendar,
};
use foundation::{Failure, Principal, Tenant, Writing, audit::Act, patching::PatchScheduleRow, windows::KeptWindow};

use super::{
    planning::{next_open, window_of},
    runs,
    start::windows,
};
use crate::service::devices::By;

/// Runs that the page of a schedule shows.
const RUNS: u64 = 10;

fn everywhere(tenant: &Tenant) -> bool {
    matches!(tenant.who().scope, Scope::AllClients)
}

/// Whether the caller may have updates installed by themselves.
fn may(tenant: &Tenant) -> Result<(), Refusal> {
    tenant.require(Permission::PatchingManage)?;
    tenant.require(Permission::UpdatesInstall)
}

fn may_change(tenant: &Tenant, row: &PatchScheduleRow) -> bool {
    may(tenant).is_ok() && (row.client_id.is_some() || everywhere(tenant))
}

fn line(row: &PatchScheduleRow, kept: Option<&KeptWindow>, now: Moment) -> Option<ScheduleLine> {
    let schedule = row.schedule()?;
    let calendar = kept.and_then(|kept| Calendar::of(&kept.window));
    Some(ScheduleLine {
        id: PatchScheduleId(row.id),
        name: schedule.name,
        window: kept.map(|kept| (kept.id, kept.window.name.clone(), kept.window.zone.clone())),
        when: calendar.map(|calendar| calendar.sentence()).unwrap_or_default(),
        what: schedule.what,
        reboot: schedule.reboot,
        needs_approval: schedule.needs_approval,
        next: kept.and_then(|kept| next_open(kept, row.planned_until.map(Moment), now)),
        by: row.person_name.clone(),
    })
}

/// The list.
///
/// # Errors
/// When the database fails.
pub async fn schedules(tenant: &Tenant, now: Moment) -> Result<SchedulesPage, Failure> {
    tenant.require(Permission::PatchingRead)?;
    let rows = tenant.patch_schedules().await?;
    let kept = tenant.windows_named(&rows.iter().map(|row| row.window_id.into()).collect::<Vec<_>>(), now).await?;
    let kept = |row: &PatchScheduleRow| kept.iter().find(|kept| kept.id.0 == row.window_id).filter(|kept| kept.window.patching);
    Ok(SchedulesPage { rows: rows.iter().filter_map(|row| line(row, kept(row), now)).collect(), may_change: may(tenant).is_ok() })
}

/// The form of a new schedule.
///
/// # Errors
/// [`Refusal::Forbidden`] for whoever may not make one.
pub async fn new_schedule(tenant: &Tenant, asks_password: bool, now: Moment) -> Result<SchedulePage, Failure> {
    may(tenant)?;
    let typed = TypedSchedule { what: "security".into(), reboot: "never".into(), retries: "2".into(), ..TypedSchedule::default() };
    Ok(SchedulePage {
        line: None,
        typed,
        windows: windows(tenant, now).await?,
        runs: Vec::new(),
        faults: Vec::new(),
        revision: 0,
        may_change: true,
        asks_password,
    })
}

/// The page of a schedule.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn schedule(tenant: &Tenant, id: PatchScheduleId, asks_password: bool, now: Moment) -> Result<SchedulePage, Failure> {
    tenant.require(Permission::PatchingRead)?;
    let row = tenant.patch_schedule(id).await?;
    let schedule = row.schedule().ok_or(Refusal::NotFound)?;
    let kept = window_of(tenant, &schedule, now).await?;
    let may_change = may_change(tenant, &row);
    Ok(SchedulePage {
        line: line(&row, kept.as_ref(), now),
        typed: stands(&schedule),
        windows: if may_change { windows(tenant, now).await? } else { Vec::new() },
        runs: runs::of_schedule(tenant, id, RUNS).await?,
        faults: Vec::new(),
        revision: row.revision,
        may_change,
        asks_password,
    })
}

fn stands(schedule: &Schedule) -> TypedSchedule {
    TypedSchedule {
        name: schedule.name.clone(),
        window: schedule.window.to_string(),
        what: schedule.what.word().into(),
        reboot: schedule.reboot.word().into(),
        needs_approval: schedule.needs_approval,
        retries: schedule.retries.to_string(),
    }
}

/// Reads what was typed, with the client of its window.
async fn read(tenant: &Tenant, typed: &TypedSchedule, now: Moment) -> Result<(Schedule, Option<ClientId>), Failure> {
    let schedule = typed.check().map_err(Refusal::Invalid)?;
    let gone = || Refusal::Invalid(vec![Fault::new("window", "Choose a maintenance window in which patching may run.")]);
    let kept = window_of(tenant, &schedule, now).await?.ok_or_else(gone)?;
    if kept.client.is_none() && !everywhere(tenant) {
        return Err(Refusal::Invalid(vec![Fault::new("window", "This window holds at every client; choose one of a client of yours.")]).into());
    }
    Ok((schedule, kept.client))
}

async fn begin(tenant: &Tenant) -> Result<(Writing, (PersonId, String)), Failure> {
    let writing = tenant.writing().await?;
    may(&writing)?;
    let Principal::Person(person) = writing.who().principal else { return Err(Refusal::NotFound.into()) };
    let name = writing.who().name.clone();
    Ok((writing, (person, name)))
}

fn words(schedule: &Schedule) -> String {
    let approval = if schedule.needs_approval { "; a contact approves each run" } else { "" };
    format!("{}; {}{approval}", schedule.what.label(), schedule.reboot.label())
}

fn entry(action: &'static str, id: PatchScheduleId, of: (&str, Option<ClientId>), by: &By) -> Act {
    Act {
        action,
        object: Some(("patch schedule", id.to_string())),
        name: Some(of.0.to_owned()),
        client: of.1,
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// Adds the schedule that was typed.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn add_schedule(tenant: &Tenant, typed: &TypedSchedule, by: &By) -> Result<PatchScheduleId, Failure> {
    let (writing, person) = begin(tenant).await?;
    let (new, client) = read(&writing, typed, by.now).await?;
    let id = writing.add_patch_schedule(&new, client, person, by.now).await?;
    writing.record(by.now, Act { after: Some(words(&new)), ..entry("patch schedule added", id, (&new.name, client), by) }).await?;
    writing.commit().await?;
    Ok(id)
}

/// A schedule that the caller may change, as it stands.
async fn mine(writing: &Writing, id: PatchScheduleId) -> Result<PatchScheduleRow, Failure> {
    let row = writing.patch_schedule(id).await?;
    if may_change(writing, &row) { Ok(row) } else { Err(Refusal::Forbidden("patching: manage, for all clients").into()) }
}

fn version(revision: &str) -> Result<i64, Refusal> {
    revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))
}

/// Changes a schedule to what was typed; runs that are planned stay as they are.
///
/// # Errors
/// As [`add_schedule`]; [`Refusal::Conflict`] when somebody changed it meanwhile.
pub async fn change_schedule(tenant: &Tenant, id: PatchScheduleId, typed: &TypedSchedule, revision: &str, by: &By) -> Result<(), Failure> {
    let (writing, person) = begin(tenant).await?;
    let before = mine(&writing, id).await?.schedule().map(|schedule| words(&schedule));
    let (new, client) = read(&writing, typed, by.now).await?;
    writing.change_patch_schedule(id, (&new, client), version(revision)?, person, by.now).await?;
    writing.record(by.now, Act { before, after: Some(words(&new)), ..entry("patch schedule changed", id, (&new.name, client), by) }).await?;
    writing.commit().await
}

/// Removes a schedule; runs that are planned stay.
///
/// # Errors
/// [`Refusal::Conflict`] when somebody changed it meanwhile.
pub async fn remove_schedule(tenant: &Tenant, id: PatchScheduleId, revision: &str, by: &By) -> Result<(), Failure> {
    let (writing, _) = begin(tenant).await?;
    let row = mine(&writing, id).await?;
    writing.remove_patch_schedule(id, version(revision)?).await?;
    writing.record(by.now, entry("patch schedule removed", id, (&row.name, row.client_id.map(ClientId)), by)).await?;
    writing.commit().await
}

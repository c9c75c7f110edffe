//! Schedules: listed, made, changed, paused and removed, each with its line in the audit.

use app::reports::{ScheduleLine, SchedulePage, SchedulesPage};
use domain::{
    Moment, Refusal,
    ids::{PersonId, ReportScheduleId},
    people::Permission,
    reports::{Schedule, Target, period, schedule::Typed},
};
use foundation::{Failure, Principal, Tenant, Writing, audit::Act, fresh_id, reports::ScheduleRow};

use super::{
    delivered::{clients, everywhere},
    look,
};
use crate::service::devices::By;

/// The schedules within reach.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn list(tenant: &Tenant) -> Result<SchedulesPage, Failure> {
    tenant.require(Permission::ReportsManage)?;
    let clients = clients(tenant).await?;
    let line = |row: ScheduleRow| {
        let schedule = row.schedule()?;
        let whom = match schedule.target {
            Target::All => "All clients in one".to_owned(),
            Target::Each => "Each client".to_owned(),
            Target::Client(id) => clients.iter().find(|(of, _)| *of == id).map_or_else(|| "a client that is archived".to_owned(), |(_, name)| name.clone()),
        };
        Some(ScheduleLine { id: ReportScheduleId(row.id), schedule, whom, next_at: row.next_at.map(Moment), by: row.made_by_name, revision: row.revision })
    };
    Ok(SchedulesPage { rows: tenant.report_schedules().await?.into_iter().filter_map(line).collect() })
}

/// The form of a new schedule.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission.
pub async fn new_form(tenant: &Tenant) -> Result<SchedulePage, Failure> {
    tenant.require(Permission::ReportsManage)?;
    let zone = Some(tenant.who().time_zone.clone()).filter(|zone| !zone.is_empty()).unwrap_or_else(|| "UTC".to_owned());
    let typed = Typed {
        kind: "executive".into(),
        target: "each".into(),
        every: "monthly".into(),
        month_day: "1".into(),
        week_day: "mon".into(),
        hour: "6".into(),
        zone,
        recipients: String::new(),
    };
    Ok(SchedulePage { id: None, typed, faults: Vec::new(), revision: 0, paused: false, next_at: None, clients: clients(tenant).await? })
}

/// The form of a schedule within reach.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn form(tenant: &Tenant, id: ReportScheduleId) -> Result<SchedulePage, Failure> {
    tenant.require(Permission::ReportsManage)?;
    let row = tenant.report_schedule(id).await?;
    let schedule = row.schedule().ok_or(Refusal::NotFound)?;
    let next_at = row.next_at.map(Moment);
    Ok(SchedulePage {
        id: Some(id),
        typed: Typed::of(&schedule),
        faults: Vec::new(),
        revision: row.revision,
        paused: row.paused,
        next_at,
        clients: clients(tenant).await?,
    })
}

fn checked(tenant: &Tenant, typed: &Typed, now: Moment) -> Result<(Schedule, Moment), Failure> {
    tenant.require(Permission::ReportsManage)?;
    let schedule = typed.parse().map_err(Refusal::Invalid)?;
    period::known_zone(&schedule.zone).map_err(|fault| Refusal::Invalid(vec![fault]))?;
    let client = if let Target::Client(id) = schedule.target { Some(id) } else { None };
    everywhere(tenant, client)?;
    let next = period::next_after(&schedule, now).ok_or_else(|| Refusal::invalid("zone", "has no such time"))?;
    Ok((schedule, next))
}

async fn record(writing: &Writing, action: &'static str, id: ReportScheduleId, schedule: &Schedule, by: &By) -> Result<(), Failure> {
    let client = if let Target::Client(id) = schedule.target { Some(id) } else { None };
    let act = Act {
        action,
        object: Some(("report schedule", id.to_string())),
        name: Some(schedule.kind.label().to_owned()),
        client,
        detail: Some(schedule.sentence()),
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await
}

/// Makes a schedule.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field.
pub async fn add(tenant: &Tenant, typed: &Typed, by: &By) -> Result<ReportScheduleId, Failure> {
    let writing = tenant.writing().await?;
    let (schedule, next) = checked(&writing, typed, by.now)?;
    let id: ReportScheduleId = fresh_id();
    let person = if let Principal::Person(id) = writing.who().principal { id } else { PersonId(id.0) };
    let name = writing.who().name.clone();
    writing.add_report_schedule(id, &schedule, next, (person, &name), by.now).await?;
    writing.enqueue(look(id, next), by.now).await?;
    record(&writing, "report scheduled", id, &schedule, by).await?;
    writing.commit().await?;
    Ok(id)
}

fn version(revision: &str) -> Result<i64, Refusal> {
    revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))
}

/// Changes a schedule, of which somebody saw version `revision`; one that is paused stays paused.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field; [`Refusal::Conflict`] when it was changed meanwhile.
pub async fn change(tenant: &Tenant, id: ReportScheduleId, typed: &Typed, revision: &str, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::ReportsManage)?;
    let row = writing.report_schedule(id).await?;
    let (schedule, next) = checked(&writing, typed, by.now)?;
    let next = (!row.paused).then_some(next);
    writing.change_report_schedule(&row, version(revision)?, &schedule, next, by.now).await?;
    if let Some(next) = next {
        writing.enqueue(look(id, next), by.now).await?;
    }
    record(&writing, "report schedule changed", id, &schedule, by).await?;
    writing.commit().await
}

/// Pauses a schedule, or has it go on.
///
/// # Errors
/// [`Refusal::Conflict`] when it was changed meanwhile.
pub async fn pause(tenant: &Tenant, id: ReportScheduleId, on: bool, revision: &str, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::ReportsManage)?;
    let row = writing.report_schedule(id).await?;
    let schedule = row.schedule().ok_or(Refusal::NotFound)?;
    let next = if on { None } else { period::next_after(&schedule, by.now) };
    writing.change_report_schedule(&row, version(revision)?, &schedule, next, by.now).await?;
    if let Some(next) = next {
        writing.enqueue(look(id, next), by.now).await?;
    }
    record(&writing, if on { "report schedule paused" } else { "report schedule resumed" }, id, &schedule, by).await?;
    writing.commit().await
}

/// Removes a schedule; what it delivered stays.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn remove(tenant: &Tenant, id: ReportScheduleId, by: &By) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::ReportsManage)?;
    let row = writing.report_schedule(id).await?;
    writing.remove_report_schedule(&row).await?;
    let schedule = row.schedule().ok_or(Refusal::NotFound)?;
    record(&writing, "report schedule removed", id, &schedule, by).await?;
    writing.commit().await
}

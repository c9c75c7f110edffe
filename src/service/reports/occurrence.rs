//! A schedule that is due: it asks for one job for each client and for its next time. Each of those jobs makes its report without the
//! writer, and keeps it once: its name is a key of storage.

use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, ReportScheduleId},
    jobs::Priority,
    reports::{Report, ReportQuery, Schedule, Target, period},
};
use foundation::{
    Failure, Tenant, Writing,
    audit::Act,
    jobs::{Actor, Work},
    reports::NewReport,
};

use crate::service::notices::Portal;

/// A report's schedule is due.
pub const REPORT_DUE: &str = "report due";
/// A report of a schedule is owed to one client, or over all in one.
pub const REPORT_OWED: &str = "report owed";

/// The job of the schedule `id` at `at`.
pub fn look(id: ReportScheduleId, at: Moment) -> Work {
    Work { kind: REPORT_DUE, subject: id.to_string(), priority: Priority::Low, at, by: Actor::Platform }
}

/// Asks for what the schedule named by `subject` owes at `now`, and for its next time.
///
/// # Errors
/// When the database fails.
pub async fn due(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<ReportScheduleId>() else { return Ok(()) };
    let row = match writing.report_schedule(id).await {
        // Somebody removed it.
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
        row => row?,
    };
    // Paused, or moved to later; then its own job comes at that time.
    let (Some(at), Some(schedule)) = (row.next_at.map(Moment), row.schedule()) else { return Ok(()) };
    if at > now {
        return writing.enqueue(look(id, at), now).await;
    }
    for client in targets(writing, &schedule).await? {
        let subject = Occurrence { id, at, client }.name();
        writing.enqueue(Work { kind: REPORT_OWED, subject, priority: Priority::Low, at: now, by: Actor::Platform }, now).await?;
    }
    let Some(next) = period::next_occurrence(&schedule, at, now) else { return Ok(()) };
    writing.move_report_schedule(&row, next).await?;
    writing.enqueue(look(id, next), now).await
}

fn said(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("The {} {}.", fault.field, fault.message)).collect::<Vec<_>>().join(" ")
}

async fn targets(writing: &Writing, schedule: &Schedule) -> Result<Vec<Option<ClientId>>, Failure> {
    Ok(match schedule.target {
        Target::All => vec![None],
        Target::Client(id) => vec![Some(id)],
        Target::Each => super::delivered::clients(writing).await?.into_iter().map(|(id, _)| Some(id)).collect(),
    })
}

/// One report that a schedule owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Occurrence {
    id: ReportScheduleId,
    at: Moment,
    client: Option<ClientId>,
}

impl Occurrence {
    /// Its name, in jobs and in storage: `rsc_…:1764568800000:cli_…`, or `all` for all clients in one.
    fn name(self) -> String {
        format!("{}:{}:{}", self.id, self.at.0, self.client.map_or_else(|| "all".to_owned(), |client| client.to_string()))
    }

    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.splitn(3, ':');
        let (id, at, client) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?);
        let client = if client == "all" { None } else { Some(client.parse().ok()?) };
        Some(Self { id, at: Moment(at), client })
    }
}

/// A report that was made and is not kept yet, or why it is left out.
#[derive(Debug)]
pub struct Owed {
    occurrence: Occurrence,
    schedule: Schedule,
    by: String,
    made: Result<Box<Report>, String>,
}

/// Makes what `subject` names; nothing when it is delivered already, or when its schedule is gone.
///
/// # Errors
/// When the database fails.
pub async fn owed(tenant: &Tenant, subject: &str, now: Moment) -> Result<Option<Owed>, Failure> {
    let Some(occurrence) = Occurrence::parse(subject) else { return Ok(None) };
    let row = match tenant.report_schedule(occurrence.id).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(None),
        row => row?,
    };
    let Some(schedule) = row.schedule() else { return Ok(None) };
    let Some(query) = period::covered(&schedule, occurrence.at) else { return Ok(None) };
    if tenant.is_delivered(subject).await? {
        return Ok(None);
    }
    let made = match made(tenant, &schedule, ReportQuery { client: occurrence.client, ..query }, now).await {
        Ok(report) => Ok(Box::new(report)),
        Err(Failure::Refused(Refusal::NotFound)) => Err("The client is archived or gone.".to_owned()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => Err(said(&faults)),
        Err(failure) => return Err(failure),
    };
    Ok(Some(Owed { occurrence, schedule, by: row.made_by_name, made }))
}

async fn made(tenant: &Tenant, schedule: &Schedule, query: ReportQuery, now: Moment) -> Result<Report, Failure> {
    if let Some(client) = query.client
        && tenant.client(client)?.row().await?.archived_at.is_some()
    {
        return Err(Refusal::NotFound.into());
    }
    super::made(tenant, schedule.kind, &query, &schedule.zone, now).await
}

/// Keeps what was made and posts its mail, unless that was done meanwhile; or says that it will never be made.
///
/// # Errors
/// When the database fails.
pub async fn deliver(writing: &Writing, owed: Owed, portal: &Portal, now: Moment) -> Result<(), Failure> {
    let name = owed.occurrence.name();
    if writing.is_delivered(&name).await? {
        return Ok(());
    }
    let act = Act {
        object: Some(("report schedule", owed.occurrence.id.to_string())),
        name: Some(owed.schedule.kind.label().to_owned()),
        client: owed.occurrence.client,
        detail: Some(owed.schedule.sentence()),
        ..Act::default()
    };
    match owed.made {
        Ok(report) => {
            let kept = writing.deliver(NewReport { report: &report, by: &owed.by, schedule: Some((owed.occurrence.id, &name)) }).await?;
            super::mail::post(writing, (kept, &report), &owed.schedule.recipients, portal, now).await?;
            let act = Act { action: "report delivered", object: Some(("report", kept.to_string())), name: Some(report.title()), ..act };
            writing.record(now, act).await
        }
        Err(why) => {
            tracing::warn!(occurrence = name, why, "a scheduled report was left out");
            writing.record(now, Act { action: "report not delivered", detail: Some(why), ..act }).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for client in [None, Some(ClientId(uuid::Uuid::from_u128(7)))] {
            let occurrence = Occurrence { id: ReportScheduleId(uuid::Uuid::from_u128(3)), at: Moment(1_764_568_800_000), client };
            assert_eq!(Occurrence::parse(&occurrence.name()), Some(occurrence));
            assert!(occurrence.name().len() <= domain::jobs::SUBJECT);
        }
        assert_eq!(Occurrence::parse("rsc_1"), None);
    }
}

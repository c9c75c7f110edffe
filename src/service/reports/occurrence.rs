//! A schedule that is due: its reports are made and kept, once for each occurrence and client, and the next time is asked for.

use domain::{
    Moment,
    ids::{ClientId, ReportScheduleId},
    jobs::Priority,
    reports::{Report, ReportQuery, Schedule, Target, period},
};
use foundation::{
    Failure, Writing,
    jobs::{Actor, Work},
    reports::NewReport,
};

/// A report's schedule is due.
pub const REPORT_DUE: &str = "report due";

/// The job of the schedule `id` at `at`.
pub fn look(id: ReportScheduleId, at: Moment) -> Work {
    Work { kind: REPORT_DUE, subject: id.to_string(), priority: Priority::Low, at, by: Actor::Platform }
}

/// Makes what the schedule named by `subject` owes at `now`, and asks for its next time. However often it is done, each occurrence keeps one
/// report for each client: its name is a key of storage.
///
/// # Errors
/// When the database fails.
pub async fn due(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<ReportScheduleId>() else { return Ok(()) };
    // Somebody removed or paused it, or moved it to later; then its own job comes at that time.
    let Ok(row) = writing.report_schedule(id).await else { return Ok(()) };
    let (Some(at), Some(schedule)) = (row.next_at.map(Moment), row.schedule()) else { return Ok(()) };
    if at > now {
        return writing.enqueue(look(id, at), now).await;
    }
    for client in targets(writing, &schedule).await? {
        let Some(query) = period::covered(&schedule, at).map(|query| ReportQuery { client, ..query }) else { continue };
        let Ok(report) = super::made(writing, schedule.kind, &query, &schedule.zone, now).await else { continue };
        let occurrence = format!("{id}:{}:{}", at.0, client.map_or_else(|| "all".to_owned(), |client| client.to_string()));
        writing.deliver(NewReport { report: &report, by: &row.made_by_name, schedule: Some((id, &occurrence)) }).await?;
        announce(&schedule, &report);
    }
    let Some(next) = period::next_after(&schedule, now.max(at)) else { return Ok(()) };
    writing.move_report_schedule(&row, next).await?;
    writing.enqueue(look(id, next), now).await
}

async fn targets(writing: &Writing, schedule: &Schedule) -> Result<Vec<Option<ClientId>>, Failure> {
    Ok(match schedule.target {
        Target::All => vec![None],
        Target::Client(id) => vec![Some(id)],
        Target::Each => super::delivered::clients(writing).await?.into_iter().map(|(id, _)| Some(id)).collect(),
    })
}

/// The one place where a delivered report is sent to `schedule.recipients`. Until mail is sent from here it is found in the portal.
const fn announce(_: &Schedule, _: &Report) {}

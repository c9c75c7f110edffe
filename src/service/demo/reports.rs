//! The delivered reports of a demo tenant, and the schedule that makes the next ones: all by the functions that real ones go through.

use domain::{
    Moment,
    ids::ReportScheduleId,
    reports::{Kind, ReportQuery, Rhythm, Schedule, Target, period},
};
use foundation::{Failure, Writing, fresh_id, reports::NewReport};

use super::{told, work::Somebody};
use crate::service::reports::{look, made};

/// The zone of the demo's schedule and papers.
const ZONE: &str = "Europe/London";

/// Keeps three reports over the last month and one schedule; `client` is whose people may look at theirs.
pub(super) async fn delivered(writing: &Writing, who: &Somebody, client: Option<&str>, now: Moment) -> Result<(), Failure> {
    let client = match client {
        Some(name) => writing.client_called(&domain::clients::same(name)).await?.map(|row| row.id.into()),
        None => None,
    };
    let id: ReportScheduleId = fresh_id();
    for (kind, client) in [(Kind::Executive, client), (Kind::Alerts, client), (Kind::Executive, None)] {
        let query = ReportQuery { client, ..ReportQuery::default() };
        let report = made(writing, kind, &query, ZONE, now).await?;
        let kept = writing.deliver(NewReport { report: &report, by: &who.1, schedule: None }).await?;
        if let Some(client) = client {
            told::report(writing, who, (kept, report.title()), client, now).await?;
        }
    }
    let schedule = Schedule { kind: Kind::Executive, target: Target::Each, rhythm: Rhythm::Monthly(1), hour: 6, zone: ZONE.into(), recipients: Vec::new() };
    if let Some(next) = period::next_after(&schedule, now) {
        writing.add_report_schedule(id, &schedule, next, (who.0, &who.1), now).await?;
        writing.enqueue(look(id, next), now).await?;
    }
    Ok(())
}

//! A schedule that is due: its reports are made and kept, once for each occurrence and client, and the next time is asked for.

use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, ReportScheduleId},
    jobs::Priority,
    reports::{ReportQuery, Schedule, Target, period},
};
use foundation::{
    Failure, Writing,
    audit::Act,
    jobs::{Actor, Work},
    reports::NewReport,
};

use crate::service::notices::Portal;

/// A report's schedule is due.
pub const REPORT_DUE: &str = "report due";

/// The job of the schedule `id` at `at`.
pub fn look(id: ReportScheduleId, at: Moment) -> Work {
    Work { kind: REPORT_DUE, subject: id.to_string(), priority: Priority::Low, at, by: Actor::Platform }
}

/// Makes what the schedule named by `subject` owes at `now`, and asks for its next time. However often it is done, each occurrence keeps one
/// report for each client, and one mail: its name is a key of storage.
///
/// # Errors
/// When the database fails.
pub async fn due(writing: &Writing, subject: &str, portal: &Portal, now: Moment) -> Result<(), Failure> {
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
    let Some(query) = period::covered(&schedule, at) else { return Ok(()) };
    for client in targets(writing, &schedule).await? {
        let one = Owed { id, schedule: &schedule, at, by: &row.made_by_name, client };
        match one.deliver(writing, &query, portal, now).await {
            Err(Failure::Refused(Refusal::NotFound)) => one.skip(writing, "The client is archived or gone.", now).await?,
            Err(Failure::Refused(Refusal::Invalid(faults))) => one.skip(writing, &said(&faults), now).await?,
            done => done?,
        }
    }
    let Some(next) = period::next_after(&schedule, now.max(at)) else { return Ok(()) };
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

/// One report of an occurrence.
struct Owed<'a> {
    id: ReportScheduleId,
    schedule: &'a Schedule,
    at: Moment,
    by: &'a str,
    client: Option<ClientId>,
}

impl Owed<'_> {
    /// Keeps it and posts its mail, unless that was done.
    async fn deliver(&self, writing: &Writing, query: &ReportQuery, portal: &Portal, now: Moment) -> Result<(), Failure> {
        let occurrence = format!("{}:{}:{}", self.id, self.at.0, self.client.map_or_else(|| "all".to_owned(), |client| client.to_string()));
        if writing.is_delivered(&occurrence).await? {
            return Ok(());
        }
        if let Some(client) = self.client
            && writing.client(client)?.row().await?.archived_at.is_some()
        {
            return Err(Refusal::NotFound.into());
        }
        let query = ReportQuery { client: self.client, ..query.clone() };
        let report = super::made(writing, self.schedule.kind, &query, &self.schedule.zone, now).await?;
        let kept = writing.deliver(NewReport { report: &report, by: self.by, schedule: Some((self.id, &occurrence)) }).await?;
        super::mail::post(writing, (kept, &report), &self.schedule.recipients, portal, now).await?;
        let act = Act { action: "report delivered", object: Some(("report", kept.to_string())), name: Some(report.title()), ..self.act() };
        writing.record(now, act).await
    }

    /// Says that it will never be made.
    async fn skip(&self, writing: &Writing, why: &str, now: Moment) -> Result<(), Failure> {
        tracing::warn!(schedule = %self.id, client = ?self.client, why, "a scheduled report was left out");
        writing.record(now, Act { action: "report not delivered", detail: Some(why.to_owned()), ..self.act() }).await
    }

    fn act(&self) -> Act {
        Act {
            object: Some(("report schedule", self.id.to_string())),
            name: Some(self.schedule.kind.label().to_owned()),
            client: self.client,
            detail: Some(self.schedule.sentence()),
            ..Act::default()
        }
    }
}

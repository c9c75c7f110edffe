//! Schedules make runs: a job looks when the next one is planned, and another plans it for each client of the window.

use app::patching::Choose;
use domain::{
    Moment, Refusal,
    ids::{ClientId, PatchScheduleId, RunId},
    patching::{
        run::{RunEvent, RunState},
        schedule::{LEAST, Schedule, What, next_run},
    },
    windows::{Calendar, Occurrence, Scope},
};
use foundation::{Failure, Tenant, Writing, approvals::ApprovalRow, audit::Act, patching::PatchScheduleRow, windows::KeptWindow};

use super::{choose::choice, make::Plan};

/// Times of a window that are looked at.
const TIMES: usize = 8;

/// The window of a schedule, while it is there and patching may run in it.
pub(super) async fn window_of(tenant: &Tenant, schedule: &Schedule, now: Moment) -> Result<Option<KeptWindow>, Failure> {
    match tenant.window(schedule.window, now).await {
        Err(Failure::Refused(Refusal::NotFound)) => Ok(None),
        kept => Ok(kept.ok().filter(|kept| kept.window.patching)),
    }
}

/// The window in which the next run starts, after those until `planned`.
pub(super) fn next_open(kept: &KeptWindow, planned: Option<Moment>, now: Moment) -> Option<Occurrence> {
    let coming = Calendar::of(&kept.window).map(|calendar| calendar.coming(now, TIMES)).unwrap_or_default();
    next_run(now, planned, &coming)
}

/// Plans the next runs of the schedule that `subject` names, if their time came, and has it looked at again.
///
/// # Errors
/// When the database fails.
pub async fn look(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    let Ok(id) = subject.parse::<PatchScheduleId>() else { return Ok(()) };
    let Some(row) = writing.patch_schedule_to_change(id).await? else { return Ok(()) };
    let Some(schedule) = row.schedule() else { return Ok(()) };
    // Without a window it waits for somebody to choose another one; its page says so.
    let Some(kept) = window_of(writing, &schedule, now).await? else { return Ok(()) };
    let Some(open) = next_open(&kept, row.planned_until.map(Moment), now) else { return Ok(()) };
    let at = schedule.planned_at(open, now);
    if now < at {
        return writing.look_at_schedule(id, at, now).await;
    }
    writing.note_planned(id, open.until).await?;
    for client in clients(writing, &kept).await? {
        writing.plan_run(Subject { schedule: id, client, open }.text(), now).await?;
    }
    match next_open(&kept, Some(open.until), now) {
        Some(next) => writing.look_at_schedule(id, schedule.planned_at(next, now), now).await,
        None => Ok(()),
    }
}

async fn clients(writing: &Writing, kept: &KeptWindow) -> Result<Vec<ClientId>, Failure> {
    Ok(match kept.client {
        Some(client) => vec![client],
        None => writing.clients().await?.into_iter().filter(|row| row.archived_at.is_none()).map(|row| ClientId(row.id)).collect(),
    })
}

/// What a job plans: a schedule's run for a client in one window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Subject {
    schedule: PatchScheduleId,
    client: ClientId,
    open: Occurrence,
}

impl Subject {
    fn text(&self) -> String {
        format!("{} {} {} {}", self.schedule, self.client, self.open.from.0, self.open.until.0)
    }

    fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (schedule, client) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let mut at = || Some(Moment(words.next()?.parse().ok()?));
        Some(Self { schedule, client, open: Occurrence { from: at()?, until: at()? } })
    }
}

/// A planned run, and whether its client has more devices than one takes.
#[derive(Debug)]
pub struct Planned {
    plan: Plan,
    more: bool,
    // The versions that it was read from.
    schedule: (PatchScheduleId, i64),
}

/// Reads what the job with this `subject` is to plan; outside of the transaction that makes the run, because it reads much.
///
/// # Errors
/// When the database fails.
pub async fn planned(tenant: &Tenant, subject: &str, now: Moment) -> Result<Option<Planned>, Failure> {
    let Some(of) = Subject::read(subject).filter(|of| now + LEAST <= of.open.until) else { return Ok(None) };
    let row = match tenant.patch_schedule(of.schedule).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Ok(None),
        row => row?,
    };
    let Some(schedule) = row.schedule() else { return Ok(None) };
    let Some(kept) = window_of(tenant, &schedule, now).await? else { return Ok(None) };
    let choose = Choose { client: Some(of.client), security: schedule.what == What::Security, ..Choose::default() };
    // A device has one turn in each window, whatever comes of it, so that the rest of a large client has its turn too.
    let had = tenant.devices_in_runs(of.schedule, of.open.until).await?;
    let found = choice(tenant, &choose, Some(kept.window.scope), (usize::MAX, &had), now).await?;
    if found.targets.is_empty() {
        return Ok(None);
    }
    let title = title(&row, &kept, found.targets.first().map(|(line, _)| line.client.1.as_str()).unwrap_or_default());
    let plan = Plan {
        title,
        by: (row.person_id.into(), row.person_name.clone()),
        targets: found.targets,
        window: Some((kept, of.open)),
        needs_approval: schedule.needs_approval,
        reboot: schedule.reboot,
        retries: schedule.retries,
        schedule: Some(of.schedule),
    };
    Ok(Some(Planned { plan, more: found.more, schedule: (of.schedule, row.revision) }))
}

/// `Nights`, and which client's where the window holds at every client.
fn title(row: &PatchScheduleRow, kept: &KeptWindow, client: &str) -> String {
    let all = kept.window.scope == Scope::Tenant;
    let text = if all { format!("{}, {client}", row.name) } else { row.name.clone() };
    text.chars().take(100).collect()
}

/// Makes a planned run; the rest of a large client follows with the next job.
///
/// # Errors
/// When the database fails.
pub async fn make_planned(writing: &Writing, planned: Planned, subject: &str, now: Moment) -> Result<(), Failure> {
    match writing.patch_schedule_to_change(planned.schedule.0).await? {
        None => return Ok(()),
        // Somebody changed it while its run was planned: plan by what stands now.
        Some(row) if row.revision != planned.schedule.1 => return writing.plan_run(subject.to_owned(), now).await,
        Some(_) => {}
    }
    let (title, client, more) = (planned.plan.title.clone(), planned.plan.client(), planned.more);
    match planned.plan.make(writing, now).await {
        // Meanwhile nothing was left of this part.
        Err(Failure::Refused(Refusal::Invalid(_))) => {}
        run => {
            let object = Some(("run", run?.to_string()));
            writing.record(now, Act { action: "update run planned", object, name: Some(title), client, ..Act::default() }).await?;
        }
    }
    if more { writing.plan_run(subject.to_owned(), now).await } else { Ok(()) }
}

/// A contact answered for a run, or nobody did in time.
///
/// # Errors
/// When the database fails.
pub async fn answered(writing: &Writing, approval: &ApprovalRow, now: Moment) -> Result<(), Failure> {
    use domain::approvals::State;
    let Ok(id) = approval.subject.parse::<RunId>() else { return Ok(()) };
    let run = writing.run_to_change(id).await?;
    let event = match approval.at() {
        _ if run.approval_id != Some(approval.id) => return Ok(()),
        State::Waiting => return Ok(()),
        State::Approved => RunEvent::Approve,
        State::Refused => RunEvent::Refuse,
        State::Expired => RunEvent::Expire,
        State::Withdrawn => RunEvent::Cancel,
    };
    let Ok(after) = run.state().on(event) else { return Ok(()) };
    if after == run.state() {
        return Ok(());
    }
    writing.change_run(id, after, now).await?;
    let at = if after == RunState::Scheduled { Moment(run.starts_at.max(now.0)) } else { now };
    writing.go_on(id, at).await
}

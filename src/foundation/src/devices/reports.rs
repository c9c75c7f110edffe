//! Reports of all tenants, committed in groups: each is acknowledged only after the commit that holds it.

use std::collections::BTreeMap;

use domain::{
    Moment, Refusal,
    devices::{Report, status::Standing},
    ids::TenantId,
    jobs::Priority,
};
use sea_orm::{ColumnTrait, prelude::Expr};
use tokio::sync::{mpsc, oneshot};

use super::{
    intake::{Received, Source},
    rows::{agent_key, device},
};
use crate::{
    Database, Failure, Principal, Writing, jobs,
    tenancy::{Access, SeenDevice},
};

/// How reports are grouped.
#[derive(Debug, Clone, Copy)]
pub struct Batch {
    /// Reports in one commit.
    pub most: usize,
    /// Reports that may wait; one more is sent away.
    pub queue: usize,
}

impl Default for Batch {
    fn default() -> Self {
        Self { most: 256, queue: 2_048 }
    }
}

/// A report on its way in.
#[derive(Debug)]
pub struct Submission {
    /// The tenant whose host it came to.
    pub tenant: TenantId,
    /// The credential it came with.
    pub principal: Principal,
    /// The agent it came through.
    pub source: Source,
    /// What it says, checked against every limit.
    pub report: Report,
    /// How often its device reports, in seconds.
    pub every_s: i64,
    /// When it arrived.
    pub at: Moment,
}

type Answer = oneshot::Sender<Result<Received, Failure>>;

/// The queue of reports.
#[derive(Debug, Clone)]
pub struct Reports {
    queue: mpsc::Sender<Item>,
}

/// What waits in the queue: a report, or somebody who waits for all before.
#[derive(Debug)]
enum Item {
    Report(Box<Submission>, Answer),
    Flush(oneshot::Sender<()>),
}

impl Reports {
    /// Starts the task that commits; it ends when the last handle is dropped and the queue is empty.
    pub fn start(database: Database, batch: Batch) -> Self {
        let (queue, waiting) = mpsc::channel(batch.queue);
        tokio::spawn(commit_all(database, waiting, batch.most));
        Self { queue }
    }

    /// Hands a report in and waits until it is durable.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the queue is full, else what storing it met.
    pub async fn submit(&self, submission: Submission) -> Result<Received, Failure> {
        let (answer, answered) = oneshot::channel();
        self.queue.try_send(Item::Report(Box::new(submission), answer)).map_err(|_| Refusal::Unavailable(5))?;
        answered.await.map_err(|_| Refusal::Unavailable(5))?
    }

    /// Waits until every report that was handed in before is stored or refused.
    pub async fn flush(&self) {
        let (done, stored) = oneshot::channel();
        if self.queue.send(Item::Flush(done)).await.is_ok() {
            drop(stored.await);
        }
    }
}

async fn commit_all(database: Database, mut waiting: mpsc::Receiver<Item>, most: usize) {
    let mut group = Vec::with_capacity(most);
    while waiting.recv_many(&mut group, most).await > 0 {
        let (mut submissions, mut answers, mut flushed) = (Vec::new(), Vec::new(), Vec::new());
        for item in group.drain(..) {
            match item {
                Item::Report(submission, answer) => {
                    submissions.push(*submission);
                    answers.push(answer);
                }
                Item::Flush(done) => flushed.push(done),
            }
        }
        let lost = |error: String| {
            tracing::error!(error, reports = answers.len(), "a group of reports was not stored; their agents will send them again");
            answers.iter().map(|_| Err(Refusal::Unavailable(30).into())).collect()
        };
        // In a task of its own: a panic over one group must not end the queue for all tenants.
        let committed = tokio::spawn(commit(database.clone(), submissions)).await;
        let results = match committed {
            Ok(Ok(results)) => results,
            Ok(Err(error)) => lost(error.to_string()),
            Err(panic) => lost(panic.to_string()),
        };
        for (answer, result) in answers.into_iter().zip(results) {
            // An agent that left meanwhile reads the outcome from its next report.
            drop(answer.send(result));
        }
        for done in flushed {
            // Whoever waited may have left.
            let _ = done.send(());
        }
    }
}

async fn commit(database: Database, submissions: Vec<Submission>) -> Result<Vec<Result<Received, Failure>>, Failure> {
    let outer = database.pools.begin(Access::Write, None).await?;
    let (mut results, mut due) = (Vec::with_capacity(submissions.len()), BTreeMap::new());
    for submission in &submissions {
        let writing = Writing::nested(&database.pools, &outer, submission.tenant, submission.principal).await;
        let kept = match writing {
            Ok(writing) => keep(writing, submission).await,
            Err(failure) => Err(failure),
        };
        results.push(kept.map(|(received, jobs)| {
            due.entry(submission.tenant).or_insert_with(Vec::new).extend(jobs);
            received
        }));
    }
    // Lanes of several tenants in the order of their ids, so that no two groups wait for each other.
    for (tenant, jobs) in &due {
        jobs::touch(&outer, *tenant, jobs).await?;
    }
    outer.commit().await?;
    if due.values().any(|jobs| !jobs.is_empty()) {
        database.pools.bell.notify_one();
    }
    Ok(results)
}

/// Stores one report inside its own savepoint; a failure undoes this report alone.
async fn keep(writing: Writing, submission: &Submission) -> Result<(Received, Vec<(Priority, Moment)>), Failure> {
    let received = match &submission.source {
        Source::Own { sequence } => own(&writing, submission, *sequence).await?,
        Source::Foreign { id } => foreign(&writing, submission, id).await?,
    };
    Ok((received, writing.merge().await?))
}

async fn own(writing: &Writing, submission: &Submission, sequence: i64) -> Result<Received, Failure> {
    use agent_key::Column;
    let Principal::Agent(key) = writing.who().principal else { return Err(Refusal::NotFound.into()) };
    let device = writing.own_device().await?;
    let row = writing.find_of::<agent_key::Entity>(&device).filter(Column::Id.eq(key.0)).one().await?.ok_or(Refusal::NotFound)?;
    if row.revoked_at.is_some() {
        return Err(Refusal::Conflict("the key of this device was revoked".into()).into());
    }
    let enrolment = writing.enrolment_of(row.enrolment_key_id).await?;
    let Some(enrolment) = enrolment.filter(|enrolment| enrolment.revoked_at.is_none()) else {
        return Err(Refusal::Conflict(domain::enrolment::KeyRefusal::Revoked.to_string()).into());
    };
    writing.touch_enrolment_key(enrolment.id, enrolment.last_used_at, submission.at).await?;
    let newer = sea_orm::Condition::all().add(Column::Id.eq(key.0)).add(Column::Sequence.lt(sequence));
    if writing.update_of::<agent_key::Entity>(&device, newer, [(Column::Sequence, Expr::value(sequence))]).await? == 0 {
        return Ok(Received::Duplicate);
    }
    writing.take(&device, &submission.report, submission.every_s, submission.at).await
}

async fn foreign(writing: &Writing, submission: &Submission, id: &str) -> Result<Received, Failure> {
    let device = writing.foreign_device(id, &submission.report, submission.every_s, submission.at).await?;
    // Who is quarantined or retired already is answered so below, and writes no further history.
    let served = matches!(device.row.standing.parse(), Ok(Standing::Active | Standing::Pending));
    if served && let Some(reason) = changed_identity(writing, &device, &submission.report).await? {
        return writing.quarantine(&device, reason, submission.at).await;
    }
    writing.take(&device, &submission.report, submission.every_s, submission.at).await
}

/// Why the machine behind a shared credential is not the one that was enrolled under this id.
async fn changed_identity(writing: &Writing, device: &SeenDevice, report: &Report) -> Result<Option<String>, Failure> {
    let row: &device::Model = &device.row;
    let differs = |old: &Option<String>, new: &Option<String>| old.is_some() && new.is_some() && old != new;
    if differs(&row.machine_uuid, &report.identity.machine_uuid) {
        return Ok(Some("its hardware UUID changed".into()));
    }
    if differs(&row.serial, &report.identity.serial) {
        return Ok(Some("its serial number changed".into()));
    }
    let (Some(old), Some(new)) = (writing.hardware(device).await?, &report.hardware) else { return Ok(None) };
    let macs =
        |hardware: &domain::devices::report::Hardware| hardware.interfaces.iter().filter_map(|i| i.mac.clone()).collect::<std::collections::BTreeSet<_>>();
    let (old, new) = (macs(&old.content), macs(new));
    let foreign = !old.is_empty() && !new.is_empty() && old.is_disjoint(&new);
    Ok(foreign.then(|| "all its hardware addresses changed".into()))
}

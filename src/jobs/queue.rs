//! Takes jobs from the queue and does them, a few at a time, until it is asked to stop; then it ends what it began.

use std::{sync::Arc, time::Duration};

use domain::{Refusal, jobs};
use foundation::{Failure, jobs::Claim};
use tokio::{
    sync::{Semaphore, watch},
    task::{JoinHandle, JoinSet},
};

use super::work;
use crate::http::App;

/// Jobs that are done at the same time.
const AT_ONCE: usize = 6;
/// How long one may take; less than its lease, so that nobody else takes it meanwhile.
const LIMIT: Duration = Duration::from_secs(60);
/// How often the queue is looked at when nobody of this program asks for a job: others may, and time passes.
const LOOK: Duration = Duration::from_secs(1);
/// Every so many turns a job of any priority, whoever waited longest.
const FAIR: u32 = 8;

/// The queue's workers; [`Queue::stop`] waits for what was begun.
#[derive(Debug)]
pub struct Queue {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Queue {
    /// Starts the workers.
    pub fn start(app: &Arc<App>) -> Self {
        let (stop, stopped) = watch::channel(false);
        Self { stop, task: tokio::spawn(take_turns(Arc::clone(app), stopped)) }
    }

    /// Takes no more jobs, and waits until those that were begun have ended.
    pub async fn stop(self) {
        // The workers may have ended already.
        let _ = self.stop.send(true);
        drop(self.task.await);
    }
}

async fn take_turns(app: Arc<App>, mut stopped: watch::Receiver<bool>) {
    let free = Arc::new(Semaphore::new(AT_ONCE));
    let mut begun = JoinSet::new();
    let mut turn = 0_u32;
    loop {
        let Ok(place) = Arc::clone(&free).acquire_owned().await else { break };
        if *stopped.borrow() {
            break;
        }
        turn = turn.wrapping_add(1);
        match next(&app, turn.is_multiple_of(FAIR)).await {
            Some(claim) => {
                let app = Arc::clone(&app);
                begun.spawn(async move {
                    do_one(&app, claim).await;
                    drop(place);
                });
            }
            None => tokio::select! {
                () = app.database.job_asked_for() => {}
                () = tokio::time::sleep(LOOK) => {}
                _ = stopped.changed() => {}
            },
        }
        while begun.try_join_next().is_some() {}
    }
    while begun.join_next().await.is_some() {}
}

/// The next job, if one is due. A database that fails is asked again a little later.
async fn next(app: &App, fair: bool) -> Option<Claim> {
    let now = app.clock.now();
    let taken = async { if app.database.has_jobs(now).await? { app.database.claim_job(now, fair).await } else { Ok(None) } }.await;
    taken.unwrap_or_else(|failure: Failure| {
        tracing::warn!(%failure, "the queue of jobs could not be read");
        None
    })
}

async fn do_one(app: &Arc<App>, claim: Claim) {
    let (worker, own) = (Arc::clone(app), claim.clone());
    // In a task of its own, so that a job that panics is a job that failed.
    let work = tokio::spawn(async move { tokio::time::timeout(LIMIT, work::done(&worker, &own)).await });
    let error = match work.await {
        Ok(Ok(Ok(()))) => return,
        Ok(Ok(Err(Failure::Refused(Refusal::Conflict(why))))) => {
            tracing::debug!(kind = claim.kind, why, "a job was done by somebody else");
            return;
        }
        Ok(Ok(Err(failure))) => failure.to_string(),
        Ok(Err(_)) => format!("it took longer than {} seconds", LIMIT.as_secs()),
        Err(panic) => panic.to_string(),
    };
    let now = app.clock.now();
    let again = jobs::again(claim.tried, now, rand::random_range(0..=1_000));
    tracing::warn!(kind = claim.kind, tenant = %claim.tenant, subject = claim.subject, tried = claim.tried, error, parked = again.is_none(), "a job failed");
    if let Err(failure) = app.database.return_job(&claim, &error, again).await {
        tracing::warn!(%failure, "a job that failed could not be given back; the end of its lease brings it back");
    }
}

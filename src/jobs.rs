//! Work that the server does by itself while it runs, one job a file. Each enters its tenants as itself.

pub mod alerts;
mod commands;
pub mod demo;
pub mod figures;
mod notices;
mod plans;
mod queue;
mod reports;
pub mod sweep;
mod windows;
pub mod work;

use std::{sync::Arc, time::Duration};

use foundation::Failure;
use tokio::task::JoinHandle;

use crate::http::App;

/// How long jobs that were begun may go on when the server ends.
const DRAIN: Duration = Duration::from_secs(5);

/// The jobs that run; the rounds end when this is dropped, the queue when [`Jobs::stop`] is called.
#[derive(Debug)]
pub struct Jobs {
    rounds: Vec<JoinHandle<()>>,
    queue: Option<queue::Queue>,
}

impl Jobs {
    /// Ends the rounds, takes no more jobs from the queue, and waits for those that were begun, for as long as [`DRAIN`].
    pub async fn stop(mut self) {
        let Some(queue) = self.queue.take() else { return };
        if tokio::time::timeout(DRAIN, queue.stop()).await.is_err() {
            tracing::warn!("some jobs had not ended; they are begun again when their lease is over");
        }
    }
}

impl Drop for Jobs {
    fn drop(&mut self) {
        self.rounds.iter().for_each(JoinHandle::abort);
    }
}

/// Starts the jobs.
///
/// # Errors
/// A sentence, when storage fails at the start.
pub async fn start(app: &Arc<App>) -> Result<Jobs, String> {
    let mut rounds = vec![every(app, "sweep", sweep::EVERY, |app| async move { sweep::sweep(&app).await })];
    if app.demo {
        let made = demo::made(app).await.map_err(|failure| failure.to_string())?;
        rounds.extend(made.into_iter().map(|tenant| every(app, "demo", demo::EVERY, move |app| async move { demo::report(&app, tenant).await })));
    }
    Ok(Jobs { rounds, queue: Some(queue::Queue::start(app)) })
}

/// Runs `work` at the start and then in equal steps; a round that fails is logged, and the next one tries again.
fn every<F>(app: &Arc<App>, name: &'static str, step: Duration, work: impl Fn(Arc<App>) -> F + Send + 'static) -> JoinHandle<()>
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let app = Arc::clone(app);
    tokio::spawn(async move {
        let mut rounds = tokio::time::interval(step);
        loop {
            rounds.tick().await;
            if let Err(failure) = work(Arc::clone(&app)).await {
                tracing::warn!(%failure, job = name, "a job failed and will be tried again");
            }
        }
    })
}

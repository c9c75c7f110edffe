//! Work that the server does by itself while it runs, one job a file. Each enters its tenants as itself.

pub mod demo;
pub mod sweep;

use std::{sync::Arc, time::Duration};

use foundation::Failure;
use tokio::task::JoinHandle;

use crate::http::App;

/// The jobs that run; they end when this is dropped.
#[derive(Debug)]
pub struct Jobs(Vec<JoinHandle<()>>);

impl Drop for Jobs {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Starts the jobs.
///
/// # Errors
/// A sentence, when storage fails at the start.
pub async fn start(app: &Arc<App>) -> Result<Jobs, String> {
    let mut jobs = vec![every(app, "sweep", sweep::EVERY, |app| async move { sweep::sweep(&app).await })];
    if app.demo {
        let made = demo::made(app).await.map_err(|failure| failure.to_string())?;
        jobs.extend(made.into_iter().map(|tenant| every(app, "demo", demo::EVERY, move |app| async move { demo::report(&app, tenant).await })));
    }
    Ok(Jobs(jobs))
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

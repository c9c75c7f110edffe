//! Does what the command line asks.

use std::path::PathBuf;

use tokio::{
    signal::unix::{SignalKind, signal},
    sync::mpsc,
};

use crate::{
    cli::{Cli, Order, Place, Run},
    enrol::{NotEnrolled, enrol},
    measure::{self, Meter},
    orders::Poller,
    outside::{self, Outside},
    reporter::{NoReporter, Reporter},
    send::Trouble,
    state::{State, default_dir},
    tidy::tidy,
};

/// Why an order was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Enrolling failed.
    #[error(transparent)]
    Enrol(#[from] NotEnrolled),
    /// The agent could not start.
    #[error(transparent)]
    Start(#[from] NoReporter),
    /// The report was not accepted.
    #[error(transparent)]
    Report(#[from] Trouble),
    /// The report breaks the limits.
    #[error("the report breaks the limits: {0}")]
    Limits(String),
    /// Signals or the output do not work.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Carries out `cli`.
///
/// # Errors
/// What went wrong, as a sentence.
pub async fn obey(cli: Cli) -> Result<(), Problem> {
    match cli.order {
        Order::Enrol(order) => {
            let state = enrol(order).await?;
            tracing::info!(device = %state.device, every_s = state.every_s, "enrolled at {}", state.server);
            Ok(())
        }
        Order::Run(order) => run(order).await,
        Order::Once(place) => once(place).await,
        Order::Show(place) => show(place).await,
    }
}

async fn run(order: Run) -> Result<(), Problem> {
    let dir = dir(order.place);
    let mut reporter = Reporter::open(dir.clone(), Outside::real())?;
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    match order.allow_changes {
        true => tracing::info!("changes to this machine are allowed: commands from the portal are carried out"),
        false => tracing::info!("reporting only; changes to this machine are not allowed"),
    }
    let (nudge, nudges) = mpsc::channel(4);
    // One end of the channel stays here, so that reporting goes on as ever where no commands are taken.
    let orders = match Poller::open(dir, reporter.sender(), order.allow_changes, nudge.clone(), Outside::real()) {
        Ok(mut poller) => Some(tokio::spawn(async move { poller.run().await })),
        Err(error) => {
            tracing::warn!("no commands are taken, because their journal cannot be used: {error}");
            None
        }
    };
    let asked = async {
        tokio::select! {
            _ = terminate.recv() => tracing::info!("asked to end"),
            _ = interrupt.recv() => tracing::info!("interrupted"),
        }
    };
    reporter.run_until(asked, nudges).await;
    if let Some(orders) = orders {
        orders.abort();
    }
    tracing::info!(waiting = reporter.waiting(), "ended; reports that wait are kept");
    Ok(())
}

async fn once(place: Place) -> Result<(), Problem> {
    let mut reporter = Reporter::open(dir(place), Outside::real())?;
    if !reporter.take().await {
        return Err(Problem::Limits("nothing to send".into()));
    }
    Ok(reporter.deliver().await?)
}

async fn show(place: Place) -> Result<(), Problem> {
    let dir = dir(place);
    // A machine that is not enrolled is shown as well; nothing is asked about it by name.
    let asked = State::load(&dir).map(|state| measure::clean(state.asked)).unwrap_or_default();
    let report = Meter::looking(&dir).report(outside::now(), &asked).await;
    let (report, changed) = tidy(report).map_err(|faults| Problem::Limits(format!("{faults:?}")))?;
    if changed > 0 {
        tracing::info!(changed, "values that no report may hold were cleaned or left out");
    }
    let text = serde_json::to_string_pretty(&report).map_err(std::io::Error::from)?;
    std::io::Write::write_all(&mut std::io::stdout(), format!("{text}\n").as_bytes())?;
    Ok(())
}

fn dir(place: Place) -> PathBuf {
    place.dir.unwrap_or_else(default_dir)
}

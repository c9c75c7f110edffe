//! Does one command.

use std::{path::Path, time::Duration};

use domain::{
    commands::{Done, Spec},
    ids::CommandId,
};
use tokio::sync::{mpsc, oneshot};

use super::{
    install::{LIMITS, Work, install, resume},
    poller::{News, Nudge},
    script::{self, Run, failed, run},
};
use crate::program::find;

/// How long refreshing the package lists may take.
const REFRESH: Duration = Duration::from_secs(10 * 60);
/// How long a report may take to reach the server.
const REPORT: Duration = Duration::from_secs(5 * 60);
/// How long a machine may take to go down once it was asked to.
const RESTART: Duration = Duration::from_secs(5 * 60);

/// Does what `spec` says.
pub async fn act(spec: Spec, id: CommandId, dir: &Path, nudge: &mpsc::Sender<Nudge>, news: &mpsc::Sender<News>) -> Done {
    match spec {
        Spec::Collect => report(nudge).await,
        Spec::ScanUpdates => scan(nudge, news).await,
        Spec::RunScript { script, limit_s } => script::script(dir, id, &script, Duration::from_secs(limit_s.into()), news).await,
        Spec::Reboot { .. } => restart(news).await,
        Spec::InstallUpdates { request } => shown(install(&request, Work::new(dir, id, LIMITS, news)).await, nudge).await,
    }
}

/// Goes on with what an earlier start of the agent began, where that is possible.
pub async fn go_on(spec: Spec, id: CommandId, dir: &Path, nudge: &mpsc::Sender<Nudge>, news: &mpsc::Sender<News>) -> Done {
    match spec {
        Spec::InstallUpdates { request } => shown(resume(&request, Work::new(dir, id, LIMITS, news)).await, nudge).await,
        _ => failed("the agent ended while this ran; what it did is not known".into()),
    }
}

/// Has a report taken that shows what was `done`; one that does not get through now is sent later, and changes nothing about it.
async fn shown(done: Done, nudge: &mpsc::Sender<Nudge>) -> Done {
    let reported = report(nudge).await;
    if let Some(reason) = reported.reason {
        tracing::info!("after the installation: {reason}");
    }
    done
}

/// Has a report taken and delivered.
async fn report(nudge: &mpsc::Sender<Nudge>) -> Done {
    let (reply, replied) = oneshot::channel();
    if nudge.send(reply).await.is_err() {
        return failed("the agent is ending".into());
    }
    match tokio::time::timeout(REPORT, replied).await {
        Ok(Ok(true)) => Done { well: true, ..Done::default() },
        _ => failed("a report was taken and did not reach the server yet; it is sent as soon as it can be".into()),
    }
}

async fn scan(nudge: &mpsc::Sender<Nudge>, news: &mpsc::Sender<News>) -> Done {
    let refresh = if find("apt-get").is_some() {
        Run { command: vec!["apt-get", "update"], limit: REFRESH, environment: &[("DEBIAN_FRONTEND", "noninteractive")] }
    } else if find("dnf").is_some() {
        Run { command: vec!["dnf", "--assumeyes", "--refresh", "makecache"], limit: REFRESH, environment: &[] }
    } else {
        return failed("this machine has neither apt nor dnf".into());
    };
    let refreshed = run(refresh, news).await;
    if !refreshed.well {
        return refreshed;
    }
    report(nudge).await
}

/// Asks for a restart and waits for it; what waits here ends with the machine, and the next start says that it is done.
async fn restart(news: &mpsc::Sender<News>) -> Done {
    let command = if find("shutdown").is_some() { vec!["shutdown", "-r", "+1", "Restart asked for in the portal"] } else { vec!["reboot"] };
    let asked = run(Run { command, limit: Duration::from_secs(60), environment: &[] }, news).await;
    if !asked.well {
        return asked;
    }
    tokio::time::sleep(RESTART).await;
    failed("the machine was asked to restart and did not".into())
}

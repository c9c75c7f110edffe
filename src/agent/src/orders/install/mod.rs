//! Installs exactly the versions that were asked for, and nothing else; what became of them is read from the machine and not believed.

mod alive;
mod apt;
mod dnf;
mod files;
mod outcome;
mod percent;
mod plan;
mod resume;
mod work;

use std::time::Duration;

use domain::{
    commands::Done,
    patching::{
        Source,
        install::{Request, Wanted},
        outcome::{Failure, FailureClass},
        output::classify,
    },
};

pub use self::{
    files::sweep,
    outcome::Failures,
    resume::resume,
    work::{Limits, Work},
};
use self::{
    outcome::{Before, done, hopeless},
    work::too_long,
};
use super::script::failed;
use crate::{packages, program::find};

/// How long an installation may take.
pub const LIMITS: Limits = Limits { whole: Duration::from_secs(60 * 60), patience: Duration::from_secs(30 * 60) };

/// Installs what `request` names.
pub async fn install(request: &Request, mut work: Work<'_>) -> Done {
    let source = request.source();
    if find(program(source)).is_none() {
        return failed(format!("this machine has no {}", source.program()));
    }
    let there = match packages::there(source).await {
        Ok(there) => there,
        Err(error) => return failed(format!("the installed packages cannot be read: {error}")),
    };
    let before = Before::of(request, &there);
    if let Err(error) = work.files.begin(before.packages()) {
        return failed(format!("it was not begun, because what is there could not be written down: {error}"));
    }
    let mut failures = hopeless(request, &there);
    let open: Vec<&Wanted> = request.packages().iter().filter(|wanted| !before.has(wanted) && !failures.contains_key(wanted)).collect();
    if !open.is_empty() {
        mend(source, &mut work).await;
        all_then_each(request, &open, &mut failures, &mut work).await;
    }
    done(request, &before, failures, &work).await
}

/// Installs all of `open` at once; what is not there afterwards is tried once by itself, so that one that fails does not keep the others back.
async fn all_then_each(request: &Request, open: &[&Wanted], failures: &mut Failures, work: &mut Work<'_>) {
    let count = open.len();
    let what = if let [one] = open { named(1, 1, one) } else { format!("{count} updates") };
    let Some(failure) = attempt(request, open, &what, work).await else { return };
    let Ok(there) = packages::there(request.source()).await else {
        failures.extend(open.iter().map(|wanted| ((*wanted).clone(), failure.clone())));
        return;
    };
    let now = Before::of(request, &there);
    let mut stop = (count == 1 || !helps(failure.class)).then_some(failure);
    for (at, wanted) in open.iter().enumerate().filter(|(_, wanted)| !now.has(wanted)) {
        let own = match &stop {
            Some(failure) => Some(failure.clone()),
            None => attempt(request, &[wanted], &named(at + 1, count, wanted), work).await,
        };
        let Some(own) = own else { continue };
        if !helps(own.class) {
            stop = Some(own.clone());
        }
        failures.insert((*wanted).clone(), own);
    }
}

/// Whether it helps to try the next package: what keeps all of them back would do so again.
const fn helps(class: FailureClass) -> bool {
    !matches!(class, FailureClass::Lock | FailureClass::Broken | FailureClass::Permission | FailureClass::TimedOut)
}

fn named(at: usize, count: usize, wanted: &Wanted) -> String {
    format!("{at} of {count}: {} {}", wanted.key().name, wanted.key().version)
}

/// Looks at what the package system would do, and has it done if that is what was asked for; gives why not, or why it failed.
async fn attempt(request: &Request, wanted: &[&Wanted], what: &str, work: &mut Work<'_>) -> Option<Failure> {
    if tokio::time::Instant::now() >= work.until {
        return Some(too_long());
    }
    let (plan, environment): (_, &[(&str, &str)]) = match request.source() {
        Source::Deb => {
            let ended = work.run(&apt::simulation(work.id, wanted), &apt::ENVIRONMENT, what).await;
            if let Some(failure) = ended.failure() {
                return Some(failure);
            }
            (apt::plan(&ended.text), &apt::ENVIRONMENT)
        }
        Source::Rpm => {
            let ended = work.run(&dnf::simulation(work.id, wanted), &dnf::ENVIRONMENT, what).await;
            if ended.late || !dnf::has_plan(&ended.text) {
                return Some(ended.failure().unwrap_or_else(|| classify(&ended.text)));
            }
            (dnf::plan(&ended.text), &dnf::ENVIRONMENT)
        }
    };
    if let Err(failure) = plan.judge(request) {
        work.files.note(&format!("not begun: {}", failure.line));
        return Some(failure);
    }
    for new in plan.news(request) {
        work.files.note(&format!("{new} is new here; it is needed and comes with it"));
    }
    let line = match request.source() {
        Source::Deb => apt::installation(work.id, wanted),
        Source::Rpm => dnf::installation(work.id, wanted),
    };
    work.run(&line, environment, what).await.failure()
}

/// Ends what an interrupted dpkg left half done, once; without that apt does nothing.
async fn mend(source: Source, work: &mut Work<'_>) {
    if source != Source::Deb || !alive::interrupted() {
        return;
    }
    let what = "Ending what an earlier installation left half done";
    work.files.note("dpkg was interrupted earlier; what it left half done is ended first");
    let line = ["dpkg", "--force-confdef", "--force-confold", "--configure", "-a"].map(str::to_owned);
    let ended = work.run(&line, &apt::ENVIRONMENT, what).await;
    if let Some(failure) = ended.failure() {
        work.files.note(&format!("that did not end well: {}", failure.line));
    }
}

const fn program(source: Source) -> &'static str {
    match source {
        Source::Deb => "apt-get",
        Source::Rpm => "dnf",
    }
}

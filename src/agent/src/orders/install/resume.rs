//! Ends an installation that an earlier start of the agent began: the package system may still be at work, and is never begun again.

use std::time::Duration;

use domain::{
    commands::Done,
    patching::{
        install::Request,
        outcome::{Failure, FailureClass},
        output::{classify, clean},
    },
};
use tokio::time::{Instant, sleep};

use super::{
    alive,
    outcome::{Before, Failures, done},
    percent,
    work::Work,
};
use crate::packages;

/// How often it is looked whether the package system has ended.
const LOOK: Duration = Duration::from_millis(500);
/// How long another program is waited for that works with dpkg, such as a dpkg whose apt is gone.
const OTHERS: Duration = Duration::from_secs(10 * 60);

/// Waits until nothing is at work any more, and says what is there.
pub async fn resume(request: &Request, mut work: Work<'_>) -> Done {
    // What was begun in the very last moment needs one to show itself.
    sleep(LOOK).await;
    wait(&mut work).await;
    let before = match work.files.before() {
        Some(before) => Before::read(before),
        None => packages::there(request.source()).await.map(|there| Before::of(request, &there)).unwrap_or_default(),
    };
    let failures = interrupted(request, &work.files.said());
    work.files.note("the agent ended in the middle of this and was started again; what is there was read from the machine");
    let done = done(request, &before, failures, &work).await;
    work.tell("Ended while the agent was away").await;
    done
}

async fn wait(work: &mut Work<'_>) {
    let what = "Going on, although the agent was started again";
    let mut looks = 0_u32;
    let end = work.until + work.patience;
    while alive::runs(work.id) && Instant::now() < end {
        if looks.is_multiple_of(4) {
            work.tell(what).await;
        }
        looks = looks.wrapping_add(1);
        sleep(LOOK).await;
    }
    let end = Instant::now() + OTHERS;
    while alive::locked() && Instant::now() < end {
        sleep(LOOK).await;
    }
}

/// Why the packages are not there: what dpkg said of them, else that it was interrupted.
fn interrupted(request: &Request, status: &str) -> Failures {
    let errors = percent::errors(status);
    let failure = |name: &str| match errors.get(name).map(|line| classify(line)) {
        Some(failure) if failure.class != FailureClass::Unknown => failure,
        _ => Failure { class: FailureClass::Interrupted, line: clean("The agent or the machine stopped in the middle, and this version is not there.") },
    };
    request.packages().iter().map(|wanted| (wanted.clone(), failure(&wanted.key().name))).collect()
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::{RunId, Uuid},
        patching::{Source, install::Wanted},
    };

    use super::*;

    #[test]
    fn a_script_that_failed_is_told_from_an_end_in_the_middle() {
        let wanted = |name: &str| Wanted::new(Source::Deb, name, "all", "2").expect(name);
        let request = Request::new(RunId(Uuid::nil()), 1, None, Source::Deb, vec![wanted("a"), wanted("b")]).expect("a request");
        let status =
            "pmstatus:a:10.0:Unpacking a (amd64)\npmerror:b:69.2:installed b package post-installation script subprocess returned error exit status 1\n";
        let classes: Vec<_> = interrupted(&request, status).into_values().map(|failure| failure.class).collect();
        assert_eq!(classes, [FailureClass::Interrupted, FailureClass::Script]);
    }
}

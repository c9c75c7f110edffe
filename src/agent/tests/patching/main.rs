//! The agent installs updates on a real Debian, by the real apt, from a repository of tiny packages. Run by scripts/patch-test.sh.

mod ended;
mod exactly;
mod machine;
mod portal;

use domain::{
    Moment,
    commands::{Done, Spec},
    ids::{CommandId, RunId, Uuid},
    patching::{
        Source,
        install::{Request, Wanted},
        outcome::{Became, FailureClass, Outcome},
    },
};

/// A request for `packages` at 1.1, as the attempt `attempt`.
fn request(packages: &[&str], attempt: u32, not_after: Option<Moment>) -> Request {
    let wanted = |name: &&str| Wanted::new(Source::Deb, &format!("portico-{name}"), "all", "1.1").expect("a package");
    Request::new(RunId(Uuid::from_u128(1)), attempt, not_after, Source::Deb, packages.iter().map(wanted).collect()).expect("a request")
}

fn install(request: &Request) -> Spec {
    Spec::InstallUpdates { request: request.clone() }
}

/// What became of `request`, which the agent must have answered as the server wants it.
fn outcome(request: &Request, done: &Done) -> Outcome {
    let outcome = done.outcome.clone().unwrap_or_else(|| panic!("no outcome: {done:?}"));
    assert_eq!(outcome.check(request), Ok(()), "{outcome:?}");
    assert_eq!((done.well, done.reason.is_none()), (outcome.failed().is_none(), outcome.failed().is_none()), "{done:?}");
    outcome
}

/// Each package, without its first word, and what became of it.
fn ends(outcome: &Outcome) -> Vec<(&str, Result<&'static str, FailureClass>)> {
    let word = |became: &Became| match became {
        Became::Installed => Ok("installed"),
        Became::AlreadyThere => Ok("there"),
        Became::Failed { failure } => Err(failure.class),
    };
    outcome.packages.iter().map(|package| (&package.wanted.key().name["portico-".len()..], word(&package.became))).collect()
}

/// How often apt changed the machine for the command `id`.
fn changes(machine: &machine::Machine, id: CommandId) -> usize {
    machine.file("var/log/apt/history.log").matches(&format!("Portico::Command={id}")).count()
}

//! What became of each package, from what was there before and what is there now.

use std::collections::BTreeMap;

use domain::{
    commands::Done,
    devices::report::Package,
    patching::{
        Source,
        install::{Request, Wanted},
        outcome::{Became, Failure, FailureClass, Outcome, PackageOutcome},
        output::clean,
        verify::Scan,
    },
};

use super::work::Work;
use crate::{
    orders::script::failed,
    packages::{self, There},
};

/// Why packages were not installed.
pub type Failures = BTreeMap<Wanted, Failure>;

/// The packages of a request that were there at some moment.
#[derive(Debug, Clone, Default)]
pub struct Before(Vec<Package>);

impl Before {
    /// Those that are `there` now.
    pub fn of(request: &Request, there: &There) -> Self {
        let named = |package: &&Package| request.packages().iter().any(|wanted| wanted.key().name == package.name);
        Self(there.whole.iter().filter(named).cloned().collect())
    }

    /// Those that were written down.
    pub const fn read(packages: Vec<Package>) -> Self {
        Self(packages)
    }

    /// The packages.
    pub fn packages(&self) -> &[Package] {
        &self.0
    }

    /// Whether the version of `wanted`, or a newer one, was there.
    pub fn has(&self, wanted: &Wanted) -> bool {
        Scan::of(&self.0, &[]).has(wanted)
    }
}

/// What cannot be installed, whatever the package system says: packages that are not there, and those that somebody holds.
pub fn hopeless(request: &Request, there: &There) -> Failures {
    let failure = |class, line: String| Some(Failure { class, line: clean(&line) });
    let why = |wanted: &Wanted| {
        let name = &wanted.key().name;
        if Scan::of(&there.whole, &[]).has(wanted) {
            None
        } else if !there.names.contains(name) {
            failure(FailureClass::Unverified, format!("{name} is not installed here, and only what is there is updated."))
        } else if there.held.contains(name) {
            failure(FailureClass::Held, format!("Somebody holds {name} at its version on this machine."))
        } else {
            None
        }
    };
    request.packages().iter().filter_map(|wanted| Some((wanted.clone(), why(wanted)?))).collect()
}

/// Says what became of everything, as far as the machine can be read.
pub async fn done(request: &Request, before: &Before, failures: Failures, work: &Work<'_>) -> Done {
    let source = request.source();
    let there = match packages::there(source).await {
        Ok(there) => there,
        Err(error) => return failed(format!("what became of it is not known, because the installed packages cannot be read: {error}")),
    };
    let packages = judged(request, before, &there, failures);
    let reboot_required = packages::reboot_required(source, &there.whole).await;
    let outcome = Outcome { run: request.run, attempt: request.attempt, packages, reboot_required };
    work.files.note(&summary(source, &outcome));
    Done { well: outcome.failed().is_none(), code: None, reason: reason(&outcome), outcome: Some(outcome) }
}

fn judged(request: &Request, before: &Before, there: &There, mut failures: Failures) -> Vec<PackageOutcome> {
    let mut packages = Scan::of(&there.whole, &[]).outcomes(&Scan::of(before.packages(), &[]), request, None);
    for package in &mut packages {
        if let Became::Failed { failure } = &mut package.became
            && let Some(known) = failures.remove(&package.wanted)
        {
            *failure = known;
        }
    }
    packages
}

/// Why it did not go well, as a sentence.
fn reason(outcome: &Outcome) -> Option<String> {
    let failed: Vec<(&str, FailureClass)> =
        outcome.packages.iter().filter_map(|package| Some((package.wanted.key().name.as_str(), package.failure()?.class))).collect();
    let (name, class) = failed.first()?;
    Some(format!("{} of {} updates were not installed; the first is {name}: {}", failed.len(), outcome.packages.len(), class.label()))
}

fn summary(source: Source, outcome: &Outcome) -> String {
    let count = |became: fn(&Became) -> bool| outcome.packages.iter().filter(|package| became(&package.became)).count();
    let (now, before) = (count(|became| *became == Became::Installed), count(|became| *became == Became::AlreadyThere));
    let failed = outcome.packages.len() - now - before;
    format!("{now} installed with {}, {before} there already, {failed} not installed", source.program())
}

#[cfg(test)]
mod tests {
    use domain::ids::{RunId, Uuid};

    use super::*;

    fn package(name: &str, version: &str) -> Package {
        Package { name: name.into(), version: version.into(), arch: Some("all".into()), ..Package::default() }
    }

    #[test]
    fn each_package_has_its_own_end() {
        let names = ["new", "there", "bad", "quiet", "absent", "held"];
        let wanted = |name: &str| Wanted::new(Source::Deb, name, "all", "2").expect(name);
        let request = Request::new(RunId(Uuid::nil()), 1, None, Source::Deb, names.map(wanted).to_vec()).expect("a request");
        let machine = |versions: [(&str, &str); 5]| There {
            whole: versions.map(|(name, version)| package(name, version)).to_vec(),
            names: ["new", "there", "bad", "quiet", "held", "more"].map(str::to_owned).into(),
            held: ["held".to_owned(), "there".to_owned()].into(),
        };
        let old = machine([("new", "1"), ("there", "2"), ("bad", "1"), ("quiet", "1"), ("held", "1")]);
        let now = machine([("new", "2"), ("there", "2"), ("more", "1"), ("quiet", "1"), ("held", "1")]);
        let before = Before::of(&request, &old);
        let mut failures = hopeless(&request, &old);
        assert_eq!(failures.values().map(|failure| failure.class).collect::<Vec<_>>(), [FailureClass::Unverified, FailureClass::Held]);
        failures.insert(wanted("bad"), Failure { class: FailureClass::Script, line: "it failed".into() });
        let packages = judged(&request, &before, &now, failures);
        let seen: Vec<_> = packages.iter().map(|package| (package.wanted.key().name.as_str(), package.failure().map(|failure| failure.class))).collect();
        use FailureClass::{Held, Script, Unverified};
        let expected = [("new", None), ("there", None), ("bad", Some(Script)), ("quiet", Some(Unverified)), ("absent", Some(Unverified)), ("held", Some(Held))];
        assert_eq!(seen, expected);
        assert_eq!((&packages[0].became, &packages[1].became), (&Became::Installed, &Became::AlreadyThere));
        let outcome = Outcome { run: request.run, attempt: 1, packages, reboot_required: None };
        assert_eq!(outcome.check(&request), Ok(()));
        assert_eq!(reason(&outcome).as_deref(), Some("4 of 6 updates were not installed; the first is bad: a script of the package failed"));
        assert_eq!(summary(Source::Deb, &outcome), "1 installed with apt, 1 there already, 4 not installed");
    }
}

//! What became of an installation: of each package, and why it failed.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::install::{Request, Wanted};
use crate::{
    Fault,
    devices::limits::{TEXT, is_plain},
    ids::RunId,
};

/// The most characters of a failure's line.
pub const LINE: usize = TEXT;

/// Why an installation failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureClass {
    /// Another program uses the package system.
    Lock,
    /// A file system is full.
    NoSpace,
    /// It needs something that cannot be installed.
    Unmet,
    /// The archive does not have this version any more.
    Gone,
    /// It could not be downloaded.
    Download,
    /// A script of the package failed.
    Script,
    /// A signature is missing or wrong.
    Signature,
    /// Somebody holds the package at its version.
    Held,
    /// An earlier installation was left half done.
    Broken,
    /// The agent may not install, or the file system is read only.
    Permission,
    /// The agent or the machine stopped in the middle.
    Interrupted,
    /// It took longer than it may.
    TimedOut,
    /// It was said to be installed, but a fresh scan does not find it.
    Unverified,
    /// The output says nothing that is known.
    Unknown,
}

/// A failure: its class and the line of output that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Why.
    pub class: FailureClass,
    /// The line that says so, at most [`LINE`] characters.
    pub line: String,
}

/// What became of one package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Became {
    /// It was installed now.
    Installed,
    /// It was there already.
    AlreadyThere,
    /// It was not installed.
    Failed {
        /// Why.
        failure: Failure,
    },
}

/// What the agent says about one package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageOutcome {
    /// Which package.
    pub wanted: Wanted,
    /// What became of it.
    pub became: Became,
}

/// What the agent says about a whole request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The run.
    pub run: RunId,
    /// Which attempt of the run it was, from 1.
    pub attempt: u32,
    /// Each package of the request once.
    pub packages: Vec<PackageOutcome>,
    /// Whether a restart is asked for; `None` is unknown.
    pub reboot_required: Option<bool>,
}

impl FailureClass {
    /// Each once.
    pub const ALL: [Self; 14] = [
        Self::Lock,
        Self::NoSpace,
        Self::Unmet,
        Self::Gone,
        Self::Download,
        Self::Script,
        Self::Signature,
        Self::Held,
        Self::Broken,
        Self::Permission,
        Self::Interrupted,
        Self::TimedOut,
        Self::Unverified,
        Self::Unknown,
    ];

    /// The word that URLs, storage and reports use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::NoSpace => "no_space",
            Self::Unmet => "unmet",
            Self::Gone => "gone",
            Self::Download => "download",
            Self::Script => "script",
            Self::Signature => "signature",
            Self::Held => "held",
            Self::Broken => "broken",
            Self::Permission => "permission",
            Self::Interrupted => "interrupted",
            Self::TimedOut => "timed_out",
            Self::Unverified => "unverified",
            Self::Unknown => "unknown",
        }
    }

    /// What went wrong, as words after "failed: ".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lock => "another program uses the package system",
            Self::NoSpace => "a file system is full",
            Self::Unmet => "it needs something that cannot be installed",
            Self::Gone => "the archive does not have this version any more",
            Self::Download => "it could not be downloaded",
            Self::Script => "a script of the package failed",
            Self::Signature => "a signature is missing or wrong",
            Self::Held => "the package is held at its version on the device",
            Self::Broken => "an earlier installation was left half done",
            Self::Permission => "the agent may not write there",
            Self::Interrupted => "the agent or the machine stopped in the middle",
            Self::TimedOut => "it took longer than it may",
            Self::Unverified => "a fresh scan does not find it",
            Self::Unknown => "the output says nothing that is known",
        }
    }

    /// Whether trying again later may help without anybody doing anything.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::Lock | Self::Download | Self::Interrupted | Self::TimedOut | Self::Unknown)
    }
}

impl FromStr for FailureClass {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|class| class.word() == word).ok_or(())
    }
}

impl Outcome {
    /// Checks that this answers `request`: the same run, each package once and nothing else, and plain short lines.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self, request: &Request) -> Result<(), Fault> {
        let mut answered: Vec<&Wanted> = self.packages.iter().map(|package| &package.wanted).collect();
        let mut wanted: Vec<&Wanted> = request.packages().iter().collect();
        answered.sort();
        wanted.sort();
        if self.run != request.run || self.attempt != request.attempt {
            return Err(Fault::new("run", "is another run or attempt than was asked for"));
        }
        if answered != wanted {
            return Err(Fault::new("packages", "are not those that were asked for, each once"));
        }
        let long = |package: &PackageOutcome| package.failure().is_some_and(|failure| failure.line.chars().count() > LINE || !is_plain(&failure.line));
        if self.packages.iter().any(long) { Err(Fault::new("line", "is no plain text of at most 255 characters")) } else { Ok(()) }
    }

    /// The class of the first failure; `None`: nothing failed.
    pub fn failed(&self) -> Option<FailureClass> {
        self.packages.iter().find_map(PackageOutcome::failure).map(|failure| failure.class)
    }
}

impl PackageOutcome {
    /// The failure, where there is one.
    pub const fn failure(&self) -> Option<&Failure> {
        match &self.became {
            Became::Failed { failure } => Some(failure),
            Became::Installed | Became::AlreadyThere => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::Uuid, patching::Source};

    #[test]
    fn words_read_back() {
        for class in FailureClass::ALL {
            assert_eq!(class.word().parse(), Ok(class));
            assert_eq!(serde_json::to_value(class).ok(), Some(class.word().into()));
        }
    }

    #[test]
    fn an_outcome_answers_its_request_and_nothing_else() {
        let run = RunId(Uuid::from_u128(1));
        let wanted = |name: &str| Wanted::new(Source::Deb, name, "amd64", "1-1").expect(name);
        let request = Request::new(run, 1, None, Source::Deb, vec![wanted("a"), wanted("b")]).expect("a request");
        let said = |name: &str, became| PackageOutcome { wanted: wanted(name), became };
        let failed = |line: &str| Became::Failed { failure: Failure { class: FailureClass::Lock, line: line.into() } };
        let outcome = |packages| Outcome { run, attempt: 1, packages, reboot_required: None };
        let fine = outcome(vec![said("b", failed("held by 12")), said("a", Became::Installed)]);
        assert_eq!(fine.check(&request), Ok(()));
        assert_eq!(fine.failed(), Some(FailureClass::Lock));
        let fault = |outcome: &Outcome| outcome.check(&request).expect_err("a fault").field;
        assert_eq!(fault(&Outcome { attempt: 2, ..fine.clone() }), "run");
        assert_eq!(fault(&outcome(vec![said("a", Became::Installed)])), "packages");
        assert_eq!(fault(&outcome(vec![said("a", Became::Installed), said("a", Became::AlreadyThere)])), "packages");
        assert_eq!(fault(&outcome(vec![said("a", Became::Installed), said("c", Became::Installed)])), "packages");
        assert_eq!(fault(&outcome(vec![said("a", Became::Installed), said("b", failed("a\0b"))])), "line");
        assert_eq!(fault(&outcome(vec![said("a", Became::Installed), said("b", failed(&"x".repeat(LINE + 1)))])), "line");
        let text = serde_json::to_string(&fine).expect("text");
        assert_eq!(serde_json::from_str::<Outcome>(&text).ok(), Some(fine));
    }
}

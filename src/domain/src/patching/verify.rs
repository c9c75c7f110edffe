//! What a scan shows: how one update stands on a device, and whether what was wanted is there now.

use std::{cmp::Ordering, collections::HashMap};

use super::{
    Key,
    install::{Request, Wanted},
    outcome::{Became, Failure, FailureClass, PackageOutcome},
};
use crate::{
    Moment,
    devices::report::{Package, Update},
};

/// How an update stands on a device, by its last scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// The device has no older version of it, or its lists do not offer it.
    NotApplicable,
    /// It is offered and not installed.
    Needed,
    /// Exactly this version is installed.
    Installed,
    /// A newer version is installed or on offer.
    Superseded,
}

/// What a fresh scan shows of something that was wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Found {
    /// Exactly this version is there.
    Exactly,
    /// A newer one is there.
    Newer,
    /// Only an older one is there.
    Older,
    /// The package is not there.
    Absent,
}

/// What a fresh scan shows of a whole request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Each wanted package and what was found.
    pub packages: Vec<(Wanted, Found)>,
}

/// A scan by its package names and architectures; a package may be there in several versions, as kernels are.
#[derive(Debug, Clone, Default)]
pub struct Scan<'a> {
    installed: HashMap<(&'a str, &'a str), Vec<&'a str>>,
    offered: HashMap<(&'a str, &'a str), &'a str>,
}

impl Presence {
    /// Each once.
    pub const ALL: [Self; 4] = [Self::NotApplicable, Self::Needed, Self::Installed, Self::Superseded];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::Needed => "needed",
            Self::Installed => "installed",
            Self::Superseded => "superseded",
        }
    }
}

impl std::str::FromStr for Presence {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|presence| presence.word() == word).ok_or(())
    }
}

impl Found {
    /// Whether the version, or a newer one, is there.
    pub const fn is_there(self) -> bool {
        matches!(self, Self::Exactly | Self::Newer)
    }
}

impl<'a> Scan<'a> {
    /// Reads what a report says.
    pub fn of(packages: &'a [Package], updates: &'a [Update]) -> Self {
        let mut scan = Self::default();
        for package in packages {
            let place = (package.name.as_str(), package.arch.as_deref().unwrap_or_default());
            scan.installed.entry(place).or_default().push(&package.version);
        }
        let place = |update: &'a Update| (update.name.as_str(), update.arch.as_deref().unwrap_or_default());
        scan.offered = updates.iter().map(|update| (place(update), update.candidate.as_str())).collect();
        scan
    }

    /// How the update of `key` stands.
    pub fn presence(&self, key: &Key) -> Presence {
        let offered = self.offered.get(&(key.name.as_str(), key.arch.as_str()));
        match (self.found(key), offered.map(|version| key.source.ecosystem().compare(version, &key.version))) {
            (Found::Exactly, _) => Presence::Installed,
            (Found::Newer, _) | (_, Some(Ordering::Greater)) => Presence::Superseded,
            (_, Some(Ordering::Equal)) => Presence::Needed,
            _ => Presence::NotApplicable,
        }
    }

    fn found(&self, key: &Key) -> Found {
        let versions = self.installed.get(&(key.name.as_str(), key.arch.as_str()));
        let orders: Vec<Ordering> = versions.into_iter().flatten().map(|version| key.source.ecosystem().compare(version, &key.version)).collect();
        if orders.is_empty() {
            Found::Absent
        } else if orders.contains(&Ordering::Equal) {
            Found::Exactly
        } else if orders.contains(&Ordering::Greater) {
            Found::Newer
        } else {
            Found::Older
        }
    }

    /// Whether the version of `wanted`, or a newer one, is there.
    pub fn has(&self, wanted: &Wanted) -> bool {
        self.found(wanted.key()).is_there()
    }

    /// What is there of `request`.
    pub fn verify(&self, request: &Request) -> Verification {
        Verification { packages: request.packages().iter().map(|wanted| (wanted.clone(), self.found(wanted.key()))).collect() }
    }

    /// What became of each package of `request`, seen `before` and now, when the program ended with `failure` or with none.
    pub fn outcomes(&self, before: &Scan<'_>, request: &Request, failure: Option<&Failure>) -> Vec<PackageOutcome> {
        let missing = || Failure { class: FailureClass::Unverified, line: "It is not installed, and no error was printed.".into() };
        let became = |wanted: &Wanted| match (before.found(wanted.key()).is_there(), self.found(wanted.key()).is_there()) {
            (true, true) => Became::AlreadyThere,
            (false, true) => Became::Installed,
            (_, false) => Became::Failed { failure: failure.cloned().unwrap_or_else(missing) },
        };
        request.packages().iter().map(|wanted| PackageOutcome { wanted: wanted.clone(), became: became(wanted) }).collect()
    }
}

impl Verification {
    /// Whether everything is there.
    pub fn is_whole(&self) -> bool {
        self.packages.iter().all(|(_, found)| found.is_there())
    }

    /// What is not there.
    pub fn missing(&self) -> impl Iterator<Item = &Wanted> {
        self.packages.iter().filter(|(_, found)| !found.is_there()).map(|(wanted, _)| wanted)
    }
}

/// Whether a scan taken at `taken_at` can tell about an installation that ended at `ended_at`, both by the device's clock.
pub const fn is_fresh(taken_at: Moment, ended_at: Moment) -> bool {
    taken_at.0 >= ended_at.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ids::{RunId, Uuid},
        patching::Source,
    };

    fn package(name: &str, arch: &str, version: &str) -> Package {
        Package { name: name.into(), version: version.into(), arch: Some(arch.into()), ..Package::default() }
    }

    fn offer(name: &str, candidate: &str) -> Update {
        Update { name: name.into(), arch: Some("amd64".into()), candidate: candidate.into(), ..Update::default() }
    }

    #[test]
    fn presence_follows_what_is_installed_and_offered() {
        for (installed, offered, expected) in [
            (&[][..], None, Presence::NotApplicable),
            (&["1-1"], None, Presence::NotApplicable),
            (&["1-1"], Some("2-1"), Presence::Needed),
            (&[], Some("2-1"), Presence::Needed),
            (&["2-1"], None, Presence::Installed),
            (&["0:2-1"], None, Presence::Installed),
            (&["2-1"], Some("3-1"), Presence::Installed),
            (&["3-1"], None, Presence::Superseded),
            (&["1-1"], Some("3-1"), Presence::Superseded),
            (&["1-1"], Some("1-2"), Presence::NotApplicable),
            (&["1-1", "2-1", "3-1"], None, Presence::Installed),
        ] {
            let packages: Vec<_> = installed.iter().map(|version| package("a", "amd64", version)).collect();
            let updates: Vec<_> = offered.map(|version| offer("a", version)).into_iter().collect();
            let key = Key { source: Source::Deb, name: "a".into(), arch: "amd64".into(), version: "2-1".into() };
            assert_eq!(Scan::of(&packages, &updates).presence(&key), expected, "{installed:?} {offered:?}");
        }
    }

    #[test]
    fn a_request_is_there_when_each_version_is() {
        let wanted = |name: &str| Wanted::new(Source::Rpm, name, "x86_64", "2-1.el9").expect(name);
        let all = vec![wanted("exact"), wanted("newer"), wanted("older"), wanted("absent"), wanted("other")];
        let request = Request::new(RunId(Uuid::nil()), 1, None, Source::Rpm, all).expect("a request");
        let packages = [("exact", "x86_64", "2-1.el9"), ("newer", "x86_64", "2-2.el9"), ("older", "x86_64", "1-9.el9"), ("other", "i686", "2-1.el9")]
            .map(|(n, a, v)| package(n, a, v));
        let verification = Scan::of(&packages, &[]).verify(&request);
        let found: Vec<Found> = verification.packages.iter().map(|(_, found)| *found).collect();
        assert_eq!(found, [Found::Exactly, Found::Newer, Found::Older, Found::Absent, Found::Absent]);
        assert!(!verification.is_whole());
        assert_eq!(verification.missing().map(|wanted| wanted.key().name.as_str()).collect::<Vec<_>>(), ["older", "absent", "other"]);
        assert!(is_fresh(Moment(5), Moment(5)) && !is_fresh(Moment(4), Moment(5)));
    }

    #[test]
    fn what_became_of_each_package_is_seen_and_not_believed() {
        let wanted = |name: &str| Wanted::new(Source::Deb, name, "amd64", "2-1").expect(name);
        let all = ["a", "b", "c"].map(wanted).to_vec();
        let request = Request::new(RunId(Uuid::nil()), 1, None, Source::Deb, all).expect("a request");
        let (old, new) = (["1-1", "2-1", "1-1"], ["2-1", "2-1", "1-1"]);
        let packages = |versions: [&str; 3]| ["a", "b", "c"].iter().zip(versions).map(|(name, version)| package(name, "amd64", version)).collect::<Vec<_>>();
        let (old, new) = (packages(old), packages(new));
        let lock = Failure { class: FailureClass::Lock, line: "held".into() };
        for (failure, class) in [(Some(&lock), FailureClass::Lock), (None, FailureClass::Unverified)] {
            let outcomes = Scan::of(&new, &[]).outcomes(&Scan::of(&old, &[]), &request, failure);
            assert_eq!(outcomes[0].became, Became::Installed);
            assert_eq!(outcomes[1].became, Became::AlreadyThere);
            assert_eq!(outcomes[2].failure().map(|failure| failure.class), Some(class));
        }
    }

    #[test]
    fn words_read_back() {
        for presence in Presence::ALL {
            assert_eq!(presence.word().parse(), Ok(presence));
        }
    }
}

//! What an agent is asked to install: exact versions of packages that are there already, and nothing that could be read as anything else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Key, Source, triple};
use crate::{Fault, Moment, ids::RunId};

/// The most packages of one request.
pub const PACKAGES: usize = 500;

/// One version of one package; holding it proves that its parts may stand in a command.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub struct Wanted(Key);

/// The packages of one system that one device is asked to install; holding it proves that it may be obeyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRequest", into = "RawRequest")]
pub struct Request {
    /// The run.
    pub run: RunId,
    /// Which attempt of the run it is, from 1.
    pub attempt: u32,
    /// From when on it may not be started any more; `None`: at any time.
    pub not_after: Option<Moment>,
    source: Source,
    packages: Vec<Wanted>,
}

/// A package as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    source: String,
    name: String,
    arch: String,
    version: String,
}

/// A request as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRequest {
    run: RunId,
    attempt: u32,
    not_after: Option<Moment>,
    source: String,
    packages: Vec<Wanted>,
}

/// What travelled is no request that may be obeyed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} {}", .0.field, .0.message)]
pub struct NotAllowed(pub Fault);

impl Wanted {
    /// Checks each part.
    ///
    /// # Errors
    /// A fault of `name`, `arch` or `version`.
    pub fn new(source: Source, name: &str, arch: &str, version: &str) -> Result<Self, Fault> {
        triple::name(name)?;
        triple::arch(arch)?;
        triple::version(source, version)?;
        Ok(Self(Key { source, name: name.to_owned(), arch: arch.to_owned(), version: version.to_owned() }))
    }

    /// The version of an update in the catalogue.
    ///
    /// # Errors
    /// A fault of `name`, `arch` or `version`.
    pub fn of(key: &Key) -> Result<Self, Fault> {
        Self::new(key.source, &key.name, &key.arch, &key.version)
    }

    /// Which update it is.
    pub const fn key(&self) -> &Key {
        &self.0
    }

    /// The one word that names it to apt or dnf.
    ///
    /// The program must also be kept from installing what is not there: `--only-upgrade` for apt, `upgrade` for dnf.
    pub fn argument(&self) -> String {
        let Key { source, name, arch, version } = &self.0;
        match source {
            Source::Deb if arch == "all" => format!("{name}={version}"),
            Source::Deb => format!("{name}:{arch}={version}"),
            Source::Rpm => format!("{name}-{version}.{arch}"),
        }
    }
}

impl Request {
    /// Checks the whole.
    ///
    /// # Errors
    /// A fault of `attempt` or `packages`.
    pub fn new(run: RunId, attempt: u32, not_after: Option<Moment>, source: Source, packages: Vec<Wanted>) -> Result<Self, Fault> {
        let fault = |message: String| Err(Fault::new("packages", message));
        let names: BTreeSet<_> = packages.iter().map(|wanted| (&wanted.0.name, &wanted.0.arch)).collect();
        match packages.len() {
            _ if attempt == 0 => Err(Fault::new("attempt", "counts from 1")),
            0 => fault("are none".into()),
            n if n > PACKAGES => fault(format!("are {n}, at most {PACKAGES} are taken")),
            n if names.len() < n => fault("name one package twice".into()),
            _ if packages.iter().any(|wanted| wanted.0.source != source) => fault("are of two package systems".into()),
            _ => Ok(Self { run, attempt, not_after, source, packages }),
        }
    }

    /// The package system.
    pub const fn source(&self) -> Source {
        self.source
    }

    /// The packages.
    pub fn packages(&self) -> &[Wanted] {
        &self.packages
    }
}

impl From<Wanted> for Raw {
    fn from(Wanted(key): Wanted) -> Self {
        Self { source: key.source.word().into(), name: key.name, arch: key.arch, version: key.version }
    }
}

impl TryFrom<Raw> for Wanted {
    type Error = NotAllowed;

    fn try_from(raw: Raw) -> Result<Self, NotAllowed> {
        Self::new(source(&raw.source)?, &raw.name, &raw.arch, &raw.version).map_err(NotAllowed)
    }
}

impl From<Request> for RawRequest {
    fn from(request: Request) -> Self {
        let Request { run, attempt, not_after, source, packages } = request;
        Self { run, attempt, not_after, source: source.word().into(), packages }
    }
}

impl TryFrom<RawRequest> for Request {
    type Error = NotAllowed;

    fn try_from(raw: RawRequest) -> Result<Self, NotAllowed> {
        Self::new(raw.run, raw.attempt, raw.not_after, source(&raw.source)?, raw.packages).map_err(NotAllowed)
    }
}

fn source(word: &str) -> Result<Source, NotAllowed> {
    word.parse().map_err(|()| NotAllowed(Fault::new("source", "is neither deb nor rpm")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    const RUN: RunId = RunId(Uuid::nil());

    fn deb(name: &str) -> Wanted {
        Wanted::new(Source::Deb, name, "amd64", "1:2.3-4").expect(name)
    }

    #[test]
    fn each_system_has_its_word() {
        for (source, name, arch, version, argument) in [
            (Source::Deb, "g++", "amd64", "4:12.2.0-3", "g++:amd64=4:12.2.0-3"),
            (Source::Deb, "krb5-locales", "all", "1.20.1-2+deb12u5", "krb5-locales=1.20.1-2+deb12u5"),
            (Source::Rpm, "openssl-libs", "x86_64", "1:3.0.7-25.el9", "openssl-libs-1:3.0.7-25.el9.x86_64"),
        ] {
            assert_eq!(Wanted::new(source, name, arch, version).expect(name).argument(), argument);
        }
    }

    #[test]
    fn a_request_holds_each_package_once_and_is_bounded() {
        let other = Wanted::new(Source::Rpm, "b", "noarch", "1-1").expect("a package");
        let many = |count| (0..count).map(|i| deb(&format!("p{i}"))).collect::<Vec<_>>();
        assert_eq!(Request::new(RUN, 1, None, Source::Deb, many(PACKAGES)).map(|request| request.packages().len()), Ok(PACKAGES));
        for (attempt, packages, field) in [
            (0, many(1), "attempt"),
            (1, vec![], "packages"),
            (1, many(PACKAGES + 1), "packages"),
            (1, vec![deb("a"), deb("a")], "packages"),
            (1, vec![deb("a"), other], "packages"),
        ] {
            assert_eq!(Request::new(RUN, attempt, None, Source::Deb, packages).expect_err(field).field, field);
        }
    }

    #[test]
    fn what_travels_is_checked_where_it_arrives() {
        let request = Request::new(RUN, 2, Some(Moment(7)), Source::Deb, vec![deb("a"), deb("b")]).expect("a request");
        let text = serde_json::to_string(&request).expect("text");
        assert_eq!(serde_json::from_str::<Request>(&text).ok(), Some(request));
        for (from, to) in [("\"a\"", "\"-a\""), ("\"a\"", "\"a;b\""), ("\"b\"", "\"a\""), ("amd64", "--yes"), ("1:2.3-4", "1-"), ("\"deb\"", "\"apk\"")] {
            assert!(serde_json::from_str::<Request>(&text.replace(from, to)).is_err(), "{to}");
        }
    }
}

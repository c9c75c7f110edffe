//! Updates that wait, from the package lists that apt has: candidate newer than installed.

use std::collections::BTreeSet;

use domain::devices::report::{Update, Updates};

use super::{archives::Archives, lists, unknown};
use crate::program::{find, said};

/// Kept in memory: even the cache that apt would refresh on the way is a change to the machine.
const NO_CACHE: [&str; 4] = ["-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache="];

/// Reads the updates; those that are `unfinished` wait as well, unless apt offers something newer.
pub async fn updates(unfinished: Vec<Update>) -> Updates {
    if find("apt").is_none() {
        return unknown("apt is not installed");
    }
    let Some(lists_at) = lists::apt() else { return unknown("there are no package lists; apt update was never run, or its lists were removed") };
    let list = said("apt", &[&NO_CACHE[..], &["list", "--upgradable"]].concat()).await;
    let policy = said("apt-cache", &[&NO_CACHE[..], &["policy"]].concat()).await;
    match list {
        Ok(list) => {
            let items = with(unfinished, parse(&list, &Archives::parse(&policy.unwrap_or_default())));
            Updates::Listed { lists_at: Some(lists_at), items }
        }
        Err(error) => unknown(error.to_string()),
    }
}

fn with(unfinished: Vec<Update>, mut items: Vec<Update>) -> Vec<Update> {
    let place = |update: &Update| (update.name.clone(), update.arch.clone());
    let offered: BTreeSet<_> = items.iter().map(place).collect();
    items.extend(unfinished.into_iter().filter(|update| !offered.contains(&place(update))));
    items.sort();
    items
}

fn parse(list: &str, archives: &Archives) -> Vec<Update> {
    let mut items: Vec<_> = list.lines().filter_map(|line| update(line, archives)).collect();
    items.sort();
    items
}

/// One line: `name/suite,suite version arch [upgradable from: version]`.
fn update(line: &str, archives: &Archives) -> Option<Update> {
    let (name, rest) = line.split_once('/')?;
    let (about, installed) = rest.split_once(" [upgradable from: ")?;
    let mut fields = about.split_whitespace();
    let (suites, candidate, arch) = (fields.next()?, fields.next()?, fields.next()?);
    let suites: Vec<&str> = suites.split(',').filter(|suite| *suite != "now").collect();
    Some(Update {
        name: name.into(),
        arch: Some(arch.into()),
        installed: installed.trim_end().trim_end_matches(']').into(),
        candidate: candidate.into(),
        origin: archives.origin(&suites),
        security: archives.security(&suites),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "Listing...\n\
        apt/oldstable-security 2.6.2 amd64 [upgradable from: 2.6.1]\n\
        krb5-locales/oldstable,oldstable-security 1.20.1-2+deb12u5 all [upgradable from: 1.20.1-2+deb12u3]\n\
        base-files/oldstable 12.4+deb12u15 amd64 [upgradable from: 12.4+deb12u11]\n\
        libc6/oldstable 2.36-9+deb12u13 i386 [upgradable from: 2.36-9+deb12u10]\n\
        libc6/oldstable 2.36-9+deb12u13 amd64 [upgradable from: 2.36-9+deb12u10]\n\
        \n\
        N: There are 2 additional versions. Please use the '-a' switch to see them.\n";
    const POLICY: &str = "Package files:\n\
        \x20    release v=12,o=Debian,a=oldstable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64\n\
        \x20    release v=12.15,o=Debian,a=oldstable,n=bookworm,l=Debian,c=main,b=amd64\n";

    #[test]
    fn every_upgradable_line_is_one_update() {
        let items = parse(LIST, &Archives::parse(POLICY));
        assert_eq!(items.len(), LIST.matches("upgradable from").count());
        let apt = Update {
            name: "apt".into(),
            arch: Some("amd64".into()),
            installed: "2.6.1".into(),
            candidate: "2.6.2".into(),
            origin: Some("Debian-Security:12/oldstable-security".into()),
            security: Some(true),
        };
        assert_eq!(items[0], apt);
        let seen: Vec<_> = items.iter().map(|item| (item.name.as_str(), item.security)).collect();
        let expected = [("apt", Some(true)), ("base-files", Some(false)), ("krb5-locales", Some(true)), ("libc6", Some(false)), ("libc6", Some(false))];
        let mut seen = seen;
        seen.sort();
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_is_unfinished_waits_once() {
        let half = |name: &str| Update { name: name.into(), arch: Some("amd64".into()), installed: "1".into(), candidate: "2".into(), ..Update::default() };
        let items = with(vec![half("apt"), half("nano")], parse(LIST, &Archives::default()));
        let seen: Vec<_> = items.iter().filter(|item| ["apt", "nano"].contains(&item.name.as_str())).map(|item| item.candidate.as_str()).collect();
        assert_eq!(seen, ["2.6.2", "2"], "apt's own offer is the newer one");
    }

    #[test]
    fn a_machine_that_is_up_to_date_has_none() {
        assert_eq!(parse("Listing...\n", &Archives::default()), []);
    }
}

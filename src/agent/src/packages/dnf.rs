//! Updates that wait, from the cache that dnf has.

use std::collections::{BTreeMap, BTreeSet};

use domain::devices::report::{Package, Update, Updates};

use super::{lists, unknown};
use crate::program::{LIMIT, Output, run, said};

/// Reads the updates of the packages in `installed`.
pub async fn updates(installed: &[Package]) -> Updates {
    let Some(lists_at) = lists::dnf() else { return unknown("there is no package cache; dnf makecache was never run, or its cache was removed") };
    let waiting = match run("dnf", &["-C", "-q", "check-update"], LIMIT).await {
        Ok(Output { code: Some(0 | 100), text }) => text,
        Ok(Output { code, .. }) => return unknown(format!("dnf check-update ended with code {code:?}")),
        Err(error) => return unknown(error.to_string()),
    };
    let security = said("dnf", &["-C", "-q", "updateinfo", "list", "security"]).await.ok();
    Updates::Listed { lists_at: Some(lists_at), items: parse(&waiting, security.as_deref(), installed) }
}

/// Lines of `name.arch version repository`, of which a long one may be broken; the obsoleted packages at the end are none.
fn parse(waiting: &str, security: Option<&str>, installed: &[Package]) -> Vec<Update> {
    let listed = waiting.split("Obsoleting").next().unwrap_or_default();
    let words: Vec<&str> = listed.split_whitespace().collect();
    let versions: BTreeMap<_, _> = installed.iter().map(|package| (name_arch(package), package.version.as_str())).collect();
    let security = security.map(secure);
    let mut items: Vec<_> = words
        .chunks_exact(3)
        .filter_map(|words| {
            let (name, arch) = words[0].rsplit_once('.')?;
            Some(Update {
                name: name.into(),
                arch: Some(arch.into()),
                installed: versions.get(words[0]).map(|version| (*version).to_owned()).unwrap_or_default(),
                candidate: words[1].into(),
                origin: Some(words[2].into()),
                security: security.as_ref().map(|secure| secure.contains(words[0])),
            })
        })
        .collect();
    items.sort();
    items.dedup();
    items
}

fn name_arch(package: &Package) -> String {
    format!("{}.{}", package.name, package.arch.as_deref().unwrap_or_default())
}

/// The packages, as `name.arch`, that an advisory of dnf 4 or 5 names.
fn secure(advisories: &str) -> BTreeSet<String> {
    advisories.split_whitespace().filter_map(without_version).collect()
}

/// `kernel-core.x86_64` of `kernel-core-6.8.5-301.fc40.x86_64`.
fn without_version(word: &str) -> Option<String> {
    let (rest, arch) = word.rsplit_once('.')?;
    let known = ["x86_64", "noarch", "aarch64", "i686", "ppc64le", "s390x", "armv7hl", "riscv64"].contains(&arch);
    let (rest, _release) = rest.rsplit_once('-')?;
    let (name, _version) = rest.rsplit_once('-')?;
    known.then(|| format!("{name}.{arch}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITING: &str = "\n\
        bash.x86_64                        5.2.26-3.fc40                 updates\n\
        kernel-core.x86_64                 6.8.5-301.fc40                updates\n\
        a-package-with-a-very-long-name-that-dnf-breaks.noarch\n\
        \x20                                  1:2.0-1.fc40                  fedora\n\
        Obsoleting Packages\n\
        new-thing.x86_64                   2-1.fc40                      updates\n\
        \x20   old-thing.x86_64               1-1.fc40                      @anaconda\n";

    fn installed() -> Vec<Package> {
        let package = |name: &str, version: &str| Package { name: name.into(), version: version.into(), arch: Some("x86_64".into()), ..Package::default() };
        vec![package("bash", "5.2.26-1.fc40"), package("kernel-core", "6.8.4-300.fc40")]
    }

    #[test]
    fn dnf_4_with_its_advisories() {
        let advisories = "FEDORA-2024-1a2b3c4d5e Important/Sec. kernel-core-6.8.5-301.fc40.x86_64\nFEDORA-2024-1a2b3c4d5e Important/Sec. kernel-modules-6.8.5-301.fc40.x86_64\n";
        let items = parse(WAITING, Some(advisories), &installed());
        let seen: Vec<_> = items.iter().map(|item| (item.name.as_str(), item.installed.as_str(), item.candidate.as_str(), item.security)).collect();
        let expected = [
            ("a-package-with-a-very-long-name-that-dnf-breaks", "", "1:2.0-1.fc40", Some(false)),
            ("bash", "5.2.26-1.fc40", "5.2.26-3.fc40", Some(false)),
            ("kernel-core", "6.8.4-300.fc40", "6.8.5-301.fc40", Some(true)),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn dnf_5_has_a_table() {
        let advisories = "Name                   Type     Severity  Package                        Issued\n\
            FEDORA-2026-aa11bb22cc security Moderate  bash-5.2.26-3.fc40.x86_64      2026-04-01 01:02:03\n";
        let items = parse(WAITING, Some(advisories), &installed());
        assert_eq!(items.iter().filter(|item| item.security == Some(true)).map(|item| item.name.as_str()).collect::<Vec<_>>(), ["bash"]);
    }

    #[test]
    fn without_advisories_nothing_is_said_about_security() {
        assert!(parse(WAITING, None, &installed()).iter().all(|item| item.security.is_none()));
        assert_eq!(parse("", Some(""), &installed()), []);
    }
}

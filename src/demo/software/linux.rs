//! Reads `data/linux.txt` into the packages of a distribution.

use domain::devices::report::{Package, Update};

use super::{Distro, SoftwareSet};

const TABLE: &str = include_str!("../data/linux.txt");

/// One source package on one distribution.
struct Source<'a> {
    versions: Vec<&'a str>,
    packages: &'a str,
}

/// The set of a server, up to date or one release `behind`.
pub fn set(distro: Distro, services: bool, behind: bool) -> SoftwareSet {
    let mut set = SoftwareSet::default();
    for source in TABLE.lines().filter_map(|line| source(line, distro, services)) {
        for word in source.packages.split_whitespace() {
            add(&mut set, &source, word, distro, behind);
        }
    }
    set
}

fn source(line: &str, distro: Distro, services: bool) -> Option<Source<'_>> {
    let (head, packages) = line.split_once(" : ").filter(|_| !line.starts_with('#'))?;
    let fields: Vec<&str> = head.split_whitespace().collect();
    let versions = fields.get(2 + distro as usize).filter(|versions| **versions != "-")?;
    let wanted = services || fields.first() == Some(&"base");
    wanted.then(|| Source { versions: versions.split(',').collect(), packages })
}

fn add(set: &mut SoftwareSet, source: &Source<'_>, word: &str, distro: Distro, behind: bool) {
    let names: Vec<&str> = word.split('|').collect();
    let Some(name) = names.get(distro as usize).or(names.first()) else { return };
    let (name, arch) = name.strip_suffix('!').map_or((*name, "amd64"), |name| (name, "all"));
    let (before, now) = (source.versions.first().copied().unwrap_or_default(), source.versions.last().copied().unwrap_or_default());
    let (now, security) = now.strip_suffix('!').map_or((now, false), |now| (now, true));
    let changed = source.versions.len() > 1;
    let version = if behind && changed { before } else { now };
    let arch = Some(arch.to_owned());
    set.packages.push(Package { name: name.into(), version: version.into(), arch: arch.clone(), publisher: None, source: Some("deb".into()) });
    if changed && !behind {
        set.updated.push((name.into(), before.into(), now.into()));
    } else if changed {
        let origin = Some(origin(distro, security).to_owned());
        set.waiting.push(Update { name: name.into(), arch, installed: before.into(), candidate: now.into(), origin, security: Some(security) });
    } else if behind {
        set.updated.extend(release_version(version).map(|before| (name.into(), before, version.into())));
    }
}

/// The version a release shipped with, where the installed one is an update of it: `1.2-3` of `1.2-3+deb12u1` or `1.2-3ubuntu4` of `1.2-3ubuntu4.1`.
fn release_version(version: &str) -> Option<String> {
    let debian = version.split_once("+deb").map(|(before, _)| before);
    let ubuntu = || version.rsplit_once('.').map(|(before, _)| before).filter(|before| before.contains("ubuntu"));
    debian.or_else(ubuntu).map(str::to_owned)
}

const fn origin(distro: Distro, security: bool) -> &'static str {
    match (distro, security) {
        (Distro::Debian12, true) => "Debian-Security:12/oldstable-security",
        (Distro::Debian12, false) => "Debian:12/oldstable",
        (Distro::Debian13, true) => "Debian-Security:13/stable-security",
        (Distro::Debian13, false) => "Debian:13/stable",
        (Distro::Ubuntu2404, true) => "Ubuntu:24.04/noble-security",
        (Distro::Ubuntu2404, false) => "Ubuntu:24.04/noble-updates",
    }
}

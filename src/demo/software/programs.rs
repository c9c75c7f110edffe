//! Reads `data/programs.txt` into the programs of Windows machines and Macs.

use domain::devices::report::Package;

use super::SoftwareSet;

const TABLE: &str = include_str!("../data/programs.txt");

/// The programs of `roles`, up to date or one version `behind`, as the installer `source` lists them.
pub fn set(roles: &[&str], source: &str, behind: bool) -> SoftwareSet {
    let mut set = SoftwareSet::default();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let [role, publisher, name, versions] = line.splitn(4, "; ").collect::<Vec<_>>()[..] else { continue };
        if roles.contains(&role) {
            let (before, now) = versions.split_once(", ").unwrap_or((versions, versions));
            let version = if behind { before } else { now };
            set.packages.push(Package {
                name: name.into(),
                version: version.into(),
                arch: None,
                publisher: Some(publisher.into()),
                source: Some(source.into()),
            });
            if before != now && !behind {
                set.updated.push((name.into(), before.into(), now.into()));
            }
        }
    }
    set
}

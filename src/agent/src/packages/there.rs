//! What is there of packages, as an installation has to know it: whole or half, and held by somebody or not.

use std::collections::BTreeSet;

use domain::{devices::report::Package, patching::Source};

use super::{reboot, rpm};
use crate::program::{NoOutput, said};

const FORMAT: &str = "-f=${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\n";

/// The packages of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct There {
    /// Those that are installed and set up.
    pub whole: Vec<Package>,
    /// The names of those that are there in any way, half installed ones with them.
    pub names: BTreeSet<String>,
    /// The names of those that somebody holds at their version.
    pub held: BTreeSet<String>,
}

/// Asks the package system.
///
/// # Errors
/// It does not answer.
pub async fn there(source: Source) -> Result<There, NoOutput> {
    match source {
        Source::Deb => Ok(parse(&said("dpkg-query", &["-W", FORMAT]).await?)),
        Source::Rpm => {
            let whole = rpm::installed().await?;
            let names = whole.iter().map(|package| package.name.clone()).collect();
            Ok(There { whole, names, held: BTreeSet::new() })
        }
    }
}

/// Whether a restart is asked for, where `whole` are the installed packages.
pub async fn reboot_required(source: Source, whole: &[Package]) -> Option<bool> {
    match source {
        Source::Deb => reboot::debian(Some(whole)),
        Source::Rpm => reboot::fedora().await,
    }
}

/// The first letter of a status is what somebody wants, the second what is there.
fn parse(text: &str) -> There {
    let mut there = There::default();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [status, name, version, arch] = fields.as_slice() else { continue };
        let mut letters = status.chars();
        let (wish, state) = (letters.next(), letters.next());
        if matches!(state, None | Some('n' | 'c')) {
            continue;
        }
        there.names.insert((*name).to_owned());
        if wish == Some('h') {
            there.held.insert((*name).to_owned());
        }
        if state == Some('i') {
            let (name, version, arch) = ((*name).to_owned(), (*version).to_owned(), Some((*arch).to_owned()));
            there.whole.push(Package { name, version, arch, publisher: None, source: Some("deb".into()) });
        }
    }
    there
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_a_package_is_there_and_not_whole() {
        let text = "ii \tzlib1g\t1.2\tamd64\nhi \theld\t2\tall\niF \thalf\t1.1\tall\nrc \tnano\t7.2-1\tamd64\nun \tvim\t\t\nbroken\n";
        let there = parse(text);
        assert_eq!(there.whole.iter().map(|package| package.name.as_str()).collect::<Vec<_>>(), ["zlib1g", "held"]);
        assert_eq!(there.names.iter().map(String::as_str).collect::<Vec<_>>(), ["half", "held", "zlib1g"]);
        assert_eq!(there.held.iter().map(String::as_str).collect::<Vec<_>>(), ["held"]);
    }
}

//! Packages that dpkg has, and those that it has not finished: unpacked in a new version, and still set up in the old one at best.

use domain::devices::report::{Package, Update};

use crate::program::{NoOutput, said};

const FORMAT: &str = "-f=${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\t${Config-Version}\\n";

/// What dpkg says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is installed, sorted. What is unfinished stands here in the version that was set up last.
    pub installed: Vec<Package>,
    /// What is unfinished, as the update that it still is: apt names it as one no more.
    pub unfinished: Vec<Update>,
}

/// Asks dpkg.
///
/// # Errors
/// dpkg does not answer.
pub async fn found() -> Result<Found, NoOutput> {
    Ok(parse(&said("dpkg-query", &["-W", FORMAT]).await?))
}

fn parse(text: &str) -> Found {
    let mut found = Found::default();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [status, name, version, arch, set_up] = fields.as_slice() else { continue };
        // The first letter of a status is what somebody wants, the second what is there.
        match status.chars().nth(1) {
            Some('i' | 'W' | 't') => found.installed.push(package(name, version, arch)),
            Some('U' | 'F' | 'H') if !set_up.is_empty() => {
                found.installed.push(package(name, set_up, arch));
                found.unfinished.extend((set_up != version).then(|| update(name, set_up, version, arch)));
            }
            _ => {}
        }
    }
    found.installed.sort_by(|a, b| (&a.name, &a.arch).cmp(&(&b.name, &b.arch)));
    found
}

/// The maintainer is a person, so the publisher stays empty.
fn package(name: &str, version: &str, arch: &str) -> Package {
    Package { name: name.into(), version: version.into(), arch: Some(arch.into()), publisher: None, source: Some("deb".into()) }
}

fn update(name: &str, installed: &str, candidate: &str, arch: &str) -> Update {
    Update { name: name.into(), arch: Some(arch.into()), installed: installed.into(), candidate: candidate.into(), origin: None, security: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_counts_and_what_is_half_there_still_waits() {
        let text = "ii \tzlib1g\t1:1.2.13.dfsg-1\tamd64\t\n\
                    ii \tlibc6\t2.36-9+deb12u10\ti386\t\n\
                    ii \tlibc6\t2.36-9+deb12u10\tamd64\t\n\
                    rc \tnano\t7.2-1\tamd64\t7.2-1\n\
                    iU \tnever-set-up\t1\tall\t\n\
                    iF \tfails\t1.1\tall\t1.0\n\
                    iHR\tagain\t2\tall\t2\n\
                    iW \twaits\t3\tall\t\n\
                    un \tvim\t\t\t\n\
                    hi \theld\t2\tall\t\n\
                    broken\n";
        let Found { installed, unfinished } = parse(text);
        let seen: Vec<_> =
            installed.iter().map(|package| (package.name.as_str(), package.arch.as_deref().unwrap_or_default(), package.version.as_str())).collect();
        let libc = "2.36-9+deb12u10";
        let whole =
            [("again", "all", "2"), ("fails", "all", "1.0"), ("held", "all", "2"), ("libc6", "amd64", libc), ("libc6", "i386", libc), ("waits", "all", "3")];
        assert_eq!(seen, [&whole[..], &[("zlib1g", "amd64", "1:1.2.13.dfsg-1")]].concat());
        assert_eq!(unfinished, [update("fails", "1.0", "1.1", "all")]);
    }
}

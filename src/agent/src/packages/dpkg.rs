//! Packages that dpkg has installed: those of status `ii`.

use domain::devices::report::Package;

use crate::program::{NoOutput, said};

const FORMAT: &str = "-f=${db:Status-Abbrev}\\t${Package}\\t${Version}\\t${Architecture}\\n";

/// Reads the installed packages.
///
/// # Errors
/// dpkg does not answer.
pub async fn installed() -> Result<Vec<Package>, NoOutput> {
    Ok(parse(&said("dpkg-query", &["-W", FORMAT]).await?))
}

fn parse(text: &str) -> Vec<Package> {
    let mut packages: Vec<_> = text.lines().filter_map(package).collect();
    packages.sort_by(|a, b| (&a.name, &a.arch).cmp(&(&b.name, &b.arch)));
    packages
}

/// The maintainer is a person, so the publisher stays empty.
fn package(line: &str) -> Option<Package> {
    let mut fields = line.split('\t');
    let status = fields.next()?;
    let (name, version, arch) = (fields.next()?, fields.next()?, fields.next()?);
    status.starts_with("ii").then(|| Package {
        name: name.into(),
        version: version.into(),
        arch: Some(arch.into()),
        publisher: None,
        source: Some("deb".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_status_ii_is_installed() {
        let text = "ii \tzlib1g\t1:1.2.13.dfsg-1\tamd64\n\
                    ii \tlibc6\t2.36-9+deb12u10\ti386\n\
                    ii \tlibc6\t2.36-9+deb12u10\tamd64\n\
                    rc \tnano\t7.2-1\tamd64\n\
                    iU \thalf-configured\t1\tall\n\
                    un \tvim\t\t\n\
                    hi \theld\t2\tall\n\
                    broken\n";
        let found: Vec<_> = parse(text).into_iter().map(|package| (package.name, package.arch.unwrap_or_default())).collect();
        let expected = [("libc6", "amd64"), ("libc6", "i386"), ("zlib1g", "amd64")];
        assert_eq!(found, expected.map(|(name, arch)| (name.to_owned(), arch.to_owned())));
    }
}

//! Packages that rpm has installed.

use domain::devices::report::Package;

use crate::program::{NoOutput, said};

const FORMAT: &str = "%{NAME}\\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{VENDOR}\\n";

/// Reads the installed packages.
///
/// # Errors
/// rpm does not answer.
pub async fn installed() -> Result<Vec<Package>, NoOutput> {
    Ok(parse(&said("rpm", &["-qa", "--qf", FORMAT]).await?))
}

fn parse(text: &str) -> Vec<Package> {
    let mut packages: Vec<_> = text.lines().filter_map(package).collect();
    packages.sort_by(|a, b| (&a.name, &a.arch, &a.version).cmp(&(&b.name, &b.arch, &b.version)));
    packages
}

/// `gpg-pubkey` is how rpm keeps the keys it trusts, not a package.
fn package(line: &str) -> Option<Package> {
    let mut fields = line.split('\t');
    let (name, version) = (fields.next()?, fields.next()?);
    let mut said = || fields.next().map(str::trim).filter(|text| !text.is_empty() && *text != "(none)").map(str::to_owned);
    let (arch, publisher) = (said(), said());
    (name != "gpg-pubkey").then(|| Package { name: name.into(), version: version.into(), arch, publisher, source: Some("rpm".into()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_no_packages_and_epochs_stay() {
        let text = "openssl-libs\t1:3.0.7-24.el9\tx86_64\tRocky Enterprise Software Foundation\n\
                    gpg-pubkey\t350d275d-6279464b\t(none)\t(none)\n\
                    bash\t5.1.8-6.el9_1\tx86_64\t(none)\n";
        let packages = parse(text);
        let bash = Package { name: "bash".into(), version: "5.1.8-6.el9_1".into(), arch: Some("x86_64".into()), publisher: None, source: Some("rpm".into()) };
        assert_eq!(packages[0], bash);
        assert_eq!((packages[1].version.as_str(), packages[1].publisher.as_deref()), ("1:3.0.7-24.el9", Some("Rocky Enterprise Software Foundation")));
        assert_eq!(packages.len(), 2);
    }
}

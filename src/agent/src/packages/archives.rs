//! The archives that apt knows, and what their names say about an update.

/// One `release` line of `apt-cache policy`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Archive {
    vendor: String,
    label: String,
    version: String,
    suite: String,
}

/// The archives of this machine.
#[derive(Debug, Default)]
pub struct Archives(Vec<Archive>);

impl Archive {
    fn parse(line: &str) -> Option<Self> {
        let mut archive = Self::default();
        // A value may hold a comma, so a part without `=` belongs to nothing that is read here.
        for (key, value) in line.trim().strip_prefix("release ")?.split(',').filter_map(|part| part.split_once('=')) {
            match key.trim() {
                "o" => archive.vendor = value.into(),
                "l" => archive.label = value.into(),
                "v" => archive.version = value.into(),
                "a" => archive.suite = value.into(),
                _ => {}
            }
        }
        Some(archive)
    }

    fn is_security(&self) -> bool {
        is_security(&self.suite) || self.label.to_lowercase().contains("security") || self.label.starts_with("UbuntuESM")
    }

    fn name(&self) -> String {
        let version = if self.version.is_empty() { String::new() } else { format!(":{}", self.version) };
        format!("{}{version}/{}", self.label, self.suite)
    }
}

impl Archives {
    /// Reads the output of `apt-cache policy`.
    pub fn parse(policy: &str) -> Self {
        let mut archives: Vec<Archive> = Vec::new();
        for archive in policy.lines().filter_map(Archive::parse) {
            if !archives.contains(&archive) {
                archives.push(archive);
            }
        }
        Self(archives)
    }

    /// Where an update of `suites` comes from: a security archive before others, `Label:version/suite` where that is clear.
    pub fn origin(&self, suites: &[&str]) -> Option<String> {
        let suite = suites.iter().find(|suite| is_security(suite)).or_else(|| suites.first())?;
        let mut names = self.of(suite).filter(|archive| !archive.label.is_empty()).map(Archive::name);
        match (names.next(), names.next()) {
            (Some(name), None) => Some(name),
            _ => Some((*suite).to_owned()),
        }
    }

    /// Whether an update of `suites` closes a security hole.
    ///
    /// `Some(false)` takes a vendor that publishes a security archive known here; of others nothing can be said.
    pub fn security(&self, suites: &[&str]) -> Option<bool> {
        let answers: Vec<_> = suites.iter().map(|suite| self.security_of(suite)).collect();
        if answers.contains(&Some(true)) {
            return Some(true);
        }
        (!answers.is_empty() && answers.iter().all(|answer| *answer == Some(false))).then_some(false)
    }

    fn security_of(&self, suite: &str) -> Option<bool> {
        if is_security(suite) {
            return Some(true);
        }
        let (security, other): (Vec<_>, Vec<_>) = self.of(suite).partition(|archive| archive.is_security());
        match (security.is_empty(), other.is_empty()) {
            (false, true) => Some(true),
            (true, false) => other.iter().all(|archive| self.has_security(&archive.vendor)).then_some(false),
            _ => None,
        }
    }

    fn of(&self, suite: &str) -> impl Iterator<Item = &Archive> {
        self.0.iter().filter(move |archive| archive.suite == suite)
    }

    fn has_security(&self, vendor: &str) -> bool {
        self.0.iter().any(|archive| archive.vendor == vendor && archive.is_security())
    }
}

fn is_security(suite: &str) -> bool {
    suite.ends_with("-security")
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = "Package files:\n 100 /var/lib/dpkg/status\n     release a=now\n\
        \x20    release v=12,o=Debian,a=stable-security,n=bookworm-security,l=Debian-Security,c=main,b=amd64\n\
        \x20    release v=12,o=Debian,a=stable-security,n=bookworm-security,l=Debian-Security,c=main,b=i386\n\
        \x20    release v=12.5,o=Debian,a=stable,n=bookworm,l=Debian,c=main,b=amd64\n\
        \x20    release v=12-updates,o=Debian,a=stable-updates,n=bookworm-updates,l=Debian,c=main,b=amd64\n\
        \x20    release o=Acme, Inc.,a=acme,l=Acme tools,c=main,b=amd64\n\
        \x20    release v=10,o=Old,a=old,l=Old,c=main,b=amd64\n\
        \x20    release v=10,o=Old,a=old,l=Old-Security,c=main,b=amd64\n";

    #[test]
    fn what_an_archive_says() {
        let archives = Archives::parse(POLICY);
        let table: [(&[&str], Option<&str>, Option<bool>); 8] = [
            (&["stable-security"], Some("Debian-Security:12/stable-security"), Some(true)),
            (&["stable"], Some("Debian:12.5/stable"), Some(false)),
            (&["stable", "stable-security"], Some("Debian-Security:12/stable-security"), Some(true)),
            (&["stable-updates", "stable"], Some("Debian:12-updates/stable-updates"), Some(false)),
            (&["acme"], Some("Acme tools/acme"), None),
            (&["old"], Some("old"), None),
            (&["unheard-of"], Some("unheard-of"), None),
            (&[], None, None),
        ];
        for (suites, origin, security) in table {
            assert_eq!((archives.origin(suites).as_deref(), archives.security(suites)), (origin, security), "{suites:?}");
        }
    }
}

//! apt: what it is told, and what it says that it would do.

use domain::{ids::CommandId, patching::install::Wanted};

use super::plan::{Change, Plan};

/// Nobody answers questions, and configuration files that somebody changed stay as they are.
const ALWAYS: [&str; 15] = [
    "-q",
    "-y",
    "--only-upgrade",
    "--no-install-recommends",
    "-o",
    "Dpkg::Options::=--force-confdef",
    "-o",
    "Dpkg::Options::=--force-confold",
    // Another program that installs is waited for, for five minutes.
    "-o",
    "DPkg::Lock::Timeout=300",
    "-o",
    "Dpkg::Use-Pty=0",
    "-o",
    "APT::Color=0",
    "-o",
];

/// Its environment.
pub const ENVIRONMENT: [(&str, &str); 3] = [("LC_ALL", "C"), ("DEBIAN_FRONTEND", "noninteractive"), ("APT_LISTCHANGES_FRONTEND", "none")];

/// The command line that says what would be done for `wanted`.
pub fn simulation(id: CommandId, wanted: &[&Wanted]) -> Vec<String> {
    line(id, &["--simulate"], wanted)
}

/// The command line that installs `wanted`, and tells on file descriptor 3 how far it is.
pub fn installation(id: CommandId, wanted: &[&Wanted]) -> Vec<String> {
    line(id, &["--no-remove", "-o", "APT::Status-Fd=3"], wanted)
}

/// The id is there so that the program is found again by an agent that was started anew.
fn line(id: CommandId, more: &[&str], wanted: &[&Wanted]) -> Vec<String> {
    let words = ["apt-get"].iter().chain(&ALWAYS).map(|word| (*word).to_owned());
    let mark = [format!("Portico::Command={id}")];
    let rest = more.iter().chain(&["install", "--"]).map(|word| (*word).to_owned());
    words.chain(mark).chain(rest).chain(wanted.iter().map(|wanted| wanted.argument())).collect()
}

/// The plan in what a simulation printed.
pub fn plan(text: &str) -> Plan {
    let mut plan = Plan::default();
    for line in text.lines() {
        if line.starts_with("Remv") {
            plan.removes.push(line.split(' ').nth(1).unwrap_or("a package").to_owned());
        } else if line.starts_with("Inst ") {
            match change(line) {
                Some(change) => plan.changes.push(change),
                None => plan.unread.push(line.to_owned()),
            }
        }
    }
    plan
}

/// `Inst libssl3:i386 [3.0.16-1] (3.0.17-1 Debian:12.11/stable, Debian-Security:12/stable-security [i386]) []`; without the first brackets it is new.
fn change(line: &str) -> Option<Change> {
    let (name, rest) = line.strip_prefix("Inst ")?.split_once(' ')?;
    let (from, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once("] ").map(|(from, rest)| (Some(from.to_owned()), rest))?,
        None => (None, rest),
    };
    // A repository may call itself as it likes, also with brackets: the architecture stands before the last of them.
    let (about, _) = rest.strip_prefix('(')?.rsplit_once("])")?;
    let (to, origins) = about.split_once(' ')?;
    let arch = origins.rsplit_once('[')?.1;
    let name = name.split(':').next().unwrap_or(name);
    Some(Change { name: name.to_owned(), arch: arch.to_owned(), from, to: to.to_owned() })
}

#[cfg(test)]
mod tests {
    use domain::{ids::Uuid, patching::Source};

    use super::*;

    const SIMULATED: &str = "Reading package lists...\nBuilding dependency tree...\nThe following packages will be upgraded:\n  linux-image-amd64 libssl3 openssl\n\
        Remv old-thing [1.0]\n\
        Inst linux-image-6.1.0-31-amd64 (6.1.128-1 Debian-Security:12/stable-security [amd64])\n\
        Inst linux-image-amd64 [6.1.119-1] (6.1.128-1 Debian-Security:12/stable-security [amd64]) []\n\
        Inst libssl3:i386 [3.0.16-1] (3.0.17-1 Debian:12.11/stable, Debian-Security:12/stable-security [i386]) [openssl:amd64 ]\n\
        Inst krb5-locales [1.20-1] (1.20-2 Debian:12.11/stable [all])\n\
        Conf linux-image-amd64 (6.1.128-1 Debian-Security:12/stable-security [amd64])\n";

    #[test]
    fn a_simulation_says_what_would_be_done() {
        let change =
            |name: &str, arch: &str, from: Option<&str>, to: &str| Change { name: name.into(), arch: arch.into(), from: from.map(Into::into), to: to.into() };
        let changes = vec![
            change("linux-image-6.1.0-31-amd64", "amd64", None, "6.1.128-1"),
            change("linux-image-amd64", "amd64", Some("6.1.119-1"), "6.1.128-1"),
            change("libssl3", "i386", Some("3.0.16-1"), "3.0.17-1"),
            change("krb5-locales", "all", Some("1.20-1"), "1.20-2"),
        ];
        assert_eq!(plan(SIMULATED), Plan { removes: vec!["old-thing".into()], changes, ..Plan::default() });
        let strange = plan("Inst \nInst a\nInst a [1\nInst a (1)\nRemv\n");
        assert_eq!((strange.unread.len(), strange.removes.len(), strange.changes.len()), (4, 1, 0), "what cannot be read is not passed over");
        let named = plan("Inst a [1] (2 Tools (stable):1/x [amd64]) [b:amd64 ]\n");
        assert_eq!(named.changes, [change("a", "amd64", Some("1"), "2")]);
    }

    #[test]
    fn what_is_named_stands_behind_the_last_option() {
        let id = CommandId(Uuid::from_u128(7));
        let wanted = Wanted::new(Source::Deb, "openssl", "amd64", "3.0.17-1").expect("a package");
        for line in [simulation(id, &[&wanted]), installation(id, &[&wanted])] {
            assert_eq!(line.iter().rev().take(3).map(String::as_str).collect::<Vec<_>>(), ["openssl:amd64=3.0.17-1", "--", "install"]);
            assert!(line.contains(&format!("Portico::Command={id}")) && line.contains(&"--only-upgrade".to_owned()));
        }
        assert!(simulation(id, &[&wanted]).contains(&"--simulate".to_owned()));
        let line = installation(id, &[&wanted]);
        assert!(line.contains(&"--no-remove".to_owned()) && !line.contains(&"--simulate".to_owned()));
        assert!(!line.iter().any(|word| word.contains("allow-downgrades") || word.contains("allow-change-held") || word.contains("unauthenticated")));
    }
}

//! How many people are logged in: a number. Their names are counted and forgotten here.

use std::{collections::BTreeSet, fs, path::Path};

use crate::program;

/// The number of people logged in; `None` where the system keeps no record.
pub async fn count() -> Option<u32> {
    if ["/run/utmp", "/var/run/utmp"].iter().any(|path| Path::new(path).exists()) {
        return number(people(&program::said("who", &[]).await.ok()?));
    }
    // Debian 13 has no utmp any more. Without systemd as init the folder may exist, but nobody writes to it.
    let kept = Path::new("/run/systemd/system").is_dir();
    let sessions = kept.then(|| fs::read_dir("/run/systemd/sessions").ok()).flatten()?;
    let sessions: Vec<_> = sessions.flatten().filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect();
    number(sessions.iter().filter_map(|session| person(session)).collect())
}

/// One person with three terminals is one person.
fn people(who: &str) -> BTreeSet<&str> {
    who.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

/// The user id of a session of a person, as logind records it; greeters and background managers are none.
fn person(session: &str) -> Option<&str> {
    let field = |name: &str| session.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    (field("CLASS").is_some_and(|class| matches!(class, "user" | "user-early" | "user-light")) && field("STATE") != Some("closing")).then(|| field("UID"))?
}

fn number(people: BTreeSet<&str>) -> Option<u32> {
    u32::try_from(people.len()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_once() {
        let who =
            "ada      tty1         2026-11-20 09:12\nada      pts/0        2026-11-20 09:14 (192.0.2.7)\nbob      pts/1        2026-11-20 10:01 (192.0.2.9)\n";
        assert_eq!(number(people(who)), Some(2));
        assert_eq!(number(people("")), Some(0));
    }

    #[test]
    fn sessions_of_people() {
        let session =
            |class: &str, state: &str| format!("# This is private data. Do not parse.\nUID=1000\nUSER=ada\nACTIVE=1\nSTATE={state}\nTYPE=tty\nCLASS={class}\n");
        assert_eq!(person(&session("user", "active")), Some("1000"));
        for (class, state) in [("user", "closing"), ("greeter", "active"), ("manager", "active")] {
            assert_eq!(person(&session(class, state)), None, "{class} {state}");
        }
        assert_eq!(person(""), None);
    }
}

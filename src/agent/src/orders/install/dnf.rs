//! dnf: what it is told, and what it says that it would do.

use domain::{ids::CommandId, patching::install::Wanted};

use super::plan::{Change, Plan};

/// Its environment.
pub const ENVIRONMENT: [(&str, &str); 1] = [("LC_ALL", "C")];

/// Only hard dependencies come with an update, and nothing is replaced by a package of another name.
const ALWAYS: [&str; 3] = ["dnf", "--setopt=install_weak_deps=False", "--setopt=obsoletes=False"];

/// The command line that says what would be done for `wanted`; it ends with 1, because the question is answered with no.
pub fn simulation(id: CommandId, wanted: &[&Wanted]) -> Vec<String> {
    line(id, "--assumeno", wanted)
}

/// The command line that installs `wanted`.
pub fn installation(id: CommandId, wanted: &[&Wanted]) -> Vec<String> {
    line(id, "--assumeyes", wanted)
}

/// The id is there so that the program is found again by an agent that was started anew; dnf keeps it in its history.
fn line(id: CommandId, answer: &str, wanted: &[&Wanted]) -> Vec<String> {
    let words = ALWAYS.map(str::to_owned).into_iter();
    let rest = [answer.to_owned(), format!("--comment=Portico {id}"), "upgrade".to_owned()];
    words.chain(rest).chain(wanted.iter().map(|wanted| wanted.argument())).collect()
}

/// Whether a simulation got as far as a plan.
pub fn has_plan(text: &str) -> bool {
    text.lines().any(|line| line.trim_end() == "Transaction Summary" || line.trim_end() == "Transaction Summary:")
}

/// The part of a table that is being read.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Change,
    New,
    Remove,
    Other,
}

/// The plan in the table that a simulation printed. A long name stands alone on its line.
pub fn plan(text: &str) -> Plan {
    let (mut plan, mut part, mut name) = (Plan::default(), Part::Other, None);
    for line in text.lines() {
        if !line.starts_with(' ') {
            part = heading(line.trim_end()).unwrap_or(if line.trim().is_empty() { part } else { Part::Other });
            name = None;
            continue;
        }
        let mut words: Vec<&str> = name.take().into_iter().chain(line.split_whitespace()).collect();
        if words.first() == Some(&"replacing") || part == Part::Other {
            continue;
        }
        if let [alone] = words.as_slice() {
            name = Some(*alone);
            continue;
        }
        words.truncate(3);
        let [name, arch, version] = words.as_slice() else { continue };
        match part {
            Part::Remove => plan.removes.push((*name).to_owned()),
            _ => plan.changes.push(Change {
                name: (*name).to_owned(),
                arch: (*arch).to_owned(),
                // dnf does not say which version is there.
                from: (part == Part::Change).then(|| "the one installed".to_owned()),
                to: version.trim_start_matches("0:").to_owned(),
            }),
        }
    }
    plan
}

fn heading(line: &str) -> Option<Part> {
    Some(match line.strip_suffix(':')? {
        "Upgrading" | "Downgrading" | "Reinstalling" => Part::Change,
        "Installing" | "Installing dependencies" | "Installing weak dependencies" => Part::New,
        text if text.starts_with("Removing") => Part::Remove,
        _ => Part::Other,
    })
}

#[cfg(test)]
mod tests {
    use domain::{ids::Uuid, patching::Source};

    use super::*;

    const TABLE: &str = "Dependencies resolved.\n\
        ================================================================================\n\
        \x20Package           Architecture  Version              Repository        Size\n\
        ================================================================================\n\
        Upgrading:\n\
        \x20openssl-libs      x86_64        1:3.0.7-25.el9       baseos           2.1 M\n\
        \x20a-package-with-a-very-long-name-that-dnf-breaks\n\
        \x20                  noarch        2.0-1.el9            appstream         12 k\n\
        Installing dependencies:\n\
        \x20kernel-core       x86_64        5.14.0-503.el9       baseos            18 M\n\
        Removing dependent packages:\n\
        \x20old-thing         x86_64        1-1.el9              @appstream        10 k\n\
        \n\
        Transaction Summary\n\
        ================================================================================\n\
        Upgrade  2 Packages\n\
        \n\
        Operation aborted.\n";

    #[test]
    fn a_table_says_what_would_be_done() {
        let plan = plan(TABLE);
        assert!(has_plan(TABLE) && !has_plan("Error: No packages marked for upgrade.\n"));
        assert_eq!(plan.removes, ["old-thing"]);
        let seen: Vec<_> = plan.changes.iter().map(|change| (change.name.as_str(), change.arch.as_str(), change.to.as_str(), change.from.is_some())).collect();
        let expected = [
            ("openssl-libs", "x86_64", "1:3.0.7-25.el9", true),
            ("a-package-with-a-very-long-name-that-dnf-breaks", "noarch", "2.0-1.el9", true),
            ("kernel-core", "x86_64", "5.14.0-503.el9", false),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_is_named_stands_behind_the_last_option() {
        let id = CommandId(Uuid::from_u128(7));
        let wanted = Wanted::new(Source::Rpm, "openssl-libs", "x86_64", "1:3.0.7-25.el9").expect("a package");
        let line = installation(id, &[&wanted]);
        assert_eq!(line.iter().rev().take(2).map(String::as_str).collect::<Vec<_>>(), ["openssl-libs-1:3.0.7-25.el9.x86_64", "upgrade"]);
        assert!(line.iter().any(|word| word.ends_with(&id.to_string())) && line.contains(&"--assumeyes".to_owned()));
        assert!(simulation(id, &[&wanted]).contains(&"--assumeno".to_owned()));
    }
}

//! What the server asks about, checked here as well: a name becomes an argument of a program.

use std::collections::BTreeSet;

use domain::{
    alerts::Asked,
    devices::limits::{TEXT, is_plain},
};

/// The most names of one kind that are looked at.
const MOST: usize = 200;

/// `asked` without what is not looked at: names that are empty, long or not plain, that come twice, or that are too many.
pub fn clean(asked: Asked) -> Asked {
    Asked {
        // systemctl would take it for an option.
        units: names(asked.units, |name| !name.starts_with('-')),
        processes: names(asked.processes, |_| true),
        scripts: names(asked.scripts, |_| true),
    }
}

fn names(list: Vec<String>, fine: impl Fn(&str) -> bool) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let kept = list.into_iter().filter(|name| is_name(name) && fine(name) && seen.insert(name.clone()));
    kept.take(MOST).collect()
}

fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= TEXT && is_plain(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_looked_at() {
        let table = [
            ("nginx.service", true, true),
            ("dienst-für-büro", true, true),
            ("--version", false, true),
            ("-", false, true),
            ("", false, false),
            ("  ", false, false),
            ("a\nb", false, false),
            ("a\0b", false, false),
            ("a\u{202e}b", false, false),
        ];
        for (name, unit, process) in table {
            let list = vec![name.to_owned()];
            let left = clean(Asked { units: list.clone(), processes: list.clone(), scripts: list });
            assert_eq!((left.units.len(), left.processes.len(), left.scripts.len()), (unit.into(), process.into(), process.into()), "{name:?}");
        }
    }

    #[test]
    fn names_are_bounded_in_length_and_number_and_come_once() {
        let long = [255, 256].map(|length| "ä".repeat(length)).to_vec();
        assert_eq!(clean(Asked { processes: long, ..Asked::default() }).processes.len(), 1);
        let many: Vec<String> = (0..2 * MOST).map(|number| format!("a{}", number / 2)).collect();
        let left = clean(Asked { units: many.clone(), processes: many, scripts: Vec::new() });
        assert_eq!((left.units.len(), left.processes.len(), left.units[1].as_str()), (MOST, MOST, "a1"));
    }
}

//! How much memory programs use, from `/proc/meminfo`.

use std::fs;

/// Memory that is not available, in percent of all.
pub fn percent() -> Option<f64> {
    parse(&fs::read_to_string("/proc/meminfo").ok()?)
}

fn parse(meminfo: &str) -> Option<f64> {
    let field = |name: &str| -> Option<u64> {
        let rest = meminfo.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        rest.split_whitespace().next()?.parse().ok()
    };
    let total = field("MemTotal").filter(|total| *total > 0)?;
    let used = total.checked_sub(field("MemAvailable")?)?;
    Some((used as f64 * 1000.0 / total as f64).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_available_is_not_used() {
        let table = [
            ("MemTotal:        1000 kB\nMemFree:          100 kB\nMemAvailable:     750 kB\n", Some(25.0)),
            ("MemTotal:        3000 kB\nMemAvailable:    1000 kB\n", Some(66.7)),
            ("MemTotal:        1000 kB\nMemAvailable:       0 kB\n", Some(100.0)),
            // A kernel older than 3.14 does not say.
            ("MemTotal:        1000 kB\nMemFree:          100 kB\n", None),
            ("MemTotal:        1000 kB\nMemAvailable:    1001 kB\n", None),
            ("MemTotal:           0 kB\nMemAvailable:       0 kB\n", None),
            ("MemTotal: lots\nMemAvailable: 0 kB\n", None),
            ("", None),
        ];
        for (meminfo, expected) in table {
            assert_eq!(parse(meminfo), expected, "{meminfo}");
        }
    }

    #[test]
    fn this_machine_says_how_much_it_uses() {
        assert!(percent().is_some_and(|percent| percent > 0.0 && percent <= 100.0));
    }
}

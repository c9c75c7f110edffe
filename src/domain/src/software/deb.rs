//! The order of Debian versions: epoch, upstream version, revision, as `dpkg --compare-versions` has it (deb-version(7)).

use std::cmp::Ordering;

use super::{by_number, epoch};

/// The order of `a` and `b`.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let ((epoch_a, a), (epoch_b, b)) = (epoch(a.trim()), epoch(b.trim()));
    let ((a, revision_a), (b, revision_b)) = (revision(a), revision(b));
    by_number(epoch_a, epoch_b).then_with(|| part(a, b)).then_with(|| part(revision_a, revision_b))
}

/// The upstream version and what follows its last hyphen.
fn revision(version: &str) -> (&str, &str) {
    version.rsplit_once('-').unwrap_or((version, ""))
}

/// Compares runs of other characters and runs of digits in turn; the end of the text weighs as much as a digit.
fn part(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while !a.is_empty() || !b.is_empty() {
        while leads_with_other(a) || leads_with_other(b) {
            let order = weight(a.first()).cmp(&weight(b.first()));
            if order.is_ne() {
                return order;
            }
            (a, b) = (a.get(1..).unwrap_or_default(), b.get(1..).unwrap_or_default());
        }
        let ((number_a, rest_a), (number_b, rest_b)) = (digits(a), digits(b));
        let order = by_number(number_a, number_b);
        if order.is_ne() {
            return order;
        }
        (a, b) = (rest_a, rest_b);
    }
    Ordering::Equal
}

fn leads_with_other(text: &[u8]) -> bool {
    text.first().is_some_and(|byte| !byte.is_ascii_digit())
}

/// `~` before the end, the end before letters, letters before everything else.
fn weight(byte: Option<&u8>) -> i32 {
    match byte {
        None => 0,
        Some(b'~') => -1,
        Some(byte) if byte.is_ascii_digit() => 0,
        Some(byte) if byte.is_ascii_alphabetic() => i32::from(*byte),
        Some(byte) => i32::from(*byte) + 256,
    }
}

fn digits(text: &[u8]) -> (&str, &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    (std::str::from_utf8(number).unwrap_or_default(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each is older than the next, but for those written together.
    const ASCENDING: &[&[&str]] = &[
        &["~~"],
        &["~~a"],
        &["~"],
        &["0", "", "0-0", "00", "0:0"],
        &["0-0.1"],
        &["0+b1"],
        &["0.9"],
        &["1.0~beta1~svn1245"],
        &["1.0~beta1"],
        &["1.0~rc1-1"],
        &["1.0", "1.0-0", "01.0", "1.00"],
        &["1.0-1~deb12u1"],
        &["1.0-1"],
        &["1.0-1ubuntu1"],
        &["1.0-1+b1"],
        &["1.0-1.1"],
        &["1.0a"],
        &["1.0a7-2"],
        &["1.0+dfsg-1"],
        &["1.0-1-1"],
        &["1.0.1"],
        &["1.2-9"],
        &["1.2-10"],
        &["1.2.3~rc1"],
        &["1.2.3"],
        &["1.9"],
        &["1.10"],
        &["3.0.9-1"],
        &["3.0.17-1~deb12u2"],
        &["3.0.17-1~deb12u3"],
        &["3.0.18-1~deb12u1"],
        &["20230311+deb12u1"],
        &["99999999999999999999999"],
        &["100000000000000000000000"],
        &["1:0.1"],
        &["1:2.36-9+deb12u10"],
        &["2:0~~"],
    ];

    fn listed() -> impl Iterator<Item = (usize, &'static str)> {
        ASCENDING.iter().enumerate().flat_map(|(place, same)| same.iter().map(move |version| (place, *version)))
    }

    #[test]
    fn versions_are_ordered_as_debian_orders_them() {
        for (place, a) in listed() {
            for (other, b) in listed() {
                assert_eq!(compare(a, b), place.cmp(&other), "{a} and {b}");
            }
        }
    }

    /// Asks dpkg itself, where there is one, about every pair.
    #[test]
    fn dpkg_says_the_same() {
        use std::process::{Command, Stdio};
        if Command::new("dpkg").arg("--version").stdout(Stdio::null()).status().is_err() {
            return;
        }
        let versions: Vec<&str> = listed().map(|(_, version)| version).filter(|version| !version.is_empty() && !version.starts_with('~')).collect();
        let relation = |order| match order {
            Ordering::Less => "lt",
            Ordering::Equal => "eq",
            Ordering::Greater => "gt",
        };
        for (at, a) in versions.iter().enumerate() {
            for b in versions.iter().skip(at) {
                let holds = Command::new("dpkg").args(["--compare-versions", a, relation(compare(a, b)), b]).stderr(Stdio::null()).status();
                assert!(holds.is_ok_and(|status| status.success()), "{a} {} {b}", relation(compare(a, b)));
            }
        }
    }
}

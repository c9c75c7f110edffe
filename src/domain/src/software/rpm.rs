//! The order of rpm versions: epoch, version, release, each by the rules of rpmvercmp (rpm's lib/rpmvercmp.c).

use std::cmp::Ordering;

use super::{by_number, epoch};

/// The order of `a` and `b`.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let ((epoch_a, version_a, release_a), (epoch_b, version_b, release_b)) = (parts(a), parts(b));
    let head = by_number(epoch_a, epoch_b).then_with(|| part(version_a, version_b));
    head.then_with(|| release_a.is_some().cmp(&release_b.is_some())).then_with(|| part(release_a.unwrap_or_default(), release_b.unwrap_or_default()))
}

/// The order of an installed version and one that is asked for: a release that is not named is not compared, as in rpm's own dependencies.
pub(super) fn compare_asked(installed: &str, asked: &str) -> Ordering {
    let ((epoch_a, version_a, _), (epoch_b, version_b, release)) = (parts(installed), parts(asked));
    if release.is_some() { compare(installed, asked) } else { by_number(epoch_a, epoch_b).then_with(|| part(version_a, version_b)) }
}

fn parts(version: &str) -> (&str, &str, Option<&str>) {
    let (epoch, rest) = epoch(version.trim());
    match rest.rsplit_once('-') {
        Some((version, release)) => (epoch, version, Some(release)),
        None => (epoch, rest, None),
    }
}

/// What a text goes on with, after separators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next<'a> {
    End,
    Tilde,
    Caret,
    Letters(&'a str),
    Number(&'a str),
}

fn part(mut a: &str, mut b: &str) -> Ordering {
    loop {
        let ((next_a, rest_a), (next_b, rest_b)) = (next(a), next(b));
        (a, b) = (rest_a, rest_b);
        let order = match (next_a, next_b) {
            (Next::End, Next::End) => return Ordering::Equal,
            (Next::Tilde, Next::Tilde) | (Next::Caret, Next::Caret) => Ordering::Equal,
            (Next::Tilde, _) => Ordering::Less,
            (_, Next::Tilde) => Ordering::Greater,
            (Next::End, _) => Ordering::Less,
            (_, Next::End) => Ordering::Greater,
            (Next::Caret, _) => Ordering::Less,
            (_, Next::Caret) => Ordering::Greater,
            (Next::Number(a), Next::Number(b)) => by_number(a, b),
            (Next::Number(_), Next::Letters(_)) => Ordering::Greater,
            (Next::Letters(_), Next::Number(_)) => Ordering::Less,
            (Next::Letters(a), Next::Letters(b)) => a.cmp(b),
        };
        if order.is_ne() {
            return order;
        }
    }
}

fn next(text: &str) -> (Next<'_>, &str) {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '~' && c != '^');
    let run = |holds: fn(&char) -> bool| text.split_at(text.find(|c| !holds(&c)).unwrap_or(text.len()));
    match text.chars().next() {
        None => (Next::End, ""),
        Some('~') => (Next::Tilde, &text[1..]),
        Some('^') => (Next::Caret, &text[1..]),
        Some(first) if first.is_ascii_digit() => {
            let (number, rest) = run(char::is_ascii_digit);
            (Next::Number(number), rest)
        }
        Some(_) => {
            let (letters, rest) = run(char::is_ascii_alphabetic);
            (Next::Letters(letters), rest)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of rpm's own test suite (tests/rpmvercmp.at), and epochs and releases.
    #[test]
    fn versions_are_ordered_as_rpm_orders_them() {
        use Ordering::{Equal, Greater, Less};
        for (a, order, b) in [
            ("1.0", Equal, "1.0"),
            ("1.0", Less, "2.0"),
            ("2.0.1", Greater, "2.0"),
            ("2.0.1a", Greater, "2.0.1"),
            ("5.5p1", Less, "5.5p2"),
            ("5.5p10", Greater, "5.5p1"),
            ("10xyz", Less, "10.1xyz"),
            ("xyz10", Less, "xyz10.1"),
            ("xyz.4", Less, "8"),
            ("xyz.4", Less, "2"),
            ("5.5p2", Less, "5.6p1"),
            ("5.6p1", Less, "6.5p1"),
            ("6.0.rc1", Greater, "6.0"),
            ("10b2", Greater, "10a1"),
            ("10a2", Less, "10b2"),
            ("1.0aa", Greater, "1.0a"),
            ("10.0001", Equal, "10.1"),
            ("10.0001", Less, "10.0039"),
            ("4.999.9", Less, "5.0"),
            ("20101121", Less, "20101122"),
            ("2_0", Equal, "2.0"),
            ("a", Equal, "a+"),
            ("+a", Equal, "_a"),
            ("+", Equal, "_"),
            ("1.0~rc1", Less, "1.0"),
            ("1.0~rc1", Less, "1.0~rc2"),
            ("1.0~rc1~git123", Less, "1.0~rc1"),
            ("1.0^", Greater, "1.0"),
            ("1.0^git1", Greater, "1.0"),
            ("1.0^git1", Less, "1.0^git2"),
            ("1.0^git1", Less, "1.01"),
            ("1.0^20160101", Less, "1.0.1"),
            ("1.0^20160101^git1", Greater, "1.0^20160101"),
            ("1.0~rc1^git1", Greater, "1.0~rc1"),
            ("1.0^git1~pre", Less, "1.0^git1"),
            ("1:1.0", Greater, "2.0"),
            ("0:1.0", Equal, "1.0"),
            ("1:3.0.7-24.el9", Less, "1:3.0.7-25.el9"),
            ("3.0.7-24.el9", Less, "3.0.7-24.el9_1"),
            ("5.14.0-70.13.1.el9_0", Less, "5.14.0-162.6.1.el9_1"),
            ("1.0", Less, "1.0-1"),
        ] {
            assert_eq!(compare(a, b), order, "{a} and {b}");
            assert_eq!(compare(b, a), order.reverse(), "{b} and {a}");
        }
    }

    #[test]
    fn a_release_that_is_not_asked_for_is_not_compared() {
        assert_eq!(compare_asked("3.0.7-24.el9", "3.0.7"), Ordering::Equal);
        assert_eq!(compare_asked("3.0.7-24.el9", "3.0.7-25.el9"), Ordering::Less);
        assert_eq!(compare_asked("1:3.0.7-24.el9", "3.0.7"), Ordering::Greater);
    }
}

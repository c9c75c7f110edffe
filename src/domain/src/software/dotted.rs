//! An order for versions that follow no written rule, as of Windows programs: numbers by value, words in between.

use std::cmp::Ordering;

use super::by_number;

/// Words that announce a version instead of following it, earliest first.
const EARLY: [&str; 9] = ["dev", "nightly", "alpha", "beta", "preview", "pre", "cr", "rc", "insider"];

/// One piece of a version; a version goes on with [`Piece::Nothing`] for ever, so `1.0` and `1.0.0` are the same.
#[derive(Debug, Clone, Copy)]
enum Piece<'a> {
    Early(usize),
    Nothing,
    Word(&'a str),
    Number(&'a str),
}

/// The order of `a` and `b`.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (a, b) = (pieces(&a), pieces(&b));
    let at = |pieces: &[Piece<'_>], place: usize, other: Piece<'_>| order(pieces.get(place).copied().unwrap_or(Piece::Nothing), other);
    let longest = a.len().max(b.len());
    let orders = (0..longest).map(|place| at(&a, place, b.get(place).copied().unwrap_or(Piece::Nothing)));
    orders.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Early words, then nothing, then other words, then numbers.
fn order(a: Piece<'_>, b: Piece<'_>) -> Ordering {
    let rank = |piece: Piece<'_>| match piece {
        Piece::Early(_) => 0,
        Piece::Nothing => 1,
        Piece::Word(_) => 2,
        Piece::Number(_) => 3,
    };
    match (a, b) {
        (Piece::Early(a), Piece::Early(b)) => a.cmp(&b),
        (Piece::Word(a), Piece::Word(b)) => a.cmp(b),
        (Piece::Number(a), Piece::Number(b)) => by_number(a, b),
        _ => rank(a).cmp(&rank(b)),
    }
}

/// Runs of digits and runs of letters; what stands between them only separates. A leading `v` says nothing.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut rest = text.trim();
    rest = rest.strip_prefix('v').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(rest);
    let mut all = Vec::new();
    while let Some(first) = rest.chars().next() {
        let number = first.is_ascii_digit();
        if !number && !first.is_alphabetic() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let end = rest.find(|c: char| if number { !c.is_ascii_digit() } else { !c.is_alphabetic() }).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        all.push(if number { value(run) } else { word(run) });
        rest = after;
    }
    all
}

fn value(digits: &str) -> Piece<'_> {
    if digits.bytes().all(|digit| digit == b'0') { Piece::Nothing } else { Piece::Number(digits) }
}

fn word(letters: &str) -> Piece<'_> {
    EARLY.iter().position(|early| *early == letters).map_or(Piece::Word(letters), Piece::Early)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each is older than the next, but for those written together.
    const ASCENDING: &[&[&str]] = &[
        &["", "0", "0.0"],
        &["0.9.9"],
        &["1.0-alpha.1", "1.0 Alpha 1"],
        &["1.0 beta 2"],
        &["1.0-rc1", "1.0 RC 1"],
        &["1", "1.0", "v1.0", "1.0.0.0", "01.00"],
        &["1.0.2"],
        &["1.0.2a"],
        &["1.0.2w"],
        &["1.0.2.1"],
        &["1.9"],
        &["1.10"],
        &["16.0.19231.20216"],
        &["16.0.19328.20178"],
        &["151.0.7918.61"],
        &["151.0.7922.88"],
        &["25275.2601.4002.2815"],
        &["20260101"],
        &["99999999999999999999999"],
    ];

    #[test]
    fn versions_are_ordered_by_their_numbers() {
        let listed = || ASCENDING.iter().enumerate().flat_map(|(place, same)| same.iter().map(move |version| (place, *version)));
        for (place, a) in listed() {
            for (other, b) in listed() {
                assert_eq!(compare(a, b), place.cmp(&other), "{a} and {b}");
            }
        }
    }
}

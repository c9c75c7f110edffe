//! Numbers as reports write them, and the middle of many.

use crate::patching::Share;

/// `6,318`.
pub(super) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `94.2 %` of `of`, as patching rounds it: only all is 100 %, and nothing of nothing is no share.
pub(super) fn percent(n: u64, of: u64) -> Option<String> {
    Share { numerator: n, denominator: of }.permille().map(|share| share.to_string())
}

/// The smallest value that `of_ten` tenths of `values` do not exceed.
pub(super) fn tenth(values: &mut [i64], of_ten: usize) -> Option<i64> {
    values.sort_unstable();
    let place = (values.len() * of_ten).div_ceil(10).max(1) - 1;
    values.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        for (n, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(n), text);
        }
        for (n, of, text) in [(0, 0, None), (0, 5, Some("0 %")), (5, 5, Some("100 %")), (9_999, 10_000, Some("99.9 %")), (1, 3, Some("33.3 %"))] {
            assert_eq!(percent(n, of).as_deref(), text);
        }
    }

    #[test]
    fn the_middle_is_a_value_that_was_measured() {
        for (values, median, ninth) in [
            (vec![], None, None),
            (vec![7], Some(7), Some(7)),
            (vec![9, 1], Some(1), Some(9)),
            (vec![3, 1, 2], Some(2), Some(3)),
            ((1..=10).collect(), Some(5), Some(9)),
            ((1..=11).collect(), Some(6), Some(10)),
        ] {
            let mut values: Vec<i64> = values;
            assert_eq!((tenth(&mut values, 5), tenth(&mut values, 9)), (median, ninth), "{values:?}");
        }
    }
}

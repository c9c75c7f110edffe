//! An instant as a number, so that it stores, sorts and travels alike everywhere.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// One minute, in milliseconds.
pub const MINUTE: i64 = 60_000;
/// One hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

impl Moment {
    /// The milliseconds from `earlier` to this instant; never negative.
    pub fn since(self, earlier: Moment) -> i64 {
        self.0.saturating_sub(earlier.0).max(0)
    }

    /// The start of the hour that holds this instant.
    pub fn hour(self) -> Moment {
        Moment(self.0.div_euclid(HOUR) * HOUR)
    }
}

impl Add<i64> for Moment {
    type Output = Moment;

    fn add(self, milliseconds: i64) -> Moment {
        Moment(self.0.saturating_add(milliseconds))
    }
}

impl Sub<i64> for Moment {
    type Output = Moment;

    fn sub(self, milliseconds: i64) -> Moment {
        Moment(self.0.saturating_sub(milliseconds))
    }
}

/// A span in the short form of lists: `41 s`, `12 min`, `3 h`, `9 d`.
pub fn span(milliseconds: i64) -> String {
    match milliseconds.max(0) {
        ms if ms < MINUTE => format!("{} s", ms / 1000),
        ms if ms < HOUR => format!("{} min", ms / MINUTE),
        ms if ms < 2 * DAY => format!("{} h", ms / HOUR),
        ms => format!("{} d", ms / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_change_unit_at_their_edges() {
        let table =
            [(0, "0 s"), (59_999, "59 s"), (60_000, "1 min"), (HOUR - 1, "59 min"), (HOUR, "1 h"), (2 * DAY - 1, "47 h"), (2 * DAY, "2 d"), (-5, "0 s")];
        for (ms, text) in table {
            assert_eq!(span(ms), text);
        }
    }
}

//! Work that is done later: how urgent it is, and when it is tried again.

use crate::{
    Moment,
    time::{HOUR, MINUTE},
};

/// How often a job is begun before it is parked.
pub const TRIES: i32 = 8;
/// How long whoever took a job has it alone; a job that was not ended by then is taken again.
pub const LEASE: i64 = 2 * MINUTE;
/// The longest subject of a job, in bytes.
pub const SUBJECT: usize = 200;

/// The first wait after a failure; each further one is four times as long.
const FIRST: i64 = 2_000;

/// How urgent a job is. Of several tenants' jobs of one urgency each tenant's turn comes in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Priority {
    /// Somebody waits for it: mail about an alert.
    Urgent,
    /// The usual.
    Normal,
    /// Whenever there is nothing else: a scheduled report.
    Low,
}

impl Priority {
    /// Each priority once, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Low];

    /// The number that storage sorts by.
    pub const fn number(self) -> i16 {
        match self {
            Self::Urgent => 0,
            Self::Normal => 1,
            Self::Low => 2,
        }
    }
}

/// When a job that failed for the `tried`th time is tried again, by `chance` in thousandths; `None` when it is parked instead.
pub fn again(tried: i32, now: Moment, chance: u16) -> Option<Moment> {
    if tried >= TRIES {
        return None;
    }
    let doubled = u32::try_from(tried.max(1) - 1).unwrap_or(0) * 2;
    let wait = FIRST.saturating_mul(1_i64 << doubled).min(HOUR);
    Some(now + wait / 2 + wait * i64::from(chance.min(1_000)) / 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_are_spread_and_end() {
        let now = Moment(1_000_000);
        let wait = |tried, chance| again(tried, now, chance).map(|at| at.since(now));
        assert_eq!((wait(1, 0), wait(1, 500), wait(1, 1_000)), (Some(1_000), Some(2_000), Some(3_000)));
        assert_eq!((wait(2, 500), wait(3, 500), wait(0, 500)), (Some(8_000), Some(32_000), Some(2_000)));
        assert_eq!(wait(7, 500), Some(HOUR), "never more than an hour, give or take a half");
        assert_eq!((wait(TRIES, 500), wait(TRIES + 1, 500)), (None, None));
        assert_eq!(wait(1, u16::MAX), Some(3_000));
    }

    #[test]
    fn the_most_urgent_sorts_first() {
        assert!(Priority::ALL.is_sorted_by_key(|priority| priority.number()));
    }
}

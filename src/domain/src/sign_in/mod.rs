//! How often somebody may try a password, and how long a session lasts.

use crate::time::{HOUR, MINUTE, Moment};

/// Failures after which an account waits for its owner's MSP.
pub const ACCOUNT_STOP: u32 = 100;
/// Failures of one account after which tries must wait so long that the audit says so, once.
pub const BACK_OFF: u32 = 3;
/// How long failures are remembered.
pub const REMEMBERED: i64 = 24 * HOUR;
/// The window in which failures of one address are counted.
pub const ADDRESS_WINDOW: i64 = 10 * MINUTE;

/// How long a session lives.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Without any request, in milliseconds.
    pub idle: i64,
    /// In any case, in milliseconds.
    pub absolute: i64,
}

impl SessionLimits {
    /// For staff and contacts: 30 minutes idle, 8 hours in all.
    pub const PERSON: Self = Self { idle: 30 * MINUTE, absolute: 8 * HOUR };
    /// For operators: 15 minutes idle, 4 hours in all.
    pub const OPERATOR: Self = Self { idle: 15 * MINUTE, absolute: 4 * HOUR };

    /// Whether a session from `created`, last used at `seen`, still lives at `now`.
    pub fn alive(self, now: Moment, created: Moment, seen: Moment) -> bool {
        now.since(created) < self.absolute && now.since(seen) < self.idle
    }
}

/// The wait that follows failure number `fails` of one account, in milliseconds; `None` stops the account.
pub const fn account_wait(fails: u32) -> Option<i64> {
    match fails {
        0 => Some(0),
        1..=2 => Some(1_000),
        3..=8 => Some(3_000),
        9..=24 => Some(5_000),
        25..ACCOUNT_STOP => Some(10_000),
        _ => None,
    }
}

/// Whether an account with `fails` failures, the last at `last`, may try at `now`.
pub fn account_may_try(now: Moment, fails: u32, last: Moment) -> bool {
    now.since(last) >= REMEMBERED || account_wait(fails).is_some_and(|wait| fails == 0 || now.since(last) >= wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let table = [
            (0, Some(0)),
            (1, Some(1_000)),
            (2, Some(1_000)),
            (3, Some(3_000)),
            (9, Some(5_000)),
            (25, Some(10_000)),
            (99, Some(10_000)),
            (100, None),
            (5_000, None),
        ];
        for (fails, wait) in table {
            assert_eq!(account_wait(fails), wait, "{fails}");
        }
    }

    #[test]
    fn an_account_tries_again_at_the_exact_instant() {
        let last = Moment(1_000_000);
        assert!(!account_may_try(last + 2_999, 3, last));
        assert!(account_may_try(last + 3_000, 3, last));
        assert!(!account_may_try(last + REMEMBERED - 1, 100, last));
        assert!(account_may_try(last + REMEMBERED, 100, last), "a day later the account starts anew");
    }

    #[test]
    fn sessions_end_at_both_limits() {
        let (start, limits) = (Moment(0), SessionLimits::PERSON);
        assert!(limits.alive(start + limits.idle - 1, start, start));
        assert!(!limits.alive(start + limits.idle, start, start));
        assert!(limits.alive(start + limits.absolute - 1, start, start + limits.absolute - 2));
        assert!(!limits.alive(start + limits.absolute, start, start + limits.absolute - 1));
    }
}

//! How long to wait after a failure, so that ten thousand agents do not return at once.

use std::time::Duration;

/// What went wrong, as far as waiting is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// No answer, or the server failed.
    Unreachable,
    /// The server asks to wait so long.
    Busy(Duration),
    /// The server refuses; asking again soon will not help.
    Refused,
    /// The device waits for a person's approval.
    Pending,
}

const FIRST: Duration = Duration::from_secs(5);
const LONGEST: Duration = Duration::from_secs(15 * 60);
const REFUSED_FIRST: Duration = Duration::from_secs(5 * 60);
const REFUSED_LONGEST: Duration = Duration::from_secs(60 * 60);

/// Counts failures of one kind in a row.
#[derive(Debug, Default)]
pub struct Backoff {
    failures: u32,
    refused: bool,
}

impl Backoff {
    /// Forgets the failures.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// The wait after one more failure; `chance` is from 0 up to 1.
    pub fn after(&mut self, cause: Cause, chance: f64) -> Duration {
        let refused = matches!(cause, Cause::Refused | Cause::Pending);
        if refused != self.refused {
            *self = Self { failures: 0, refused };
        }
        let wait = wait(cause, self.failures, chance);
        self.failures = self.failures.saturating_add(1);
        wait
    }
}

/// The wait after `failures` earlier failures in a row.
pub fn wait(cause: Cause, failures: u32, chance: f64) -> Duration {
    match cause {
        // Full jitter, but never a storm of immediate tries.
        Cause::Unreachable => doubled(FIRST, failures, LONGEST).mul_f64(chance).max(Duration::from_secs(1)),
        Cause::Busy(asked) => {
            let asked = asked.min(REFUSED_LONGEST);
            asked + (asked / 2).max(FIRST).mul_f64(chance)
        }
        Cause::Refused => doubled(REFUSED_FIRST, failures, REFUSED_LONGEST).mul_f64(1.0 + 0.2 * chance),
        Cause::Pending => REFUSED_FIRST.mul_f64(1.0 + 0.2 * chance),
    }
}

fn doubled(first: Duration, times: u32, longest: Duration) -> Duration {
    first.saturating_mul(2_u32.saturating_pow(times.min(16))).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule() {
        let asked = Duration::from_secs(30);
        let table = [
            (Cause::Unreachable, 0, 0.0, 1.0),
            (Cause::Unreachable, 0, 0.5, 2.5),
            (Cause::Unreachable, 1, 0.5, 5.0),
            (Cause::Unreachable, 7, 0.5, 320.0),
            (Cause::Unreachable, 8, 0.5, 450.0),
            (Cause::Unreachable, u32::MAX, 0.999, 899.1),
            (Cause::Busy(asked), 9, 0.0, 30.0),
            (Cause::Busy(asked), 0, 0.5, 37.5),
            (Cause::Busy(Duration::ZERO), 0, 0.5, 2.5),
            (Cause::Busy(Duration::from_secs(u64::MAX)), 0, 0.0, 3600.0),
            (Cause::Refused, 0, 0.0, 300.0),
            (Cause::Refused, 1, 0.5, 660.0),
            (Cause::Refused, 4, 0.0, 3600.0),
            (Cause::Refused, 99, 0.5, 3960.0),
            (Cause::Pending, 99, 0.0, 300.0),
        ];
        for (cause, failures, chance, seconds) in table {
            let wait = wait(cause, failures, chance).as_secs_f64();
            assert!((wait - seconds).abs() < 0.001, "{cause:?} {failures} {chance}: {wait} instead of {seconds}");
        }
    }

    #[test]
    fn another_kind_of_failure_starts_afresh() {
        let mut backoff = Backoff::default();
        let seconds = |backoff: &mut Backoff, cause| backoff.after(cause, 0.5).as_secs_f64();
        assert_eq!(seconds(&mut backoff, Cause::Unreachable), 2.5);
        assert_eq!(seconds(&mut backoff, Cause::Unreachable), 5.0);
        assert_eq!(seconds(&mut backoff, Cause::Refused), 330.0);
        assert_eq!(seconds(&mut backoff, Cause::Refused), 660.0);
        backoff.reset();
        assert_eq!(seconds(&mut backoff, Cause::Unreachable), 2.5);
    }
}

//! Time and chance, handed in so that every rule can be tested at any instant.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::Moment;

/// Where the agent learns the time and draws its jitter.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    /// The device's clock.
    pub now: fn() -> Moment,
    /// A number from 0 up to, not including, 1.
    pub chance: fn() -> f64,
}

impl Outside {
    /// The real clock and real randomness.
    pub const fn real() -> Self {
        Self { now, chance: rand::random::<f64> }
    }
}

/// The device's time.
pub fn now() -> Moment {
    moment(SystemTime::now())
}

/// `time` as milliseconds since 1970; earlier times are 0.
pub fn moment(time: SystemTime) -> Moment {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

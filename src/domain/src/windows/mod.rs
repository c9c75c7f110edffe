//! Maintenance windows: when, where, and what happens or stays silent in them.

#[cfg(feature = "zones")]
pub mod calendar;
pub mod days;
#[cfg(feature = "zones")]
pub mod form;
pub mod scope;

#[cfg(feature = "zones")]
pub use calendar::{Calendar, Occurrence, ZONES};
pub use days::{Day, Days};
#[cfg(feature = "zones")]
pub use form::{Typed, parse};
pub use scope::{Place, Scope};

use serde::{Deserialize, Serialize};

use crate::Moment;

/// The longest name, in characters.
pub const NAME: usize = 100;
/// The shortest window, in minutes.
pub const SHORTEST: u32 = 5;
/// The longest window, in minutes: seven days.
pub const LONGEST: u32 = 7 * 24 * 60;
/// The time between the end of a weekly window and its next start, at least, in minutes.
pub const REST: u32 = 60;

/// When something is done on purpose, so that its noise is no news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// What people call it.
    pub name: String,
    /// The IANA name of the zone whose clocks it follows: `Europe/Berlin`.
    pub zone: String,
    /// When it is.
    pub rhythm: Rhythm,
    /// Where it holds.
    pub scope: Scope,
    /// Whether alerts that are raised in it are suppressed.
    pub suppresses_alerts: bool,
    /// Whether patching may run in it.
    pub patching: bool,
}

/// When a window is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Rhythm {
    /// One time.
    Once {
        /// When it begins.
        from: Moment,
        /// The first instant after it.
        until: Moment,
    },
    /// Every week, by the clocks of the zone.
    Weekly {
        /// The days on which it begins.
        days: Days,
        /// The minute of the day at which it begins, 0 to 1,439.
        start: u16,
        /// How much later the clock shows at its end, in minutes.
        minutes: u32,
    },
}

impl Rhythm {
    /// The word that forms and storage use.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Once { .. } => "once",
            Self::Weekly { .. } => "weekly",
        }
    }
}

impl Window {
    /// What happens in it, in words.
    pub const fn effect(&self) -> &'static str {
        match (self.suppresses_alerts, self.patching) {
            (true, true) => "alerts are suppressed, patching may run",
            (true, false) => "alerts are suppressed",
            (false, true) => "patching may run",
            (false, false) => "nothing changes",
        }
    }

    /// Whether nothing of it is left at `now`; a weekly window always comes again.
    pub fn is_over(&self, now: Moment) -> bool {
        matches!(self.rhythm, Rhythm::Once { until, .. } if until <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_reads_back_from_storage() {
        let rhythm = Rhythm::Weekly { days: Days::from([Day::Saturday]), start: 22 * 60, minutes: 240 };
        let window = Window { name: "Patches".into(), zone: "Europe/Berlin".into(), rhythm, scope: Scope::Tenant, suppresses_alerts: true, patching: true };
        let text = serde_json::to_string(&window).expect("json");
        assert!(text.contains(r#""rhythm":{"kind":"weekly","days":["sat"],"start":1320,"minutes":240},"scope":"tenant""#), "{text}");
        assert_eq!(serde_json::from_str::<Window>(&text).expect("a window"), window);
        assert!(!window.is_over(Moment(i64::MAX)));
        let once = Window { rhythm: Rhythm::Once { from: Moment(5), until: Moment(9) }, ..window };
        assert!(!once.is_over(Moment(8)) && once.is_over(Moment(9)));
    }
}

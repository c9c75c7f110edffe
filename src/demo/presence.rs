//! When a device was enrolled and last seen, in shares that hold for any number of devices.

use domain::{
    devices::Standing,
    time::{DAY, HOUR, MINUTE},
};

use super::rng::{Rng, even, other_even};

/// How often a demo device reports, in seconds.
pub const EVERY_S: i64 = 300;

/// How a device keeps in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contact {
    /// Reports as often as expected; who keeps a demo alive keeps these reporting.
    Steady,
    /// A report is overdue.
    Late,
    /// Has been gone for hours or days.
    Away,
    /// Was enrolled and never reported.
    Never,
}

/// A device in time, as spans before now in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Presence {
    pub standing: Standing,
    pub contact: Contact,
    pub last_seen_ago: Option<i64>,
    pub enrolled_ago: i64,
}

/// The presence of device `index` in the series `series`.
pub fn presence(series: u64, index: u64, rng: &mut Rng) -> Presence {
    match other_even(series, index) {
        0..80 => pending(rng),
        80..200 => retired(rng),
        _ => active(even(series, index), rng),
    }
}

fn pending(rng: &mut Rng) -> Presence {
    let (seen, before) = (rng.between(2_000, EVERY_S * 1_000), rng.between(10 * MINUTE, 40 * HOUR));
    Presence { standing: Standing::Pending, contact: Contact::Steady, last_seen_ago: Some(seen), enrolled_ago: seen + before }
}

fn retired(rng: &mut Rng) -> Presence {
    let (seen, before) = (rng.between(30 * DAY, 200 * DAY), rng.between(200 * DAY, 700 * DAY));
    Presence { standing: Standing::Retired, contact: Contact::Away, last_seen_ago: Some(seen), enrolled_ago: seen + before }
}

fn active(share: u64, rng: &mut Rng) -> Presence {
    let (contact, seen) = match share {
        0..9_300 => (Contact::Steady, rng.between(2_000, EVERY_S * 1_000)),
        9_300..9_600 => (Contact::Late, rng.between(12 * MINUTE, 58 * MINUTE)),
        9_600..9_720 => (Contact::Away, rng.between(2 * HOUR, DAY)),
        9_720..9_800 => (Contact::Away, rng.between(DAY, 7 * DAY)),
        9_800..9_960 => (Contact::Away, rng.between(7 * DAY + HOUR, 20 * DAY)),
        _ => (Contact::Never, 0),
    };
    let before = if contact == Contact::Never { rng.between(HOUR, 30 * DAY) } else { rng.between(3 * DAY, 900 * DAY) };
    Presence { standing: Standing::Active, contact, last_seen_ago: (contact != Contact::Never).then_some(seen), enrolled_ago: seen + before }
}

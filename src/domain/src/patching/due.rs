//! By when an update has to be installed: some days after it was first seen, sooner for security.

use super::Class;
use crate::{Fault, Moment, time::DAY};

/// The most days until an update is due.
pub const DAYS: u16 = 365;
/// The most days that a device may be silent before nothing is assumed about it.
pub const UNSEEN: u16 = 90;

/// Since when a device lacks an update of one package. A newer version takes this over from the one it replaces, so that
/// a package which is updated every week still becomes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Owed {
    /// When the first of them was first seen.
    pub since: Moment,
    /// When the first security update among them was first seen.
    pub security_since: Option<Moment>,
}

/// What an MSP holds itself to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Targets {
    /// Days until a security update is due.
    pub security_days: u16,
    /// Days until any other update is due, also one whose source does not say what it is.
    pub other_days: u16,
    /// Days without contact after which nothing is assumed about a device.
    pub unseen_days: u16,
}

/// Where past due begins at one instant, for counts that are summed where they are stored: what is owed since one of these or longer is past due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PastDue {
    /// For any update.
    pub since: Moment,
    /// For security updates.
    pub security: Moment,
}

/// Targets as somebody types them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedTargets {
    /// Days until a security update is due.
    pub security_days: String,
    /// Days until any other update is due.
    pub other_days: String,
    /// Days without contact.
    pub unseen_days: String,
}

impl Owed {
    /// What is owed for one update.
    pub fn of(class: Class, first_seen: Moment) -> Self {
        Self { since: first_seen, security_since: (class == Class::Security).then_some(first_seen) }
    }

    /// The same with what was owed for an `older` version that was never installed.
    #[must_use]
    pub fn carry(self, older: Self) -> Self {
        let security_since = self.security_since.into_iter().chain(older.security_since).min();
        Self { since: self.since.min(older.since), security_since }
    }
}

impl PastDue {
    /// Whether what is `owed` is past due.
    pub fn holds(&self, owed: Owed) -> bool {
        owed.since <= self.since || owed.security_since.is_some_and(|since| since <= self.security)
    }

    /// What may be owed by somebody for whom it is past due, or not.
    pub fn owed(&self, past: bool) -> Owed {
        Owed { since: if past { self.since } else { Moment(i64::MAX / 2) }, security_since: None }
    }
}

impl Default for Targets {
    fn default() -> Self {
        Self { security_days: 14, other_days: 30, unseen_days: 14 }
    }
}

impl Targets {
    /// When what is owed is due.
    pub fn due(&self, owed: Owed) -> Moment {
        let other = owed.since + i64::from(self.other_days) * DAY;
        owed.security_since.map_or(other, |since| other.min(since + i64::from(self.security_days) * DAY))
    }

    /// Where past due begins at `now`.
    pub fn past_due(&self, now: Moment) -> PastDue {
        PastDue { since: now - i64::from(self.other_days) * DAY, security: now - i64::from(self.security_days) * DAY }
    }

    /// Whether a device last seen at `seen` has been silent for too long at `now`.
    pub fn is_unseen(&self, seen: Option<Moment>, now: Moment) -> bool {
        seen.is_none_or(|seen| now.since(seen) > i64::from(self.unseen_days) * DAY)
    }

    /// The same as somebody would type them.
    pub fn typed(&self) -> TypedTargets {
        let text = |days: u16| days.to_string();
        TypedTargets { security_days: text(self.security_days), other_days: text(self.other_days), unseen_days: text(self.unseen_days) }
    }
}

impl TypedTargets {
    /// Checks every field.
    ///
    /// # Errors
    /// The fault of each field that is no number within its limits.
    pub fn check(&self) -> Result<Targets, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut days = |field: &str, text: &str, least: u16, most: u16| {
            let days = text.trim().parse().ok().filter(|days| (least..=most).contains(days));
            days.unwrap_or_else(|| {
                faults.push(Fault::new(field, format!("Type a number of days from {least} to {most}.")));
                0
            })
        };
        let targets = Targets {
            security_days: days("security_days", &self.security_days, 0, DAYS),
            other_days: days("other_days", &self.other_days, 0, DAYS),
            unseen_days: days("unseen_days", &self.unseen_days, 1, UNSEEN),
        };
        if faults.is_empty() { Ok(targets) } else { Err(faults) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGETS: Targets = Targets { security_days: 7, other_days: 30, unseen_days: 14 };

    fn at(day: i64) -> Moment {
        Moment(day * DAY)
    }

    #[test]
    fn security_is_due_sooner() {
        for (class, due) in [(Class::Security, 107), (Class::Other, 130), (Class::Unknown, 130)] {
            assert_eq!(TARGETS.due(Owed::of(class, at(100))), at(due), "{class:?}");
        }
    }

    #[test]
    fn a_newer_version_does_not_buy_time() {
        for (old, old_day, new, new_day, due) in [
            (Class::Security, 100, Class::Security, 105, 107),
            (Class::Security, 100, Class::Other, 105, 107),
            (Class::Other, 100, Class::Security, 105, 112),
            (Class::Other, 100, Class::Security, 129, 130),
            (Class::Other, 100, Class::Other, 129, 130),
        ] {
            let owed = Owed::of(new, at(new_day)).carry(Owed::of(old, at(old_day)));
            assert_eq!(TARGETS.due(owed), at(due), "{old:?} {new:?}");
        }
    }

    #[test]
    fn past_due_begins_where_due_says() {
        for (since, security) in (60..140).flat_map(|since| (59..140).map(move |security| (since, Some(security).filter(|at| *at > 59)))) {
            let owed = Owed { since: at(since) + 7, security_since: security.map(at) };
            for now in [at(100), at(100) + 7, at(101) - 1] {
                assert_eq!(TARGETS.past_due(now).holds(owed), TARGETS.due(owed) <= now, "{since} {security:?} {now:?}");
            }
        }
        for past in [true, false] {
            assert_eq!(TARGETS.due(TARGETS.past_due(at(100)).owed(past)) <= at(100), past);
        }
    }

    #[test]
    fn silence_counts_after_its_days() {
        assert!(!TARGETS.is_unseen(Some(at(86)), at(100)));
        assert!(TARGETS.is_unseen(Some(at(86) - 1), at(100)));
        assert!(TARGETS.is_unseen(None, at(100)));
    }

    #[test]
    fn targets_are_typed_and_read_back() {
        assert_eq!(TARGETS.typed().check(), Ok(TARGETS));
        let bad = TypedTargets { security_days: "366".into(), other_days: "soon".into(), unseen_days: "0".into() };
        let faults = bad.check().expect_err("faults");
        assert_eq!(faults.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["security_days", "other_days", "unseen_days"]);
    }
}

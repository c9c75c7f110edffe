//! A device's status is derived when it is read, from its standing and its last contact.

use std::{fmt, str::FromStr};

use crate::time::{DAY, MINUTE, Moment};

/// What people decided about a device; stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// In service.
    Active,
    /// Waits for somebody to approve it.
    Pending,
    /// Its identity changed under its credential; nothing it says is stored.
    Quarantined,
    /// Out of service, kept for its history.
    Retired,
}

/// What a list shows; derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its reports arrive as often as expected.
    Online,
    /// A report is overdue.
    Late,
    /// Several reports are overdue.
    Offline,
    /// Waits for approval.
    Pending,
    /// Its identity changed.
    Quarantined,
    /// Out of service.
    Retired,
}

/// How long after its last contact a device counts as online, for reports expected every `every_s` seconds.
pub const fn online_for(every_s: i64) -> i64 {
    every_s * 2_000 + MINUTE
}

/// How long after its last contact a device counts as late rather than offline.
pub const fn late_for(every_s: i64) -> i64 {
    every_s * 12_000 + MINUTE
}

/// An inventory that is older than this is shown as stale.
pub const INVENTORY_KEEPS: i64 = 2 * DAY;
/// Package lists that are older than this are shown as stale: newer updates may exist that nobody has seen.
pub const LISTS_KEEP: i64 = 7 * DAY;

/// The age at `now` of what was taken at `at`, when that is more than `keeps`.
pub fn stale(at: Option<Moment>, now: Moment, keeps: i64) -> Option<i64> {
    at.map(|at| now.since(at)).filter(|age| *age > keeps)
}

impl Status {
    /// Each status, in the order of lists.
    pub const ALL: [Status; 6] = [Self::Online, Self::Late, Self::Offline, Self::Pending, Self::Quarantined, Self::Retired];

    /// The status at `now` of a device that was last seen at `seen` and reports every `every_s` seconds.
    pub fn at(now: Moment, standing: Standing, seen: Option<Moment>, every_s: i64) -> Self {
        match (standing, seen) {
            (Standing::Pending, _) => Self::Pending,
            (Standing::Quarantined, _) => Self::Quarantined,
            (Standing::Retired, _) => Self::Retired,
            (Standing::Active, Some(seen)) if now.since(seen) <= online_for(every_s) => Self::Online,
            (Standing::Active, Some(seen)) if now.since(seen) <= late_for(every_s) => Self::Late,
            (Standing::Active, _) => Self::Offline,
        }
    }

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Late => "late",
            Self::Offline => "offline",
            Self::Pending => "pending",
            Self::Quarantined => "quarantined",
            Self::Retired => "retired",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Online => "Online",
            Self::Late => "Late",
            Self::Offline => "Offline",
            Self::Pending => "Pending approval",
            Self::Quarantined => "Quarantined",
            Self::Retired => "Retired",
        }
    }
}

impl FromStr for Status {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|status| status.word() == word).ok_or(())
    }
}

impl Standing {
    /// Each standing once.
    pub const ALL: [Standing; 4] = [Self::Active, Self::Pending, Self::Quarantined, Self::Retired];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Quarantined => "quarantined",
            Self::Retired => "retired",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Standing {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|standing| standing.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_turns_at_its_edges() {
        let seen = Moment(1_000_000_000);
        let at = |later| Status::at(seen + later, Standing::Active, Some(seen), 300);
        assert_eq!(at(0), Status::Online);
        assert_eq!(at(11 * MINUTE), Status::Online);
        assert_eq!(at(11 * MINUTE + 1), Status::Late);
        assert_eq!(at(61 * MINUTE), Status::Late);
        assert_eq!(at(61 * MINUTE + 1), Status::Offline);
        assert_eq!(at(-5), Status::Online, "a clock that stepped back is no alarm");
    }

    #[test]
    fn facts_grow_stale_and_not_a_moment_sooner() {
        let now = Moment(10 * DAY);
        assert_eq!(stale(Some(now - INVENTORY_KEEPS), now, INVENTORY_KEEPS), None);
        assert_eq!(stale(Some(now - INVENTORY_KEEPS - 1), now, INVENTORY_KEEPS), Some(INVENTORY_KEEPS + 1));
        assert_eq!(stale(None, now, LISTS_KEEP), None, "what never came is unknown, not stale");
    }

    #[test]
    fn standing_comes_before_contact() {
        let now = Moment(5);
        for (standing, status) in [(Standing::Pending, Status::Pending), (Standing::Retired, Status::Retired), (Standing::Quarantined, Status::Quarantined)] {
            assert_eq!(Status::at(now, standing, Some(now), 300), status);
        }
        assert_eq!(Status::at(now, Standing::Active, None, 300), Status::Offline, "never seen");
    }
}

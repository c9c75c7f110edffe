//! When updates are installed: in which maintenance window, which of them, and what happens with restarts.

use std::str::FromStr;

use super::{Class, Verdict};
use crate::{
    Fault, Moment,
    devices::limits::is_plain,
    ids::{Uuid, WindowId},
    time::{DAY, MINUTE},
    windows::Occurrence,
};

/// The longest name, in characters.
pub const NAME: usize = 80;
/// The most retries of one device in a run.
pub const RETRIES: u8 = 5;
/// What has to be left of a window for a run to start in it, in milliseconds.
pub const LEAST: i64 = 15 * MINUTE;
/// How long before its window a run is planned that a contact has to approve, in milliseconds.
pub const LEAD: i64 = 3 * DAY;
/// The most schedules of a tenant.
pub const SCHEDULES: usize = 200;

/// Which approved updates are installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum What {
    /// Those that close a security hole.
    #[default]
    Security,
    /// All of them.
    All,
}

/// What happens when a device asks for a restart afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Reboot {
    /// Nothing: the portal says that it is needed.
    #[default]
    Never,
    /// It is restarted, as long as the window lasts.
    InWindow,
}

/// A patch schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What people call it.
    pub name: String,
    /// Its maintenance window.
    pub window: WindowId,
    /// Which updates.
    pub what: What,
    /// Whether devices are restarted.
    pub reboot: Reboot,
    /// Whether a contact of the client approves each run.
    pub needs_approval: bool,
    /// How often a device tries again by itself.
    pub retries: u8,
}

/// A schedule as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedSchedule {
    /// What people call it.
    pub name: String,
    /// The id of its window, with its prefix or without.
    pub window: String,
    /// The word of [`What`].
    pub what: String,
    /// The word of [`Reboot`].
    pub reboot: String,
    /// Whether a contact approves each run.
    pub needs_approval: bool,
    /// How often a device tries again.
    pub retries: String,
}

impl What {
    /// Each once.
    pub const ALL: [Self; 2] = [Self::Security, Self::All];

    /// The word that forms and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::All => "all",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Security => "Approved security updates",
            Self::All => "All approved updates",
        }
    }

    /// Whether an update of `class` about which `verdict` is decided is installed.
    pub fn takes(self, class: Class, verdict: Option<Verdict>) -> bool {
        verdict == Some(Verdict::Approve) && (self == Self::All || class == Class::Security)
    }
}

impl FromStr for What {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|what| what.word() == word).ok_or(())
    }
}

impl Reboot {
    /// Each once.
    pub const ALL: [Self; 2] = [Self::Never, Self::InWindow];

    /// The word that forms and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::InWindow => "in-window",
        }
    }

    /// The words on a page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Never => "Never restart; say that it is needed",
            Self::InWindow => "Restart when needed, within the window",
        }
    }

    /// Whether a device that asks for a restart is restarted at `now` in `open`.
    pub fn restarts(self, now: Moment, open: Occurrence) -> bool {
        self == Self::InWindow && open.contains(now)
    }
}

impl FromStr for Reboot {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|reboot| reboot.word() == word).ok_or(())
    }
}

impl TypedSchedule {
    /// Checks every field.
    ///
    /// # Errors
    /// The fault of each field that breaks a rule: `name`, `window`, `what`, `reboot`, `retries`.
    pub fn check(&self) -> Result<Schedule, Vec<Fault>> {
        let mut faults = Vec::new();
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > NAME || !is_plain(name) {
            faults.push(Fault::new("name", format!("Give it a name of up to {NAME} characters on one line.")));
        }
        let id = self.window.rsplit('_').next().unwrap_or_default();
        let window = Uuid::try_parse(id).map(WindowId).map_err(|_| faults.push(Fault::new("window", "Choose a maintenance window.")));
        let what = self.what.parse().map_err(|()| faults.push(Fault::new("what", "Choose which updates are installed.")));
        let reboot = self.reboot.parse().map_err(|()| faults.push(Fault::new("reboot", "Choose what happens with restarts.")));
        let retries = self.retries.trim().parse().ok().filter(|retries| *retries <= RETRIES);
        if retries.is_none() {
            faults.push(Fault::new("retries", format!("Type a number from 0 to {RETRIES}.")));
        }
        match (window, what, reboot, retries) {
            (Ok(window), Ok(what), Ok(reboot), Some(retries)) if faults.is_empty() => {
                Ok(Schedule { name: name.to_owned(), window, what, reboot, needs_approval: self.needs_approval, retries })
            }
            _ => Err(faults),
        }
    }
}

impl Schedule {
    /// When a run for `open` is planned, at `now`: when the window opens, or days before where a contact has to approve it.
    pub fn planned_at(&self, open: Occurrence, now: Moment) -> Moment {
        let at = if self.needs_approval { Moment(open.from.0.saturating_sub(LEAD)) } else { open.from };
        at.max(now)
    }
}

/// Whether a run may still start in `open` at `now`.
pub fn has_room(open: Occurrence, now: Moment) -> bool {
    now.max(open.from) + LEAST <= open.until
}

/// The window in which the next run starts: one that is open with enough time left, or else the next; once in each.
///
/// `last` is the end of the window that had a run last; `occurrences` may stand in any order.
pub fn next_run(now: Moment, last: Option<Moment>, occurrences: &[Occurrence]) -> Option<Occurrence> {
    let free = |open: &&Occurrence| has_room(**open, now) && last.is_none_or(|last| last <= open.from);
    occurrences.iter().filter(free).min_by_key(|open| open.from).copied()
}

#[cfg(test)]
mod tests;

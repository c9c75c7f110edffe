//! What the pages of maintenance windows show.

use domain::{Fault, Moment, ids::WindowId, windows::Occurrence};

/// One window in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowLine {
    /// Which.
    pub id: WindowId,
    /// What people call it.
    pub name: String,
    /// Where it holds: "All clients", a client, a site or a device.
    pub place: String,
    /// When it is, as a sentence.
    pub sentence: String,
    /// What happens in it.
    pub effect: &'static str,
    /// The occurrence that is open or comes next, or the last one.
    pub occurrence: Occurrence,
    /// The zone whose clocks it follows.
    pub zone: String,
}

impl WindowLine {
    /// Whether it is open at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        self.occurrence.contains(now)
    }

    /// Whether nothing of it is left at `now`.
    pub fn is_over(&self, now: Moment) -> bool {
        self.occurrence.until <= now
    }
}

/// `/settings/windows`.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowsPage {
    /// Open ones first, then as they come; on the page of past ones none.
    pub coming: Vec<WindowLine>,
    /// Those that are over, the latest first.
    pub past: Vec<WindowLine>,
    /// The query of the page with past ones alone, where there are more than shown.
    pub more_past: Option<String>,
    /// The query of the page after this one.
    pub older: Option<String>,
    /// Whether this is not the first page.
    pub follows: bool,
    /// Whether the person may plan windows.
    pub may_change: bool,
}

/// The fields of the form as they were typed or stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WindowTyped {
    /// What people call it.
    pub name: String,
    /// The word of its place: `tenant`, or an id.
    pub place: String,
    /// `once` or `weekly`.
    pub kind: String,
    /// For once: when it begins, `2026-08-01T22:00`.
    pub from: String,
    /// For once: when it ends.
    pub until: String,
    /// For weekly: `mon` to `sun`.
    pub days: Vec<String>,
    /// For weekly: when it begins, `22:00`.
    pub start: String,
    /// For weekly: how many minutes it lasts.
    pub minutes: String,
    /// The zone's name.
    pub zone: String,
    /// Whether alerts are suppressed.
    pub alerts: bool,
    /// Whether patching may run.
    pub patching: bool,
}

/// `/settings/windows/new` and `/settings/windows/{window}`.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowPage {
    /// The window as it stands; `None`: a new one.
    pub line: Option<WindowLine>,
    /// The fields.
    pub typed: WindowTyped,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
    /// The next times of what is typed, with the zone; empty when it is not known yet or over.
    pub coming: Vec<Occurrence>,
    /// The zone of these.
    pub zone: String,
    /// Places to choose from: the word, and the name.
    pub places: Vec<(String, String)>,
    /// The names of all zones.
    pub zones: Vec<String>,
    /// Its version, sent back so that two people who change it at once learn of each other.
    pub revision: i64,
    /// Whether the person may change it.
    pub may_change: bool,
}

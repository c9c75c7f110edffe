//! What the pages of patch schedules show, and nothing more.

use domain::{
    Fault,
    ids::{PatchScheduleId, WindowId},
    patching::schedule::{Reboot, TypedSchedule, What},
    windows::Occurrence,
};

use super::RunLine;

/// A schedule in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Which.
    pub id: PatchScheduleId,
    /// What people call it.
    pub name: String,
    /// Its window: which, its name and its zone; `None`: it is gone, or patching may not run in it any more.
    pub window: Option<(WindowId, String, String)>,
    /// When the window is, as a sentence.
    pub when: String,
    /// Which updates.
    pub what: What,
    /// What happens with restarts.
    pub reboot: Reboot,
    /// Whether a contact approves each run.
    pub needs_approval: bool,
    /// The window in which the next run starts that is not planned yet.
    pub next: Option<Occurrence>,
    /// Who answers for it.
    pub by: String,
}

/// The page `/patching/schedules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchedulesPage {
    /// The schedules, by name.
    pub rows: Vec<ScheduleLine>,
    /// Whether the viewer may make one.
    pub may_change: bool,
}

/// The page of one schedule, or of a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchedulePage {
    /// The schedule; `None`: a new one.
    pub line: Option<ScheduleLine>,
    /// What the form holds.
    pub typed: TypedSchedule,
    /// Windows to choose from, each with its next time.
    pub windows: Vec<(WindowId, String)>,
    /// Its newest runs.
    pub runs: Vec<RunLine>,
    /// What is wrong with the form.
    pub faults: Vec<Fault>,
    /// The version that the form changes.
    pub revision: i64,
    /// Whether the viewer may change it.
    pub may_change: bool,
    /// Whether the form asks for the password.
    pub asks_password: bool,
}

//! The one state of an update on a device. The first of these that holds is it:
//!
//! 1. unknown: the device is not in service, was silent for too long, or its lists were never read (what is seen installed stays known);
//! 2. installed, or needs reboot when it was installed after the last start and the device asks for a restart;
//! 3. superseded, then not applicable, by the last scan;
//! 4. installing: a run is at it, whatever is decided meanwhile;
//! 5. excluded: it is declined;
//! 6. report only: it is needed, but the agent makes no changes, so the device is never a target;
//! 7. deferred, then awaiting a decision;
//! 8. approved: scheduled in a run, failed at the last attempt, due, or not yet due.

mod kind;
mod why;

use super::{Owed, Targets, Verdict, outcome::FailureClass, verify::Presence};
use crate::{Moment, devices::Standing, ids::RunId};
pub use kind::{Changes, Kind};
pub use why::Context;

/// What the states of all updates of one device have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// What people decided about the device.
    pub standing: Standing,
    /// When it was last in contact.
    pub seen: Option<Moment>,
    /// Whether its package lists were read at its last report.
    pub lists: bool,
    /// Whether its agent makes changes.
    pub changes: Changes,
    /// Whether it asks for a restart; `None` is unknown.
    pub reboot_required: Option<bool>,
    /// When it started.
    pub booted_at: Option<Moment>,
    /// When its next window begins; `None`: no schedule covers it.
    pub window: Option<Moment>,
}

/// What is kept for one update on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// How it stands by the last scan.
    pub presence: Presence,
    /// When it was first seen installed.
    pub installed_at: Option<Moment>,
    /// Since when it is owed.
    pub owed: Owed,
    /// How it failed since it was last installed.
    pub failed: Option<Failed>,
    /// The run that has it.
    pub run: Option<InRun>,
}

/// How an installation failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Failed {
    /// Why, the last time.
    pub class: FailureClass,
    /// How many times.
    pub count: u32,
    /// When it is tried again by itself.
    pub again: Option<Moment>,
}

/// Where a run is with one update on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InRun {
    /// The run.
    pub run: RunId,
    /// When it starts there.
    pub starts: Moment,
    /// Whether the device is at it.
    pub running: bool,
}

/// The state of an update on a device, with what belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing is assumed.
    Unknown(UnknownWhy),
    /// The device does not need it.
    NotApplicable,
    /// A newer version is installed or on offer.
    Superseded,
    /// It is installed.
    Installed,
    /// It is installed and takes effect with a restart.
    NeedsReboot,
    /// A run is at it.
    Installing(RunId),
    /// It is declined.
    Excluded,
    /// It is needed, but the agent makes no changes.
    ReportOnly(Changes),
    /// It waits until this instant.
    Deferred(Moment),
    /// Nothing is decided.
    Awaiting,
    /// The last attempt failed.
    Failed(Failed),
    /// A run will install it.
    Scheduled(RunId, Moment),
    /// It is approved and past due.
    Due,
    /// It is approved and not yet due.
    Waiting,
}

/// Why nothing is assumed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownWhy {
    /// The device waits for approval, is quarantined or retired.
    NotInService(Standing),
    /// The device never was in contact.
    NeverSeen,
    /// The device was last in contact then.
    Silent(Moment),
    /// Its package lists were never read, or are too old.
    NoLists,
}

/// A state, and by when the update is due there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Judged {
    /// The state.
    pub state: State,
    /// When it is due; a deferral moves this.
    pub due: Moment,
    /// Whether that is past.
    pub overdue: bool,
    /// When the device's next window begins.
    pub window: Option<Moment>,
}

/// The state at `now`. Reads no lists, so three million pairs are three million calls and nothing more.
pub fn judge(device: &Device, pair: &Pair, verdict: Option<Verdict>, targets: &Targets, now: Moment) -> Judged {
    let due = targets.due(pair.owed).max(verdict.and_then(Verdict::until).unwrap_or(Moment(i64::MIN)));
    let overdue = due <= now;
    let state = unknown(device, pair.presence, targets, now).map_or_else(|| known(device, pair, verdict, overdue), State::Unknown);
    Judged { state, due, overdue, window: device.window }
}

fn unknown(device: &Device, presence: Presence, targets: &Targets, now: Moment) -> Option<UnknownWhy> {
    match device.seen {
        _ if device.standing != Standing::Active => Some(UnknownWhy::NotInService(device.standing)),
        None => Some(UnknownWhy::NeverSeen),
        Some(seen) if targets.is_unseen(Some(seen), now) => Some(UnknownWhy::Silent(seen)),
        Some(_) if !device.lists && presence != Presence::Installed => Some(UnknownWhy::NoLists),
        Some(_) => None,
    }
}

fn known(device: &Device, pair: &Pair, verdict: Option<Verdict>, overdue: bool) -> State {
    match pair.presence {
        Presence::Installed if waits_for_restart(device, pair) => State::NeedsReboot,
        Presence::Installed => State::Installed,
        Presence::Superseded => State::Superseded,
        Presence::NotApplicable => State::NotApplicable,
        Presence::Needed => needed(device.changes, pair, verdict, overdue),
    }
}

fn waits_for_restart(device: &Device, pair: &Pair) -> bool {
    device.reboot_required == Some(true) && pair.installed_at.zip(device.booted_at).is_some_and(|(installed, booted)| installed > booted)
}

fn needed(changes: Changes, pair: &Pair, verdict: Option<Verdict>, overdue: bool) -> State {
    match (verdict, pair.run) {
        (_, Some(InRun { run, running: true, .. })) => State::Installing(run),
        (Some(Verdict::Decline), _) => State::Excluded,
        _ if changes != Changes::Allowed => State::ReportOnly(changes),
        (Some(Verdict::Defer(until)), _) => State::Deferred(until),
        (None, _) => State::Awaiting,
        (Some(Verdict::Approve), run) => match (pair.failed, run) {
            (_, Some(InRun { run, starts, .. })) => State::Scheduled(run, starts),
            (Some(failed), None) => State::Failed(failed),
            (None, None) if overdue => State::Due,
            (None, None) => State::Waiting,
        },
    }
}

impl State {
    /// Its kind, for counts and filters.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Unknown(_) => Kind::Unknown,
            Self::NotApplicable => Kind::NotApplicable,
            Self::Superseded => Kind::Superseded,
            Self::Installed => Kind::Installed,
            Self::NeedsReboot => Kind::NeedsReboot,
            Self::Installing(_) => Kind::Installing,
            Self::Excluded => Kind::Excluded,
            Self::ReportOnly(_) => Kind::ReportOnly,
            Self::Deferred(_) => Kind::Deferred,
            Self::Awaiting => Kind::Awaiting,
            Self::Failed(_) => Kind::Failed,
            Self::Scheduled(..) => Kind::Scheduled,
            Self::Due => Kind::Due,
            Self::Waiting => Kind::Waiting,
        }
    }

    /// Whether a run that is planned now takes it: approved, on a device that may be changed, and in no other run.
    pub const fn is_target(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Due | Self::Waiting)
    }
}

#[cfg(test)]
mod tests;

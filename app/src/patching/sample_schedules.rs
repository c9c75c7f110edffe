//! Invented schedules, and a run that waits, for render tests and previews.

use domain::{
    approvals,
    ids::{ApprovalId, PatchScheduleId, Uuid, WindowId},
    patching::{
        run::{RunState, TurnState},
        schedule::{Reboot, TypedSchedule, What},
    },
    time::{DAY, HOUR},
    windows::Occurrence,
};

use super::{RunLine, RunPage, ScheduleLine, SchedulePage, SchedulesPage};
use crate::layout::sample::NOW;

impl ScheduleLine {
    /// Every Saturday night, after a yes.
    pub fn sample() -> Self {
        Self {
            id: PatchScheduleId(Uuid::from_u128(20)),
            name: "Nights".into(),
            window: Some((WindowId(Uuid::from_u128(2)), "Patch night".into(), "Europe/Berlin".into())),
            when: "Every Saturday 22:00 to 02:00, Europe/Berlin".into(),
            what: What::All,
            reboot: Reboot::InWindow,
            needs_approval: true,
            next: Some(Occurrence { from: NOW + 2 * DAY, until: NOW + 2 * DAY + 4 * HOUR }),
            by: "Ada Lindqvist".into(),
        }
    }
}

impl SchedulesPage {
    /// One that goes on, and one whose window is gone.
    pub fn sample() -> Self {
        let lost = ScheduleLine { name: "Servers".into(), window: None, when: String::new(), next: None, needs_approval: false, ..ScheduleLine::sample() };
        Self { rows: vec![ScheduleLine::sample(), lost], may_change: true }
    }

    /// None yet.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), may_change: true }
    }
}

impl SchedulePage {
    /// One that stands, with a run.
    pub fn sample() -> Self {
        Self {
            line: Some(ScheduleLine::sample()),
            typed: TypedSchedule {
                name: "Nights".into(),
                window: WindowId(Uuid::from_u128(2)).to_string(),
                what: "all".into(),
                reboot: "in-window".into(),
                needs_approval: true,
                retries: "2".into(),
            },
            windows: vec![(WindowId(Uuid::from_u128(2)), "Patch night: Saturday 14 November 22:00 to 02:00, Europe/Berlin".into())],
            runs: vec![RunLine::sample()],
            faults: Vec::new(),
            revision: 3,
            may_change: true,
            asks_password: true,
        }
    }
}

impl RunPage {
    /// A run that waits for a contact.
    pub fn sample_waiting() -> Self {
        let line = RunLine {
            state: RunState::Approval,
            starts: NOW + 2 * DAY,
            ends: Some(NOW + 2 * DAY + 4 * HOUR),
            progress: [TurnState::Queued].into_iter().collect(),
            ..RunLine::sample()
        };
        Self {
            line,
            turns: Vec::new(),
            may_retry: false,
            schedule: Some((PatchScheduleId(Uuid::from_u128(20)), "Nights".into())),
            approval: Some((ApprovalId(Uuid::from_u128(21)), approvals::State::Waiting)),
            restarts: true,
            ..Self::sample()
        }
    }
}

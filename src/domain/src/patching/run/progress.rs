//! How far a run is: its devices by where they stand.

use super::{RunEvent, TurnKind, TurnState};

/// The devices of a run, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    counts: [u32; TurnKind::ALL.len()],
    successes: u32,
    over: u32,
}

impl Progress {
    /// Adds `count` devices in `state`.
    pub fn add(&mut self, state: TurnState, count: u32) {
        for (kind, have) in TurnKind::ALL.into_iter().zip(&mut self.counts) {
            if kind == state.kind() {
                *have = have.saturating_add(count);
            }
        }
        self.successes = self.successes.saturating_add(if state.is_success() { count } else { 0 });
        self.over = self.over.saturating_add(if state.is_over() { count } else { 0 });
    }

    /// How many devices are of `kind`.
    pub fn of(&self, kind: TurnKind) -> u32 {
        TurnKind::ALL.into_iter().zip(self.counts).find(|(each, _)| *each == kind).map_or(0, |(_, count)| count)
    }

    /// All devices.
    pub fn total(&self) -> u32 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// Devices to which nothing more happens by itself.
    pub const fn over(&self) -> u32 {
        self.over
    }

    /// Devices that have what they were to get.
    pub const fn successes(&self) -> u32 {
        self.successes
    }

    /// The end of the run, once every device is through.
    pub fn finish(&self) -> Option<RunEvent> {
        (self.over == self.total()).then_some(RunEvent::Finish { failures: self.successes < self.total() })
    }
}

impl FromIterator<TurnState> for Progress {
    fn from_iter<I: IntoIterator<Item = TurnState>>(states: I) -> Self {
        states.into_iter().fold(Self::default(), |mut progress, state| {
            progress.add(state, 1);
            progress
        })
    }
}

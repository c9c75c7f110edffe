//! Who may talk to the other side right now. A mail server that is slow or gone never holds every worker of the queue: few talk to it at
//! once, and after it failed nobody does for a while. Who is sent away is told when to come back, and has used up no try.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::{Moment, time::MINUTE};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many talk at once; fewer than a third of the queue's workers.
const AT_ONCE: usize = 2;
/// How long somebody waits for a place: a server that is well is done by then.
const PATIENCE: Duration = Duration::from_millis(500);
/// Who is sent away comes back one after the other, so far apart.
const STEP: i64 = 250;
/// And not much later than this.
const LATEST: i64 = 5 * MINUTE;
/// So many failures in a row close the gate.
const FAILURES: u32 = 2;
/// The first pause; each failure after it doubles the next one, up to a minute.
const PAUSE: i64 = 10_000;

/// The way to one mail server, or to all receivers of webhooks.
#[derive(Debug)]
pub(super) struct Gate {
    places: Arc<Semaphore>,
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    failures: u32,
    closed_until: i64,
    turn: i64,
}

impl Default for Gate {
    fn default() -> Self {
        Self::of(AT_ONCE)
    }
}

impl Gate {
    /// A gate with so many places.
    pub(super) fn of(places: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(places)), known: Mutex::default() }
    }

    /// A place, which is free again when it is dropped.
    ///
    /// # Errors
    /// When to come back.
    pub(super) async fn enter(&self, now: Moment) -> Result<OwnedSemaphorePermit, Moment> {
        if let Some(later) = self.with(|known| (now.0 < known.closed_until).then(|| known.turn(known.closed_until))) {
            return Err(later);
        }
        match tokio::time::timeout(PATIENCE, Arc::clone(&self.places).acquire_owned()).await {
            Ok(Ok(place)) => Ok(place),
            _ => Err(self.with(|known| known.turn(now.0))),
        }
    }

    /// The other side answered, or, when not `well`, could not be used at all.
    pub(super) fn learned(&self, well: bool, now: Moment) {
        self.with(|known| {
            known.failures = if well { 0 } else { known.failures.saturating_add(1) };
            known.closed_until = match known.failures.checked_sub(FAILURES) {
                Some(more) => now.0 + (PAUSE << more.min(3)).min(MINUTE),
                None => 0,
            };
        });
    }

    fn with<T>(&self, look: impl FnOnce(&mut Known) -> T) -> T {
        look(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Known {
    /// The next turn of those who come back, from `least` on.
    fn turn(&mut self, least: i64) -> Moment {
        let next = self.turn.max(least) + STEP;
        // The queue wraps around, so that nobody waits for long after a server is well again.
        self.turn = if next > least + LATEST { least + STEP } else { next };
        Moment(self.turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_000_000);

    #[tokio::test]
    async fn few_talk_at_once_and_the_others_come_back_one_after_the_other() {
        let gate = Gate::default();
        let first = gate.enter(NOW).await.expect("a place");
        let _second = gate.enter(NOW).await.expect("a place");
        assert_eq!(gate.enter(NOW).await.expect_err("full"), NOW + STEP);
        assert_eq!(gate.enter(NOW).await.expect_err("full"), NOW + 2 * STEP);
        drop(first);
        assert!(gate.enter(NOW).await.is_ok());
        let mut known = Known::default();
        let turns: Vec<Moment> = (0..=LATEST / STEP).map(|_| known.turn(0)).collect();
        assert!(turns.iter().all(|at| at.0 <= LATEST) && turns.last() == turns.first());
    }

    #[tokio::test]
    async fn a_server_that_failed_is_left_alone_for_a_while() {
        let gate = Gate::default();
        gate.learned(false, NOW);
        assert!(gate.enter(NOW).await.is_ok(), "once is no pattern");
        gate.learned(false, NOW);
        assert!(gate.enter(NOW).await.expect_err("closed") > NOW + PAUSE);
        assert!(gate.enter(NOW + PAUSE).await.is_ok(), "and then tried again");
        for _ in 0..9 {
            gate.learned(false, NOW);
        }
        assert!(gate.enter(NOW + MINUTE - 1).await.is_err() && gate.enter(NOW + MINUTE).await.is_ok());
        gate.learned(true, NOW);
        assert!(gate.enter(NOW).await.is_ok());
    }
}

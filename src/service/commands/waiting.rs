//! The agents that wait for work right now: few enough that the portal always has room, and woken when there is some.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use domain::ids::DeviceId;
use tokio::sync::{Notify, watch};

/// Agents that may wait at the same time; half of the connections that the server takes.
const MOST: usize = 2_048;

/// Requests of one agent that may wait; a second one is there while the first has not noticed that its agent left.
const OF_ONE: usize = 2;

/// Who waits. Cheap to copy.
#[derive(Debug, Clone)]
pub struct Waiting {
    bells: Arc<Mutex<HashMap<DeviceId, Bell>>>,
    open: watch::Sender<bool>,
}

/// A device's bell, and how many of its requests wait for it.
#[derive(Debug, Default)]
struct Bell {
    rings: Arc<Notify>,
    waiting: usize,
}

/// A place among those who wait; it is free again when this is dropped.
#[derive(Debug)]
pub struct Seat {
    device: DeviceId,
    all: Waiting,
    rings: Arc<Notify>,
}

impl Default for Waiting {
    fn default() -> Self {
        Self { bells: Arc::default(), open: watch::Sender::new(true) }
    }
}

impl Waiting {
    /// A place for `device`; `None` when as many wait as may, or the server ends.
    pub fn seat(&self, device: DeviceId) -> Option<Seat> {
        let mut bells = self.bells.lock().unwrap_or_else(PoisonError::into_inner);
        let own = bells.get(&device).map_or(0, |bell| bell.waiting);
        if !*self.open.borrow() || own >= OF_ONE || bells.values().map(|bell| bell.waiting).sum::<usize>() >= MOST {
            return None;
        }
        let bell = bells.entry(device).or_default();
        bell.waiting += 1;
        Some(Seat { device, all: self.clone(), rings: Arc::clone(&bell.rings) })
    }

    /// Wakes the requests of `device`.
    pub fn ring(&self, device: DeviceId) {
        if let Some(bell) = self.bells.lock().unwrap_or_else(PoisonError::into_inner).get(&device) {
            bell.rings.notify_waiters();
        }
    }

    /// Wakes everybody and lets nobody wait any more, because the server ends.
    pub fn close(&self) {
        self.open.send_replace(false);
    }
}

impl Seat {
    /// Waits until the bell rings, the server ends, or `limit` is over. The bell counts from the moment `look` began.
    pub async fn wait<T>(&self, limit: Duration, look: impl Future<Output = Option<T>>) -> Option<T> {
        let mut open = self.all.open.subscribe();
        let rung = self.rings.notified();
        let mut rung = std::pin::pin!(rung);
        rung.as_mut().enable();
        if let Some(found) = look.await {
            return Some(found);
        }
        tokio::select! {
            () = rung => {}
            _ = open.wait_for(|open| !open) => {}
            () = tokio::time::sleep(limit) => {}
        }
        None
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut bells = self.all.bells.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get_mut(&self.device) {
            bell.waiting -= 1;
            if bell.waiting == 0 {
                bells.remove(&self.device);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(n: u128) -> DeviceId {
        DeviceId(domain::ids::Uuid::from_u128(n))
    }

    #[tokio::test]
    async fn a_bell_wakes_its_own_device_and_places_are_bounded() {
        let waiting = Waiting::default();
        let seat = waiting.seat(device(0)).expect("a place");
        let other = waiting.clone();
        // Rung after the look began and before the wait: it still counts.
        let look = async {
            other.ring(device(0));
            None::<()>
        };
        tokio::time::timeout(Duration::from_secs(5), seat.wait(Duration::from_secs(60), look)).await.expect("woken");
        let second = waiting.seat(device(0)).expect("a second request of one that waits");
        assert!(waiting.seat(device(0)).is_none(), "and no third");
        drop(second);
        let rest: Vec<_> = (1..MOST as u128).map(|n| waiting.seat(device(n)).expect("a place")).collect();
        assert!(waiting.seat(device(9_999_999)).is_none(), "full");
        drop(rest);
        assert!(waiting.seat(device(9_999_999)).is_some());
        waiting.close();
        assert!(waiting.seat(device(5)).is_none());
        tokio::time::timeout(Duration::from_secs(5), seat.wait(Duration::from_secs(60), async { None::<()> })).await.expect("woken by the end");
        drop(seat);
        assert!(waiting.bells.lock().expect("open").is_empty());
    }
}

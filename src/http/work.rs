//! The requests that are being worked on. A browser that leaves does not end its request, so the server waits for them before it ends.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// More requests at once than there are connections and streams.
const ALL: u32 = 1 << 20;

/// Counts the requests under way.
#[derive(Debug, Clone)]
pub struct Work(Arc<Semaphore>);

impl Default for Work {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(ALL as usize)))
    }
}

impl Work {
    /// A request begins; it ends when what is returned is dropped.
    pub async fn begin(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0).acquire_owned().await.ok()
    }

    /// Waits until no request is under way.
    pub async fn ended(&self) {
        drop(self.0.acquire_many(ALL).await);
    }
}

//! What an island of Home may ask.

use std::{future::Future, pin::Pin};

use crate::{Moment, Refusal};

/// An answer that is still on its way.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Refusal>> + Send + 'a>>;

/// The service behind Home's island, already bound to whoever asks.
pub trait Pulse: Send + Sync {
    /// How many devices within the caller's reach have reported since `since`.
    fn reported_since(&self, since: Moment) -> Later<'_, u64>;
}

//! The durable queue. A job is written in the transaction that wants it, taken by one worker at a time, and ended in the
//! transaction that does it: however often a worker dies on the way, what the job writes is written once.

mod claim;
mod lanes;
mod parked;
mod queue;
pub mod rows;

pub use claim::Claim;
pub(crate) use lanes::touch;
pub use parked::ParkedJob;
pub use queue::{Actor, Work};

/// Waits to be taken.
const WAITING: &str = "waiting";
/// Somebody has it.
const RUNNING: &str = "running";
/// Failed too often; a person decides.
const PARKED: &str = "parked";

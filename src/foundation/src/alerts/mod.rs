//! Alerts: policies, what is remembered of each condition, and what comes of it.

mod acts;
mod inbox;
mod live;
mod policies;
pub mod rows;
mod seed;
mod silence;
mod standing;
mod tracks;
mod watch;

pub use acts::{Acted, SNOOZE_ENDS, snooze};
pub use inbox::{AlertPageRows, AlertRow};
pub use live::EntryRow;
pub(crate) use live::alert_of;
pub use policies::{Layers, PolicyRow, Spot};
pub use seed::{SeedAlert, usual};
pub use standing::Standing;

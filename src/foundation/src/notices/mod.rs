//! Notices: channels and routes, the outbox with its log, and what was decided about each alert.

mod channels;
mod log;
mod outbox;
pub mod rows;
mod seed;
mod told;

pub use channels::{Channels, Kept};
pub use log::{DeliveryRow, DeliveryRows};
pub use outbox::{DELIVER, NewDelivery, Outcome};
pub use seed::{SeedDelivery, SeedNotice};
pub use told::{NOTIFY, notify};

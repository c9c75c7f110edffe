//! Notices: what leaves the portal, what became of it, and what a notice of an alert says.

pub mod delivery;
pub mod letter;
pub mod query;
pub mod told;

pub use delivery::{Kind, State};
pub use letter::AlertNews;
pub use query::DeliveryQuery;
pub use told::{Cause, Told};

//! Alerts.

mod model;
mod policies;

pub use model::*;
pub use policies::*;

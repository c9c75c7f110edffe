//! Clients and their sites.

mod naming;
mod queries;
pub mod rows;

pub use queries::{Figures, OsFigures, SiteFigures};

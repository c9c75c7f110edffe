//! Clients and their sites.

mod importing;
mod keeping;
mod naming;
mod one;
mod queries;
pub mod rows;

pub use importing::Standing;
pub use one::ContactRow;
pub use queries::{Figures, OsFigures, SiteFigures};

//! Machines: what they report, and what that says about them.

pub mod change;
pub mod given;
pub mod limits;
pub mod query;
pub mod report;
pub mod status;

pub use report::Report;
pub use status::{Standing, Status};

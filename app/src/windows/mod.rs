//! Maintenance windows: the list, the page of one with its form, and what a device says of the one it is in.

mod device;
mod form;
mod model;
mod one;
mod page;
pub mod sample;
#[cfg(test)]
mod tests;

pub use device::{InMaintenance, Maintenance, StartMaintenance};
pub use model::*;
pub use page::Times;

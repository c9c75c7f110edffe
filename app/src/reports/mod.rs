//! Reports: the library, one report with its figures and rows, what was delivered, and the schedules.

mod delivered;
mod library;
mod model;
mod one;
mod parts;
pub mod sample;
mod schedule;
mod schedules;
#[cfg(test)]
mod tests;

pub use model::*;

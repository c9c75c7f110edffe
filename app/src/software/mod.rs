//! Software across the fleet: every title, one title with its versions and devices, and the devices that never said.

mod holders;
mod model;
pub mod sample;
#[cfg(test)]
mod tests;
mod title;
mod titles;
mod unknown;
mod versions;

pub use model::*;
pub use title::Title;
pub use titles::Titles;
pub use unknown::Unlisted;

//! Devices: the list, and the pages of one device.

pub mod detail;
pub mod duplicate;
mod filters;
mod model;
mod page;
pub mod parts;
mod rows;
pub mod sample;
#[cfg(test)]
mod tests;

pub use model::*;
pub use page::DeviceList;
pub use rows::DeviceTable;

/// Text that would run if a page ever let it out as markup; for samples.
pub const HOSTILE: &str = "\"><script>alert(1)</script>'&<img src=x onerror=alert(2)>";

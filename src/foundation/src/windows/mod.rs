//! Maintenance windows: where they are kept, which are open now, and what that means for alerts.

mod covering;
mod keeping;
mod kept;
pub mod rows;
mod seed;
mod settle;

pub use covering::Suppressor;
pub use keeping::Scoped;
pub use kept::{KeptWindow, WindowCursor};
pub use seed::SeedWindow;
pub(crate) use settle::named;
pub use settle::{WINDOW_BEGINS, WINDOW_ENDS};

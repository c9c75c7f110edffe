//! Software across the fleet: the packages of each stored list, and how many devices have what.

mod counting;
mod holders;
mod recount;
pub mod rows;
mod titles;

pub use holders::{Asked, Holder};
pub use titles::{FleetFigures, TitleFigures, TitleRow, VersionRow};

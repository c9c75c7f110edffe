//! The frame around every page: the document, and a shell per audience.

mod account;
mod contact;
pub mod document;
pub mod frame;
mod logo;
mod navigation;
pub mod place;
pub mod proof;
pub mod sample;
mod script;
mod settings;
mod signed_out;
mod staff;
mod theme;
mod viewing;

pub use place::{Place, clock, link, may};
pub use settings::Settings;

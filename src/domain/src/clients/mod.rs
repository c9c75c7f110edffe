//! Clients and their sites: what they may be called, and what a file of them means.

pub mod import;
mod names;

pub use names::{NAME, name, same};

//! Clients: the list with the state of each one's devices.

mod model;
mod page;
mod rows;
pub mod sample;
#[cfg(test)]
mod tests;

pub use model::*;
pub use page::ClientList;
pub use rows::ClientTable;

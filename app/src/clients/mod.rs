//! Clients: the list with the state of each one's devices, the page of one, its forms, and the import.

mod attention;
mod form;
pub mod import;
mod model;
mod one;
mod page;
mod rows;
pub mod sample;
mod side;
mod sites;
#[cfg(test)]
mod tests;

pub use form::{NameForm, NameView, Typed};
pub use model::*;
pub use one::{ClientPage, ClientView, Contact, DeviceChange, SiteRow};
pub use page::ClientList;
pub use rows::ClientTable;

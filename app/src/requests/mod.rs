//! Requests: the queue of staff, a contact's own list, one request with its conversation, and the form of a new one.

mod filters;
mod list;
mod model;
mod new;
mod one;
mod parts;
pub mod sample;
mod side;
#[cfg(test)]
mod tests;

pub use list::{Lines, ListView};
pub use model::*;
pub use new::NewView;
pub use one::RequestView;

//! The audit: the list of what was done, and the tail of it that stands on the page of each object.

mod filters;
mod model;
mod page;
mod parts;
mod sample;
mod tail;
#[cfg(test)]
mod tests;

pub use model::*;
pub use page::AuditList;
pub use tail::Tail;

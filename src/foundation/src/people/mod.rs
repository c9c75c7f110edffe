//! People of a tenant, and their sessions.

mod groups;
mod links;
mod naming;
mod queries;
pub mod rows;
mod sessions;

pub use groups::GroupRow;
pub use links::{LINK_FOR, OpenLink};
pub use naming::NewPerson;
pub use queries::{Grant, PeopleQuery, PersonRow};
pub use sessions::SessionRow;

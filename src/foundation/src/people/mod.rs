//! People of a tenant, and their sessions.

mod naming;
pub mod rows;
mod sessions;

pub use naming::NewPerson;
pub use sessions::SessionRow;

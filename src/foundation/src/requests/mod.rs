//! Requests with their messages and files. Small files live in the database, so that a tenant's copy holds everything of it.

mod keeping;
mod list;
mod reading;
pub mod rows;
mod seed;
mod sent;

pub use keeping::{NewFile, NewMessage, NewRequest, SetTo};
pub use list::{Counts, RequestLine, RequestLines};
pub use reading::{FileRow, StoredFile};
pub use seed::{SeedMessage, SeedRequest};

/// The kinds of messages: what both sides read, what staff write among themselves, and what happened.
pub mod kinds {
    /// Both sides read it.
    pub const REPLY: &str = "reply";
    /// Only staff read it.
    pub const NOTE: &str = "note";
    /// Something that happened; both sides read it.
    pub const EVENT: &str = "event";
}

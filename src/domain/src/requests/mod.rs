//! Requests: what contacts ask of the MSP, who may answer and decide, and what may be sent along.

pub mod file;
pub mod query;
pub mod state;
pub mod text;

pub use file::{FileKind, checked};
pub use query::{RequestQuery, Show};
pub use state::{Act, Priority, Side, State};

//! Enrolment: the keys that new devices present, and the devices that wait for somebody to approve them.

mod key_acts;
mod keys;
mod paging;
mod pending;

pub use keys::{KeyCounts, KeyDevices, KeyPage, KeyRow};
pub use pending::{Chosen, PendingPage, PendingRow, Settled};

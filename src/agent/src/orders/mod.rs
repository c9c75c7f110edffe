//! Commands: asked for at the server, checked, kept on disk before they are begun, done one after the other, and answered.

mod act;
mod boot;
mod check;
mod journal;
mod poller;
mod script;
mod tail;

pub use check::{Refused, check};
pub use journal::{Entry, Journal, Stage};
pub use poller::{Nudge, Poller};

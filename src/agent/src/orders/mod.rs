//! Commands: asked for at the server, checked, kept on disk before they are begun, done one after the other, and answered.

mod act;
mod boot;
mod check;
mod install;
mod journal;
mod poller;
mod script;
mod tail;

pub use check::{Refused, check};
pub use journal::{Entry, Journal, Stage};
pub use poller::{Nudge, Poller};

/// Removes all that is known of commands in the state folder `dir`: a new enrolment may be with another server.
///
/// # Errors
/// The journal cannot be removed.
pub fn forget(dir: &std::path::Path) -> std::io::Result<()> {
    script::sweep(dir);
    install::sweep(dir, &[]);
    Journal::remove(dir)
}

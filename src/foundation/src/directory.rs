//! What may be read before anybody entered a tenant: which tenant a host is, what its brand looks like,
//! and which principal a credential belongs to. Nothing else; each question here is listed in the coverage test.

mod attempts;
mod credentials;
mod failed;
mod fronts;
mod sessions;

pub use attempts::{Attempt, Place};
pub use credentials::{Account, AgentCredential};
pub use fronts::Front;
pub use sessions::{SessionHome, StoredSession};

use crate::Database;

/// The questions that need no tenant's permission.
#[derive(Debug, Clone)]
pub struct Directory(pub(crate) Database);

impl Database {
    /// The directory.
    pub fn directory(&self) -> Directory {
        Directory(self.clone())
    }
}

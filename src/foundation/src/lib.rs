//! Where Portico keeps things. There is one door to the database, and it leads into one tenant.

pub mod alerts;
pub mod approvals;
pub mod audit;
pub mod clients;
pub mod clock;
pub mod commands;
pub mod devices;
pub mod directory;
pub mod enrolment;
mod expired;
pub mod failure;
pub mod jobs;
pub mod notices;
pub mod operator;
pub mod patching;
pub mod people;
pub mod post;
pub mod reports;
pub mod requests;
pub mod secrets;
pub mod software;
mod table;
pub mod tenancy;
pub mod tenants;
pub mod windows;

pub use clock::Clock;
pub use failure::Failure;
pub use tenancy::{Database, Principal, Tenant, Writing};

/// A new id, ordered by time.
pub fn fresh_id<T: From<uuid::Uuid>>() -> T {
    uuid::Uuid::now_v7().into()
}

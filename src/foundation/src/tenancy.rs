//! The only module that can reach a connection, and so the only way to a row.

mod backup;
mod connect;
mod door;
mod handle;
mod locked;
mod owned;
mod principal;
mod scoped;
mod shape;
mod writing;

pub(crate) use connect::{Access, Pools, set_tenant};
pub use connect::{Database, DatabaseUrls};
pub(crate) use door::is_archived;
pub use handle::{Client, SeenDevice, Tenant};
pub(crate) use owned::owned;
pub use owned::{ClientOwned, DeviceOwned, TenantOwned};
pub use principal::{Principal, Who};
pub use scoped::Scoped;
pub use writing::{Row, Writing};

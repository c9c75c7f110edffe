//! Tenants, for operators.

mod page;

pub use page::{TenantLine, Tenants, TenantsPage};

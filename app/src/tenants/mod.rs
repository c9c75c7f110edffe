//! Tenants, for operators.

mod new;
mod page;

pub use new::NewTenantPage;
pub use page::{TenantLine, Tenants, TenantsPage};

//! Tenants, their hosts and their brands.

mod brands;
pub mod rows;

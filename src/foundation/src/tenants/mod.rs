//! Tenants, their hosts and their brands.

pub mod rows;

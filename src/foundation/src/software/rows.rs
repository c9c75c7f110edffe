//! The tables of software. In the counts an empty version is any version, an empty name any title of its package system, and all three
//! empty a package list at all.

use crate::{
    table::table,
    tenancy::{Row, owned},
};

table! {
    /// A package of a stored list of packages.
    software_package = "software_packages" {
        key { tenant_id: Uuid, hash: Vec<u8>, ecosystem: String, name: String, version: String, arch: String }
        rest {}
    }
}
table! {
    /// Devices of a client that have a version of a title.
    software_count = "software_counts" {
        key { tenant_id: Uuid, name: String, ecosystem: String, version: String, client_id: Uuid }
        rest { devices: i64 }
    }
}

owned! { client software_count, ClientId, ClientId }

/// Lists are shared by devices of all clients, so nobody reads them but together with a device within reach.
impl Row for software_package::ActiveModel {
    const TENANT: software_package::Column = software_package::Column::TenantId;
}

//! The tables of clients.

use crate::{table::table, tenancy::owned};

table! {
    /// An organisation the MSP serves.
    client = "clients" { key { tenant_id: Uuid, id: Uuid } rest { name: String, created_at: i64, archived_at: Option<i64> } }
}
table! {
    /// A place of a client.
    site = "sites" { key { tenant_id: Uuid, id: Uuid } rest { client_id: Uuid, name: String, created_at: i64, archived_at: Option<i64> } }
}

owned! { client client, Id, Id }
owned! { client site, ClientId, Id }

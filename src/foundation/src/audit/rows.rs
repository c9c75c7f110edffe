//! The table of the audit.

use crate::{table::table, tenancy::owned};

table! {
    /// One act.
    entry = "audit_entries" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            at: i64, actor_kind: String, actor_id: Option<String>, actor_name: String, action: String,
            object_kind: Option<String>, object_id: Option<String>, detail: Option<String>, address: Option<String>,
            client_id: Option<Uuid>, object_name: Option<String>, old: Option<String>, new: Option<String>,
        }
    }
}

owned! { client entry, ClientId, Id }

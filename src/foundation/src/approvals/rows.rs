//! The table of approvals. `subject` is the id of the work in the room that asked.

use crate::{table::table, tenancy::owned};

table! {
    /// Work that waits, or waited, for a contact's yes.
    approval = "approvals" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Uuid, kind: String, subject: String, title: String, body: String, asked_by: Option<Uuid>, asked_by_name: String, asked_at: i64,
            expires_at: i64, state: String, decided_by: Option<Uuid>, decided_by_name: Option<String>, decided_at: Option<i64>, note: Option<String>,
            revision: i64,
        }
    }
}

owned! { client approval, ClientId, Id }

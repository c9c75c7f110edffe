//! The table of maintenance windows. `subject_id` is the tenant's, client's, site's or device's id, by the level; `begins_at` and
//! `ends_at` are the occurrence that is open or comes next, or the last one of a window that is over.

use crate::{table::table, tenancy::owned};

table! {
    /// A maintenance window.
    window = "windows" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            level: String, subject_id: Uuid, client_id: Option<Uuid>, name: String, document: String, weekly: bool, suppresses: bool,
            begins_at: i64, ends_at: i64, revision: i64, changed_at: i64,
        }
    }
}

owned! { client window, ClientId, Id }

//! The tables of requests. Everything but the totals belongs to one client. `device_id` refers to nothing: a request outlives its device.

use crate::{table::table, tenancy::owned};

table! {
    /// The last number given, and the bytes that all files hold.
    totals = "request_totals" { key { tenant_id: Uuid } rest { last_number: i64, bytes: i64 } }
}
table! {
    /// What a contact asks.
    request = "requests" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            number: i64, client_id: Uuid, device_id: Option<Uuid>, device_name: Option<String>, subject: String, search: String,
            state: String, priority: String, made_by: Option<Uuid>, made_by_name: String, assigned_to: Option<Uuid>,
            opened_at: i64, state_at: i64, changed_at: i64, public_at: i64, revision: i64,
        }
    }
}
table! {
    /// One message of a request.
    message = "request_messages" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            request_id: Uuid, client_id: Uuid, kind: String, side: String, author_id: Option<Uuid>, author_name: String, at: i64, body: String,
        }
    }
}
table! {
    /// One file of a message.
    file = "request_files" {
        key { tenant_id: Uuid, id: Uuid }
        rest { message_id: Uuid, request_id: Uuid, client_id: Uuid, internal: bool, name: String, kind: String, size: i64, bytes: Vec<u8> }
    }
}

owned! { tenant totals; }
owned! { client request, ClientId, Id }
owned! { client message, ClientId, Id }
owned! { client file, ClientId, Id }

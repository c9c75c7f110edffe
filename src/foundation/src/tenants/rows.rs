//! The tables of tenants. `tenant`, `host`, `operator`, `operator_session`, `operator_attempt` and `setting` are the platform's own.

use crate::{table::table, tenancy::owned};

table! {
    /// Facts about this installation.
    setting = "installation" { key { key: String } rest { value: String } }
}
table! {
    /// One MSP.
    tenant = "tenants" { key { id: Uuid } rest { slug: String, name: String, state: String, demo: bool, created_at: i64 } }
}
table! {
    /// Which tenant a host name leads to.
    host = "hosts" { key { host: String } rest { tenant_id: Uuid } }
}
table! {
    /// A host name, as its tenant sees it.
    tenant_domain = "domains" { key { tenant_id: Uuid, host: String } rest { created_at: i64 } }
}
table! {
    /// A version of a tenant's brand.
    brand = "brands" {
        key { tenant_id: Uuid, version: i64 }
        rest {
            name: String, tokens: String, logo_light: String, logo_dark: String, favicon: String,
            headline: Option<String>, phone: Option<String>, hours: Option<String>, created_at: i64,
        }
    }
}
table! {
    /// Somebody who runs the platform.
    operator = "operators" { key { id: Uuid } rest { email: String, name: String, password_hash: String, created_at: i64 } }
}
table! {
    /// A signed-in operator's browser.
    operator_session = "operator_sessions" {
        key { id_hash: Vec<u8> }
        rest { operator_id: Uuid, created_at: i64, seen_at: i64, data: String, address: String, browser: String }
    }
}
table! {
    /// Failed sign-ins at the platform host.
    operator_attempt = "operator_attempts" { key { kind: String, key_hash: Vec<u8> } rest { fails: i64, first_at: i64, last_at: i64 } }
}

owned! { tenant tenant_domain; tenant brand; }

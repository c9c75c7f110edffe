//! The tables of people.

use crate::{table::table, tenancy::owned};

table! {
    /// Somebody who signs in at this tenant.
    person = "people" {
        key { tenant_id: Uuid, id: Uuid }
        rest { email: String, name: String, password_hash: Option<String>, time_zone: String, created_at: i64, disabled_at: Option<i64>, signed_in_at: Option<i64> }
    }
}
table! {
    /// A person's role and scope.
    membership = "memberships" { key { tenant_id: Uuid, person_id: Uuid } rest { role: String, all_clients: bool, client_id: Option<Uuid> } }
}
table! {
    /// A set of clients that a role may be used on.
    access_group = "access_groups" { key { tenant_id: Uuid, id: Uuid } rest { name: String } }
}
table! {
    /// A client of an access group.
    access_group_client = "access_group_clients" { key { tenant_id: Uuid, access_group_id: Uuid, client_id: Uuid } rest {} }
}
table! {
    /// An access group of a membership.
    membership_access_group = "membership_access_groups" { key { tenant_id: Uuid, person_id: Uuid, access_group_id: Uuid } rest {} }
}
table! {
    /// A link that lets a person set a password, once.
    one_time_link = "one_time_links" {
        key { tenant_id: Uuid, id: Uuid }
        rest { person_id: Uuid, secret_hash: Vec<u8>, created_at: i64, expires_at: i64, used_at: Option<i64> }
    }
}
table! {
    /// A signed-in browser.
    session = "sessions" {
        key { tenant_id: Uuid, id_hash: Vec<u8> }
        rest { id: Uuid, person_id: Uuid, created_at: i64, seen_at: i64, data: String, address: String, browser: String }
    }
}
table! {
    /// Failed sign-ins of one account or one address.
    sign_in_attempt = "sign_in_attempts" { key { tenant_id: Uuid, kind: String, key_hash: Vec<u8> } rest { fails: i64, first_at: i64, last_at: i64 } }
}

owned! { named person, Id }
owned! { named membership, PersonId }
owned! {
    tenant access_group;
    tenant access_group_client;
    tenant membership_access_group;
    tenant sign_in_attempt;
    tenant one_time_link;
}

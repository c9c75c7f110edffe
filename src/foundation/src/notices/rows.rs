//! The tables of notices. `target` of a channel and `clients` of a route are JSON of the domain's types; `least` is 1 to 5.

use crate::{table::table, tenancy::owned};

table! {
    /// Where notices go. `secret` signs the posts of a webhook.
    channel = "channels" {
        key { tenant_id: Uuid, id: Uuid }
        rest { name: String, active: bool, kind: String, target: String, secret: Option<String>, revision: i64, created_at: i64 }
    }
}
table! {
    /// Which notices go to a channel.
    route = "routes" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            name: String, active: bool, least: i16, clients: String, on_raise: bool, on_resolve: bool, channel_id: Uuid,
            revision: i64, created_at: i64,
        }
    }
}
table! {
    /// Something that leaves, or left: the outbox and its log.
    delivery = "deliveries" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Option<Uuid>, channel_id: Option<Uuid>, channel_name: Option<String>, alert_id: Option<Uuid>, what: String, kind: String,
            recipient: String, from_name: String, subject: String, body: String, html: Option<String>, attachment: Option<String>, state: String,
            tried: i32, last_error: Option<String>, created_at: i64, sent_at: Option<i64>, next_at: Option<i64>,
        }
    }
}
table! {
    /// What was decided about an occasion of an alert.
    notice = "notices" { key { tenant_id: Uuid, alert_id: Uuid, occasion: String } rest { decided_at: i64, decisions: String } }
}

owned! { tenant channel; tenant route; tenant notice; }
owned! { client delivery, ClientId, Id }

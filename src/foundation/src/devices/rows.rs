//! The tables of devices. `-1` in `reboot_required`, `updates_*` and `security` is unknown; `0` in `last_seen_at` is never.

use crate::{table::table, tenancy::owned};

table! {
    /// The credential that new devices present.
    enrolment_key = "enrolment_keys" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Uuid, site_id: Uuid, name: String, secret_hash: Vec<u8>, needs_approval: bool,
            expires_at: Option<i64>, most: Option<i64>, used: i64, created_at: i64, revoked_at: Option<i64>, last_used_at: Option<i64>,
            device_id: Option<Uuid>,
        }
    }
}
table! {
    /// A machine.
    device = "devices" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Uuid, site_id: Uuid, enrolment_key_id: Option<Uuid>, foreign_id: Option<String>,
            hostname: String, search: String, kind: String, standing: String, standing_reason: Option<String>,
            os_family: String, os_name: String, os_version: Option<String>, kernel: Option<String>, arch: Option<String>,
            machine_uuid: Option<String>, serial: Option<String>, maker: Option<String>, model: Option<String>, address: Option<String>,
            users_logged_in: Option<i64>, booted_at: Option<i64>, reboot_required: i16,
            updates_pending: i32, updates_security: i32, updates_lists_at: Option<i64>, updates_reason: Option<String>,
            agent_name: String, agent_version: String, dropped_environment: i64, dropped_processes: i64, dropped_users: i64,
            every_s: i64, enrolled_at: i64, last_seen_at: i64, online_until: i64, late_until: i64, inventory_at: i64,
            display_name: Option<String>, note: Option<String>,
        }
    }
}
table! {
    /// The public key of a device's own agent.
    agent_key = "agent_keys" {
        key { tenant_id: Uuid, id: Uuid }
        rest { device_id: Uuid, enrolment_key_id: Uuid, public_key: Vec<u8>, sequence: i64, created_at: i64, revoked_at: Option<i64>, allows_changes: i16, polled_at: Option<i64> }
    }
}
table! {
    /// A section of an inventory as JSON, kept once for all devices that report the same.
    document = "documents" { key { tenant_id: Uuid, hash: Vec<u8> } rest { body: String, created_at: i64 } }
}
table! {
    /// Which document a device's section is.
    inventory = "inventories" { key { tenant_id: Uuid, device_id: Uuid, section: String } rest { hash: Vec<u8>, entries: i64, received_at: i64 } }
}
table! {
    /// An update that waits on a device.
    update = "updates" {
        key { tenant_id: Uuid, device_id: Uuid, name: String, arch: String }
        rest { installed: String, candidate: String, origin: Option<String>, security: i16 }
    }
}
table! {
    /// Something that changed on a device.
    change = "changes" {
        key { tenant_id: Uuid, id: Uuid }
        rest { device_id: Uuid, at: i64, kind: String, subject: String, old: Option<String>, new: Option<String> }
    }
}
table! {
    /// Reports of a client's devices within one hour.
    check_in = "check_ins" { key { tenant_id: Uuid, client_id: Uuid, hour_at: i64 } rest { reports: i64 } }
}

table! {
    /// A word that people gave a device.
    device_tag = "device_tags" { key { tenant_id: Uuid, device_id: Uuid, tag: String } rest {} }
}
table! {
    /// Two devices that look like one machine, and that somebody said are two.
    kept_apart = "devices_kept_apart" { key { tenant_id: Uuid, device_id: Uuid, other_id: Uuid } rest { kept_at: i64 } }
}

table! {
    /// What a deleted device called itself under its enrolment key, so that its agent does not make it anew.
    removed_device = "removed_devices" { key { tenant_id: Uuid, enrolment_key_id: Uuid, foreign_id: String } rest { removed_at: i64 } }
}

impl device::Model {
    /// The name that people see: the one they gave, else the reported one.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.hostname)
    }
}

owned! { client device, ClientId, Id }
owned! { client enrolment_key, ClientId, Id }
owned! { client check_in, ClientId, ClientId }
owned! { tenant document; tenant removed_device; }
owned! { device agent_key; device inventory; device update; device change; device device_tag; device kept_apart; }

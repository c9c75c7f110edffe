//! The tables of alerts. `subject_id` of a policy is the tenant's, client's, site's or device's id, by its level; `severity` is 1 to 5.

use crate::{
    table::table,
    tenancy::{DeviceOwned, owned},
};

table! {
    /// What is set at one place of the tenant.
    policy = "policies" {
        key { tenant_id: Uuid, level: String, subject_id: Uuid }
        rest { client_id: Option<Uuid>, document: String, amount: i64, revision: i64, changed_at: i64 }
    }
}
table! {
    /// Something that is, or was, wrong on a device.
    alert = "alerts" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            device_id: Uuid, client_id: Uuid, condition: String, search: String, severity: i16, state: String, state_data: String,
            state_until: Option<i64>, breaching: bool, value: Option<String>, live: bool, raised_at: i64, changed_at: i64,
            actor_name: Option<String>, revision: i64,
        }
    }
}
table! {
    /// Something that happened to an alert.
    entry = "alert_entries" {
        key { tenant_id: Uuid, id: Uuid }
        rest { alert_id: Uuid, at: i64, actor_id: Option<Uuid>, actor_name: Option<String>, what: String, note: Option<String> }
    }
}
table! {
    /// How far a condition of a device is, unless there is nothing to remember.
    track = "tracks" { key { tenant_id: Uuid, device_id: Uuid, condition: String } rest { body: String, quiet: bool } }
}

owned! { tenant policy; tenant entry; }
owned! { client alert, ClientId, Id }
owned! { device track; }

impl DeviceOwned for alert::Entity {
    const TENANT: alert::Column = alert::Column::TenantId;
    const DEVICE: alert::Column = alert::Column::DeviceId;
}

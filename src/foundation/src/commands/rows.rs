//! The tables of commands. `told` is the number of the last thing its device said of a command; `-1` in `allows_changes` is unknown.

use crate::{table::table, tenancy::owned};

table! {
    /// The key with which a tenant signs what its devices are to do.
    signing_key = "signing_keys" { key { tenant_id: Uuid, id: Uuid } rest { secret: Vec<u8>, public: Vec<u8>, created_at: i64 } }
}
table! {
    /// Work that a device is asked to do.
    command = "commands" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            device_id: Uuid, kind: String, spec: String, state: String, reason: Option<String>, person_id: Option<Uuid>, person_name: String,
            created_at: i64, expires_at: i64, fetched_at: Option<i64>, started_at: Option<i64>, ended_at: Option<i64>,
            told: i64, progress: Option<String>, exit_code: Option<i32>, output: Option<String>, output_cut: bool, outcome: Option<String>,
        }
    }
}

owned! { tenant signing_key; }
owned! { device command; }

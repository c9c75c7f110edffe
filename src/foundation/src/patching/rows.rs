//! The tables of patching. `0` in `security_at` is never; `trust` is how much is known of a device, see [`Trust`].

use crate::{table::table, tenancy::owned};

/// How much of what a device needs is known; devices out of service count nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// It counts nowhere.
    Out,
    /// Everything is known.
    Known,
    /// Its package lists were not read: what is installed is known, what is needed is not.
    NoLists,
    /// It was silent for too long.
    Silent,
}

impl Trust {
    /// The number that storage uses.
    pub const fn number(self) -> i16 {
        match self {
            Self::Out => 0,
            Self::Known => 1,
            Self::NoLists => 2,
            Self::Silent => 3,
        }
    }

    /// The one that is stored as `number`.
    pub const fn of(number: i16) -> Self {
        match number {
            1 => Self::Known,
            2 => Self::NoLists,
            3 => Self::Silent,
            _ => Self::Out,
        }
    }
}

table! {
    /// An update that the tenant has seen. `warned_by` is the one device that calls it a security update; when a second one does, it is one
    /// since `secured_at`, and `spreads` (1) to the devices that need it. Since `gone_at` no device needs it or has it.
    update = "patch_updates" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            source: String, name: String, arch: String, version: String, origin: Option<String>, security: i16, warned_by: Option<Uuid>,
            secured_at: Option<i64>, spreads: i16, first_seen_at: i64, gone_at: Option<i64>,
        }
    }
}
table! {
    /// How an update stands on a device that needs it or has it.
    pair = "patch_pairs" {
        key { tenant_id: Uuid, device_id: Uuid, update_id: Uuid }
        rest {
            presence: String, since_at: i64, security_at: i64, installed_at: Option<i64>,
            failed_class: Option<String>, failed_count: i64, failed_line: Option<String>,
        }
    }
}
table! {
    /// How a device is counted, and how many updates of the catalogue it was the first to name on `fresh_day`.
    counted = "patch_devices" { key { tenant_id: Uuid, device_id: Uuid } rest { client_id: Uuid, trust: i16, fresh_day: i64, fresh: i64 } }
}
table! {
    /// Devices of a client on which an update stands alike.
    count = "patch_counts" {
        key { tenant_id: Uuid, client_id: Uuid, update_id: Uuid, presence: String, known: i16, since_at: i64, security_at: i64 }
        rest { devices: i64, failed: i64 }
    }
}
table! {
    /// What somebody decided about an update at one place.
    decision = "patch_decisions" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            update_id: Uuid, level: String, place_id: Uuid, client_id: Option<Uuid>, verdict: String, until_at: Option<i64>,
            note: Option<String>, person_name: String, decided_at: i64, expires_at: Option<i64>, revision: i64,
        }
    }
}
table! {
    /// What the tenant holds itself to; one row, with the nil id.
    settings = "patch_settings" {
        key { tenant_id: Uuid, id: Uuid }
        rest { security_days: i64, other_days: i64, unseen_days: i64, own_rules: bool, revision: i64 }
    }
}
table! {
    /// A rule of the tenant or of one client.
    rule = "patch_rules" {
        key { tenant_id: Uuid, id: Uuid }
        rest { client_id: Option<Uuid>, kind: String, days: String, names: String, changed_at: i64, revision: i64 }
    }
}
table! {
    /// An installation on many devices.
    run = "patch_runs" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            title: String, state: String, person_id: Uuid, person_name: String, created_at: i64, starts_at: i64,
            ends_at: Option<i64>, ended_at: Option<i64>, client_id: Option<Uuid>, schedule_id: Option<Uuid>, window_id: Option<Uuid>, reboot: String,
            retries: i64, approval_id: Option<Uuid>,
        }
    }
}
table! {
    /// In which maintenance windows what is installed; of one client, or of all.
    schedule = "patch_schedules" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Option<Uuid>, window_id: Uuid, name: String, what: String, reboot: String, needs_approval: bool, retries: i64, person_id: Uuid,
            person_name: String, planned_until: Option<i64>, revision: i64, changed_at: i64,
        }
    }
}
table! {
    /// What one device does in a run.
    turn = "patch_turns" {
        key { tenant_id: Uuid, run_id: Uuid, device_id: Uuid }
        rest {
            state: String, detail: Option<String>, since_at: i64, attempt: i64, before_retry: i64, not_before: i64,
            last_failure: Option<String>, line: Option<String>, command_id: Option<Uuid>, reboot_id: Option<Uuid>, told_at: Option<i64>,
            person_id: Option<Uuid>, person_name: Option<String>,
        }
    }
}
table! {
    /// An update that a device is to get in a run.
    want = "patch_wants" {
        key { tenant_id: Uuid, run_id: Uuid, device_id: Uuid, update_id: Uuid }
        rest { asked: bool, became: Option<String>, failure: Option<String>, line: Option<String> }
    }
}
table! {
    /// The figures of a client on one day.
    point = "patch_points" {
        key { tenant_id: Uuid, client_id: Uuid, day: i64 }
        rest {
            installed: i64, missing: i64, early: i64, not_due: i64, deferred: i64, excluded: i64, unknown: i64,
            devices: i64, devices_unknown: i64,
        }
    }
}

owned! { tenant update; tenant decision; tenant settings; tenant rule; tenant run; }
owned! { client count, ClientId, ClientId }
owned! { client schedule, ClientId, Id }
owned! { client point, ClientId, ClientId }
owned! { device pair; device counted; device turn; device want; }

//! The tables of jobs. A lane says that a tenant has work of one priority, and when; it holds nothing of what the work is.

use crate::{table::table, tenancy::owned};

table! {
    /// When a tenant's next job of one priority is due; the only thing here that is read across tenants.
    lane = "job_lanes" { key { priority: i16, tenant_id: Uuid } rest { due_at: i64, served_at: i64, parked: i64 } }
}
table! {
    /// One job. `due_at` is when it may be taken: its time, or the end of the lease of whoever has it; a parked one has none.
    job = "jobs" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            kind: String, subject: String, actor_id: Option<Uuid>, priority: i16, state: String, due_at: Option<i64>,
            attempts: i32, lease: Option<Uuid>, again_at: Option<i64>, error: Option<String>, created_at: i64,
        }
    }
}

owned! { tenant job; }

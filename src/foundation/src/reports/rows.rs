//! The tables of reports. `occurrence` names schedule, due time and client, so that nothing is delivered twice.

use crate::{table::table, tenancy::owned};

table! {
    /// When a report is made by itself.
    schedule = "report_schedules" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Option<Uuid>, kind: String, target: String, rhythm: String, hour: i16, zone: String, recipients: String, paused: bool,
            next_at: Option<i64>, made_by: Uuid, made_by_name: String, revision: i64, changed_at: i64,
        }
    }
}
table! {
    /// A report as it was delivered.
    report = "reports" {
        key { tenant_id: Uuid, id: Uuid }
        rest {
            client_id: Option<Uuid>, kind: String, title: String, period: String, from_at: i64, until_at: i64, made_at: i64, made_by: String,
            schedule_id: Option<Uuid>, occurrence: Option<String>, document: String,
        }
    }
}

owned! { client schedule, ClientId, Id }
owned! { client report, ClientId, Id }

//! Clients as a CSV file.

use app::clients::{ClientQuery, ClientRow};

use super::{file, note, seen, utc};
use crate::http::{caller::Caller, errors::Answer};

const COLUMNS: [&str; 14] = [
    "Client",
    "Sites",
    "Devices",
    "Online",
    "Late",
    "Offline",
    "Pending",
    "Quarantined",
    "Security updates",
    "Security updates unknown",
    "Restart pending",
    "Restart unknown",
    "Last contact (UTC)",
    "Archived (UTC)",
];

/// The clients of `rows`, which `query` chose.
pub async fn clients(caller: &Caller, query: &ClientQuery, rows: Vec<ClientRow>) -> Answer {
    note(caller, "clients exported", (rows.len(), &query.to_query()), None).await?;
    file("clients.csv", &COLUMNS, rows.into_iter().map(record).collect())
}

fn record(row: ClientRow) -> Vec<String> {
    let counts = [row.sites, row.devices, row.online, row.late, row.offline, row.pending, row.quarantined].map(|n| n.to_string());
    let shares = [row.security.part, row.security.unknown, row.restart.part, row.restart.unknown].map(|n| n.to_string());
    let (last, archived) = (seen(row.last_contact), row.archived.map_or_else(String::new, utc));
    [row.name].into_iter().chain(counts).chain(shares).chain([last, archived]).collect()
}

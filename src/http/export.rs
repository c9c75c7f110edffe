//! Lists as CSV files. A cell that a spreadsheet would run as a formula is made text.

use app::{clients::ClientRow, devices::DeviceListRow};
use axum::{http::header, response::IntoResponse};
use domain::{Moment, Refusal, devices::query::DeviceQuery};
use jiff::Timestamp;

use super::{caller::Caller, errors::Answer};
use crate::service::{audit, devices};

/// Rows read at once.
const CHUNK: u64 = 2_000;
/// Rows of one file.
const MOST: usize = 100_000;

const COLUMNS: [&str; 11] =
    ["Device", "Host name", "Client", "Site", "Operating system", "Version", "Status", "Security updates", "Updates", "Restart pending", "Last seen (UTC)"];

/// The devices that `query` lists.
pub async fn devices(caller: &Caller, mut query: DeviceQuery) -> Answer {
    let asked = query.clone();
    let mut file = csv::Writer::from_writer(Vec::new());
    let broken = |_| Refusal::Unavailable(5);
    file.write_record(COLUMNS).map_err(broken)?;
    let mut rows = 0;
    while rows < MOST {
        let (lines, next) = devices::export(&caller.tenant, &query, caller.now, CHUNK).await?;
        rows += lines.len();
        for line in lines {
            file.write_record(record(line)).map_err(broken)?;
        }
        match next {
            Some(next) => query = next,
            None => break,
        }
    }
    audit::exported(&caller.tenant, "devices exported", (rows as u64, &asked.to_query()), asked.client, caller.address(), caller.now).await?;
    let bytes = file.into_inner().map_err(|_| Refusal::Unavailable(5))?;
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"devices.csv\"")];
    Ok((headers, bytes).into_response())
}

const CLIENT_COLUMNS: [&str; 14] = [
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

/// The clients of `rows`.
pub fn clients(rows: Vec<ClientRow>) -> Answer {
    let mut file = csv::Writer::from_writer(Vec::new());
    let broken = |_| Refusal::Unavailable(5);
    file.write_record(CLIENT_COLUMNS).map_err(broken)?;
    for row in rows {
        file.write_record(client_record(row)).map_err(broken)?;
    }
    let bytes = file.into_inner().map_err(|_| Refusal::Unavailable(5))?;
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"clients.csv\"")];
    Ok((headers, bytes).into_response())
}

fn client_record(row: ClientRow) -> [String; 14] {
    let devices = [row.sites, row.devices, row.online, row.late, row.offline, row.pending, row.quarantined].map(|n| n.to_string());
    let shares = [row.security.part, row.security.unknown, row.restart.part, row.restart.unknown].map(|n| n.to_string());
    let [sites, all, online, late, offline, pending, quarantined] = devices;
    let [security, security_unknown, restart, restart_unknown] = shares;
    let last = row.last_contact.map_or_else(|| "never".into(), utc);
    let archived = row.archived.map_or_else(String::new, utc);
    let name = cell(row.name);
    [name, sites, all, online, late, offline, pending, quarantined, security, security_unknown, restart, restart_unknown, last, archived]
}

/// `2026-11-12 10:42:08`.
fn utc(at: Moment) -> String {
    Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

fn record(line: DeviceListRow) -> [String; 11] {
    let number = |known: Option<u32>| known.map_or_else(|| "unknown".into(), |known| known.to_string());
    let reboot = match line.reboot {
        None => "unknown",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let cells = [
        line.hostname.clone(),
        line.reported.unwrap_or(line.hostname),
        line.client.1,
        line.site.unwrap_or_default(),
        line.os_name.unwrap_or_default(),
        line.os_version.unwrap_or_default(),
        line.status.label().to_owned(),
        number(line.security),
        number(line.updates),
        reboot.to_owned(),
        line.last_seen.map_or_else(|| "never".into(), utc),
    ];
    cells.map(cell)
}

/// `text` as a cell that no spreadsheet runs.
pub(super) fn cell(text: String) -> String {
    let first = text.trim_start_matches([' ', '\u{feff}']).chars().next();
    let runs = matches!(first, Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\0' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'));
    if runs { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn formulas_become_text() {
        for bad in ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\u{ff1d}1"] {
            assert!(cell(bad.into()).starts_with('\''), "{bad}");
        }
        assert_eq!(cell("BWL-SRV-1".into()), "BWL-SRV-1");
        assert_eq!(cell(String::new()), "");
    }
}

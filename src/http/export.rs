//! Lists as CSV files. A cell that a spreadsheet would run as a formula is made text.

mod software;

use app::devices::DeviceListRow;
use axum::{http::header, response::IntoResponse};
use domain::{Moment, Refusal, devices::query::DeviceQuery};
use jiff::Timestamp;

pub use self::software::{title, titles};
use super::{caller::Caller, errors::Answer};
use crate::service::devices;

/// Rows read at once.
const CHUNK: u64 = 2_000;
/// Rows of one file.
const MOST: usize = 100_000;

const COLUMNS: [&str; 10] =
    ["Device", "Client", "Site", "Operating system", "Version", "Status", "Security updates", "Updates", "Restart pending", "Last seen (UTC)"];

/// The devices that `query` lists.
pub async fn devices(caller: &Caller, mut query: DeviceQuery) -> Answer {
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
    let bytes = file.into_inner().map_err(|_| Refusal::Unavailable(5))?;
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"devices.csv\"")];
    Ok((headers, bytes).into_response())
}

/// The file `name` with `rows` under `columns`.
fn file(name: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Answer {
    let mut file = csv::Writer::from_writer(Vec::new());
    let broken = |_| Refusal::Unavailable(5);
    file.write_record(columns).map_err(broken)?;
    for row in rows {
        file.write_record(row).map_err(broken)?;
    }
    let bytes = file.into_inner().map_err(|_| Refusal::Unavailable(5))?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// An instant for a cell.
fn seen(at: Option<Moment>) -> String {
    let at = at.and_then(|at| Timestamp::from_millisecond(at.0).ok());
    at.map_or_else(|| "never".into(), |at| at.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

fn record(line: DeviceListRow) -> [String; 10] {
    let number = |known: Option<u32>| known.map_or_else(|| "unknown".into(), |known| known.to_string());
    let reboot = match line.reboot {
        None => "unknown",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let cells = [
        line.hostname,
        line.client.1,
        line.site.unwrap_or_default(),
        line.os_name.unwrap_or_default(),
        line.os_version.unwrap_or_default(),
        line.status.label().to_owned(),
        number(line.security),
        number(line.updates),
        reboot.to_owned(),
        seen(line.last_seen),
    ];
    cells.map(cell)
}

/// `text` as a cell that no spreadsheet runs.
fn cell(text: String) -> String {
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

//! Lists as CSV files. A cell that a spreadsheet would run as a formula is made text.

mod clients;
mod deliveries;
mod devices;
mod patching;
mod reports;
mod requests;
mod software;

use axum::{http::header, response::IntoResponse};
use domain::{Moment, Refusal, ids::ClientId};
use foundation::Failure;
use jiff::Timestamp;

pub use self::{
    clients::clients,
    deliveries::deliveries,
    devices::devices,
    patching::{pairs, updates},
    reports::report,
    requests::requests,
    software::{title, titles},
};
use super::{caller::Caller, errors::Answer};
use crate::service::audit;

/// Rows read at once.
const CHUNK: u64 = 2_000;
/// Rows of one file.
const MOST: usize = 100_000;

/// The file `name` with `rows` under `columns`.
fn file(name: &str, columns: &[&str], rows: Vec<Vec<String>>) -> Answer {
    let mut file = csv::Writer::from_writer(Vec::new());
    let broken = |_| Refusal::Unavailable(5);
    file.write_record(columns).map_err(broken)?;
    for row in rows {
        file.write_record(row.into_iter().map(cell)).map_err(broken)?;
    }
    let bytes = file.into_inner().map_err(|_| Refusal::Unavailable(5))?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// Writes down that rows left as a file: how many, and the query that chose them.
async fn note(caller: &Caller, action: &'static str, (rows, query): (usize, &str), client: Option<ClientId>) -> Result<(), Failure> {
    audit::exported(&caller.tenant, action, (rows as u64, query), client, caller.address(), caller.now).await
}

/// `2026-11-12 10:42:08`.
fn utc(at: Moment) -> String {
    Timestamp::from_millisecond(at.0).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// The last contact, for a cell.
fn seen(at: Option<Moment>) -> String {
    at.map_or_else(|| "never".into(), utc)
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

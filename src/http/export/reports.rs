//! The rows of a report as a CSV file.

use domain::{
    reports::{Cell, Report, Unit},
    time::MINUTE,
};

use super::{file, note, utc};
use crate::http::{caller::Caller, errors::Answer};

/// The rows of `report` that the figure called `key` counts; all without one.
pub async fn report(caller: &Caller, report: &Report, key: Option<&str>, asked: &str) -> Answer {
    let rows: Vec<Vec<String>> = report.behind(key).map(|row| row.cells.iter().map(text).collect()).collect();
    note(caller, "report exported", (rows.len(), asked), report.head.client.as_ref().map(|client| client.id)).await?;
    let heads: Vec<String> = report
        .rows
        .columns
        .iter()
        .map(|column| match column.unit {
            Unit::Time => format!("{} (UTC)", column.label),
            Unit::Span => format!("{} (minutes)", column.label),
            Unit::Text | Unit::Number => column.label.clone(),
        })
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    file(&format!("{}.csv", report.kind), &heads, rows)
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::None(text) => text.clone(),
        Cell::Number(n) => n.to_string(),
        Cell::Time(at) => utc(*at),
        Cell::Span(took) => (took / MINUTE).to_string(),
    }
}

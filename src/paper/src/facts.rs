//! A report as the template reads it: every number and time already in words, every text bounded and plain.

use domain::{
    Moment,
    reports::{Cell, Chart, Figure, Report, Table, Unit, period},
    time::span,
};
use serde::Serialize;

/// Rows of the last table that a PDF shows; the others are in the spreadsheet.
const ROWS: usize = 300;
/// Rows of other tables.
const GROUPS: usize = 60;
/// The longest text of a cell, in characters.
const TEXT: usize = 90;
/// Letters after which a word may break.
const WORD: usize = 14;

/// What the template is given.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    title: String,
    kind: String,
    answers: String,
    whom: String,
    period: String,
    made: String,
    zone: String,
    brand: String,
    accent: String,
    figures: Vec<FigureFacts>,
    charts: Vec<ChartFacts>,
    tables: Vec<TableFacts>,
    rows: TableFacts,
    date: Date,
}

#[derive(Debug, Serialize)]
struct Date {
    year: i16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
}

#[derive(Debug, Serialize)]
struct FigureFacts {
    label: String,
    value: String,
    of: String,
    rest: String,
    meaning: String,
    measured: String,
}

#[derive(Debug, Serialize)]
struct ChartFacts {
    title: String,
    unit: String,
    shape: String,
    most: u64,
    points: Vec<Point>,
}

#[derive(Debug, Serialize)]
struct Point {
    label: String,
    n: Option<u64>,
}

#[derive(Debug, Serialize)]
struct TableFacts {
    title: String,
    empty: String,
    heads: Vec<String>,
    numbers: Vec<bool>,
    widths: Vec<u32>,
    cells: Vec<Vec<String>>,
    more: String,
}

/// What the template needs of `report`.
pub(crate) fn facts(report: &Report) -> Facts {
    let zone = &report.head.zone;
    let (year, month, day, hour, minute, second) = period::parts(report.head.made_at, zone).unwrap_or((1970, 1, 1, 0, 0, 0));
    Facts {
        title: plain(&report.title()),
        kind: report.kind.label().to_owned(),
        answers: report.kind.answers().to_owned(),
        whom: plain(report.whom()),
        period: plain(&report.head.period),
        made: period::stamp(report.head.made_at, zone),
        zone: plain(zone),
        brand: plain(&report.brand.name),
        accent: colour(&report.brand.accent),
        figures: report.figures.iter().map(|value| figure(value, zone)).collect(),
        charts: report.charts.iter().map(chart).collect(),
        tables: report.tables.iter().map(|value| table(value, zone, GROUPS)).collect(),
        rows: table(&report.rows, zone, ROWS),
        date: Date { year, month, day, hour, minute, second },
    }
}

fn figure(figure: &Figure, zone: &str) -> FigureFacts {
    FigureFacts {
        label: plain(&figure.label),
        value: figure.value.words().unwrap_or_else(|| "No data".to_owned()),
        of: figure.value.of_words(),
        rest: figure.value.rest_words(),
        meaning: plain(&figure.meaning),
        measured: figure.measured_at.map_or_else(|| "never measured".to_owned(), |at| format!("as of {}", period::stamp(at, zone))),
    }
}

fn chart(chart: &Chart) -> ChartFacts {
    let points: Vec<Point> = chart.points.iter().map(|(label, n)| Point { label: plain(label), n: *n }).collect();
    let most = points.iter().filter_map(|point| point.n).max().unwrap_or(0).max(1);
    let shape = serde_json::to_value(chart.shape).ok().and_then(|shape| shape.as_str().map(str::to_owned)).unwrap_or_default();
    ChartFacts { title: plain(&chart.title), unit: plain(&chart.unit), shape, most, points }
}

fn table(table: &Table, zone: &str, most: usize) -> TableFacts {
    let shown = table.rows.len().min(most);
    let more = table.total - shown as u64;
    let cells: Vec<Vec<String>> = table.rows.iter().take(shown).map(|row| row.cells.iter().map(|cell| words(cell, zone)).collect()).collect();
    TableFacts {
        title: plain(&table.title),
        empty: plain(&table.empty),
        heads: table.columns.iter().map(|column| plain(&column.label)).collect(),
        numbers: table.columns.iter().map(|column| matches!(column.unit, Unit::Number | Unit::Span)).collect(),
        widths: (0..table.columns.len()).map(|at| width(&cells, at)).collect(),
        cells,
        more: if more > 0 { format!("and {more} more: see the spreadsheet of this report") } else { String::new() },
    }
}

/// How wide a column should be beside the others: by its longest cells, within reason.
fn width(cells: &[Vec<String>], at: usize) -> u32 {
    let longest = cells.iter().filter_map(|row| row.get(at)).map(|text| text.chars().count()).max().unwrap_or(0);
    u32::try_from(longest.clamp(7, 22)).unwrap_or(7)
}

fn words(cell: &Cell, zone: &str) -> String {
    match cell {
        Cell::Text(text) => plain(text),
        Cell::Number(n) => n.to_string(),
        Cell::Time(at) => stamp(*at, zone),
        Cell::Span(took) => span(*took),
        Cell::None(why) if why.is_empty() => "\u{2013}".to_owned(),
        Cell::None(why) => plain(why),
    }
}

fn stamp(at: Moment, zone: &str) -> String {
    period::stamp(at, zone)
}

/// `text` without control and direction characters, bounded, and with places where a long word may break.
pub(crate) fn plain(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
    };
    let cut = text.chars().nth(TEXT).is_some();
    let (mut out, mut run) = (String::new(), 0);
    for c in text.chars().take(TEXT * 3).map(|c| if hidden(c) { ' ' } else { c }) {
        run = if c.is_whitespace() { 0 } else { run + 1 };
        if run > WORD {
            out.push('\u{200b}');
            run = 1;
        }
        out.push(c);
    }
    if cut && out.chars().count() > TEXT * 2 { out.chars().take(TEXT).chain(['\u{2026}']).collect() } else { out }
}

/// `accent` when it is a colour, else a dark grey.
fn colour(accent: &str) -> String {
    let is = accent.len() == 7 && accent.starts_with('#') && accent.bytes().skip(1).all(|b| b.is_ascii_hexdigit());
    if is { accent.to_owned() } else { "#334155".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_bounded_and_plain() {
        assert_eq!(plain("a\u{202e}b\u{0}c"), "a b c");
        assert!(plain(&"x".repeat(1_000_000)).chars().count() <= TEXT * 4);
        assert_eq!(plain("BWL-SRV-0001"), "BWL-SRV-0001");
        assert!(plain("abcdefghijklmnopqrstuvwxyz").contains('\u{200b}'), "a long word may break");
        assert_eq!((colour("#12ab9f").as_str(), colour("red; #read").as_str()), ("#12ab9f", "#334155"));
    }
}

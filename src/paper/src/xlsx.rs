//! Reports as spreadsheets: one sheet with the figures, one for each table, one with the rows. Words are written as words, so that
//! nothing a device calls itself is ever a formula.

use domain::{
    Moment,
    reports::{Cell, Report, Table, Unit, period},
    time::MINUTE,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::{Broken, facts::plain};

/// The longest name of a sheet, in characters.
const NAME: usize = 31;

struct Styles {
    head: Format,
    time: Format,
    wide: Format,
}

/// `report` as a workbook. The same report always gives the same bytes.
///
/// # Errors
/// When the workbook cannot be written.
pub fn xlsx(report: &Report) -> Result<Vec<u8>, Broken> {
    workbook(report).map_err(Broken::because)
}

fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let styles = Styles { head: Format::new().set_bold(), time: Format::new().set_num_format("yyyy-mm-dd hh:mm"), wide: Format::new().set_text_wrap() };
    let mut about = DocProperties::new().set_title(plain(&report.title())).set_author(plain(&report.brand.name));
    if let Some(made) = instant(report.head.made_at, &report.head.zone) {
        about = about.set_creation_datetime(&made);
    }
    book.set_properties(&about);
    figures(book.add_worksheet(), report, &styles)?;
    let mut names = vec!["Figures".to_owned()];
    for table in report.tables.iter().chain([&report.rows]) {
        let name = sheet_name(&table.title, &names);
        let sheet = book.add_worksheet();
        sheet.set_name(&name)?;
        names.push(name);
        fill(sheet, table, &report.head.zone, &styles)?;
    }
    book.save_to_buffer()
}

fn figures(sheet: &mut Worksheet, report: &Report, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name("Figures")?;
    let zone = &report.head.zone;
    let about = [
        ("Report", report.kind.label().to_owned()),
        ("From", report.brand.name.clone()),
        ("Client", report.whom().to_owned()),
        ("Period", report.head.period.clone()),
        ("Made", format!("{}, {zone}", period::stamp(report.head.made_at, zone))),
    ];
    let mut at = 0;
    for (label, text) in about {
        sheet.write_string_with_format(at, 0, label, &styles.head)?;
        sheet.write_string(at, 1, plain(&text))?;
        at += 1;
    }
    at += 1;
    for (column, label) in (0..).zip(["Figure", "Value", "Of", "Beside it", "As of", "What it means"]) {
        sheet.write_string_with_format(at, column, label, &styles.head)?;
    }
    for figure in &report.figures {
        at += 1;
        sheet.write_string(at, 0, plain(&figure.label))?;
        match figure.value {
            domain::reports::Value::Count { of: Some(0), .. } => sheet.write_string(at, 1, "No data")?,
            domain::reports::Value::Count { n, .. } => number(sheet, (at, 1), n)?,
            domain::reports::Value::Lasting { .. } => sheet.write_string(at, 1, figure.value.words().unwrap_or_else(|| "No data".to_owned()))?,
        };
        sheet.write_string(at, 2, figure.value.of_words())?;
        sheet.write_string(at, 3, figure.value.rest_words())?;
        time(sheet, (at, 4), figure.measured_at, zone, styles)?;
        sheet.write_string_with_format(at, 5, &figure.meaning, &styles.wide)?;
    }
    for (column, width) in (0..).zip([28.0, 26.0, 28.0, 26.0, 18.0, 80.0]) {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn fill(sheet: &mut Worksheet, table: &Table, zone: &str, styles: &Styles) -> Result<(), XlsxError> {
    for (column, head) in (0..).zip(&table.columns) {
        let minutes = if head.unit == Unit::Span { " (minutes)" } else { "" };
        sheet.write_string_with_format(0, column, format!("{}{minutes}", head.label), &styles.head)?;
        sheet.set_column_width(column, if head.unit == Unit::Number { 12.0 } else { 22.0 })?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (at, row) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(&row.cells) {
            match cell {
                Cell::Text(text) | Cell::None(text) => {
                    sheet.write_string(at, column, text.chars().filter(|c| !c.is_control()).collect::<String>()).map(drop)?
                }
                Cell::Number(n) => number(sheet, (at, column), *n).map(drop)?,
                Cell::Time(moment) => time(sheet, (at, column), Some(*moment), zone, styles)?,
                Cell::Span(took) => number(sheet, (at, column), u64::try_from(took / MINUTE).unwrap_or(0)).map(drop)?,
            }
        }
    }
    if table.total > table.rows.len() as u64 {
        let at = u32::try_from(table.rows.len()).unwrap_or(u32::MAX - 2) + 2;
        sheet.write_string(at, 0, format!("{} rows of {} are listed.", table.rows.len(), table.total))?;
    }
    Ok(())
}

/// A count; a spreadsheet knows no whole number above 2^53, and no fleet has so many.
fn number(sheet: &mut Worksheet, (row, column): (u32, u16), n: u64) -> Result<&mut Worksheet, XlsxError> {
    sheet.write_number(row, column, f64::from(u32::try_from(n).unwrap_or(u32::MAX)))
}

fn time(sheet: &mut Worksheet, (row, column): (u32, u16), at: Option<Moment>, zone: &str, styles: &Styles) -> Result<(), XlsxError> {
    match at.and_then(|at| instant(at, zone)) {
        Some(at) => sheet.write_datetime_with_format(row, column, &at, &styles.time).map(drop),
        None => sheet.write_string(row, column, "never").map(drop),
    }
}

fn instant(at: Moment, zone: &str) -> Option<ExcelDateTime> {
    let (year, month, day, hour, minute, second) = period::parts(at, zone)?;
    ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month, day).and_then(|date| date.and_hms(hour.into(), minute, second)).ok()
}

/// `title` as the name of a sheet that none has yet.
fn sheet_name(title: &str, taken: &[String]) -> String {
    let plain: String = title.chars().filter(|c| !c.is_control() && !r"[]:*?/\'".contains(*c)).take(NAME - 3).collect();
    let plain = if plain.trim().is_empty() { "Table".to_owned() } else { plain };
    let is_free = |name: &String| !taken.iter().any(|known| known.eq_ignore_ascii_case(name));
    std::iter::once(plain.clone()).chain((2..100).map(|n| format!("{plain} {n}"))).find(is_free).unwrap_or(plain)
}

#[cfg(test)]
mod tests;

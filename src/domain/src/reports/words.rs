//! Values, cells and reports in words.

use super::{
    Cell, Column, Report, Row, Table, Unit, Value,
    document::{ROWS, TEXT},
    measure,
};
use crate::{Moment, time::span};

impl Cell {
    /// Words, cut to [`TEXT`] characters.
    pub fn text(text: &str) -> Self {
        Self::Text(text.chars().take(TEXT).collect())
    }

    /// Words, or `none` where there are none.
    pub fn or(text: Option<&str>, none: &str) -> Self {
        text.filter(|text| !text.is_empty()).map_or_else(|| Self::None(none.to_owned()), Self::text)
    }

    /// An instant, or `none`.
    pub fn time(at: Option<Moment>, none: &str) -> Self {
        at.map_or_else(|| Self::None(none.to_owned()), Self::Time)
    }

    /// A count, or `none`.
    pub fn number(n: Option<u64>, none: &str) -> Self {
        n.map_or_else(|| Self::None(none.to_owned()), Self::Number)
    }
}

impl Table {
    /// A table of `rows`, of which [`ROWS`] are kept.
    pub fn new(title: &str, columns: &[(&str, Unit)], rows: Vec<Row>, empty: &str) -> Self {
        let total = rows.len() as u64;
        let columns = columns.iter().map(|(label, unit)| Column { label: (*label).to_owned(), unit: *unit }).collect();
        let mut rows = rows;
        rows.truncate(ROWS);
        Self { title: title.to_owned(), columns, rows, total, empty: empty.to_owned() }
    }
}

impl Value {
    /// The value alone: `12`, `94.2 %`, `3 h`; `None`: there is nothing to say it of.
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Count { of: Some(0), .. } => None,
            Self::Count { n, .. } => Some(measure::thousands(*n)),
            Self::Lasting { median, .. } => median.map(span),
        }
    }

    /// What it is of: `of 240 devices`.
    pub fn of_words(&self) -> String {
        match self {
            Self::Count { of: Some(of), what, .. } => format!("of {} {what}", measure::thousands(*of)),
            Self::Count { what, .. } => what.clone(),
            Self::Lasting { measured, of, .. } => format!("median of {} of {}", measure::thousands(*measured), measure::thousands(*of)),
        }
    }

    /// What stands beside it: the share, what is unknown, or the slow ones.
    pub fn rest_words(&self) -> String {
        match self {
            Self::Count { n, of, unknown, .. } => {
                let share = of.and_then(|of| measure::percent(*n, of));
                let unknown = (*unknown > 0).then(|| format!("{} unknown", measure::thousands(*unknown)));
                [share, unknown].into_iter().flatten().collect::<Vec<_>>().join(", ")
            }
            Self::Lasting { ninth: Some(ninth), .. } => format!("9 of 10 within {}", span(*ninth)),
            Self::Lasting { .. } => "nothing to measure".to_owned(),
        }
    }
}

impl Report {
    /// `Alerts and response, Castell Legal, October 2026`.
    pub fn title(&self) -> String {
        format!("{}, {}, {}", self.kind.label(), self.whom(), self.head.period)
    }

    /// Whose report it is, in words.
    pub fn whom(&self) -> &str {
        self.head.client.as_ref().map_or("All clients", |client| client.name.as_str())
    }

    /// The rows that the figure called `key` counts; all rows without one.
    pub fn behind<'a>(&'a self, key: Option<&str>) -> impl Iterator<Item = &'a Row> {
        let place = key.map(|key| self.figures.iter().position(|figure| figure.key == key).and_then(|at| u8::try_from(at).ok()));
        self.rows.rows.iter().filter(move |row| place.is_none_or(|place| place.is_some_and(|place| row.counts.contains(&place))))
    }
}

/// `text` with its first letter large.
pub(super) fn title(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

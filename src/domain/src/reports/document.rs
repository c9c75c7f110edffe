//! A report as data: figures, charts, tables, and the rows behind the figures. What is delivered is kept in this form.

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::{Moment, ids::ClientId};

/// Rows that one report keeps; a figure counts all, and what is left out is said.
pub const ROWS: usize = 10_000;
/// The longest text of a cell, in characters.
pub const TEXT: usize = 200;

/// A report. The same value always gives the same page, PDF and spreadsheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What it is about.
    pub kind: Kind,
    /// Whose name and colour it bears.
    pub brand: Brand,
    /// What it covers and when it was made.
    pub head: Head,
    /// The figures, the most important first.
    pub figures: Vec<Figure>,
    /// Pictures of figures.
    pub charts: Vec<Chart>,
    /// Figures by group.
    pub tables: Vec<Table>,
    /// What the figures count, row by row.
    pub rows: Table,
}

/// The sender's name and colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// The name.
    pub name: String,
    /// A colour that white text can be read on, as `#rrggbb`.
    pub accent: String,
}

/// What a report covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The one client; `None`: all clients that its maker sees.
    pub client: Option<Named>,
    /// Its first instant.
    pub from: Moment,
    /// The first instant after it.
    pub until: Moment,
    /// The period in words: `October 2026`.
    pub period: String,
    /// The IANA name of the zone of its days.
    pub zone: String,
    /// When it was made, and so what "now" means in it.
    pub made_at: Moment,
}

/// A client by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// Which.
    pub id: ClientId,
    /// Its name.
    pub name: String,
}

/// One figure with everything that is needed to judge it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The word that rows and addresses name it by.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The value.
    pub value: Value,
    /// What exactly it counts.
    pub meaning: String,
    /// The age of its freshest source; `None`: nothing was ever measured.
    pub measured_at: Option<Moment>,
    /// The list of the portal that shows the same as it is now, or the report that explains it.
    pub link: Option<String>,
}

/// A value and what it is of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// So many of so many; what is unknown stands apart. Without `of` it is a plain count.
    Count {
        /// The numerator.
        n: u64,
        /// The denominator.
        of: Option<u64>,
        /// What could not be told.
        unknown: u64,
        /// What is counted: `devices`.
        what: String,
    },
    /// How long something took.
    Lasting {
        /// The median in milliseconds; `None`: there is nothing to measure.
        median: Option<i64>,
        /// Nine of ten were not slower.
        ninth: Option<i64>,
        /// How many were measured.
        measured: u64,
        /// Of how many.
        of: u64,
    },
}

/// A picture of numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// What is counted.
    pub unit: String,
    /// How it is drawn.
    pub shape: Shape,
    /// Each label with its value; `None`: not measured.
    pub points: Vec<(String, Option<u64>)>,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A bar for each label, one below the other.
    Bars,
    /// A column for each label, side by side: days.
    Columns,
    /// A line through values in time.
    Line,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// What it lists.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, at most [`ROWS`].
    pub rows: Vec<Row>,
    /// How many rows there are, also those that were left out.
    pub total: u64,
    /// What it says when it has none.
    pub empty: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its head.
    pub label: String,
    /// What its cells are.
    pub unit: Unit,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Words.
    Text,
    /// A count.
    Number,
    /// An instant.
    Time,
    /// How long.
    Span,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<Cell>,
    /// Its own page in the portal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The keys of the figures that count it, by their place among the figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<u8>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cell {
    /// Words; may come from devices and people.
    Text(String),
    /// A count.
    Number(u64),
    /// An instant.
    Time(Moment),
    /// Milliseconds.
    Span(i64),
    /// Nothing, and why: `unknown`, `never`.
    None(String),
}

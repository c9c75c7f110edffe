//! The import of clients, sites and contacts: the form, and what a file would change before it does.

mod page;
mod preview;
mod sample;

use domain::clients::import::{Planned, Totals};

pub use page::ImportView;

/// The most rows that a page shows, and the most faulty ones beyond those.
pub const SHOWN: usize = 200;

/// What a file would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The first [`SHOWN`] rows, and the first [`SHOWN`] faulty ones, in the order of the file.
    pub rows: Vec<Planned>,
    /// Of all rows.
    pub totals: Totals,
    /// The file's text, to be sent again; untrusted.
    pub text: String,
}

/// The page `/clients/import`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportPage {
    /// What was typed or pasted; untrusted text.
    pub typed: String,
    /// What is wrong with the file as a whole.
    pub fault: Option<String>,
    /// What it would change; `None` before a file was checked.
    pub preview: Option<Preview>,
}

impl Preview {
    /// The part of `planned` that a page shows.
    pub fn bounded(planned: Vec<Planned>, totals: Totals, text: String) -> Self {
        let mut faulty = 0;
        let rows = planned.into_iter().enumerate().filter(|(at, row)| {
            let bad = matches!(row.outcome, domain::clients::import::Outcome::Faulty(_));
            faulty += usize::from(bad);
            *at < SHOWN || (bad && faulty <= SHOWN)
        });
        Self { rows: rows.map(|(_, row)| row).collect(), totals, text }
    }
}

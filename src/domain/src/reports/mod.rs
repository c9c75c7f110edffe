//! Reports: what each kind answers, over which time, and what each figure means. A report is plain data, and pages, PDFs and
//! spreadsheets are drawn from the same.

pub mod alerts;
pub mod devices;
pub mod document;
pub mod executive;
pub mod inventory;
mod measure;
pub mod patching;
#[cfg(feature = "zones")]
pub mod period;
pub mod query;
pub mod schedule;
mod words;

pub use document::{Brand, Cell, Chart, Column, Figure, Head, Named, Report, Row, Shape, Table, Unit, Value};
pub use query::{ReportQuery, Span};
pub use schedule::{Rhythm, Schedule, Target};

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How things stand, what was done, what is open.
    Executive,
    /// Which devices there are, and what they are.
    Inventory,
    /// What went wrong, and how fast somebody answered.
    Alerts,
    /// Which updates are installed in time.
    Patching,
}

impl Kind {
    /// Each once, in the order of pages.
    pub const ALL: [Self; 4] = [Self::Executive, Self::Alerts, Self::Inventory, Self::Patching];
    /// Those that can be made.
    pub const OFFERED: [Self; 4] = Self::ALL;

    /// The word in URLs, file names and storage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Executive => "executive",
            Self::Inventory => "inventory",
            Self::Alerts => "alerts",
            Self::Patching => "patching",
        }
    }

    /// The words on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Executive => "Executive summary",
            Self::Inventory => "Device inventory",
            Self::Alerts => "Alerts and response",
            Self::Patching => "Patch compliance",
        }
    }

    /// The question that it answers.
    pub const fn answers(self) -> &'static str {
        match self {
            Self::Executive => "How do our systems stand, what was done about them, and what is still open?",
            Self::Inventory => "Which devices are there, what do they run, and when were they last seen?",
            Self::Alerts => "What went wrong, how fast did somebody answer, and what is not over yet?",
            Self::Patching => "Are updates installed when they are due, and where are they missing?",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
            assert_eq!(serde_json::to_string(&kind).expect("json"), format!("\"{kind}\""));
        }
        assert!("billing".parse::<Kind>().is_err());
    }
}

//! How bad something is, in five words.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How bad something is; the later, the worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Can wait.
    Low,
    /// This week.
    Medium,
    /// Today.
    High,
    /// Now.
    Critical,
}

impl Severity {
    /// Each once, the worst first.
    pub const ALL: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The word on pages.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "Info",
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Critical => "Critical",
        }
    }

    /// A number that sorts: 1 for info to 5 for critical.
    pub const fn rank(self) -> i16 {
        self as i16 + 1
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Severity {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|severity| severity.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_ordered_and_read_back() {
        for pair in Severity::ALL.windows(2) {
            assert!(pair[0] > pair[1] && pair[0].rank() == pair[1].rank() + 1);
        }
        for severity in Severity::ALL {
            assert_eq!(severity.word().parse(), Ok(severity));
            assert_eq!(serde_json::to_string(&severity).expect("json"), format!("\"{severity}\""));
        }
        assert!("urgent".parse::<Severity>().is_err());
    }
}

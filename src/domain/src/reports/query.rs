//! What a report is asked for, as its URL says it.

use std::{fmt::Write as _, str::FromStr};

use crate::{Fault, Refusal, devices::query::encode, ids::ClientId};

/// Which time a report covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Span {
    /// The calendar month so far.
    ThisMonth,
    /// The calendar month before this one.
    #[default]
    LastMonth,
    /// Seven days, today included.
    Days7,
    /// Thirty days, today included.
    Days30,
    /// Ninety days, today included.
    Days90,
    /// From one day to another, both included.
    Between,
}

impl Span {
    /// Each once, in the order of forms.
    pub const ALL: [Self; 6] = [Self::LastMonth, Self::ThisMonth, Self::Days7, Self::Days30, Self::Days90, Self::Between];

    /// The word in URLs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
            Self::Days7 => "7d",
            Self::Days30 => "30d",
            Self::Days90 => "90d",
            Self::Between => "between",
        }
    }

    /// The words in forms.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ThisMonth => "This month",
            Self::LastMonth => "Last month",
            Self::Days7 => "Last 7 days",
            Self::Days30 => "Last 30 days",
            Self::Days90 => "Last 90 days",
            Self::Between => "From a day to a day",
        }
    }
}

impl FromStr for Span {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|span| span.word() == word).ok_or(())
    }
}

/// The parameters of a report.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ReportQuery {
    /// One client; `None`: all within reach.
    pub client: Option<ClientId>,
    /// Which time.
    pub span: Span,
    /// The first day, `2026-11-01`; only with [`Span::Between`].
    pub from: String,
    /// The last day.
    pub to: String,
    /// The figure whose rows are shown.
    pub rows: Option<String>,
}

impl ReportQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            if !value.is_empty() && query.take(name, value).is_none() {
                faults.push(Fault::new(name, "is not a value this report knows"));
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "client" => self.client = Some(value.parse().ok()?),
            "period" => self.span = value.parse().ok()?,
            "from" => day(value).map(|day| self.from = day)?,
            "to" => day(value).map(|day| self.to = day)?,
            "rows" => self.rows = Some(value).filter(|word| word.len() <= 40 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')).map(str::to_owned),
            _ => {}
        }
        Some(())
    }

    /// The query string that reads back as this.
    pub fn to_query(&self) -> String {
        let mut text = format!("?period={}", self.span.word());
        if let Some(client) = self.client {
            let _ = write!(text, "&client={client}");
        }
        if self.span == Span::Between {
            let _ = write!(text, "&from={}&to={}", encode(&self.from), encode(&self.to));
        }
        if let Some(rows) = &self.rows {
            let _ = write!(text, "&rows={rows}");
        }
        text
    }

    /// The same parameters with the rows of the figure called `key`.
    #[must_use]
    pub fn behind(&self, key: Option<&str>) -> Self {
        Self { rows: key.map(str::to_owned), ..self.clone() }
    }
}

/// Text in the form of a day; whether a calendar has it is said when it is used.
fn day(text: &str) -> Option<String> {
    let fits = text.len() == 10 && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back() {
        let client = Some(ClientId(crate::ids::Uuid::from_u128(5)));
        for query in [
            ReportQuery::default(),
            ReportQuery { client, span: Span::Days90, rows: Some("open".into()), ..ReportQuery::default() },
            ReportQuery { span: Span::Between, from: "2026-11-01".into(), to: "2026-11-09".into(), ..ReportQuery::default() },
        ] {
            let text = query.to_query();
            let pairs: Vec<(&str, &str)> = text.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('=')).collect();
            assert_eq!(ReportQuery::parse(pairs), Ok(query), "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_named() {
        for (name, value) in [("client", "x"), ("period", "ever"), ("from", "1 May"), ("to", "2026-1-11")] {
            let Err(Refusal::Invalid(faults)) = ReportQuery::parse([(name, value)]) else { panic!("{name}={value}") };
            assert_eq!(faults[0].field, name);
        }
        assert_eq!(ReportQuery::parse([("page", "7"), ("client", "")]), Ok(ReportQuery::default()));
    }
}

//! What the pages of reports show, and nothing more.

use std::fmt::Write as _;

use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, ReportId, ReportScheduleId, Uuid},
    reports::{Kind, Report, ReportQuery, Schedule, schedule::Typed},
};

/// `/reports`: what can be made, and the form that makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct LibraryPage {
    /// What was chosen.
    pub query: ReportQuery,
    /// Clients within reach.
    pub clients: Vec<(ClientId, String)>,
    /// What was delivered last.
    pub latest: Vec<DeliveredLine>,
    /// What is wrong with the choice.
    pub faults: Vec<Fault>,
}

/// Where a report comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Way {
    /// It is made now, from what this asks.
    Preview(ReportQuery),
    /// It was delivered.
    Delivered(ReportId),
}

/// One report.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPage {
    /// What it says.
    pub report: Report,
    /// Where it comes from.
    pub way: Way,
    /// The figure whose rows are shown; all without one.
    pub rows: Option<String>,
    /// Whether rows lead to their pages; contacts may not open them all.
    pub links: bool,
    /// Whether the viewer may keep it.
    pub may_keep: bool,
}

/// What a list of delivered reports is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveredPageQuery {
    /// One client's.
    pub client: Option<ClientId>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// The row beside which the page stands, and whether newer ones are wanted.
    pub beside: Option<(Moment, Uuid, bool)>,
}

/// `/reports/delivered`.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveredPage {
    /// What was asked for.
    pub query: DeliveredPageQuery,
    /// Whether staff look.
    pub staff: bool,
    /// Clients to filter by.
    pub clients: Vec<(ClientId, String)>,
    /// The newest first.
    pub rows: Vec<DeliveredLine>,
    /// How many there are.
    pub total: u64,
    /// When they were counted.
    pub counted_at: Moment,
    /// The page before.
    pub newer: Option<DeliveredPageQuery>,
    /// The page after.
    pub older: Option<DeliveredPageQuery>,
}

/// A delivered report in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredLine {
    /// Which.
    pub id: ReportId,
    /// What it is about.
    pub kind: Kind,
    /// Whose it is; `None`: over all clients.
    pub client: Option<(ClientId, String)>,
    /// Its period in words.
    pub period: String,
    /// When it was made.
    pub made_at: Moment,
    /// By whom, or whose schedule made it.
    pub made_by: String,
    /// Whether a schedule made it.
    pub scheduled: bool,
}

/// `/reports/schedules`.
#[derive(Debug, Clone, PartialEq)]
pub struct SchedulesPage {
    /// The next one first; paused ones last.
    pub rows: Vec<ScheduleLine>,
}

/// A schedule in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleLine {
    /// Which.
    pub id: ReportScheduleId,
    /// What it says.
    pub schedule: Schedule,
    /// For whom.
    pub whom: String,
    /// When it is due next; `None`: it is paused.
    pub next_at: Option<Moment>,
    /// Who made it.
    pub by: String,
    /// Its version.
    pub revision: i64,
}

/// The form of a schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct SchedulePage {
    /// Which; `None` is a new one.
    pub id: Option<ReportScheduleId>,
    /// The fields as they stand or were typed.
    pub typed: Typed,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The version that is seen.
    pub revision: i64,
    /// Whether it is paused.
    pub paused: bool,
    /// When it is due next.
    pub next_at: Option<Moment>,
    /// Clients to choose from.
    pub clients: Vec<(ClientId, String)>,
}

impl DeliveredPageQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self::default(), Vec::new());
        for (name, value) in pairs {
            if !value.is_empty() && query.take(name, value).is_none() {
                faults.push(Fault::new(name, "is not a value this list knows"));
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
    }

    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "client" => self.client = Some(value.parse().ok()?),
            "kind" => self.kind = Some(value.parse().ok()?),
            "after" | "before" => {
                let (at, id) = value.split_once('.')?;
                self.beside = Some((Moment(at.parse().ok()?), Uuid::try_parse(id).ok()?, name == "before"));
            }
            _ => {}
        }
        Some(())
    }

    /// The query string that reads back as this; empty for everything.
    pub fn to_query(&self) -> String {
        let mut text = String::new();
        let mut add = |name: &str, value: String| {
            let _ = write!(text, "{}{name}={value}", if text.is_empty() { '?' } else { '&' });
        };
        if let Some(client) = self.client {
            add("client", client.to_string());
        }
        if let Some(kind) = self.kind {
            add("kind", kind.to_string());
        }
        if let Some((at, id, newer)) = self.beside {
            add(if newer { "before" } else { "after" }, format!("{}.{}", at.0, id.simple()));
        }
        text
    }
}

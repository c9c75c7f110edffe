//! Alerts and response: what was raised, what is over, how fast somebody answered.

use super::{Brand, Cell, Chart, Figure, Head, Kind, Named, Report, Row, Shape, Table, Unit, Value, devices::by_word, measure::tenth};
use crate::{
    Moment,
    alerts::{
        InboxQuery, Key, Severity,
        inbox::{Cursor, Show},
    },
    ids::{AlertId, DeviceId, Uuid},
};

/// Devices and conditions that a table names.
const MOST: usize = 10;
/// The columns of the list.
const COLUMNS: [(&str, Unit); 10] = [
    ("Severity", Unit::Text),
    ("Alert", Unit::Text),
    ("Device", Unit::Text),
    ("Client", Unit::Text),
    ("Raised", Unit::Time),
    ("Acknowledged", Unit::Time),
    ("Over since", Unit::Time),
    ("How it ended", Unit::Text),
    ("Time to acknowledge", Unit::Span),
    ("Time to resolve", Unit::Span),
];

/// How an alert ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its condition cleared.
    Itself,
    /// Somebody resolved it.
    Somebody,
    /// Somebody did not want to hear of it.
    Dismissed,
}

/// An alert that was live at some time of the period, as a report reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertFact {
    /// Which.
    pub id: AlertId,
    /// The client it was raised for.
    pub client: Named,
    /// The device, by the name that the client's people may know.
    pub device: (DeviceId, String),
    /// What was wrong.
    pub key: Key,
    /// How bad.
    pub severity: Severity,
    /// When it was raised.
    pub raised_at: Moment,
    /// When somebody first acknowledged it.
    pub acknowledged_at: Option<Moment>,
    /// Since when it is over, and how it ended; `None`: it is not.
    pub ended: Option<(Moment, End)>,
}

/// What is counted of an alert in a period.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judged {
    pub(super) raised: bool,
    pub(super) ended: Option<End>,
    pub(super) open: bool,
    acknowledged: Option<i64>,
    lasted: Option<i64>,
}

impl AlertFact {
    /// What counts of it in the period of `head`.
    pub(super) fn judged(&self, head: &Head) -> Judged {
        let within = |at: Moment| head.from <= at && at < head.until;
        let raised = within(self.raised_at);
        let ended = self.ended.filter(|(at, _)| within(*at)).map(|(_, end)| end);
        Judged {
            raised,
            ended,
            open: self.raised_at < head.until && self.ended.is_none_or(|(at, _)| at >= head.until),
            acknowledged: self.acknowledged_at.filter(|at| raised && *at < head.until).map(|at| at.since(self.raised_at)),
            lasted: self.ended.filter(|(at, end)| within(*at) && *end != End::Dismissed).map(|(at, _)| at.since(self.raised_at)),
        }
    }
}

/// What a figure counts.
type Counts = fn(&Judged, Severity) -> bool;

/// The figures that count alerts: key, label, meaning, of what (`true`: of those raised), and which.
const FIGURES: [(&str, &str, &str, bool, Counts); 6] = [
    ("raised", "Raised", "Alerts that were raised within the period.", false, |alert, _| alert.raised),
    ("resolved", "Resolved", "Alerts that ended within the period, by themselves or by somebody, whenever they were raised.", false, |alert, _| {
        matches!(alert.ended, Some(End::Itself | End::Somebody))
    }),
    ("by-itself", "Resolved by itself", "Of those resolved, those whose condition cleared before somebody resolved them.", true, |alert, _| {
        alert.ended == Some(End::Itself)
    }),
    ("by-people", "Resolved by people", "Of those resolved, those that somebody resolved.", true, |alert, _| alert.ended == Some(End::Somebody)),
    ("dismissed", "Dismissed", "Alerts that somebody dismissed within the period: they did not matter.", false, |alert, _| alert.ended == Some(End::Dismissed)),
    ("open", "Not over at the end", "Alerts that were raised before the end of the period and were not over at its end.", false, |alert, _| alert.open),
];
/// The places of the two figures about time.
const ACKNOWLEDGED: u8 = 6;
const LASTED: u8 = 7;

/// The report over `alerts`: those that were live at some time of the period.
pub fn report(alerts: &[AlertFact], days: &[(String, Moment, Moment)], head: Head, brand: Brand) -> Report {
    let judged: Vec<Judged> = alerts.iter().map(|alert| alert.judged(&head)).collect();
    let rows = alerts.iter().zip(&judged).map(|(alert, judged)| row(alert, judged)).collect();
    Report {
        kind: Kind::Alerts,
        figures: figures(alerts, &judged, &head),
        charts: charts(alerts, &judged, days),
        tables: groups::tables(alerts, &judged, &head),
        rows: Table::new("Alerts", &COLUMNS, rows, "No alert was live in this period."),
        head,
        brand,
    }
}

pub(super) fn figures(alerts: &[AlertFact], judged: &[Judged], head: &Head) -> Vec<Figure> {
    let count = |counts: Counts| alerts.iter().zip(judged).filter(|(alert, judged)| counts(judged, alert.severity)).count() as u64;
    let resolved = count(FIGURES[1].4);
    let freshest = alerts.iter().flat_map(|alert| [Some(alert.raised_at), alert.ended.map(|(at, _)| at)]).flatten().max();
    let mut figures: Vec<Figure> = FIGURES
        .into_iter()
        .map(|(key, label, meaning, of_resolved, counts)| Figure {
            key: key.to_owned(),
            label: label.to_owned(),
            value: Value::Count {
                n: count(counts),
                of: of_resolved.then_some(resolved),
                unknown: 0,
                what: if of_resolved { "resolved" } else { "alerts" }.to_owned(),
            },
            meaning: meaning.to_owned(),
            measured_at: freshest.map(|_| head.made_at),
            link: inbox(key, head),
        })
        .collect();
    figures.push(lasting(
        "time-to-acknowledge",
        "Time to acknowledge",
        "From raising to the first acknowledgement, of those raised within the period.",
        judged.iter().filter(|alert| alert.raised).map(|alert| alert.acknowledged),
    ));
    figures.push(lasting(
        "time-to-resolve",
        "Time to resolve",
        "From raising to the end, of those resolved within the period.",
        judged.iter().filter(|alert| matches!(alert.ended, Some(End::Itself | End::Somebody))).map(|alert| alert.lasted),
    ));
    for figure in figures.iter_mut().skip(FIGURES.len()) {
        figure.measured_at = freshest.map(|_| head.made_at);
    }
    figures
}

/// The inbox from the end of the period back. What was not over then is in no list when that is past.
fn inbox(key: &str, head: &Head) -> Option<String> {
    let is_now = head.until == head.made_at;
    let show = match key {
        "raised" => Show::All,
        "open" if is_now => Show::Open,
        "open" => return None,
        _ => Show::Resolved,
    };
    let end = Cursor { severity: Severity::Critical, raised_at: head.until, id: AlertId(Uuid::nil()), backwards: false };
    let query = InboxQuery { show, client: head.client.as_ref().map(|client| client.id), cursor: (!is_now).then_some(end), ..InboxQuery::default() };
    Some(format!("/alerts{}", query.to_query()))
}

fn lasting(key: &str, label: &str, meaning: &str, spans: impl Iterator<Item = Option<i64>>) -> Figure {
    let all: Vec<Option<i64>> = spans.collect();
    let mut known: Vec<i64> = all.iter().flatten().copied().collect();
    let value = Value::Lasting { median: tenth(&mut known, 5), ninth: tenth(&mut known, 9), measured: known.len() as u64, of: all.len() as u64 };
    Figure { key: key.to_owned(), label: label.to_owned(), value, meaning: meaning.to_owned(), measured_at: None, link: None }
}

fn row(alert: &AlertFact, judged: &Judged) -> Row {
    let ended = match alert.ended {
        None => Cell::None("not over".to_owned()),
        Some((_, End::Itself)) => Cell::text("by itself"),
        Some((_, End::Somebody)) => Cell::text("by somebody"),
        Some((_, End::Dismissed)) => Cell::text("dismissed"),
    };
    let span = |span: Option<i64>| span.map_or_else(|| Cell::None(String::new()), Cell::Span);
    let mut counts: Vec<u8> = (0..).zip(FIGURES).filter(|(_, figure)| figure.4(judged, alert.severity)).map(|(at, _)| at).collect();
    counts.extend(judged.acknowledged.map(|_| ACKNOWLEDGED));
    counts.extend(judged.lasted.map(|_| LASTED));
    let cells = vec![
        Cell::text(alert.severity.label()),
        Cell::text(&alert.key.label()),
        Cell::text(&alert.device.1),
        Cell::text(&alert.client.name),
        Cell::Time(alert.raised_at),
        Cell::time(alert.acknowledged_at, "nobody"),
        Cell::time(alert.ended.map(|(at, _)| at), "not over"),
        ended,
        span(judged.acknowledged),
        span(judged.lasted),
    ];
    Row { cells, link: Some(format!("/alerts/{}", alert.id)), counts }
}

fn charts(alerts: &[AlertFact], judged: &[Judged], days: &[(String, Moment, Moment)]) -> Vec<Chart> {
    let raised = || alerts.iter().zip(judged).filter(|(_, judged)| judged.raised).map(|(alert, _)| alert);
    let on = |(label, from, until): &(String, Moment, Moment)| {
        (label.clone(), Some(raised().filter(|alert| *from <= alert.raised_at && alert.raised_at < *until).count() as u64))
    };
    let severity = |severity: Severity| (severity.label().to_owned(), Some(raised().filter(|alert| alert.severity == severity).count() as u64));
    let chart = |title: &str, shape, points| Chart { title: title.to_owned(), unit: "alerts".to_owned(), shape, points };
    vec![
        chart("Raised by day", Shape::Columns, days.iter().map(on).collect()),
        chart("Raised by severity", Shape::Bars, Severity::ALL.map(severity).to_vec()),
        chart("Raised by condition", Shape::Bars, by_word(raised().map(|alert| alert.key.kind().label().to_owned()), MOST)),
    ]
}

mod groups;

#[cfg(test)]
mod tests;

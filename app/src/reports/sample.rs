//! Pages of reports with invented data.

use domain::{
    Moment,
    ids::{ClientId, ReportId, ReportScheduleId, Uuid},
    reports::{Brand, Cell, Chart, Figure, Head, Kind, Named, Report, ReportQuery, Rhythm, Row, Schedule, Shape, Table, Target, Unit, Value, schedule::Typed},
    time::{DAY, HOUR},
};

use super::{DeliveredLine, DeliveredPage, DeliveredPageQuery, LibraryPage, ReportPage, ScheduleLine, SchedulePage, SchedulesPage, Way};
use crate::layout::sample::NOW;

fn client(n: u128) -> ClientId {
    ClientId(Uuid::from_u128(n))
}

fn clients() -> Vec<(ClientId, String)> {
    vec![(client(1), "Brightwater Logistics".into()), (client(2), "Castell Legal".into())]
}

/// A report of `kind` in which devices and people are called `name`.
pub fn report(kind: Kind, name: &str) -> Report {
    let count = |key: &str, label: &str, n: u64, of: Option<u64>, unknown: u64| Figure {
        key: key.into(),
        label: label.into(),
        value: Value::Count { n, of, unknown, what: "alerts".into() },
        meaning: format!("What {name} counts."),
        measured_at: Some(NOW - HOUR),
        link: Some("/alerts?show=all".into()),
    };
    let lasting = Figure {
        key: "time-to-resolve".into(),
        label: "Time to resolve".into(),
        value: Value::Lasting { median: Some(3 * HOUR), ninth: Some(9 * HOUR), measured: 2, of: 2 },
        link: None,
        ..count("x", "x", 0, None, 0)
    };
    let row = |n: usize| Row {
        cells: vec![Cell::text(name), Cell::text("CPU"), Cell::Time(NOW - DAY), Cell::Span(3 * HOUR), Cell::Number(n as u64), Cell::None("not over".into())],
        link: Some("/alerts/alr_1".into()),
        counts: if n < 2 { vec![0] } else { vec![0, 1] },
    };
    let columns =
        [("Device", Unit::Text), ("Alert", Unit::Text), ("Raised", Unit::Time), ("Lasted", Unit::Span), ("Times", Unit::Number), ("Over", Unit::Text)];
    let chart = |title: &str, shape| Chart {
        title: title.into(),
        unit: "alerts".into(),
        shape,
        points: vec![("1 Oct".into(), Some(4)), ("2 Oct".into(), None), (name.into(), Some(2))],
    };
    Report {
        kind,
        brand: Brand { name: name.into(), accent: "#0f766e".into() },
        head: Head {
            client: Some(Named { id: client(2), name: name.into() }),
            from: NOW - 31 * DAY,
            until: NOW,
            period: "October 2026".into(),
            zone: "UTC".into(),
            made_at: NOW,
        },
        figures: vec![
            count("raised", "Raised", 6, None, 0),
            count("resolved", "Resolved", 4, Some(6), 1),
            count("none", "Nothing to say", 0, Some(0), 3),
            lasting,
        ],
        charts: vec![chart("Raised by day", Shape::Columns), chart("Raised by severity", Shape::Bars)],
        tables: vec![Table::new("By client", &columns, vec![row(1)], "None."), Table::new("By nothing", &columns, vec![], "Nothing was raised.")],
        rows: Table::new("Alerts", &columns, (0..6).map(row).collect(), "No alert was live in this period."),
    }
}

impl ReportPage {
    /// A preview.
    pub fn sample() -> Self {
        Self {
            report: report(Kind::Alerts, "Castell Legal"),
            way: Way::Preview(ReportQuery { client: Some(client(2)), ..ReportQuery::default() }),
            rows: None,
            links: true,
            may_keep: true,
        }
    }
}

impl LibraryPage {
    /// The library with what was delivered last.
    pub fn sample() -> Self {
        Self { query: ReportQuery::default(), clients: clients(), latest: DeliveredPage::sample().rows, faults: Vec::new() }
    }
}

impl DeliveredPage {
    /// Two reports, one of a schedule.
    pub fn sample() -> Self {
        let line = |n: u128, client, scheduled| DeliveredLine {
            id: ReportId(Uuid::from_u128(n)),
            kind: Kind::Alerts,
            client,
            period: "October 2026".into(),
            made_at: NOW - DAY,
            made_by: "Priya Raman".into(),
            scheduled,
        };
        let rows = vec![line(1, Some((client(2), "Castell Legal".into())), true), line(2, None, false)];
        let older = Some(DeliveredPageQuery { beside: Some((Moment(5), Uuid::from_u128(2), false)), ..DeliveredPageQuery::default() });
        Self { query: DeliveredPageQuery::default(), staff: true, clients: clients(), rows, total: 70, counted_at: NOW, newer: None, older }
    }
}

fn schedule() -> Schedule {
    Schedule {
        kind: Kind::Executive,
        target: Target::Each,
        rhythm: Rhythm::Monthly(1),
        hour: 6,
        zone: "Europe/London".into(),
        recipients: vec!["ops@castell.example".into()],
    }
}

impl SchedulesPage {
    /// One schedule that runs, one that is paused.
    pub fn sample() -> Self {
        let line = |n: u128, next_at| ScheduleLine {
            id: ReportScheduleId(Uuid::from_u128(n)),
            schedule: schedule(),
            whom: "Each client".into(),
            next_at,
            by: "Priya Raman".into(),
            revision: 1,
        };
        Self { rows: vec![line(1, Some(NOW + DAY)), line(2, None)] }
    }
}

impl SchedulePage {
    /// The form of a schedule that stands.
    pub fn sample() -> Self {
        Self {
            id: Some(ReportScheduleId(Uuid::from_u128(1))),
            typed: Typed::of(&schedule()),
            faults: Vec::new(),
            revision: 3,
            paused: false,
            next_at: Some(NOW + DAY),
            clients: clients(),
        }
    }
}

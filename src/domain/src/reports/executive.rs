//! Executive summary: how the systems stand and why, what was done, what is open.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Brand, Cell, Chart, Figure, Head, Kind, Report, Row, Shape, Table, Unit, Value, alerts,
    alerts::AlertFact,
    devices::{About, DeviceFact, counted},
};
use crate::{
    Moment,
    alerts::Severity,
    devices::{query::DeviceQuery, status::Status},
    ids::DeviceId,
};

/// The columns of the list.
const COLUMNS: [(&str, Unit); 7] = [
    ("Device", Unit::Text),
    ("Client", Unit::Text),
    ("Status", Unit::Text),
    ("Last seen", Unit::Time),
    ("Security updates", Unit::Number),
    ("Restart pending", Unit::Text),
    ("Why it needs a look", Unit::Text),
];

/// Commands that people gave within the period, by how they ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Commands {
    /// Given.
    pub given: u64,
    /// Of those, done.
    pub done: u64,
    /// Of those, failed, expired or cancelled.
    pub failed: u64,
}

/// What the summary is made of.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Devices in service.
    pub devices: &'a [DeviceFact],
    /// Alerts that were live at some time of the period, or are now.
    pub alerts: &'a [AlertFact],
    /// Commands of the period.
    pub commands: Commands,
}

/// What keeps a device from being in good order.
const REASONS: [&str; 4] = ["not reporting", "security updates wait", "restart pending", "serious alert"];

/// Which of [`REASONS`] hold; `None`: it cannot be told.
fn reasons(device: &DeviceFact, serious: &BTreeSet<DeviceId>, now: Moment) -> [Option<bool>; 4] {
    [
        Some(!matches!(device.status(now), Status::Online | Status::Late)),
        device.security.map(|waiting| waiting > 0),
        device.restart,
        Some(serious.contains(&device.id)),
    ]
}

/// Whether none of the reasons holds; one that holds settles it, whatever is unknown besides.
fn in_order(reasons: &[Option<bool>]) -> Option<bool> {
    if reasons.contains(&Some(true)) {
        return Some(false);
    }
    reasons.iter().all(Option::is_some).then_some(true)
}

/// The report.
pub fn report(facts: Facts<'_>, days: &[(String, Moment, Moment)], head: Head, brand: Brand) -> Report {
    let now = head.made_at;
    let live = facts.alerts.iter().filter(|alert| alert.ended.is_none() && alert.severity >= Severity::High);
    let serious: BTreeSet<DeviceId> = live.map(|alert| alert.device.0).collect();
    let well = |device: &DeviceFact| in_order(&reasons(device, &serious, now));
    let online = |device: &DeviceFact| Some(device.status(now) == Status::Online);
    let patched = |device: &DeviceFact| device.security.map(|waiting| waiting == 0);
    let restarted = |device: &DeviceFact| device.restart.map(|asks| !asks);
    let seen = |device: &DeviceFact| Some(!device.is_unseen(now));
    let enrolled = |device: &DeviceFact| Some(head.from <= device.enrolled_at && device.enrolled_at < head.until);
    // A figure whose devices no list of the portal shows has no link: one to the others would be read as its rows.
    let about = |key, label, meaning, link, judge| About { key, label, meaning, link, judge };
    let judges = [
        about(
            "in-order",
            "Devices in good order",
            "Devices that report, have no waiting security update, ask for no restart and have no open alert that is high or critical. What cannot be told of a device makes it unknown.",
            None,
            &well,
        ),
        about(
            "online",
            "Online",
            "Reports arrive as often as the device is expected to send them.",
            Some(DeviceQuery { status: Some(Status::Online), ..DeviceQuery::default() }),
            &online,
        ),
        about("patched", "No security update waiting", "Devices whose package lists name no security update.", None, &patched),
        about("restarted", "No restart pending", "Devices that ask for no restart.", None, &restarted),
        about("seen", "Seen within 7 days", "Devices whose last contact is at most seven days ago.", None, &seen),
        about("enrolled", "Enrolled in this period", "Devices that came into service within the period and still are.", None, &enrolled),
    ];
    let row = |device: &DeviceFact| Row { cells: cells(device, &serious, now), link: Some(device.link()), counts: counted(&judges, device) };
    let rows = facts.devices.iter().map(row).collect();
    let mut figures: Vec<Figure> = judges.iter().map(|judge| judge.figure(facts.devices, &head)).collect();
    figures.extend(of_alerts(facts.alerts, &head));
    figures.push(of_commands(facts.commands, &head));
    let tables = tables(&facts, &serious, &head);
    Report {
        kind: Kind::Executive,
        figures,
        charts: charts(&facts, &serious, days, &head),
        tables,
        rows: Table::new("Devices", &COLUMNS, rows, "No device is in service."),
        head,
        brand,
    }
}

/// The figures about alerts, as the report about alerts has them; their rows are there.
fn of_alerts(facts: &[AlertFact], head: &Head) -> Vec<Figure> {
    let judged: Vec<_> = facts.iter().map(|alert| alert.judged(head)).collect();
    let own = alerts::figures(facts, &judged, head)
        .into_iter()
        .filter(|figure| ["raised", "resolved", "open", "time-to-acknowledge", "time-to-resolve"].contains(&figure.key.as_str()));
    own.map(|figure| Figure { key: format!("alerts-{}", figure.key), label: format!("Alerts: {}", figure.label.to_lowercase()), ..figure }).collect()
}

fn of_commands(commands: Commands, head: &Head) -> Figure {
    Figure {
        key: "commands".to_owned(),
        label: "Remote work done".to_owned(),
        value: Value::Count {
            n: commands.done,
            of: Some(commands.given),
            unknown: commands.given.saturating_sub(commands.done + commands.failed),
            what: "commands".to_owned(),
        },
        meaning: "Commands that people gave within the period and that ended well, of all that were given. Those under way are unknown.".to_owned(),
        measured_at: (commands.given > 0).then_some(head.made_at),
        link: None,
    }
}

fn cells(device: &DeviceFact, serious: &BTreeSet<DeviceId>, now: Moment) -> Vec<Cell> {
    let held = reasons(device, serious, now);
    let words: Vec<&str> = REASONS.into_iter().zip(held).filter(|(_, holds)| *holds == Some(true)).map(|(words, _)| words).collect();
    let why = match in_order(&held) {
        Some(true) => Cell::None("in good order".to_owned()),
        Some(false) => Cell::text(&super::words::title(&words.join(", "))),
        None => Cell::None("unknown".to_owned()),
    };
    vec![
        Cell::text(&device.name),
        Cell::text(&device.client.name),
        device.status_cell(now),
        Cell::time(device.seen, "never"),
        Cell::number(device.security.map(u64::from), "unknown"),
        device.restart.map_or_else(|| Cell::None("unknown".to_owned()), |asks| Cell::text(if asks { "yes" } else { "no" })),
        why,
    ]
}

fn charts(facts: &Facts<'_>, serious: &BTreeSet<DeviceId>, days: &[(String, Moment, Moment)], head: &Head) -> Vec<Chart> {
    let holds = |at: usize| facts.devices.iter().filter(|device| reasons(device, serious, head.made_at).get(at) == Some(&Some(true))).count() as u64;
    let why = REASONS.iter().enumerate().map(|(at, words)| (super::words::title(words), Some(holds(at)))).collect();
    let raised = |(label, from, until): &(String, Moment, Moment)| {
        let n = facts.alerts.iter().filter(|alert| *from <= alert.raised_at && alert.raised_at < *until).count() as u64;
        (label.clone(), Some(n))
    };
    vec![
        Chart { title: "Why devices need a look".to_owned(), unit: "devices".to_owned(), shape: Shape::Bars, points: why },
        Chart { title: "Alerts raised by day".to_owned(), unit: "alerts".to_owned(), shape: Shape::Columns, points: days.iter().map(raised).collect() },
    ]
}

fn tables(facts: &Facts<'_>, serious: &BTreeSet<DeviceId>, head: &Head) -> Vec<Table> {
    let now = head.made_at;
    let mut reason_rows: Vec<Row> = Vec::new();
    for (at, words) in REASONS.iter().enumerate() {
        let of = |wanted: Option<bool>| facts.devices.iter().filter(|device| reasons(device, serious, now).get(at) == Some(&wanted)).count() as u64;
        reason_rows.push(Row {
            cells: vec![Cell::text(&super::words::title(words)), Cell::Number(of(Some(true))), Cell::Number(of(Some(false))), Cell::Number(of(None))],
            ..Row::default()
        });
    }
    let reasons_table = Table::new(
        "Reasons",
        &[("Reason", Unit::Text), ("Devices", Unit::Number), ("Without", Unit::Number), ("Unknown", Unit::Number)],
        reason_rows,
        "No device is in service.",
    );
    if head.client.is_some() {
        return vec![reasons_table];
    }
    let mut clients: BTreeMap<&super::Named, [u64; 6]> = BTreeMap::new();
    for device in facts.devices {
        let of = clients.entry(&device.client).or_default();
        let held = in_order(&reasons(device, serious, now));
        let adds = [true, held == Some(true), held == Some(false), held.is_none()];
        of.iter_mut().zip(adds).for_each(|(sum, add)| *sum += u64::from(add));
    }
    for alert in facts.alerts {
        let judged = alert.judged(head);
        let [.., raised, open] = clients.entry(&alert.client).or_default();
        *raised += u64::from(judged.raised);
        *open += u64::from(judged.open);
    }
    let mut clients: Vec<_> = clients.into_iter().collect();
    clients.sort_by(|a, b| a.0.name.cmp(&b.0.name));
    let row = |(client, counts): (&super::Named, [u64; 6])| Row {
        cells: std::iter::once(Cell::text(&client.name)).chain(counts.map(Cell::Number)).collect(),
        link: Some(format!("/clients/{}", client.id)),
        counts: Vec::new(),
    };
    let columns = [
        ("Client", Unit::Text),
        ("Devices", Unit::Number),
        ("In order", Unit::Number),
        ("Need a look", Unit::Number),
        ("Unknown", Unit::Number),
        ("Alerts raised", Unit::Number),
        ("Not over", Unit::Number),
    ];
    vec![reasons_table, Table::new("By client", &columns, clients.into_iter().map(row).collect(), "No client has a device.")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_reason_settles_it_and_nothing_known_is_not_good_order() {
        for (held, order) in [
            ([Some(false); 4], Some(true)),
            ([Some(false), None, Some(false), Some(false)], None),
            ([Some(true), None, None, Some(false)], Some(false)),
            ([None; 4], None),
        ] {
            assert_eq!(in_order(&held), order, "{held:?}");
        }
    }
}

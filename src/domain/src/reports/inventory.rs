//! Device inventory: which devices are in service, what they run, and when they were last seen.

use super::{
    Brand, Cell, Chart, Head, Kind, Report, Row, Shape, Table, Unit,
    devices::{About, DeviceFact, by_word, counted, with_security},
};
use crate::{
    Moment,
    devices::{query::DeviceQuery, status::Status},
    time::{DAY, HOUR},
};

/// Systems and models that a chart or table names.
const MOST: usize = 12;
/// The ages of the last contact, each with the first age after it.
const AGES: [(&str, i64); 4] = [("under an hour", HOUR), ("under a day", DAY), ("under 7 days", 7 * DAY), ("under 30 days", 30 * DAY)];
/// The columns of the list.
const COLUMNS: [(&str, Unit); 10] = [
    ("Device", Unit::Text),
    ("Client", Unit::Text),
    ("Site", Unit::Text),
    ("Kind", Unit::Text),
    ("System", Unit::Text),
    ("Maker and model", Unit::Text),
    ("Serial", Unit::Text),
    ("Status", Unit::Text),
    ("Last seen", Unit::Time),
    ("Enrolled", Unit::Time),
];

fn of_status(status: Status) -> Option<DeviceQuery> {
    Some(DeviceQuery { status: Some(status), ..DeviceQuery::default() })
}

/// The report over `devices`, which are in service.
pub fn report(devices: &[DeviceFact], head: Head, brand: Brand) -> Report {
    let now = head.made_at;
    let online = |device: &DeviceFact| Some(device.status(now) == Status::Online);
    let late = |device: &DeviceFact| Some(device.status(now) == Status::Late);
    let offline = |device: &DeviceFact| Some(device.status(now) == Status::Offline);
    let held = |device: &DeviceFact| Some(matches!(device.status(now), Status::Pending | Status::Quarantined));
    let unseen = |device: &DeviceFact| Some(device.is_unseen(now));
    let enrolled = |device: &DeviceFact| Some(head.from <= device.enrolled_at && device.enrolled_at < head.until);
    let security = |device: &DeviceFact| device.security.map(|waiting| waiting > 0);
    let about = |key, label, meaning, link, judge| About { key, label, meaning, link, judge };
    let figures = [
        about("all", "Devices in service", "Every device that is not retired, as it is when the report is made.", Some(DeviceQuery::default()), &|_| {
            Some(true)
        }),
        about("online", "Online", "Reports arrive as often as the device is expected to send them.", of_status(Status::Online), &online),
        about("late", "Late", "A report is overdue.", of_status(Status::Late), &late),
        about("offline", "Offline", "Several reports are overdue.", of_status(Status::Offline), &offline),
        about("held", "Pending or quarantined", "Waits for approval, or its identity changed; nothing it sends is stored.", None, &held),
        about(
            "unseen",
            "Not seen for 7 days",
            "The last contact is more than seven days ago, or there never was one.",
            Some(DeviceQuery { unseen: true, ..DeviceQuery::default() }),
            &unseen,
        ),
        about("enrolled", "Enrolled in this period", "Came into service within the period and still is.", None, &enrolled),
        about(
            "security",
            "Security updates waiting",
            "At least one security update waits. Devices that cannot tell are unknown.",
            Some(with_security()),
            &security,
        ),
        about(
            "end-of-life",
            "System past its end of life",
            "The maker no longer mends the system. No catalogue of ends of life is kept yet, so this is unknown for every device.",
            None,
            &|_| None,
        ),
    ];
    let rows = devices.iter().map(|device| Row { cells: cells(device, now), link: Some(device.link()), counts: counted(&figures, device) }).collect();
    Report {
        kind: Kind::Inventory,
        figures: figures.iter().map(|figure| figure.figure(devices, &head)).collect(),
        charts: charts(devices, now),
        tables: tables(devices),
        rows: Table::new("Devices", &COLUMNS, rows, "No device is in service."),
        head,
        brand,
    }
}

fn cells(device: &DeviceFact, now: Moment) -> Vec<Cell> {
    let made: Vec<&str> = [device.maker.as_deref(), device.model.as_deref()].into_iter().flatten().collect();
    vec![
        Cell::text(&device.name),
        Cell::text(&device.client.name),
        Cell::text(&device.site),
        Cell::text(&device.kind),
        Cell::or(device.system_words().as_deref(), "unknown"),
        Cell::or(Some(&made.join(" ")), "unknown"),
        Cell::or(device.serial.as_deref(), "unknown"),
        device.status_cell(now),
        Cell::time(device.seen, "never"),
        Cell::Time(device.enrolled_at),
    ]
}

fn charts(devices: &[DeviceFact], now: Moment) -> Vec<Chart> {
    let chart = |title: &str, points| Chart { title: title.to_owned(), unit: "devices".to_owned(), shape: Shape::Bars, points };
    let families = devices.iter().map(|device| if device.family.is_empty() { "unknown".to_owned() } else { super::words::title(&device.family) });
    let mut ages: Vec<(String, Option<u64>)> = Vec::new();
    let mut younger = 0;
    for (label, below) in AGES {
        let within = devices.iter().filter(|device| device.seen.is_some_and(|seen| now.since(seen) < below)).count() as u64;
        ages.push((label.to_owned(), Some(within - younger)));
        younger = within;
    }
    let never = devices.iter().filter(|device| device.seen.is_none()).count() as u64;
    ages.push(("30 days or more".to_owned(), Some(devices.len() as u64 - younger - never)));
    ages.push(("never".to_owned(), Some(never)));
    vec![chart("Systems by family", by_word(families, MOST)), chart("Age of the last contact", ages)]
}

fn tables(devices: &[DeviceFact]) -> Vec<Table> {
    let table = |title: &str, label: &str, words: Vec<(String, Option<u64>)>| {
        let rows = words.into_iter().map(|(word, n)| Row { cells: vec![Cell::text(&word), Cell::Number(n.unwrap_or(0))], ..Row::default() }).collect();
        Table::new(title, &[(label, Unit::Text), ("Devices", Unit::Number)], rows, "Nothing was reported.")
    };
    let systems = devices.iter().map(|device| device.system_words().unwrap_or_else(|| "unknown".to_owned()));
    let models = devices.iter().map(|device| {
        let made: Vec<&str> = [device.maker.as_deref(), device.model.as_deref()].into_iter().flatten().collect();
        if made.is_empty() { "unknown".to_owned() } else { made.join(" ") }
    });
    let kinds = devices.iter().map(|device| device.kind.clone());
    vec![
        table("Systems and versions", "System", by_word(systems, MOST)),
        table("Makers and models", "Model", by_word(models, MOST)),
        table("Kinds of devices", "Kind", by_word(kinds, MOST)),
    ]
}

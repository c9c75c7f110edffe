//! Patch compliance from the tallies of patching: installed of applicable and past due, with the rest beside it.

use super::{Brand, Cell, Chart, Figure, Head, Kind, Named, Report, Row, Shape, Table, Unit, Value};
use crate::{
    Moment,
    ids::DeviceId,
    patching::{Bucket, Class, Tally, groups::Devices, query::PairsQuery},
};

/// The columns of the list.
const COLUMNS: [(&str, Unit); 7] = [
    ("Device", Unit::Text),
    ("Client", Unit::Text),
    ("Update", Unit::Text),
    ("Version", Unit::Text),
    ("Class", Unit::Text),
    ("State", Unit::Text),
    ("Due", Unit::Time),
];

/// What the report is made of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Each client with its figures.
    pub clients: Vec<(Named, Tally, Devices)>,
    /// Each class with its figure.
    pub classes: Vec<(Class, Tally)>,
    /// Each day of the period with the figure that was kept; a day without one stays empty.
    pub days: Vec<(String, Option<Tally>)>,
    /// The pairs of update and device that count somewhere, those past due first.
    pub pairs: Vec<Pair>,
    /// The last contact of the device that was seen last.
    pub measured_at: Option<Moment>,
}

/// One update on one device.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The device.
    pub device: (DeviceId, String),
    /// Whose it is.
    pub client: Named,
    /// The update's name and version.
    pub update: (String, String),
    /// Its class.
    pub class: Class,
    /// Where it counts.
    pub bucket: Bucket,
    /// When it is due.
    pub due: Option<Moment>,
}

/// The figures: key, label, meaning and the bucket that each counts; of those past due when `true`.
const FIGURES: [(&str, &str, &str, Bucket, bool); 6] = [
    ("installed", "Installed in time", "Pairs of update and device that are past due and installed, of all that are past due.", Bucket::Installed, true),
    ("missing", "Past due", "Pairs that are past due and not installed, for whatever reason.", Bucket::Missing, true),
    ("not-due", "Not yet due", "Pairs that are neither installed nor due yet; they are not part of compliance.", Bucket::NotDue, false),
    ("deferred", "Deferred", "Pairs that a decision or a rule put off; they are not part of compliance.", Bucket::Deferred, false),
    ("excluded", "Declined", "Pairs that somebody declined; they are not part of compliance.", Bucket::Excluded, false),
    ("unknown", "Unknown", "Pairs that nobody can tell.", Bucket::Unknown, false),
];

/// The report.
pub fn report(facts: &Facts, head: Head, brand: Brand) -> Report {
    let total: Tally = facts.clients.iter().map(|(_, tally, _)| *tally).sum();
    let devices = facts.clients.iter().fold(Devices::default(), |all, (_, _, devices)| all.plus(*devices));
    let client = head.client.as_ref().map(|client| client.id);
    let figure = |(key, label, meaning, bucket, of_due): (&str, &str, &str, Bucket, bool)| Figure {
        key: key.to_owned(),
        label: label.to_owned(),
        value: Value::Count {
            n: total.of(bucket),
            of: of_due.then(|| total.share().denominator),
            unknown: if of_due { total.unknown } else { 0 },
            what: "updates on devices".to_owned(),
        },
        meaning: meaning.to_owned(),
        measured_at: facts.measured_at,
        link: Some(format!("/patching/devices{}", PairsQuery { client, counts: Some(bucket), ..PairsQuery::default() }.to_query())),
    };
    let mut figures: Vec<Figure> = FIGURES.into_iter().map(figure).collect();
    figures.push(Figure {
        key: "devices".to_owned(),
        label: "Devices that tell".to_owned(),
        value: Value::Count { n: devices.all - devices.unknown, of: None, unknown: devices.unknown, what: "devices".to_owned() },
        meaning: "Devices of whose updates something is known; of the others nothing is counted above.".to_owned(),
        measured_at: facts.measured_at,
        link: None,
    });
    let mut rows = Table::new("Updates on devices", &COLUMNS, facts.pairs.iter().map(row).collect(), "No update applies to any device.");
    rows.total = rows.total.max(Bucket::ALL.into_iter().map(|bucket| total.of(bucket)).sum());
    Report { kind: Kind::Patching, figures, charts: charts(facts, &total), tables: tables(facts), rows, head, brand }
}

fn row(pair: &Pair) -> Row {
    let cells = vec![
        Cell::text(&pair.device.1),
        Cell::text(&pair.client.name),
        Cell::text(&pair.update.0),
        Cell::text(&pair.update.1),
        Cell::text(pair.class.label()),
        Cell::text(pair.bucket.label()),
        Cell::time(pair.due, "no date"),
    ];
    let counts = (0..).zip(FIGURES).filter(|(_, figure)| figure.3 == pair.bucket).map(|(at, _)| at).collect();
    Row { cells, link: Some(format!("/devices/{}", pair.device.0)), counts }
}

fn charts(facts: &Facts, total: &Tally) -> Vec<Chart> {
    let permille = |tally: &Tally| tally.share().permille().map(|share| u64::from(share.tenths()) / 10);
    let days = facts.days.iter().map(|(day, tally)| (day.clone(), tally.as_ref().and_then(permille))).collect();
    let buckets = Bucket::ALL.map(|bucket| (bucket.label().to_owned(), Some(total.of(bucket)))).to_vec();
    vec![
        Chart { title: "Compliance by day".to_owned(), unit: "% of what is past due".to_owned(), shape: Shape::Line, points: days },
        Chart { title: "Updates on devices by state".to_owned(), unit: "updates on devices".to_owned(), shape: Shape::Bars, points: buckets },
    ]
}

fn tables(facts: &Facts) -> Vec<Table> {
    let columns = |first| {
        [
            (first, Unit::Text),
            ("Compliance", Unit::Text),
            ("Installed", Unit::Number),
            ("Past due", Unit::Number),
            ("Not yet due", Unit::Number),
            ("Unknown", Unit::Number),
        ]
    };
    let row = |name: &str, tally: &Tally, link: Option<String>| {
        let share = tally.share().permille().map(|share| share.to_string());
        let cells = [tally.installed, tally.missing, tally.not_due, tally.unknown].map(Cell::Number);
        Row { cells: [Cell::text(name), Cell::or(share.as_deref(), "nothing due")].into_iter().chain(cells).collect(), link, counts: Vec::new() }
    };
    let clients = facts.clients.iter().map(|(client, tally, _)| row(&client.name, tally, Some(format!("/clients/{}", client.id)))).collect();
    let classes = facts.classes.iter().map(|(class, tally)| row(class.label(), tally, None)).collect();
    let by_class = Table::new("By class", &columns("Class"), classes, "No update is known.");
    let by_client = Table::new("By client", &columns("Client"), clients, "No client has a device.");
    [Some(by_client), Some(by_class).filter(|table| !table.rows.is_empty())].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ClientId, Uuid};

    #[test]
    fn nothing_due_is_no_hundred_percent() {
        let client = Named { id: ClientId(Uuid::from_u128(1)), name: "A".into() };
        let head = Head { client: None, from: Moment(0), until: Moment(9), period: "p".into(), zone: "UTC".into(), made_at: Moment(9) };
        let brand = || Brand { name: "B".into(), accent: "#000000".into() };
        let tally = Tally { not_due: 4, unknown: 2, ..Tally::default() };
        let facts = Facts { clients: vec![(client.clone(), tally, Devices { all: 3, unknown: 1, oldest: Some(Moment(2)) })], ..Facts::default() };
        let made = report(&facts, head.clone(), brand());
        assert_eq!((made.figures[0].value.words(), made.tables[0].rows[0].cells[1].clone()), (None, Cell::None("nothing due".into())));
        let tell = made.figures.iter().find(|figure| figure.key == "devices").map(|figure| (figure.value.words(), figure.value.rest_words()));
        assert_eq!(tell, Some((Some("2".to_owned()), "1 unknown".to_owned())), "what is unknown stands apart");
        let tally = Tally { installed: 3, missing: 1, ..tally };
        let made = report(&Facts { clients: vec![(client, tally, Devices::default())], ..Facts::default() }, head, brand());
        assert_eq!((made.figures[0].value.words().as_deref(), made.figures[0].value.rest_words().as_str()), (Some("3"), "75.0 %, 2 unknown"));
    }
}

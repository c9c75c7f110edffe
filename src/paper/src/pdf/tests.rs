//! Papers of plain and of hostile reports, read back by another program where there is one.

use std::{io::Write as _, process::Command};

use domain::{
    Moment,
    reports::{Brand, Cell, Chart, Figure, Head, Kind, Report, Row, Shape, Table, Unit, Value},
    time::{DAY, HOUR},
};

use super::pdf;
use crate::xlsx;

const MADE: i64 = 1_793_523_600_000;

/// A report in which everything is called `name`.
pub(crate) fn report(name: &str, rows: usize) -> Report {
    let figure = |n: u64| Figure {
        key: format!("figure-{n}"),
        label: format!("{name} {n}"),
        value: if n == 3 {
            Value::Lasting { median: Some(3 * HOUR), ninth: Some(9 * HOUR), measured: 8, of: 9 }
        } else {
            Value::Count { n, of: (n > 1).then_some(n * 2), unknown: n, what: "devices".into() }
        },
        meaning: "What it counts.".into(),
        measured_at: Some(Moment(MADE)),
        link: None,
    };
    let row = |n: usize| Row {
        cells: vec![Cell::text(name), Cell::Number(n as u64), Cell::Time(Moment(MADE)), Cell::Span(HOUR), Cell::None("unknown".into())],
        ..Row::default()
    };
    let columns = [("Device", Unit::Text), ("Count", Unit::Number), ("Seen", Unit::Time), ("Lasted", Unit::Span), ("Why", Unit::Text)];
    let chart = |shape| Chart {
        title: format!("Chart {name}"),
        unit: "alerts".into(),
        shape,
        points: (0..31).map(|n| (format!("{name} {n}"), (n != 7).then_some(n % 9))).collect(),
    };
    Report {
        kind: Kind::Alerts,
        brand: Brand { name: name.into(), accent: "#0f766e".into() },
        head: Head {
            client: None,
            from: Moment(MADE - 30 * DAY),
            until: Moment(MADE),
            period: name.into(),
            zone: "Europe/London".into(),
            made_at: Moment(MADE),
        },
        figures: (0..7).map(figure).collect(),
        charts: [Shape::Bars, Shape::Columns, Shape::Line].map(chart).to_vec(),
        tables: vec![Table::new(name, &columns, (0..5).map(row).collect(), "None.")],
        rows: Table::new("Rows", &columns, (0..rows).map(row).collect(), "None."),
    }
}

/// What poppler reads in `bytes`; nothing where it is not installed.
fn read(bytes: &[u8]) -> Option<String> {
    let path = std::env::temp_dir().join(format!("paper-{}-{:?}.pdf", std::process::id(), std::thread::current().id()));
    std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("a file");
    let read = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    drop(std::fs::remove_file(&path));
    read.ok().map(|read| String::from_utf8_lossy(&read.stdout).into_owned())
}

#[test]
fn a_paper_holds_its_words_and_numbers_its_pages() {
    let made = pdf(&report("Castell Legal", 400)).expect("a paper");
    assert!(made.starts_with(b"%PDF-"));
    let Some(text) = read(&made) else { return };
    for words in ["Castell Legal", "Alerts and response", "Page 2 of ", "median of 8 of 9", "and 100 more: see the spreadsheet", "What it counts."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let pages = text.matches('\u{c}').count();
    assert!(text.matches("Device ").count() + text.matches("Device\n").count() >= pages - 4, "heads come again on each page");
}

#[test]
fn the_same_report_is_the_same_paper() {
    let report = report("Castell Legal", 20);
    assert!(pdf(&report).expect("a paper") == pdf(&report).expect("a paper"));
    assert!(xlsx(&report).expect("a book") == xlsx(&report).expect("a book"));
}

#[test]
fn what_devices_call_themselves_is_never_a_program() {
    for name in [
        "#read(\"/etc/passwd\")",
        "$x$ *bold* _x_ `raw` @ref <label> // no",
        "#panic()",
        "\u{202e}live\u{0}",
        "مرحبا بالعالم",
        "東京の端末 🖥️🔥",
        "=cmd|' /C calc'!A0",
        "\\u{0}]#[",
        "",
    ] {
        let made = pdf(&report(name, 3)).unwrap_or_else(|broken| panic!("{name}: {broken}"));
        assert!(xlsx(&report(name, 3)).is_ok(), "{name}");
        let Some(text) = read(&made) else { continue };
        assert!(!text.contains("root:"), "{name}");
        if name.starts_with('#') || name.starts_with('$') {
            let shown: String = text.split_whitespace().collect();
            let word: String = name.chars().take(8).filter(|c| !c.is_whitespace()).collect();
            assert!(shown.contains(&word), "{name}: {text}");
        }
    }
    let long = "x".repeat(1_000_000);
    assert!(pdf(&report(&long, 3)).expect("a paper").len() < 2_000_000);
}

#[test]
fn an_empty_report_is_still_a_paper() {
    let mut empty = report("Nobody", 0);
    (empty.figures, empty.charts, empty.tables) = (vec![], vec![], vec![]);
    assert!(pdf(&empty).is_ok() && xlsx(&empty).is_ok());
}

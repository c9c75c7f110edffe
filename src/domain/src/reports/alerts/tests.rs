//! What counts of an alert, as tables; and figures that add up to their rows.

use super::*;
use crate::{
    ids::{ClientId, Uuid},
    time::MINUTE,
};

const FROM: i64 = 1_000 * MINUTE;
const UNTIL: i64 = 2_000 * MINUTE;

fn head() -> Head {
    Head { client: None, from: Moment(FROM), until: Moment(UNTIL), period: "p".into(), zone: "UTC".into(), made_at: Moment(UNTIL) }
}

fn alert(n: u128, raised: i64, acknowledged: Option<i64>, ended: Option<(i64, End)>) -> AlertFact {
    let client = ClientId(Uuid::from_u128(n % 2));
    AlertFact {
        id: AlertId(Uuid::from_u128(n)),
        client: Named { id: client, name: format!("Client {}", n % 2) },
        device: (DeviceId(Uuid::from_u128(n % 3)), format!("dev-{}", n % 3)),
        key: "cpu".parse().expect("a key"),
        severity: if n.is_multiple_of(2) { Severity::High } else { Severity::Low },
        raised_at: Moment(raised),
        acknowledged_at: acknowledged.map(Moment),
        ended: ended.map(|(at, end)| (Moment(at), end)),
    }
}

#[test]
fn edges_of_the_period_count_once() {
    for (raised, ended, counts) in [
        (FROM, None, "r.o"),
        (FROM - 1, None, "..o"),
        (UNTIL - 1, None, "r.o"),
        (UNTIL, None, "..."),
        (FROM - 1, Some((FROM, End::Itself)), ".e."),
        (FROM - 9, Some((FROM - 1, End::Itself)), "..."),
        (FROM, Some((UNTIL - 1, End::Somebody)), "re."),
        (FROM, Some((UNTIL, End::Somebody)), "r.o"),
        (FROM, Some((UNTIL - 1, End::Dismissed)), "re."),
    ] {
        let judged = alert(1, raised, None, ended).judged(&head());
        let told: String = [(judged.raised, 'r'), (judged.ended.is_some(), 'e'), (judged.open, 'o')].map(|(is, c)| if is { c } else { '.' }).iter().collect();
        assert_eq!(told, counts, "{raised} {ended:?}");
    }
}

#[test]
fn every_figure_is_the_sum_of_its_rows() {
    let ends = [None, Some(End::Itself), Some(End::Somebody), Some(End::Dismissed)];
    let alerts: Vec<AlertFact> = (0..120u32)
        .map(|n| {
            let raised = FROM - 300 * MINUTE + i64::from(n) * 13 * MINUTE;
            let ended = ends[n as usize % 4].map(|end| (raised + i64::from(n % 7) * 60 * MINUTE, end));
            alert(u128::from(n), raised, n.is_multiple_of(3).then_some(raised + i64::from(n) * MINUTE), ended)
        })
        .collect();
    let report = report(&alerts, &[], head(), Brand { name: "N".into(), accent: "#123456".into() });
    for figure in &report.figures {
        let rows = report.behind(Some(&figure.key)).count() as u64;
        let counted = match figure.value {
            Value::Count { n, .. } => n,
            Value::Lasting { measured, .. } => measured,
        };
        assert_eq!(counted, rows, "{}", figure.key);
        assert!(rows > 0, "{} is tried", figure.key);
    }
    let n = |key: &str| report.behind(Some(key)).count();
    assert_eq!(n("resolved"), n("by-itself") + n("by-people"));
    for table in &report.tables[..3] {
        let sum = |column: usize| table.rows.iter().map(|row| if let Cell::Number(n) = row.cells[column] { n } else { 0 }).sum::<u64>() as usize;
        assert_eq!((sum(1), sum(2), sum(3)), (n("raised"), n("resolved"), n("open")), "{}", table.title);
    }
    let shown = |at: usize| report.charts[at].points.iter().filter_map(|(_, n)| *n).sum::<u64>() as usize;
    assert_eq!((shown(1), shown(2)), (n("raised"), n("raised")));
    assert_eq!(report.behind(Some("no-figure")).count(), 0);
    assert_eq!(report.behind(None).count(), 120);
}

#[test]
fn times_are_of_those_that_have_them() {
    let alerts = [
        alert(1, FROM, Some(FROM + 5 * MINUTE), Some((FROM + 60 * MINUTE, End::Somebody))),
        alert(2, FROM, None, Some((FROM + 20 * MINUTE, End::Itself))),
        alert(3, FROM, None, None),
        alert(4, FROM, Some(FROM + MINUTE), Some((FROM + 2 * MINUTE, End::Dismissed))),
    ];
    let report = report(&alerts, &[], head(), Brand { name: "N".into(), accent: "#123456".into() });
    let of = |key: &str| report.figures.iter().find(|figure| figure.key == key).expect("it").value.clone();
    assert_eq!(of("time-to-acknowledge"), Value::Lasting { median: Some(MINUTE), ninth: Some(5 * MINUTE), measured: 2, of: 4 });
    assert_eq!(of("time-to-resolve"), Value::Lasting { median: Some(20 * MINUTE), ninth: Some(60 * MINUTE), measured: 2, of: 2 });
    let empty = super::report(&[], &[], head(), Brand { name: "N".into(), accent: "#123456".into() });
    assert_eq!(empty.figures[2].value.words(), None, "nothing of nothing is no share");
}

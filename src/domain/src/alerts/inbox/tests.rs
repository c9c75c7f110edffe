//! The inbox's URL: read, written, and refused with the name of the field.

use super::*;
use crate::{alerts::state::State, ids::Uuid};

#[test]
fn a_url_reads_back_to_the_same_inbox() {
    let (client, device) = (ClientId(Uuid::from_u128(3)).to_string(), DeviceId(Uuid::from_u128(4)).to_string());
    let after = format!("critical.1800000000000.{}", AlertId(Uuid::from_u128(5)));
    let pairs = [
        ("show", "all"),
        ("severity", "high"),
        ("client", &*client),
        ("device", &device),
        ("q", "disk & co"),
        ("group", "client"),
        ("sort", "severity"),
        ("after", &after),
        ("noise", "x"),
    ];
    let query = InboxQuery::parse(pairs).expect("valid");
    let text = format!("?show=all&severity=high&client={client}&device={device}&q=disk%20%26%20co&group=client&sort=severity&after={after}");
    assert_eq!(query.to_query(), text);
    assert!(query.is_filtered() && !query.with(|query| *query = InboxQuery { show: Show::All, ..InboxQuery::default() }).is_filtered());
    assert_eq!(query.with(|query| query.q.clear()).cursor, None);
    assert_eq!(InboxQuery::parse([("before", &*after)]).expect("valid").to_query(), format!("?before={after}"));
    assert_eq!(InboxQuery::default().to_query(), "");
}

#[test]
fn a_wrong_value_is_named() {
    for (name, value) in [
        ("show", "mine"),
        ("severity", "urgent"),
        ("client", "cli_1"),
        ("device", "alr_00000000000000000000000000000001"),
        ("q", "a\0b"),
        ("q", &*"x".repeat(101)),
        ("group", "device"),
        ("sort", "price"),
        ("after", "high.1"),
        ("after", "high.x.alr_00000000000000000000000000000001"),
        ("before", "high.1.dev_00000000000000000000000000000001"),
    ] {
        let Err(Refusal::Invalid(faults)) = InboxQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
        assert_eq!(faults[0].field, name);
    }
}

#[test]
fn every_state_is_under_one_filter() {
    let filters = Show::ALL.into_iter().filter_map(Show::states).flatten().copied().collect::<Vec<_>>();
    assert_eq!(filters, State::WORDS);
}

#[test]
fn a_bulk_act_names_its_alerts_once() {
    let id = |number| AlertId(Uuid::from_u128(number)).to_string();
    assert_eq!(chosen([&*id(1), &*id(1), &*id(2)]).map(|chosen| chosen.len()), Ok(2));
    let many: Vec<String> = (0..=BULK as u128).map(id).collect();
    for bad in [vec![], vec!["alr_1"], many.iter().map(String::as_str).collect()] {
        assert_eq!(chosen(bad).expect_err("refused").field, "id");
    }
}

//! URLs of the lists of updates and pairs read back, and wrong values are named.

use super::*;
use crate::{
    ids::{ClientId, DeviceId, UpdateId, Uuid},
    patching::{Bucket, Kind},
};

fn pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| text.replace("%20", " ").replace("%3A", ":").replace("%25", "%");
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), decode(value))).collect()
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

#[test]
fn urls_read_back_to_the_same_lists() {
    let id = Uuid::from_u128(7);
    for text in [
        String::new(),
        "?q=a%20b&class=security&decided=undecided&failed=1".into(),
        "?sort=-need".into(),
        "?sort=seen".into(),
        format!("?sort=-name&after={}.libc6%20100%25", id.simple()),
        format!("?before={}.1%3A2", id.simple()),
    ] {
        let query = UpdatesQuery::parse(borrowed(&pairs(&text))).expect(&text);
        assert_eq!(query.to_query(), text);
        assert_eq!(query.is_filtered(), text.contains("class"));
        assert_eq!(query.with(|query| query.failed = true).cursor, None);
    }
    let (client, device, update) = (ClientId(id), DeviceId(id), UpdateId(id));
    for text in [
        String::new(),
        format!("?client={client}&device={device}&update={update}&class=other&state=needs-reboot&counts=not-due"),
        format!("?counts=missing&after={device}.{update}.lab-1.example.org"),
        format!("?before={device}.{update}."),
    ] {
        let query = PairsQuery::parse(borrowed(&pairs(&text))).expect(&text);
        assert_eq!(query.to_query(), text);
        assert_eq!(query.is_filtered(), text.contains("counts"));
        assert_eq!(query.with(|query| query.state = None).cursor, None);
    }
}

#[test]
fn every_word_is_taken() {
    for (name, word) in Kind::ALL.map(|kind| ("state", kind.word())).into_iter().chain(Bucket::ALL.map(|bucket| ("counts", bucket.word()))) {
        assert!(PairsQuery::parse([(name, word)]).is_ok(), "{word}");
    }
    for (name, word) in Decided::ALL.map(|decided| ("decided", decided.word())).into_iter().chain(Sort::ALL.map(|sort| ("sort", sort.word()))) {
        assert!(UpdatesQuery::parse([(name, word)]).is_ok(), "{word}");
    }
    assert_eq!(UpdatesQuery::parse([("theme", "dark"), ("q", "")]), Ok(UpdatesQuery::default()));
}

#[test]
fn a_wrong_value_is_named() {
    let long = "x".repeat(SEARCH + 1);
    for (name, value) in [("class", "urgent"), ("decided", "approve"), ("failed", "0"), ("sort", "--name"), ("after", "x"), ("q", "a\0"), ("q", &long)] {
        let Err(Refusal::Invalid(faults)) = UpdatesQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
        assert_eq!(faults[0].field, name);
    }
    let id = Uuid::from_u128(7);
    let strange = format!("{}.{}.a\u{202e}", DeviceId(id), UpdateId(id));
    for (name, value) in [("client", "dev_1"), ("device", "7"), ("update", "x"), ("state", "Due"), ("counts", "all"), ("after", "x.y.z"), ("before", &strange)]
    {
        let Err(Refusal::Invalid(faults)) = PairsQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
        assert_eq!(faults[0].field, name);
    }
    let Err(Refusal::Invalid(faults)) = PairsQuery::parse([("state", "x"), ("counts", "y")]) else { panic!("both were taken") };
    assert_eq!(faults.len(), 2);
}

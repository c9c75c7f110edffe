//! Reports that were signed by a real key and written to do harm: refused, quickly, and nothing of them is kept.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use flate2::{Compress, Compression, FlushCompress, write::GzEncoder};
use serde_json::{Value, json};

use super::{Signer, Stored, full_report};
use crate::harness::{NORTHWIND, TestApp};

const CLIENT: &str = "Harbour Street Lab";
/// Even without optimisation, and with another test beside it.
const QUICK: Duration = Duration::from_secs(5);

/// About 1 MB that unpacks to 1 GB: after a full flush the same packed piece may follow itself.
pub fn bomb() -> Vec<u8> {
    let mut piece = Vec::with_capacity(1 << 16);
    let mut packer = Compress::new(Compression::default(), false);
    packer.compress_vec(&vec![b' '; 1 << 20], &mut piece, FlushCompress::Full).expect("packed");
    [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255], piece.repeat(1024).as_slice()].concat()
}

pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).expect("written");
    encoder.finish().expect("finished")
}

/// `report` with `value` at `place`.
fn set(report: &Value, place: &str, value: Value) -> Vec<u8> {
    let mut changed = report.clone();
    *changed.pointer_mut(place).unwrap_or_else(|| panic!("{place} is there")) = value;
    serde_json::to_vec(&changed).expect("JSON")
}

/// `report` with the raw text `raw`, JSON or not, at `place`.
fn raw(report: &Value, place: &str, raw: &str) -> Vec<u8> {
    String::from_utf8(set(report, place, json!("HERE"))).expect("text").replace("\"HERE\"", raw).into_bytes()
}

/// Well-formed, but beyond a limit.
fn beyond(report: &Value) -> Vec<(&'static str, Vec<u8>)> {
    let packages = vec![json!({"name": "p", "version": "1", "arch": null, "publisher": null, "source": null}); 100_000];
    let update = json!({"name": "u", "arch": null, "installed": "1", "candidate": "2\u{7}", "origin": null, "security": null});
    vec![
        ("NUL", set(report, "/identity/hostname", json!("a\0b"))),
        ("bidi", set(report, "/identity/hostname", json!("lab\u{202e}gpj.exe"))),
        ("1 MB", set(report, "/identity/hostname", json!("x".repeat(1 << 20)))),
        ("no name", set(report, "/identity/hostname", json!(" "))),
        ("bidi in a package", set(report, "/software/0/name", json!("a\u{2066}b"))),
        ("escape in a version", set(report, "/software/0/version", json!("\u{1b}[2J"))),
        ("a nameless package", set(report, "/software/0/name", json!(""))),
        ("100,000 packages", set(report, "/software", Value::Array(packages))),
        ("10,001 updates", set(report, "/updates/items", Value::Array(vec![update.clone(); 10_001]))),
        ("a bell in an update", set(report, "/updates/items", json!([update]))),
        ("513 processors", set(report, "/hardware/cpus", Value::Array(vec![report["hardware"]["cpus"][0].clone(); 513]))),
        ("513 addresses", set(report, "/hardware/interfaces/0/addresses", json!(vec!["192.0.2.1"; 513]))),
        ("too much memory", set(report, "/hardware/memory_bytes", json!(u64::MAX))),
        ("a negative speed", set(report, "/hardware/cpus/0/mhz", json!(-1.0))),
    ]
}

/// Not the JSON that a report is.
fn malformed(report: &Value) -> Vec<(&'static str, Vec<u8>)> {
    let whole = serde_json::to_vec(report).expect("JSON");
    let twice = String::from_utf8(whole.clone()).expect("text").replacen('{', "{\"taken_at\":1,", 1);
    vec![
        ("NaN", raw(report, "/hardware/memory_bytes", "NaN")),
        ("NaN speed", raw(report, "/hardware/cpus/0/mhz", "NaN")),
        ("infinite speed", raw(report, "/hardware/cpus/0/mhz", "1e999")),
        ("a lone surrogate", raw(report, "/identity/hostname", r#""\ud800""#)),
        ("negative memory", set(report, "/hardware/memory_bytes", json!(-1))),
        ("memory in words", set(report, "/hardware/memory_bytes", json!("8 GB"))),
        ("a fraction of a core", set(report, "/hardware/cpus/0/cores", json!(1.5))),
        ("a time beyond all", raw(report, "/state/booted_at", "99999999999999999999")),
        ("a list for a name", set(report, "/identity/hostname", json!(["lab"]))),
        ("an object for a list", set(report, "/software", json!({"0": {}}))),
        ("a list for the report", b"[]".to_vec()),
        ("an unknown kind", set(report, "/identity/kind", json!("toaster"))),
        ("unknown updates", set(report, "/updates", json!({"known": "maybe"}))),
        ("deep lists", raw(report, "/software", &"[".repeat(100_000))),
        ("deep objects", "{\"software\":".repeat(100_000).into_bytes()),
        ("a field twice", twice.into_bytes()),
        ("something behind it", [whole.as_slice(), b"{}"].concat()),
        ("half of it", whole[..whole.len() / 2].to_vec()),
        ("nothing", Vec::new()),
        ("XML", b"<?xml version=\"1.0\"?><REQUEST/>".to_vec()),
        ("no UTF-8", [&whole[..40], &[0xff, 0xfe], &whole[40..]].concat()),
    ]
}

async fn refused(app: &TestApp, signer: &Signer, what: &str, body: &[u8], encoding: Option<&str>, status: u16) {
    let mut capture = signer.sign(body, app.clock.now(), 1_000);
    capture.headers.extend(encoding.map(|encoding| ("content-encoding", encoding.to_owned())));
    let started = Instant::now();
    let answer = capture.send(app, NORTHWIND).await;
    assert_eq!(answer.status, status, "{what}: {}", answer.body);
    assert!(started.elapsed() < QUICK, "{what} took {:?}", started.elapsed());
    assert!(answer.body.len() < 8_000, "{what}: the answer repeats too much");
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_reports_are_refused_and_leave_no_trace() {
    let app = TestApp::start().await;
    let signer = Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await;
    signer.report(&app, &full_report(&app, "lab"), 1).await;
    let before = Stored::of(&app, CLIENT).await;
    let report = serde_json::to_value(full_report(&app, "lab")).expect("JSON");
    for (what, body) in beyond(&report) {
        refused(&app, &signer, what, &body, None, 422).await;
        refused(&app, &signer, what, &gzip(&body), Some("gzip"), 422).await;
    }
    for (what, body) in malformed(&report) {
        refused(&app, &signer, what, &body, None, 400).await;
    }
    let whole = serde_json::to_vec(&report).expect("JSON");
    refused(&app, &signer, "a zip bomb", &bomb(), Some("gzip"), 413).await;
    refused(&app, &signer, "a zip bomb that nobody announced", &bomb(), None, 413).await;
    refused(&app, &signer, "a bomb in a gzip", &gzip(&bomb()), Some("gzip"), 413).await;
    refused(&app, &signer, "half a gzip", &gzip(&whole)[..100], Some("gzip"), 400).await;
    refused(&app, &signer, "no gzip", &whole, Some("gzip"), 400).await;
    refused(&app, &signer, "another encoding", &whole, Some("br"), 415).await;
    assert_eq!(Stored::of(&app, CLIENT).await, before);
    signer.report(&app, &full_report(&app, "lab"), 2).await;
    assert_eq!(Stored::of(&app, CLIENT).await.check_ins, 2, "its good reports are still taken");
}

/// A value may be strange and within every limit: then it is stored, and every page can show it.
#[tokio::test(flavor = "multi_thread")]
async fn strange_values_break_no_page() {
    let app = TestApp::start().await;
    let signer = Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await;
    let report = serde_json::to_value(full_report(&app, "<script>alert(1)</script>")).expect("JSON");
    let mut sequence = 0;
    for (place, value) in [
        ("/state/booted_at", json!(i64::MIN)),
        ("/state/booted_at", json!(i64::MAX)),
        ("/state/booted_at", json!(1)),
        ("/updates/lists_at", json!(i64::MIN)),
        ("/updates/lists_at", json!(i64::MAX)),
        ("/taken_at", json!(i64::MIN)),
        ("/hardware/volumes/0/total_bytes", json!(u64::MAX)),
        ("/hardware/volumes/0/free_bytes", json!(u64::MAX)),
        ("/hardware/cpus/0/mhz", json!(f64::MAX)),
        ("/hardware/cpus", json!([{"name": "A", "cores": u32::MAX}, {"name": "B", "cores": u32::MAX}])),
        ("/state/users_logged_in", json!(u32::MAX)),
        ("/dropped/environment", json!(u32::MAX)),
        ("/software", json!([])),
        ("/updates/items", json!([])),
        ("/hardware/interfaces/0/addresses", json!(["not an address", "<b>"])),
    ] {
        sequence += 1;
        let answer = signer.sign(&set(&report, place, value.clone()), app.clock.now(), sequence).send(&app, NORTHWIND).await;
        assert_eq!(answer.status, 200, "{place} {value}: {}", answer.body);
        let mut owner = app.owner().await;
        for tab in ["", "/hardware", "/software", "/updates", "/history"] {
            let page = owner.get(&format!("/devices/{}{tab}", signer.device)).await;
            assert_eq!(page.status, 200, "{place} {value} on {tab}");
            assert!(!page.body.contains("<script>alert"), "{tab}");
        }
        assert_eq!(owner.get("/devices?q=script").await.status, 200);
    }
}

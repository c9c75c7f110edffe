//! Signatures, clocks and sequences: a report counts once, unchanged, from its own device, at its own tenant.

use domain::{
    Moment,
    enrolment::signature::{KEY_HEADER, Refused, SEQUENCE_HEADER, SIGNATURE_HEADER, TIME_HEADER},
    ids::AgentKeyId,
    time::MINUTE,
};
use foundation::fresh_id;
use reqwest::Method;

use super::{Capture, Signer, Stored, full_report, signer::refusal};
use crate::harness::{BLUEFIN, NORTHWIND, TestApp};

const CLIENT: &str = "Harbour Street Lab";

async fn enrolled(app: &TestApp) -> Signer {
    Signer::enrol(app, &app.key(CLIENT, &[]).await, "lab").await
}

fn unknown() -> (u16, String) {
    (401, "credential".into())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_report_that_is_played_again_a_hundred_times_counts_once() {
    let app = TestApp::start().await;
    let signer = enrolled(&app).await;
    let capture = signer.sign_report(&app, &full_report(&app, "lab"), 7);
    assert_eq!(capture.send(&app, NORTHWIND).await.status, 200);
    let before = Stored::of(&app, CLIENT).await;
    assert_eq!(before.check_ins, 1);
    for round in 0..25 {
        app.clock.advance(4_000);
        let send = || capture.send(&app, NORTHWIND);
        let (first, second, third, fourth) = tokio::join!(send(), send(), send(), send());
        assert_eq!([first.status, second.status, third.status, fourth.status], [200; 4], "round {round}");
    }
    assert_eq!(Stored::of(&app, CLIENT).await, before, "neither contact nor count moved");
    app.clock.advance(6 * MINUTE);
    assert_eq!(refusal(&capture.send(&app, NORTHWIND).await), (401, "clock".into()), "and soon it is too old");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_is_told_the_right_time() {
    let app = TestApp::start().await;
    let signer = enrolled(&app).await;
    let before = Stored::of(&app, CLIENT).await;
    let body = serde_json::to_vec(&full_report(&app, "lab")).expect("JSON");
    let now = app.clock.now();
    for time in [now + 6 * MINUTE, now - 6 * MINUTE, Moment(0), Moment(i64::MIN), Moment(i64::MAX)] {
        let answer = signer.sign(&body, time, 1).send(&app, NORTHWIND).await;
        assert_eq!(refusal(&answer), (401, "clock".into()), "{time:?}");
        let told = serde_json::from_str::<Refused>(&answer.body).expect("a refusal").now;
        assert!(told >= now && told <= app.clock.now(), "the server's time");
    }
    assert_eq!(Stored::of(&app, CLIENT).await, before);
    for (sequence, time) in [(1, now + 4 * MINUTE), (2, now - 4 * MINUTE)] {
        assert_eq!(signer.sign(&body, time, sequence).send(&app, NORTHWIND).await.status, 200, "within five minutes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_signed_report_can_be_changed() {
    let app = TestApp::start().await;
    let (signer, other) = (enrolled(&app).await, enrolled(&app).await);
    let before = Stored::of(&app, CLIENT).await;
    let good = signer.sign_report(&app, &full_report(&app, "lab"), 5);
    let body = Capture { body: String::from_utf8(good.body.clone()).expect("text").replace("3.0.17", "3.0.18").into_bytes(), ..good.clone() };
    let spaced = Capture { body: [good.body.as_slice(), b" "].concat(), ..good.clone() };
    let time = app.clock.now() + 1;
    let stranger: AgentKeyId = fresh_id();
    for (what, capture) in [
        ("another body", body),
        ("a space behind it", spaced),
        ("another time", good.with(TIME_HEADER, &time.0.to_string())),
        ("another sequence", good.with(SEQUENCE_HEADER, "6")),
        ("another device", good.with(KEY_HEADER, &other.key.to_string())),
        ("an unknown key", good.with(KEY_HEADER, &stranger.to_string())),
        ("the device for its key", good.with(KEY_HEADER, &signer.device.to_string())),
        ("no key", good.without(KEY_HEADER)),
        ("no time", good.without(TIME_HEADER)),
        ("no sequence", good.without(SEQUENCE_HEADER)),
        ("no signature", good.without(SIGNATURE_HEADER)),
        ("an empty signature", good.with(SIGNATURE_HEADER, "")),
        ("a signature of zeros", good.with(SIGNATURE_HEADER, &"A".repeat(86))),
        ("sequence 0", signer.sign(&good.body, time, 0)),
        ("a huge sequence", good.with(SEQUENCE_HEADER, "99999999999999999999")),
    ] {
        assert_eq!(refusal(&capture.send(&app, NORTHWIND).await), unknown(), "{what}");
    }
    assert_eq!(Stored::of(&app, CLIENT).await, before);
    assert_eq!(good.send(&app, NORTHWIND).await.status, 200, "the sequence is still free");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_known_at_its_own_tenant_only() {
    let app = TestApp::start().await;
    let signer = enrolled(&app).await;
    let capture = signer.sign_report(&app, &full_report(&app, "lab"), 1);
    assert_eq!(refusal(&capture.send(&app, BLUEFIN).await), unknown());
    let headers: Vec<_> = capture.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for (path, status) in [("/t/bluefin/agent/reports", 401), ("/agent/reports", 404), ("/t/northwind/agent/reports", 200)] {
        assert_eq!(app.anon("localhost").send(Method::POST, path, &headers, capture.body.clone()).await.status, status, "{path}");
    }
    let query = domain::devices::query::DeviceQuery { q: "lab".into(), ..Default::default() };
    let there = app.inside(app.bluefin).await.device_lines(&query, app.clock.now(), 100).await.expect("devices");
    assert!(there.iter().all(|row| row.hostname != "lab"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sequence_must_grow() {
    let app = TestApp::start().await;
    let signer = enrolled(&app).await;
    signer.report(&app, &full_report(&app, "lab"), 5).await;
    let before = Stored::of(&app, CLIENT).await;
    for sequence in [5, 4, 1] {
        signer.report(&app, &full_report(&app, "renamed"), sequence).await;
        assert_eq!(Stored::of(&app, CLIENT).await, before, "{sequence} is told that it is here already, and is not stored");
    }
    signer.report(&app, &full_report(&app, "renamed"), 9).await;
    assert_eq!(Stored::of(&app, CLIENT).await.device().hostname, "renamed", "numbers may be left out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_cannot_name_whose_it_is() {
    let app = TestApp::start().await;
    let (signer, other) = (enrolled(&app).await, enrolled(&app).await);
    let before = Stored::of(&app, CLIENT).await;
    let report = serde_json::to_value(full_report(&app, "lab")).expect("JSON");
    let id = serde_json::Value::from(other.device.to_string());
    for (at, name) in ["device", "device_id", "tenant", "tenant_id", "client", "client_id", "site"].iter().enumerate() {
        for place in ["", "/identity", "/agent", "/state"] {
            let mut body = report.clone();
            body.pointer_mut(place).expect("an object")[*name] = id.clone();
            let sequence = u64::try_from(at).expect("small") + 1;
            let answer = signer.sign(&serde_json::to_vec(&body).expect("JSON"), app.clock.now(), sequence).send(&app, NORTHWIND).await;
            assert_eq!(refusal(&answer), (400, "malformed".into()), "{place}/{name}");
        }
    }
    assert_eq!(Stored::of(&app, CLIENT).await, before);
}

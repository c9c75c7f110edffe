//! Enrolment: who gets in, how many, and where.

use domain::{enrolment::signature::Enrolled, time::DAY};
use reqwest::Method;
use serde_json::json;

use super::{
    Signer, Stored, full_report, revoke,
    signer::{ask_to_enrol, enrolment, fresh_key, refusal},
};
use crate::harness::{BLUEFIN, NORTHWIND, TestApp};

const CLIENT: &str = "Harbour Street Lab";

async fn refused(app: &TestApp, token: &str) -> (u16, String) {
    refusal(&ask_to_enrol(app, NORTHWIND, token, enrolment(&fresh_key(), "late")).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_limit_of_a_key_has_its_own_word() {
    let app = TestApp::start().await;
    let once = app.key(CLIENT, &["--most", "1"]).await;
    let first = Signer::enrol(&app, &once, "first").await;
    assert_eq!(refused(&app, &once).await, (403, "used_up".into()));

    let short = app.key(CLIENT, &["--days", "1"]).await;
    let second = Signer::enrol(&app, &short, "second").await;
    app.clock.advance(DAY + 1_000);
    assert_eq!(refused(&app, &short).await, (403, "expired".into()));

    let dead = app.key(CLIENT, &[]).await;
    let third = Signer::enrol(&app, &dead, "third").await;
    revoke(&app, &dead).await;
    assert_eq!(refused(&app, &dead).await, (403, "revoked".into()));
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), 3);

    // Count and expiry limit new devices; revocation stops every report.
    first.report(&app, &full_report(&app, "first"), 1).await;
    second.report(&app, &full_report(&app, "second"), 1).await;
    let answer = third.sign_report(&app, &full_report(&app, "third"), 1).send(&app, NORTHWIND).await;
    assert_eq!(refusal(&answer).0, 403);
    assert!(answer.body.contains("was revoked") && answer.header("retry-after") == "3600", "{answer:?}");
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.check_ins, stored.devices.iter().filter(|row| row.last_seen_at > 0).count()), (2, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_are_ten_when_ten_are_allowed() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &["--most", "10"]).await;
    let asking: Vec<_> = (0..50)
        .map(|n| {
            let (mut browser, bearer) = (app.anon(NORTHWIND), format!("Bearer {token}"));
            let body = enrolment(&fresh_key(), &format!("rush-{n}"));
            tokio::spawn(async move { browser.send(Method::POST, "/agent/enrolment", &[("authorization", &bearer)], body).await })
        })
        .collect();
    let (mut taken, mut refused) = (Vec::new(), 0);
    for answer in asking {
        let answer = answer.await.expect("asked");
        match answer.status {
            200 => taken.push(serde_json::from_str::<Enrolled>(&answer.body).expect("an enrolment").device.0),
            _ => {
                assert_eq!(refusal(&answer), (403, "used_up".into()));
                refused += 1;
            }
        }
    }
    taken.sort_unstable();
    let stored: Vec<_> = Stored::of(&app, CLIENT).await.devices.iter().map(|row| row.id).collect();
    assert_eq!((stored, refused), (taken, 40));
    let key = app.database().directory().enrolment_key(app.northwind, &token).await.expect("asked").expect("a key");
    assert_eq!(key.limits.used, 10);
    app.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_opens_its_own_tenant_only() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let body = || enrolment(&fresh_key(), "lost");
    assert_eq!(refusal(&ask_to_enrol(&app, BLUEFIN, &token, body()).await), (401, "credential".into()));
    let mut by_path = app.anon("localhost");
    let bearer = format!("Bearer {token}");
    for (path, status) in
        [("/t/bluefin/agent/enrolment", 401), ("/agent/enrolment", 404), ("/t/nobody/agent/enrolment", 404), ("/t/northwind/agent/enrolment", 200)]
    {
        let answer = by_path.send(Method::POST, path, &[("authorization", &bearer)], body()).await;
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
    }
    assert_eq!(app.anon("nobody.example").send(Method::POST, "/agent/enrolment", &[("authorization", &bearer)], body()).await.status, 421);
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolment_names_a_host_and_a_key_and_nothing_else() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let good: serde_json::Value = serde_json::from_slice(&enrolment(&fresh_key(), "lab")).expect("JSON");
    let changed = |name: &str, value: serde_json::Value| {
        let mut body = good.clone();
        body[name] = value;
        serde_json::to_vec(&body).expect("JSON")
    };
    for (what, body, status) in [
        ("another client", changed("client", json!("cli_00000000000000000000000000000001")), 400),
        ("another tenant", changed("tenant_id", json!(app.bluefin.to_string())), 400),
        ("no name", changed("hostname", json!("  ")), 422),
        ("a turned name", changed("hostname", json!("lab\u{202e}gpj.exe")), 422),
        ("NUL", changed("hostname", json!("a\0b")), 422),
        ("a long name", changed("hostname", json!("x".repeat(1 << 20))), 422),
        ("a list for a name", changed("hostname", json!(["a"])), 400),
        ("the key of everybody", changed("public_key", json!("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")), 422),
        ("half a key", changed("public_key", json!("AAAA")), 422),
        ("broken JSON", b"{".to_vec(), 400),
        ("nothing", Vec::new(), 400),
    ] {
        let answer = ask_to_enrol(&app, NORTHWIND, &token, body).await;
        assert_eq!(answer.status, status, "{what}: {}", answer.body);
        assert!(answer.body.len() < 1_000, "{what} is not repeated");
    }
    for bearer in ["", "Bearer", "Bearer ", "Basic eDp5", "Bearer ptk_wrong"] {
        let answer = app.anon(NORTHWIND).send(Method::POST, "/agent/enrolment", &[("authorization", bearer)], enrolment(&fresh_key(), "lab")).await;
        assert_eq!(refusal(&answer), (401, "credential".into()), "{bearer}");
    }
    let key = app.database().directory().enrolment_key(app.northwind, &token).await.expect("asked").expect("a key");
    assert_eq!((Stored::of(&app, CLIENT).await.devices.len(), key.limits.used), (0, 0), "nothing was used up");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_credential_of_an_agent_opens_a_page() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let signer = Signer::enrol(&app, &token, "lab").await;
    let signed = signer.sign_report(&app, &full_report(&app, "lab"), 1);
    for bearer in [token.clone(), signer.key.to_string(), signer.device.to_string()] {
        for path in ["/devices", "/", "/clients", "/devices/export", &format!("/devices/{}", signer.device)] {
            let mut headers = vec![("authorization", format!("Bearer {bearer}")), ("accept", "text/html".to_owned())];
            headers.extend(signed.headers.clone());
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = app.anon(NORTHWIND).send(Method::GET, path, &headers, Vec::new()).await;
            assert!(matches!(answer.status, 303 | 401) && answer.header("location").starts_with("/sign-in"), "{path}: {}", answer.status);
        }
    }
}

//! Devices that may not report, or not yet.

use domain::devices::status::Standing;
use reqwest::Method;
use std::time::Duration;

use super::{
    Signer, Stored,
    by_hand::{approve, revoke_agent, settle},
    full_report,
    signer::{ask_to_enrol, enrolment, fresh_key, refusal},
};
use crate::harness::{NORTHWIND, TestApp};

const CLIENT: &str = "Harbour Street Lab";
/// Longer than the server remembers a tenant's state.
const REMEMBERED: Duration = Duration::from_millis(2_500);

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_waits_is_named_and_nothing_more() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &["--approval"]).await;
    let signer = Signer::enrol(&app, &token, "hopeful").await;
    let answer = signer.sign_report(&app, &full_report(&app, "hopeful"), 1).send(&app, NORTHWIND).await;
    assert!(answer.status == 200 && answer.body.contains("\"send_all\":true"), "{answer:?}");

    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.device().standing.as_str(), stored.device().serial.as_deref()), ("pending", Some("PF0HAND1")));
    assert_eq!((stored.sections.len(), stored.updates.len(), stored.changes.len(), stored.check_ins), (0, 0, 0, 0));
    assert_eq!((stored.device().updates_pending, stored.device().inventory_at), (-1, 0), "what is not stored is not counted");
    let mut owner = app.owner().await;
    assert!(owner.get("/devices?status=pending&q=hopeful").await.body.contains(&signer.device.to_string()));
    let updates = owner.get(&format!("/devices/{}/updates", signer.device)).await.body;
    assert!(updates.contains("No data yet") && !updates.contains("No updates wait"));

    approve(&app, signer.device).await;
    signer.report(&app, &full_report(&app, "hopeful"), 2).await;
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.entries("software"), stored.updates.len(), stored.check_ins), (Some(3), 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_out_of_service_stores_nothing() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let signer = Signer::enrol(&app, &token, "lab").await;
    signer.report(&app, &full_report(&app, "lab"), 1).await;
    let mut changed = full_report(&app, "lab-renamed");
    changed.software = Some(Vec::new());
    for (sequence, standing) in [(2, Standing::Retired), (3, Standing::Quarantined)] {
        settle(&app, signer.device, standing).await;
        let before = Stored::of(&app, CLIENT).await;
        let answer = signer.sign_report(&app, &changed, sequence).send(&app, NORTHWIND).await;
        assert_eq!((refusal(&answer).0, answer.header("retry-after")), (403, "3600"), "{standing:?}");
        assert_eq!(Stored::of(&app, CLIENT).await, before, "{standing:?}");
    }
    settle(&app, signer.device, Standing::Active).await;
    revoke_agent(&app, &signer).await;
    let answer = signer.sign_report(&app, &changed, 4).send(&app, NORTHWIND).await;
    assert_eq!(refusal(&answer), (403, "revoked".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_tenant_takes_nothing_until_it_is_resumed() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let signer = Signer::enrol(&app, &token, "lab").await;
    let before = Stored::of(&app, CLIENT).await;
    let mut operator = app.operator().await;
    assert_eq!(operator.post(&format!("/tenants/{}/suspension", app.northwind), &[]).await.status, 303);
    tokio::time::sleep(REMEMBERED).await;

    let report = signer.sign_report(&app, &full_report(&app, "lab"), 1);
    for answer in [report.send(&app, NORTHWIND).await, ask_to_enrol(&app, NORTHWIND, &token, enrolment(&fresh_key(), "new")).await] {
        assert_eq!((refusal(&answer), answer.header("retry-after")), ((403, "suspended".into()), "3600"));
    }
    let inventory = include_bytes!("../corpus/inventory/fusion-linux.xml").to_vec();
    let answer = app.anon(NORTHWIND).send(Method::POST, "/inventory", &[("content-type", "application/xml")], inventory).await;
    assert_eq!((answer.status, answer.header("retry-after")), (403, "3600"));
    assert_eq!(Stored::of(&app, CLIENT).await, before);

    assert_eq!(operator.post(&format!("/tenants/{}/suspension/removal", app.northwind), &[]).await.status, 303);
    tokio::time::sleep(REMEMBERED).await;
    assert_eq!(report.send(&app, NORTHWIND).await.status, 200, "the same report, later");
}

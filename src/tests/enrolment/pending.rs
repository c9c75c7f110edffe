//! Approval: many at once, only within reach, and a clear word for those who are refused.

use domain::ids::DeviceId;
use reqwest::Method;

use super::{audited, field, id_of};
use crate::{
    agents::{Signer, Stored, enrolment, fresh_key, full_report, refusal},
    harness::{NORTHWIND, TestApp},
    inventory::{Foreign, LINUX},
};

const LIST: &str = "/settings/enrolment/pending";
const APPROVAL: &str = "/settings/enrolment/pending/approval";
const REFUSAL: &str = "/settings/enrolment/pending/refusal";
const CLIENT: &str = "Harbour Street Lab";

/// `many` machines ask at once to enrol with `token`; says how many were let in.
async fn rush(app: &TestApp, token: &str, many: usize) -> usize {
    let bearer = format!("Bearer {token}");
    let template = app.anon(NORTHWIND);
    let asking: Vec<_> = (0..many)
        .map(|n| {
            let (mut browser, bearer, body) = (template.clone(), bearer.clone(), enrolment(&fresh_key(), &format!("rush-{n:03}")));
            tokio::spawn(async move { browser.send(Method::POST, "/agent/enrolment", &[("authorization", &bearer)], body).await.status })
        })
        .collect();
    let mut taken = 0;
    for answer in asking {
        match answer.await.expect("asked") {
            200 => taken += 1,
            status => assert_eq!(status, 403),
        }
    }
    taken
}

async fn standings(app: &TestApp, client: &str, standing: &str) -> usize {
    Stored::of(app, client).await.devices.iter().filter(|row| row.standing == standing).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn five_hundred_are_approved_at_once() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &["--approval"]).await;
    for _ in 0..5 {
        assert_eq!(rush(&app, &token, 100).await, 100);
    }
    let mut owner = app.owner().await;
    let key = id_of(&app, app.northwind, &token).await;
    let page = owner.get(&format!("{LIST}?key={key}")).await;
    assert!(page.body.contains("All 500 that match") && page.body.matches("name=\"device\"").count() == 100);
    let next =
        page.body.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains("after=")).expect("a next page").replace("&amp;", "&");
    assert_eq!(owner.get(&next).await.body.matches("name=\"device\"").count(), 100);
    let until = field(&page.body, "until");
    let answer = owner.post(APPROVAL, &[("all", "yes"), ("key", &key.to_string()), ("until", &until)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, format!("{LIST}?key={key}&done=devices-approved").as_str()));
    assert_eq!((standings(&app, CLIENT, "active").await, standings(&app, CLIENT, "pending").await), (500, 0));
    assert_eq!(audited(&app, "device approved").await, 500, "an entry for each");
    assert_eq!(owner.post(APPROVAL, &[("all", "yes"), ("key", &key.to_string())]).await.status, 303, "nothing is left to approve");
    assert_eq!(audited(&app, "device approved").await, 500);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn approval_never_lets_in_more_than_the_key_allows() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &["--approval", "--most", "10"]).await;
    assert_eq!(rush(&app, &token, 50).await, 10);
    let mut owner = app.owner().await;
    let key = id_of(&app, app.northwind, &token).await.to_string();
    let fields = [("all", "yes"), ("key", key.as_str())];
    let (mut one, mut two) = (owner.clone(), owner.clone());
    let (first, second, more) = tokio::join!(one.post(APPROVAL, &fields), two.post(APPROVAL, &fields), rush(&app, &token, 20));
    assert!([first.status, second.status].iter().all(|status| matches!(status, 303 | 409)) && more == 0, "{} {}", first.status, second.status);
    assert_eq!((standings(&app, CLIENT, "active").await, audited(&app, "device approved").await), (10, 10));
    assert!(owner.get("/settings/enrolment?state=used-up").await.body.contains(CLIENT));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_refused_is_told_so() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &["--approval"]).await;
    let signer = Signer::enrol(&app, &token, "unwanted").await;
    let foreign = Foreign { app: &app, key: token };
    assert_eq!(foreign.xml(LINUX).await, 200);
    let mut owner = app.owner().await;
    let ids: Vec<String> = Stored::of(&app, CLIENT).await.devices.iter().map(|row| DeviceId(row.id).to_string()).collect();
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("device", id.as_str())).collect();
    assert_eq!(owner.post(REFUSAL, &fields).await.status, 303);
    assert_eq!((standings(&app, CLIENT, "retired").await, audited(&app, "device refused").await), (2, 2));
    let answer = signer.sign_report(&app, &full_report(&app, "unwanted"), 1).send(&app, NORTHWIND).await;
    assert!(refusal(&answer).0 == 403 && answer.body.contains("its enrolment was refused"), "{answer:?}");
    assert_eq!(foreign.xml(LINUX).await, 403, "and does not come back as a new one");
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), 2);
    assert_eq!(owner.post(APPROVAL, &fields).await.status, 303, "what was settled before stays so");
    assert_eq!(standings(&app, CLIENT, "retired").await, 2);
    assert!(owner.get(&format!("/devices/{}/history", signer.device)).await.body.contains("refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_within_reach_and_was_seen_is_decided_about() {
    let app = TestApp::start().await;
    let (near, far) = (app.key("Castell Legal", &["--approval"]).await, app.key("Pembroke Hotels", &["--approval"]).await);
    let (near, far) = (Signer::enrol(&app, &near, "near-1").await.device, Signer::enrol(&app, &far, "far-1").await.device);
    let (near, far) = (near.to_string(), far.to_string());
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    let list = scoped.get(LIST).await.body;
    assert!(list.contains("near-1") && !list.contains("far-1") && !list.contains("Pembroke"));
    for path in [APPROVAL, REFUSAL] {
        assert_eq!(scoped.post(path, &[("device", &far)]).await.status, 404);
        assert_eq!(scoped.post(path, &[("device", &near), ("device", &far)]).await.status, 404, "all or none");
        assert_eq!(contact.post(path, &[("device", &near)]).await.status, 403);
        assert_eq!(owner.post(path, &[("device", "dev_1")]).await.status, 404);
        let none = owner.post(path, &[("q", "near")]).await;
        assert!(none.status == 422 && none.body.contains("Choose at least one device"));
        assert_eq!(owner.post(path, &[("all", "yes"), ("until", "soon")]).await.status, 422);
    }
    let pending = async |client: &str, name: &str| Stored::of(&app, client).await.devices.iter().any(|row| row.hostname == name && row.standing == "pending");
    assert!(pending("Castell Legal", "near-1").await && pending("Pembroke Hotels", "far-1").await);

    let until = field(&scoped.get(LIST).await.body, "until");
    app.clock.advance(1_000);
    let token = app.key("Castell Legal", &["--approval"]).await;
    Signer::enrol(&app, &token, "late-1").await;
    assert_eq!(scoped.post(APPROVAL, &[("all", "yes"), ("until", &until)]).await.status, 303);
    assert!(!pending("Castell Legal", "near-1").await, "what was on the page is approved");
    assert!(pending("Castell Legal", "late-1").await, "what came later is not");
    assert!(pending("Pembroke Hotels", "far-1").await, "nor what is out of reach");
}

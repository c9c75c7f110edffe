//! Retiring, deleting, and the ends of keys: what still arrives afterwards is refused by name and makes nothing anew.

use domain::{enrolment::signature::Enrolled, ids::DeviceId};

use super::{CLIENT, act, audited, done, lines, place, reporting};
use crate::{
    agents::{Signer, Stored, ask_to_enrol, enrolment, fresh_key, full_report, refusal, words},
    harness::{NORTHWIND, TestApp},
    inventory::{Foreign, LINUX},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_retired_device_leaves_lists_and_counts_until_it_returns() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "old-one").await, app.owner().await);
    let count = |text: &str| text.matches("old-one").count();
    let before = lines(&mut owner, "").await.len();
    for _ in 0..2 {
        done(&mut owner, signer.device, "retirement", &[]).await;
    }
    assert_eq!(lines(&mut owner, "").await.len(), before - 1);
    assert_eq!(lines(&mut owner, "?status=retired&q=old-one").await.len(), 1, "it is found when it is asked for");
    assert_eq!(count(&owner.get("/").await.body), 0);
    let stored = Stored::of(&app, CLIENT).await;
    let answer = signer.sign_report(&app, &full_report(&app, "risen"), 2).send(&app, NORTHWIND).await;
    assert!(answer.status == 403 && answer.body.contains("this device is retired"), "{answer:?}");
    assert_eq!(Stored::of(&app, CLIENT).await, stored);
    assert_eq!(act(&mut owner, signer.device, "key/renewal", &[]).await.status, 409, "it would come back by another door");
    for _ in 0..2 {
        done(&mut owner, signer.device, "retirement/removal", &[]).await;
    }
    signer.report(&app, &full_report(&app, "old-one"), 2).await;
    assert_eq!(lines(&mut owner, "").await.len(), before);
    let actions: Vec<_> = audited(&app, signer.device).await.into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions, ["device enrolled", "device retired", "device returned to service"], "each once");
    let history = words(&owner.get(&format!("/devices/{}/history?kind=people", signer.device)).await.body);
    assert!(history.contains("Retired by") && history.contains("Returned to service by"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_device_that_is_deleted_while_it_reports_is_gone() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "doomed").await, app.owner().await);
    let page = words(&owner.get(&format!("/devices/{}/manage", signer.device)).await.body);
    for goes in ["its history: 0 changes", "its inventory: hardware, 3 packages", "the keys of its agent"] {
        assert!(page.contains(goes), "{goes} in {page}");
    }
    let captures: Vec<_> = (2..42).map(|sequence| signer.sign_report(&app, &full_report(&app, &format!("doomed-{sequence}")), sequence)).collect();
    let removing = {
        let (mut owner, device) = (owner.clone(), signer.device);
        tokio::spawn(async move { act(&mut owner, device, "removal", &[]).await })
    };
    let mut sent = tokio::task::JoinSet::new();
    for capture in captures {
        let mut browser = app.anon(NORTHWIND);
        sent.spawn(async move {
            let headers: Vec<(&str, &str)> = capture.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.send(reqwest::Method::POST, "/agent/reports", &headers, capture.body.clone()).await.status
        });
    }
    let removed = removing.await.expect("asked");
    assert_eq!((removed.status, removed.header("location")), (303, "/devices?done=device-deleted"));
    while let Some(status) = sent.join_next().await {
        assert!(matches!(status, Ok(200 | 401)), "{status:?}");
    }
    let late = signer.sign_report(&app, &full_report(&app, "ghost"), 99).send(&app, NORTHWIND).await;
    assert_eq!(refusal(&late), (401, "credential".into()));
    let stored = Stored::of(&app, CLIENT).await;
    assert!(stored.devices.is_empty() && stored.sections.is_empty() && stored.changes.is_empty());
    for path in ["", "/manage", "/history"] {
        assert_eq!(owner.get(&format!("/devices/{}{path}", signer.device)).await.status, 404, "{path}");
    }
    assert_eq!(act(&mut owner, signer.device, "removal", &[]).await.status, 404, "a second time");
    assert!(owner.get("/devices?done=device-deleted").await.body.contains("The device was deleted."));
    let last = audited(&app, signer.device).await.pop().expect("an entry");
    assert_eq!((last.action.as_str(), last.client_id.is_some()), ("device deleted", true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_device_that_is_deleted_does_not_make_itself_anew() {
    let app = TestApp::start().await;
    let (agent, mut owner) = (Foreign::of(&app, CLIENT, &[]).await, app.owner().await);
    assert_eq!(agent.xml(LINUX).await, 200);
    let id = DeviceId(Stored::of(&app, CLIENT).await.device().id);
    let page = words(&owner.get(&format!("/devices/{id}/manage")).await.body);
    assert!(page.contains("Such agents have no key of their own"), "{page}");
    for what in ["key/renewal", "key/revocation"] {
        let answer = act(&mut owner, id, what, &[]).await;
        assert!(answer.status == 409 && words(&answer.body).contains("no key of its own"), "{what}");
    }
    done(&mut owner, id, "retirement", &[]).await;
    assert_eq!(agent.xml(LINUX).await, 403, "retired");
    assert_eq!(act(&mut owner, id, "removal", &[]).await.status, 303);
    for _ in 0..2 {
        assert_eq!(agent.xml(LINUX).await, 403, "deleted");
    }
    assert!(Stored::of(&app, CLIENT).await.devices.is_empty());
    let other = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(other.xml(LINUX).await, 200, "another key brings it back, as a new device");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_agent_comes_back_with_a_new_key_as_the_same_device() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lost").await, app.owner().await);
    let send = |signer: &Signer, sequence| signer.sign_report(&app, &full_report(&app, "lost"), sequence);
    for _ in 0..2 {
        done(&mut owner, signer.device, "key/revocation", &[]).await;
    }
    assert_eq!(refusal(&send(&signer, 2).send(&app, NORTHWIND).await), (403, "revoked".into()));

    let stale = token(&act(&mut owner, signer.device, "key/renewal", &[]).await.body);
    let page = act(&mut owner, signer.device, "key/renewal", &[]).await;
    assert_eq!(page.status, 200);
    assert!(words(&page.body).contains("portico-agent enrol --again --server http://northwind.localhost"), "it says how");
    let left = token(&page.body);
    assert!(!owner.get(&format!("/devices/{}/manage", signer.device)).await.body.contains(&left), "shown once");
    let (_, site) = place(&app, "Castell Legal").await;
    done(&mut owner, signer.device, "site", &[("site", &site)]).await;

    for (token, why) in [(&stale, "a second rotation ends the first"), (&left, "what one client's people hold opens nothing at the next")] {
        let refused = ask_to_enrol(&app, NORTHWIND, token, enrolment(&fresh_key(), "lost")).await;
        assert_eq!(refusal(&refused), (403, "revoked".into()), "{why}");
    }
    let fresh = token(&act(&mut owner, signer.device, "key/renewal", &[]).await.body);
    let key = fresh_key();
    let answer = ask_to_enrol(&app, NORTHWIND, &fresh, enrolment(&key, "lost")).await;
    let enrolled: Enrolled = serde_json::from_str(&answer.body).expect("an enrolment");
    assert_eq!(enrolled.device, signer.device, "the same device, moved as it was");
    let renewed = Signer { signing: key, key: enrolled.key, device: enrolled.device };
    renewed.report(&app, &full_report(&app, "lost"), 1).await;
    let again = ask_to_enrol(&app, NORTHWIND, &fresh, enrolment(&fresh_key(), "lost")).await;
    assert_eq!(refusal(&again), (403, "used_up".into()));
    assert_eq!(refusal(&send(&signer, 3).send(&app, NORTHWIND).await), (403, "revoked".into()), "the former key is dead");
    assert!(Stored::of(&app, CLIENT).await.devices.is_empty(), "no second device");
    let foreign = Foreign { app: &app, key: token(&act(&mut owner, signer.device, "key/renewal", &[]).await.body) };
    assert_eq!(foreign.xml(LINUX).await, 403, "such a key enrols nothing else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_leaves_no_gap() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "steady").await, app.owner().await);
    let fresh = token(&act(&mut owner, signer.device, "key/renewal", &[]).await.body);
    signer.report(&app, &full_report(&app, "steady"), 2).await;
    assert_eq!(ask_to_enrol(&app, NORTHWIND, &fresh, enrolment(&fresh_key(), "steady")).await.status, 200);
    assert_eq!(signer.sign_report(&app, &full_report(&app, "steady"), 3).send(&app, NORTHWIND).await.status, 403);
    let late = token(&act(&mut owner, signer.device, "key/renewal", &[]).await.body);
    assert_eq!(act(&mut owner, signer.device, "removal", &[]).await.status, 303);
    assert_eq!(ask_to_enrol(&app, NORTHWIND, &late, enrolment(&fresh_key(), "steady")).await.status, 403, "what is deleted does not enrol again");
    assert!(Stored::of(&app, CLIENT).await.devices.is_empty());
}

/// The token on a page.
fn token(body: &str) -> String {
    let start = body.find("ptk_").expect("a token");
    body[start..].chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).collect()
}

//! People decide: acknowledge, snooze, resolve, dismiss, one at a time and many at once, and two at the same time.

use domain::{
    alerts::sample::UnitState,
    time::{HOUR, MINUTE},
};
use portico::jobs;

use super::{Watched, links, unit, well};
use crate::{
    agents::words,
    commands::eventually,
    harness::{Browser, NORTHWIND, TestApp},
};

async fn failing(app: &TestApp, name: &str) -> Watched {
    let mut watched = Watched::enrol(app, name).await;
    watched.measures_for(app, &unit(well(), "backup.service", UnitState::Failed), 30).await;
    watched
}

/// The revision that the page of an alert sends back.
async fn revision(browser: &mut Browser, page: &str) -> String {
    let body = browser.get(page).await.body;
    let at = body.split("name=\"revision\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).expect("a revision");
    at.split('"').next().expect("its value").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_decide_at_once_learn_of_each_other() {
    let app = TestApp::start().await;
    let watched = failing(&app, "two").await;
    let (mut owner, mut technician) = (app.owner().await, app.signed_in(NORTHWIND, "tech@northwind.example").await);
    let page = watched.alerts(&app, "open").await.remove(0);
    let seen = revision(&mut owner, &page).await;
    let first = technician.post(&format!("{page}/acknowledgement"), &[("revision", &seen), ("note", "On it.")]).await;
    assert_eq!(first.status, 303, "{}", words(&first.body));
    let second = owner.post(&format!("{page}/dismissal"), &[("revision", &seen)]).await;
    let said = words(&second.body);
    assert!(second.status == 409 && said.contains("wanted this alert dismissed") && said.contains("meanwhile it is acknowledged by"), "{said}");
    let shown = words(&owner.get(&page).await.body);
    assert!(shown.contains("Acknowledged") && shown.contains("On it."), "{shown}");
    let audit = owner.get("/settings/audit?act=alert+decided").await;
    assert!(audit.status == 200 && words(&audit.body).contains("On it."), "the audit has it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snooze_ends_by_itself_and_what_was_dismissed_stays_away() {
    let app = TestApp::start().await;
    let mut watched = failing(&app, "snoozed").await;
    let running = jobs::start(&app.app).await.expect("jobs");
    let mut owner = app.owner().await;
    let page = watched.alerts(&app, "open").await.remove(0);
    for (snooze, status) in [("", 422), ("a while", 422), ("1h", 303)] {
        assert_eq!(owner.post(&format!("{page}/snooze"), &[("snooze", snooze)]).await.status, status, "{snooze}");
    }
    assert!(watched.alerts(&app, "open").await.is_empty());
    app.clock.advance(HOUR + MINUTE);
    let owner = app.owner().await;
    eventually("it wakes", || async { watched.alerts(&app, "open").await.contains(&page) }).await;
    let mut owner = owner;
    assert_eq!(owner.post(&format!("{page}/dismissal"), &[]).await.status, 303);
    watched.measures_for(&app, &unit(well(), "backup.service", UnitState::Failed), 60).await;
    assert!(watched.alerts(&app, "open").await.is_empty(), "dismissed is dismissed while it lasts");
    watched.measures_for(&app, &well(), 30).await;
    watched.measures_for(&app, &unit(well(), "backup.service", UnitState::Failed), 60).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1, "and raised again once it was over");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_are_decided_at_once_and_the_rest_is_counted() {
    let app = TestApp::start().await;
    let (one, two) = (failing(&app, "one").await, failing(&app, "two").await);
    let mut owner = app.owner().await;
    let pages = [one.alerts(&app, "open").await.remove(0), two.alerts(&app, "open").await.remove(0)];
    assert_eq!(owner.post(&format!("{}/resolution", pages[0]), &[]).await.status, 303);
    let ids: Vec<&str> = pages.iter().map(|page| page.trim_start_matches("/alerts/")).collect();
    let fields = [("act", "resolve"), ("note", "Fixed the job."), ("alert", ids[0]), ("alert", ids[1]), ("back", "?show=all")];
    let answer = owner.post("/alerts/acts", &fields).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/alerts?show=all&changed=1&passed=1"));
    assert_eq!(owner.get(answer.header("location")).await.status, 200);
    let list = owner.get("/alerts?show=resolved&q=backup.service").await.body;
    assert_eq!(links(&list).len(), 2);
    for (fields, why) in [(vec![("act", "resolve")], "Choose at least one"), (vec![("act", "explode"), ("alert", ids[0])], "nothing that can be done")] {
        let answer = owner.post("/alerts/acts", &fields).await;
        assert!(answer.status == 422 && words(&answer.body).contains(why), "{}", words(&answer.body));
    }
    let mut scoped = app.scoped().await;
    let answer = scoped.post("/alerts/acts", &[("act", "reopen"), ("alert", ids[0])]).await;
    assert_eq!(answer.header("location"), "/alerts?changed=0&passed=1", "another client's is as if it were not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_moves_or_retires_takes_its_alerts_along() {
    let app = TestApp::start().await;
    let watched = failing(&app, "mover").await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let page = watched.alerts(&app, "open").await.remove(0);
    let manage = owner.get(&format!("/devices/{}/manage", watched.device())).await.body;
    let castell = manage.split("<option value=\"").find(|part| part.contains("Castell Legal")).and_then(|part| part.split('"').next()).expect("its site");
    assert_eq!(scoped.get(&page).await.status, 404);
    assert_eq!(owner.post(&format!("/devices/{}/site", watched.device()), &[("site", castell)]).await.status, 303);
    assert_eq!(scoped.get(&page).await.status, 200, "it is where its device is");
    assert_eq!(owner.post(&format!("/devices/{}/retirement", watched.device()), &[]).await.status, 303);
    assert!(watched.alerts(&app, "open").await.is_empty());
    assert!(words(&owner.get(&page).await.body).contains("taken out of service"));
    assert_eq!(owner.post(&format!("/devices/{}/removal", watched.device()), &[]).await.status, 303);
    assert_eq!(owner.get(&page).await.status, 404, "it goes with its device");
}

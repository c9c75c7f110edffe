//! Runs: started by people, done by agents, verified by fresh reports; failing, vanishing, stopped and tried again.

use domain::{
    patching::outcome::FailureClass,
    time::{HOUR, MINUTE},
};
use portico::jobs;

use super::{CLIENT, Patched, says, start, update_id};
use crate::{
    agents::words,
    commands::eventually,
    harness::{Browser, TestApp},
};

async fn shows(browser: &mut Browser, page: &str, text: &str) {
    let begun = std::time::Instant::now();
    loop {
        let answer = browser.get(page).await;
        if says(&answer, text) {
            return;
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "never said {text}: {}", words(&answer.body));
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

pub(super) async fn ordered(app: &TestApp, device: &Patched) -> (domain::commands::Order, domain::patching::install::Request) {
    let begun = std::time::Instant::now();
    loop {
        if let Some(found) = device.ordered(app).await {
            return found;
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "never got an order");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_installs_what_is_approved_and_a_fresh_report_verifies_it() {
    let app = TestApp::start().await;
    let (mut device, mut owner) = (Patched::enrol(&app, CLIENT, "installs").await, app.owner().await);
    let silent = Patched::enrol(&app, CLIENT, "reports-only").await;
    let running = jobs::start(&app.app).await.expect("jobs");
    silent.hand.poll(&app, false, vec![], vec![]).await;
    let plan = owner.get("/patching/runs/new").await;
    assert!(says(&plan, "1 installation on 1 device.") && says(&plan, "agent makes no changes"), "{}", words(&plan.body));
    assert_eq!(owner.post("/patching/runs", &[("password", "wrong")]).await.status, 422, "the password is asked for again");
    // Somebody who mistypes waits a little.
    app.clock.advance(MINUTE);
    let run = start(&mut owner, &[]).await;
    let (order, request) = ordered(&app, &device).await;
    let names: Vec<&str> = request.packages().iter().map(|wanted| wanted.key().name.as_str()).collect();
    assert_eq!((names, request.attempt), (vec!["openssl"], 1), "vim is deferred");
    assert!(says(&owner.get(&run).await, "Told what to install"));
    assert!(silent.ordered(&app).await.is_none());
    app.clock.advance(MINUTE);
    device.ends(&app, &order, &request, None).await;
    assert!(says(&owner.get(&run).await, "Waiting for a fresh scan"));
    app.clock.advance(MINUTE);
    device.has(&app, &[("openssl", "3.0.18"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    shows(&mut owner, &run, "1 of 1 done").await;
    eventually("the run ends", || async { app.owner().await.get(&run).await.header("refresh").is_empty() }).await;
    assert!(says(&owner.get("/patching/runs").await, "Done"));
    assert!(says(&owner.get(&device.page()).await, "Exactly this version was found"));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_explained_and_tried_again() {
    let app = TestApp::start().await;
    let (mut device, mut owner) = (Patched::enrol(&app, CLIENT, "fails").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let id = update_id(&mut owner, "vim").await;
    assert_eq!(owner.post(&format!("/patching/updates/{id}/decisions/tenant"), &[("verdict", "approve"), ("shown", "")]).await.status, 303);
    let run = start(&mut owner, &[("device", &device.hand.0.device.to_string()), ("title", "Both")]).await;
    let (order, request) = ordered(&app, &device).await;
    assert_eq!(request.packages().len(), 2);
    device.ends(&app, &order, &request, Some(("vim", FailureClass::Script))).await;
    shows(&mut owner, &run, "Failed: a script of the package failed").await;
    assert!(says(&owner.get(&run).await, "dpkg: error processing package") && says(&owner.get(&run).await, "Output"));
    eventually("the run ends", || async { says(&app.owner().await.get("/patching/runs").await, "Done with failures") }).await;
    device.has(&app, &[("openssl", "3.0.18"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    assert!(says(&owner.get(&device.page()).await, "It failed once; the last time a script of the package failed"));
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 303);
    let (order, request) = ordered(&app, &device).await;
    assert_eq!((request.packages().len(), request.attempt), (1, 2), "what is there is not installed again");
    app.clock.advance(MINUTE);
    device.ends(&app, &order, &request, None).await;
    app.clock.advance(MINUTE);
    device.again(&app).await;
    shows(&mut owner, &run, "a fresh scan does not find it").await;
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 303);
    let (order, request) = ordered(&app, &device).await;
    app.clock.advance(MINUTE);
    device.ends(&app, &order, &request, None).await;
    app.clock.advance(MINUTE);
    device.has(&app, &[("openssl", "3.0.18"), ("vim", "9.1")], &[]).await;
    shows(&mut owner, &run, "1 of 1 done").await;
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 409, "nothing failed");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_vanishes_is_given_up_and_who_waits_can_be_stopped() {
    let app = TestApp::start().await;
    let (gone, waits, mut owner) = (Patched::enrol(&app, CLIENT, "vanishes").await, Patched::enrol(&app, CLIENT, "waits").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let run = start(&mut owner, &[("device", &gone.hand.0.device.to_string())]).await;
    ordered(&app, &gone).await;
    app.clock.advance(HOUR);
    shows(&mut app.owner().await, &run, "Not heard of in time").await;
    let mut owner = app.owner().await;
    let run = start(&mut owner, &[("device", &waits.hand.0.device.to_string())]).await;
    let commands = waits.hand.path();
    eventually("the command is there", || async { words(&app.owner().await.get(&commands).await.body).contains("Install updates") }).await;
    assert_eq!(owner.post(&format!("{run}/cancellation"), &[]).await.status, 303);
    assert!(says(&owner.get(&run).await, "Skipped: the run was cancelled") && says(&owner.get(&run).await, "Cancelled"));
    assert!(waits.ordered(&app).await.is_none(), "what was stopped is not given out");
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 409);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_shows_each_only_their_own_devices() {
    let app = TestApp::start().await;
    let (theirs, mine) = (Patched::enrol(&app, CLIENT, "theirs").await, Patched::enrol(&app, "Castell Legal", "mine-too").await);
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let alone = start(&mut owner, &[("device", &theirs.hand.0.device.to_string())]).await;
    let both = start(&mut owner, &[]).await;
    assert_eq!(scoped.get(&alone).await.status, 404);
    let page = scoped.get(&both).await;
    assert!(says(&page, "mine-too") && !words(&page.body).contains("theirs"), "{}", words(&page.body));
    assert_eq!(scoped.post(&format!("{both}/cancellation"), &[]).await.status, 403, "others are in it");
    assert_eq!(scoped.get(&format!("/patching/runs/new?device={}", theirs.hand.0.device)).await.status, 404);
    assert_eq!(scoped.post("/patching/runs", &[("password", super::PASSWORD), ("device", &theirs.hand.0.device.to_string())]).await.status, 404);
    assert_eq!(mine.hand.poll(&app, true, vec![], vec![]).await.orders.len(), 0, "no jobs run here, so nobody is told");
}

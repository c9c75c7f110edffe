//! Who may ask for what, what is asked of them, and how commands end that no device takes.

use domain::{
    commands::PATIENCE,
    time::{HOUR, MINUTE},
};
use portico::jobs;

use super::{CLIENT, PASSWORD, ask, ask_script, eventually, is};
use crate::{
    agents::{Signer, words},
    commands::forged::Hand,
    harness::TestApp,
};

/// A device whose agent is played by hand, and may change it.
async fn played(app: &TestApp) -> Hand {
    let hand = Hand(Signer::enrol(app, &app.key(CLIENT, &[]).await, "lab").await);
    assert_eq!(hand.poll(app, true, vec![], vec![]).await.orders, vec![]);
    hand
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_grave_asks_for_the_password_again() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (played(&app).await, app.owner().await);
    let path = hand.path();
    let script = |password: &'static str| vec![("kind", "run_script"), ("script", "id -u\n"), ("limit", "5"), ("password", password)];
    for (typed, why) in [("", "is needed"), ("wrong", "is not your password")] {
        let answer = owner.post(&path, &script(typed)).await;
        app.clock.advance(3_000);
        assert!(answer.status == 422 && answer.body.contains(why) && answer.body.contains("id -u"), "{}", words(&answer.body));
    }
    assert!(hand.poll(&app, true, vec![], vec![]).await.orders.is_empty(), "nothing was asked for");
    ask(&mut owner, &path, &script(PASSWORD)).await;
    ask(&mut owner, &path, &script("")).await;
    assert!(!owner.get(&path).await.body.contains("Your password"), "it is remembered");
    app.clock.advance(11 * MINUTE);
    assert_eq!(owner.post(&path, &script("")).await.status, 422, "for ten minutes");
    for (script, limit, why) in
        [("", "5", "Write the script"), ("id", "0", "Choose from 1"), ("id", "soon", "Choose from 1"), ("id\0", "5", "characters that no text has")]
    {
        let answer = owner.post(&path, &[("kind", "run_script"), ("script", script), ("limit", limit), ("password", PASSWORD)]).await;
        assert!(answer.status == 422 && answer.body.contains(why), "{script:?} {limit}: {}", answer.status);
    }
    assert_eq!(owner.post(&path, &[("kind", "format_disk")]).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lost_the_right_meanwhile_has_nothing_done() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (played(&app).await, app.owner().await);
    let mut technician = app.signed_in(crate::harness::NORTHWIND, "tech@northwind.example").await;
    let page = ask_script(&mut technician, &hand.path(), "id").await;
    let people = owner.get("/settings/people?q=tech@northwind.example").await.body;
    let person = people.split("/settings/people/per_").nth(1).and_then(|rest| rest.get(..32)).expect("the technician").to_owned();
    assert_eq!(owner.post(&format!("/settings/people/per_{person}/disablement"), &[]).await.status, 303);
    assert!(hand.poll(&app, true, vec![], vec![]).await.orders.is_empty(), "it is not given out");
    let answer = owner.get(&page).await;
    assert!(is(&answer, "Cancelled") && words(&answer.body).contains("may not do so any more"), "{}", words(&answer.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_device_takes_ends_by_itself() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (played(&app).await, app.owner().await);
    let jobs = jobs::start(&app.app).await.expect("jobs");
    let queued = ask(&mut owner, &hand.path(), &[("kind", "collect"), ("patience", &PATIENCE[0].0.to_string())]).await;
    let waits = ask(&mut owner, &hand.path(), &[("kind", "collect"), ("patience", &PATIENCE[2].0.to_string())]).await;
    app.clock.advance(HOUR + 1);
    let mut owner = app.owner().await;
    eventually("it expires", || async { is(&owner.clone().get(&queued).await, "Expired") }).await;
    assert!(is(&owner.get(&waits).await, "Queued"), "another one still waits");
    let taken = hand.poll(&app, true, vec![], vec![]).await.orders;
    assert_eq!(taken.len(), 1, "what expired is not given out");
    hand.poll(&app, true, vec![], vec![super::forged::progress(taken[0].id, 1, &app)]).await;
    app.clock.advance(7 * 24 * HOUR + 17 * MINUTE);
    let mut owner = app.owner().await;
    eventually("silence is noticed", || async { owner.clone().get(&waits).await.body.contains("fell silent in the middle") }).await;
    assert!(is(&owner.get(&waits).await, "Failed"));
    jobs.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_is_taken_back_until_it_has_begun() {
    let app = TestApp::start().await;
    let (hand, mut owner) = (played(&app).await, app.owner().await);
    let page = ask(&mut owner, &hand.path(), &[("kind", "collect")]).await;
    for _ in 0..2 {
        assert_eq!(owner.post(&format!("{page}/cancellation"), &[]).await.status, 303, "a double click is no fault");
    }
    assert!(is(&owner.get(&page).await, "Cancelled"));
    assert!(hand.poll(&app, true, vec![], vec![]).await.orders.is_empty());

    let page = ask(&mut owner, &hand.path(), &[("kind", "collect")]).await;
    let taken = hand.poll(&app, true, vec![], vec![]).await.orders;
    assert_eq!(owner.post(&format!("{page}/cancellation"), &[]).await.status, 303);
    let has = vec![taken[0].id];
    assert_eq!(hand.poll(&app, true, has.clone(), vec![]).await.cancelled, has, "the device is told");

    let page = ask(&mut owner, &hand.path(), &[("kind", "collect")]).await;
    let taken = hand.poll(&app, true, vec![], vec![]).await.orders;
    hand.poll(&app, true, vec![], vec![super::forged::progress(taken[0].id, 1, &app)]).await;
    let answer = owner.post(&format!("{page}/cancellation"), &[]).await;
    assert!(answer.status == 409 && answer.body.contains("this command is running"), "{}", words(&answer.body));
    for n in 0..domain::commands::MOST_OPEN - 1 {
        assert_eq!(owner.post(&hand.path(), &[("kind", "collect")]).await.status, 303, "{n}");
    }
    let answer = owner.post(&hand.path(), &[("kind", "collect")]).await;
    assert!(answer.status == 409 && answer.body.contains("20 commands wait"), "{}", words(&answer.body));
}

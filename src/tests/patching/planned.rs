//! Runs that wait: for a window, for a contact's yes, or both; planned by hand and by schedules.

use domain::{
    Moment,
    commands::Spec,
    patching::outcome::FailureClass,
    time::{DAY, HOUR, MINUTE},
};
use portico::jobs;

use super::{CLIENT, PASSWORD, Patched, runs::ordered, says, start};
use crate::{
    agents::words,
    commands::eventually,
    harness::{Browser, TestApp},
};

/// `2026-08-01T22:00` in UTC.
fn wall(at: Moment) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).expect("an instant");
    at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Plans a window of all clients that begins in `from` and lasts four hours; its id.
async fn window(app: &TestApp, owner: &mut Browser, from: i64) -> String {
    let begins = app.clock.now() + from;
    let begins = Moment(begins.0 - begins.0 % MINUTE);
    let fields = [
        ("name", "Patch night"),
        ("place", "tenant"),
        ("kind", "once"),
        ("zone", "UTC"),
        ("from", &wall(begins)),
        ("until", &wall(begins + 4 * HOUR)),
        ("patching", "yes"),
    ];
    let answer = owner.post("/settings/windows", &fields).await;
    assert_eq!(answer.status, 303, "{}", words(&answer.body));
    let page = owner.get("/patching/runs/new").await;
    let at = page.body.find("value=\"win_").unwrap_or_else(|| panic!("{}", words(&page.body)));
    page.body[at + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
}

async fn schedule(owner: &mut Browser, window: &str, more: &[(&str, &str)]) -> String {
    let mut fields = more.to_vec();
    fields.extend([("name", "Nights"), ("window", window), ("what", "all"), ("reboot", "never"), ("retries", "1"), ("password", PASSWORD)]);
    let answer = owner.post("/patching/schedules", &fields).await;
    assert_eq!(answer.status, 303, "{}", words(&answer.body));
    answer.header("location").to_owned()
}

async fn run_of(app: &TestApp, page: &str) -> String {
    let begun = std::time::Instant::now();
    loop {
        let body = app.owner().await.get(page).await.body;
        if let Some(at) = body.find("/patching/runs/run_") {
            return body[at..].chars().take_while(|c| *c != '"').collect();
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "no run: {}", words(&body));
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// The page of the approval that a run asks for.
async fn asked(contact: &mut Browser) -> String {
    let list = contact.get("/approvals").await.body;
    let title = list.find("Install updates: ").unwrap_or_else(|| panic!("{}", words(&list)));
    let at = list[..title].rfind("/approvals/apr_").expect("an approval");
    list[at..].chars().take_while(|c| *c != '"').collect()
}

async fn shows(app: &TestApp, page: &str, text: &str) {
    eventually(text, || async { says(&app.owner().await.get(page).await, text) }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_for_its_window_and_ends_with_it() {
    let app = TestApp::start().await;
    let (mut device, late, mut owner) = (Patched::enrol(&app, CLIENT, "in-time").await, Patched::enrol(&app, CLIENT, "too-late").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let night = window(&app, &mut owner, 2 * HOUR).await;
    assert!(says(&owner.get(&format!("/patching/runs/new?window={night}")).await, "Plan the run"));
    let refused = owner.post("/patching/runs", &[("password", PASSWORD), ("reboot", "yes")]).await;
    assert_eq!(refused.status, 422, "restarts stay within a window");
    let run = start(&mut owner, &[("window", &night)]).await;
    shows(&app, &run, "Scheduled").await;
    assert!(says(&owner.get(&device.page()).await, "A run will install it at"));
    assert!(device.ordered(&app).await.is_none() && late.ordered(&app).await.is_none(), "nobody is told before the window");
    app.clock.advance(2 * HOUR);
    device.hand.poll(&app, true, vec![], vec![]).await;
    let (order, request) = ordered(&app, &device).await;
    let until = request.not_after.expect("the end of the window");
    assert!(until > app.clock.now() && until <= app.clock.now() + 4 * HOUR && order.expires_at <= until);
    device.ends(&app, &order, &request, None).await;
    app.clock.advance(MINUTE);
    device.has(&app, &[("openssl", "3.0.18"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    shows(&app, &run, "1 of 2 done").await;
    app.clock.advance(4 * HOUR);
    shows(&app, &run, "Skipped: it did not ask before the window ended").await;
    shows(&app, &run, "Done with failures").await;
    assert!(late.ordered(&app).await.is_none(), "what was not asked for in time is not given out");
    let mut owner = app.owner().await;
    assert_eq!(owner.post(&format!("{run}/retry"), &[("password", PASSWORD)]).await.status, 409, "its window is over");
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_plans_a_run_for_each_client_and_restarts_in_the_window() {
    let app = TestApp::start().await;
    let (mut mine, theirs, mut owner) = (Patched::enrol(&app, CLIENT, "mine").await, Patched::enrol(&app, "Castell Legal", "theirs").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let night = window(&app, &mut owner, HOUR).await;
    assert_eq!(owner.post("/patching/schedules", &[("name", "Nights"), ("window", &night), ("password", "wrong")]).await.status, 422);
    app.clock.advance(MINUTE);
    let page = schedule(&mut owner, &night, &[("reboot", "in-window")]).await;
    assert!(says(&owner.get("/patching/schedules").await, "Patch night"));
    assert!(!owner.get(&page).await.body.contains("/patching/runs/run_"), "nothing is planned before the window opens");
    app.clock.advance(HOUR);
    shows(&app, &page, &format!("Nights, {CLIENT}")).await;
    shows(&app, &page, "Nights, Castell Legal").await;
    let (order, request) = ordered(&app, &mine).await;
    ordered(&app, &theirs).await;
    mine.report.state.reboot_required = Some(true);
    mine.ends(&app, &order, &request, None).await;
    app.clock.advance(MINUTE);
    mine.has(&app, &[("openssl", "3.0.18"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    let begun = std::time::Instant::now();
    let restart = loop {
        let orders = mine.hand.poll(&app, true, vec![], vec![]).await.orders;
        if let Some(order) = orders.into_iter().find(|order| matches!(serde_json::from_str(&order.spec), Ok(Spec::Reboot { .. }))) {
            break order;
        }
        assert!(
            begun.elapsed() < std::time::Duration::from_secs(60),
            "never told to restart: {}",
            words(&app.owner().await.get(&run_of(&app, &page).await).await.body)
        );
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    };
    let Ok(Spec::Reboot { not_after: Some(until) }) = serde_json::from_str(&restart.spec) else { panic!("{}", restart.spec) };
    assert!(until <= app.clock.now() + 4 * HOUR);
    app.clock.advance(MINUTE);
    mine.report.state.reboot_required = Some(false);
    mine.again(&app).await;
    let mut owner = app.owner().await;
    let list = owner.get("/patching/runs").await;
    assert!(says(&list, "1 of 1 done"), "{}", words(&list.body));
    // Once in each window, and not by those who see one client alone.
    let mut scoped = app.scoped().await;
    assert_eq!(scoped.get(&page).await.status, 200);
    assert_eq!(scoped.post(&page, &[("password", PASSWORD), ("revision", "1")]).await.status, 403);
    assert_eq!(owner.get(&page).await.body.matches("/patching/runs/run_").count(), 2);
    assert_eq!(owner.post(&format!("{page}/removal"), &[("revision", "7")]).await.status, 409);
    assert_eq!(owner.post(&format!("{page}/removal"), &[("revision", "1")]).await.status, 303);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_says_yes_before_anything_is_installed() {
    let app = TestApp::start().await;
    let (device, other, mut owner) = (Patched::enrol(&app, "Castell Legal", "asked").await, Patched::enrol(&app, CLIENT, "unasked").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let both = owner.post("/patching/runs", &[("password", PASSWORD), ("approval", "yes")]).await;
    assert_eq!(both.status, 422, "each client answers for its own devices");
    let chosen = [("device", device.hand.0.device.to_string()), ("approval", "yes".into())];
    let chosen: Vec<(&str, &str)> = chosen.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let run = start(&mut owner, &chosen).await;
    assert!(says(&owner.get(&run).await, "Waiting for approval") && device.ordered(&app).await.is_none());
    let mut contact = app.contact().await;
    assert_eq!(contact.get(&run).await.status, 403, "contacts read the question, not the run");
    let approval = asked(&mut contact).await;
    let page = contact.get(&approval).await;
    assert!(says(&page, "asked: openssl 3.0.18") && says(&page, "No device is restarted") && !page.body.contains("/patching/runs/"), "{}", words(&page.body));
    assert!(owner.get(&approval).await.body.contains(&run), "staff come from the question to the run");
    eventually("a mail", || async { words(&app.owner().await.get("/settings/channels/deliveries").await.body).contains("Please approve: Install updates") })
        .await;
    assert_eq!(contact.post(&format!("{approval}/yes"), &[("note", "Go on")]).await.status, 303);
    let (order, request) = ordered(&app, &device).await;
    device.ends(&app, &order, &request, Some(("openssl", FailureClass::Script))).await;
    shows(&app, &run, "Failed: a script of the package failed").await;
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 303, "the password was given a moment ago");
    ordered(&app, &device).await;
    assert_eq!(owner.post(&format!("{run}/cancellation"), &[]).await.status, 303, "what is tried again can be stopped");
    assert!(other.ordered(&app).await.is_none());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_yes_nothing_is_installed() {
    let app = TestApp::start().await;
    let (device, mut owner) = (Patched::enrol(&app, "Castell Legal", "refused").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let id = device.hand.0.device.to_string();
    let run = start(&mut owner, &[("device", &id), ("approval", "yes")]).await;
    let refused = run_of(&app, "/patching/runs").await;
    assert_eq!(refused, run);
    let mut contact = app.contact().await;
    let approval = asked(&mut contact).await;
    assert_eq!(contact.post(&format!("{approval}/no"), &[("note", "Not this week")]).await.status, 303);
    shows(&app, &run, "Cancelled").await;
    shows(&app, &run, "Skipped: the run was cancelled").await;
    assert_eq!(owner.post(&format!("{run}/retry"), &[]).await.status, 409, "a no is not tried again");
    let unanswered = start(&mut owner, &[("device", &id), ("approval", "yes")]).await;
    app.clock.advance(3 * DAY + MINUTE);
    shows(&app, &unanswered, "Expired").await;
    shows(&app, &unanswered, "Skipped: it did not ask before the window ended").await;
    let mut owner = app.owner().await;
    let withdrawn = start(&mut owner, &[("device", &id), ("approval", "yes")]).await;
    assert_eq!(owner.post(&format!("{withdrawn}/cancellation"), &[]).await.status, 303);
    let answered = app.contact().await.get("/approvals").await;
    assert!(says(&answered, "Withdrawn") && says(&answered, "Refused") && says(&answered, "Expired"), "{}", words(&answered.body));
    assert!(device.ordered(&app).await.is_none());
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_does_not_outlive_its_window() {
    let app = TestApp::start().await;
    let (device, mut owner) = (Patched::enrol(&app, CLIENT, "spared").await, app.owner().await);
    let running = jobs::start(&app.app).await.expect("jobs");
    let night = window(&app, &mut owner, 2 * HOUR).await;
    let run = start(&mut owner, &[("window", &night)]).await;
    shows(&app, &run, "Scheduled").await;
    assert_eq!(owner.post(&format!("/settings/windows/{night}/removal"), &[("revision", "1")]).await.status, 303);
    shows(&app, &run, "Expired").await;
    shows(&app, &run, "Skipped: it did not ask before the window ended").await;
    assert!(device.ordered(&app).await.is_none());
    let night = window(&app, &mut owner, MINUTE).await;
    let run = start(&mut owner, &[("window", &night)]).await;
    app.clock.advance(2 * MINUTE);
    eventually("it is told", || async { words(&app.owner().await.get(&device.hand.path()).await.body).contains("Install updates") }).await;
    assert_eq!(owner.post(&format!("/settings/windows/{night}/removal"), &[("revision", "1")]).await.status, 303);
    shows(&app, &run, "Cancelled").await;
    shows(&app, &run, "Skipped: the run was cancelled").await;
    assert!(device.ordered(&app).await.is_none(), "what was told and not taken is taken back");
    running.stop().await;
}

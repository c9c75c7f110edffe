//! Alerts follow windows: suppressed at raise and at the beginning, open or resolved at the end.

use domain::{
    alerts::{Sample, sample::UnitState},
    ids::WindowId,
    time::{HOUR, MINUTE},
};

use super::{a_window, listed, weekly, work_off};
use crate::{
    agents::words,
    alerts::{Watched, unit, well},
    harness::TestApp,
};

fn failed() -> Sample {
    unit(well(), "backup.service", UnitState::Failed)
}

async fn maintain(app: &TestApp, watched: &Watched, hours: &str) -> u16 {
    let mut owner = app.owner().await;
    let status = owner.post(&format!("/devices/{}/maintenance", watched.device()), &[("hours", hours)]).await.status;
    work_off(app).await;
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_raised_inside_a_window_is_suppressed_and_opens_at_its_end() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "quiet").await;
    assert_eq!(maintain(&app, &watched, "2").await, 303);
    let mut owner = app.owner().await;
    let device = words(&owner.get(&format!("/devices/{}/alerts", watched.device())).await.body);
    assert!(device.contains("In maintenance until"), "{device}");
    watched.measures_for(&app, &failed(), 30).await;
    assert!(watched.alerts(&app, "open").await.is_empty());
    let suppressed = watched.alerts(&app, "suppressed").await;
    assert_eq!(suppressed.len(), 1);
    let mut owner = app.owner().await;
    let inbox = words(&owner.get(&format!("/alerts?show=suppressed&device={}", watched.device())).await.body);
    assert!(inbox.contains("Maintenance of quiet"), "{inbox}");
    let page = words(&owner.get(&suppressed[0]).await.body);
    assert!(page.contains("Raised inside the maintenance window “Maintenance of quiet”, so suppressed"), "{page}");
    app.clock.advance(90 * MINUTE);
    work_off(&app).await;
    assert_eq!(watched.alerts(&app, "open").await, suppressed, "it still holds, so it needs somebody");
    let page = words(&app.owner().await.get(&suppressed[0]).await.body);
    assert!(page.contains("The maintenance window “Maintenance of quiet” ended"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_alert_is_suppressed_when_a_window_begins_and_resolves_with_it() {
    let app = TestApp::start().await;
    let (mut watched, mut other) = (Watched::enrol(&app, "first").await, Watched::enrol(&app, "second").await);
    watched.measures_for(&app, &failed(), 30).await;
    other.measures_for(&app, &failed(), 30).await;
    let raised = watched.alerts(&app, "open").await;
    assert_eq!((raised.len(), maintain(&app, &watched, "1").await), (1, 303));
    assert_eq!(watched.alerts(&app, "suppressed").await, raised);
    assert_eq!(other.alerts(&app, "open").await.len(), 1, "another device is not in the window");
    watched.measures_for(&app, &well(), 30).await;
    assert_eq!(watched.alerts(&app, "suppressed").await, raised, "what clears inside stays quiet until the end");
    app.clock.advance(HOUR);
    work_off(&app).await;
    assert_eq!(watched.alerts(&app, "resolved").await, raised);
    assert!(watched.alerts(&app, "open").await.is_empty());
    for (hours, status) in [("3", 422), ("", 422), ("-1", 422)] {
        assert_eq!(maintain(&app, &watched, hours).await, status, "{hours}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_removed_or_moved_while_open_lets_its_alerts_go() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "removed").await;
    watched.measures_for(&app, &failed(), 30).await;
    assert_eq!(maintain(&app, &watched, "8").await, 303);
    assert_eq!(watched.alerts(&app, "suppressed").await.len(), 1);
    let mut owner = app.owner().await;
    let id = newest(&app).await;
    let now = app.clock.now();
    let wall = |at: domain::Moment| jiff::Timestamp::from_millisecond(at.0).expect("an instant").strftime("%Y-%m-%dT%H:%M").to_string();
    let (from, until, castell) = (wall(now - HOUR), wall(now + HOUR), super::client(&app, "Castell Legal").await);
    let mut fields = weekly(&castell);
    fields.extend([("from", from.as_str()), ("until", until.as_str()), ("revision", "1")]);
    let once = fields.iter().map(|(name, value)| match *name {
        "kind" => (*name, "once"),
        "zone" => (*name, "UTC"),
        _ => (*name, *value),
    });
    let answer = owner.post(&format!("/settings/windows/{id}"), &once.collect::<Vec<_>>()).await;
    assert_eq!(answer.status, 303, "{}", words(&answer.body));
    work_off(&app).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1, "it holds at another client now");
    assert_eq!(maintain(&app, &watched, "8").await, 303);
    assert_eq!(watched.alerts(&app, "suppressed").await.len(), 1);
    let mut owner = app.owner().await;
    let page = format!("/settings/windows/{}", newest(&app).await);
    assert_eq!(owner.post(&format!("{page}/removal"), &[("revision", "1")]).await.status, 303);
    work_off(&app).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1);
    assert_eq!(owner.get(&page).await.status, 404);
}

/// The window that was planned last.
async fn newest(app: &TestApp) -> WindowId {
    listed(&mut app.owner().await).await.into_iter().max().expect("a window")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_takes_its_windows_along_and_a_closed_one_suppresses_nothing() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "mover").await;
    let castell = super::client(&app, "Castell Legal").await;
    a_window(&app, &castell).await;
    watched.measures_for(&app, &failed(), 30).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1, "another client's window is none of its");
    assert_eq!(maintain(&app, &watched, "8").await, 303);
    let mut owner = app.owner().await;
    let id = newest(&app).await;
    assert_eq!(app.scoped().await.get(&format!("/settings/windows/{id}")).await.status, 404);
    let manage = owner.get(&format!("/devices/{}/manage", watched.device())).await.body;
    let site = manage.split("<option value=\"").skip(1).find(|part| part.contains("Castell Legal")).and_then(|part| part.split('"').next()).expect("its site");
    assert_eq!(owner.post(&format!("/devices/{}/site", watched.device()), &[("site", site)]).await.status, 303);
    assert_eq!(app.scoped().await.get(&format!("/settings/windows/{id}")).await.status, 200);
    assert_eq!(owner.post(&format!("/devices/{}/retirement", watched.device()), &[]).await.status, 303);
    assert_eq!(owner.post(&format!("/devices/{}/removal", watched.device()), &[]).await.status, 303);
    assert_eq!(owner.get(&format!("/settings/windows/{id}")).await.status, 404, "it goes with its device");
}

/// Plans a window at `place` that is open now and for hours to come.
async fn open_window(app: &TestApp, name: &str, place: &str) {
    let now = app.clock.now();
    let wall = |at: domain::Moment| jiff::Timestamp::from_millisecond(at.0).expect("an instant").strftime("%Y-%m-%dT%H:%M").to_string();
    let (from, until) = (wall(now - HOUR), wall(now + 8 * HOUR));
    let fields = [("name", name), ("place", place), ("kind", "once"), ("from", &from), ("until", &until), ("zone", "UTC"), ("alerts", "yes")];
    let answer = app.owner().await.post("/settings/windows", &fields).await;
    assert_eq!(answer.status, 303, "{}", words(&answer.body));
    work_off(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_moves_leaves_the_window_of_its_old_place() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "mover").await;
    let (lab, castell) = (super::client(&app, "Harbour Street Lab").await, super::client(&app, "Castell Legal").await);
    open_window(&app, "Here", &lab).await;
    watched.measures_for(&app, &failed(), 30).await;
    let alert = watched.alerts(&app, "suppressed").await;
    assert_eq!(alert.len(), 1);
    let mut owner = app.owner().await;
    let manage = owner.get(&format!("/devices/{}/manage", watched.device())).await.body;
    let site = |name: &str| {
        manage.split("<option value=\"").skip(1).find(|part| part.contains(name)).and_then(|part| part.split('"').next()).expect("a site").to_owned()
    };
    let (there, back) = (site("Castell Legal"), site("Harbour Street Lab"));
    assert_eq!(owner.post(&format!("/devices/{}/site", watched.device()), &[("site", &there)]).await.status, 303);
    assert_eq!(watched.alerts(&app, "open").await, alert, "nobody maintains it there");
    open_window(&app, "There", &castell).await;
    assert_eq!(watched.alerts(&app, "suppressed").await, alert);
    assert_eq!(owner.post(&format!("/devices/{}/site", watched.device()), &[("site", &back)]).await.status, 303);
    assert_eq!(watched.alerts(&app, "suppressed").await, alert, "the other window has it now");
    let page = words(&owner.get(&alert[0]).await.body);
    assert!(page.contains("by the window “Here”"), "{page}");
}

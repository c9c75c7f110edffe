//! Maintenance windows: planned by people, followed by alerts, through clocks that change and workers that die.

mod followed;
mod planned;
mod timed;

use domain::ids::WindowId;

use crate::harness::{Browser, TestApp};

/// The fields of a weekly window at `place`.
fn weekly(place: &str) -> Vec<(&str, &str)> {
    vec![
        ("name", "Patch night"),
        ("place", place),
        ("kind", "weekly"),
        ("days", "sat"),
        ("start", "22:00"),
        ("minutes", "240"),
        ("zone", "Europe/Berlin"),
        ("alerts", "yes"),
    ]
}

/// Does every job that is due.
async fn work_off(app: &TestApp) {
    while let Some(claim) = app.database().claim_job(app.clock.now(), false).await.expect("asked") {
        portico::jobs::work::done(&app.app, &claim).await.expect("done");
    }
}

/// The id of a client of Northwind.
async fn client(app: &TestApp, name: &str) -> String {
    let inside = app.inside(app.northwind).await;
    let row = inside.client_called(&domain::clients::same(name)).await.expect("asked").expect("the client");
    domain::ids::ClientId(row.id).to_string()
}

/// The ids of the windows that the list shows, in its order.
async fn listed(browser: &mut Browser) -> Vec<WindowId> {
    let page = browser.get("/settings/windows").await;
    assert_eq!(page.status, 200);
    page.body.split("href=\"/settings/windows/").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

/// The id of a window at `place` that the owner plans.
pub async fn a_window(app: &TestApp, place: &str) -> String {
    let mut owner = app.owner().await;
    let before = listed(&mut owner).await;
    let answer = owner.post("/settings/windows", &weekly(place)).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/settings/windows?done=window-planned"), "{}", crate::agents::words(&answer.body));
    listed(&mut owner).await.into_iter().find(|id| !before.contains(id)).expect("the new one").to_string()
}

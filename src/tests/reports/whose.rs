//! Whose reports are whose, and what a form refuses.

use super::{form, kept, send};
use crate::harness::{BLUEFIN, TestApp};

async fn client(app: &TestApp, name: &str) -> String {
    let rows = app.inside(app.northwind).await.clients().await.expect("clients");
    domain::ids::ClientId(rows.into_iter().find(|row| row.name == name).expect("the client").id).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_read_what_was_delivered_for_them_and_nothing_else() {
    let app = TestApp::start().await;
    let (theirs, others) = (kept(&app, &client(&app, "Castell Legal").await).await, kept(&app, &client(&app, "Pembroke Hotels").await).await);
    let mut contact = app.contact().await;
    let list = contact.get("/reports").await.body;
    assert!(list.contains(&theirs) && !list.contains(&others) && !list.contains("/reports/schedules"));
    for format in ["", "/pdf", "/xlsx", "/csv"] {
        assert_eq!(contact.get(&format!("/reports/delivered/{theirs}{format}")).await.status, 200, "{format}");
        assert_eq!(contact.get(&format!("/reports/delivered/{others}{format}")).await.status, 404, "{format}");
    }
    let page = contact.get(&format!("/reports/delivered/{theirs}")).await.body;
    assert!(page.contains("Castell Legal") && !page.contains("Pembroke") && !page.contains("href=\"/alerts"), "rows lead nowhere that contacts may not go");
    assert_eq!(contact.get("/reports/alerts").await.status, 403);
    assert_eq!(app.scoped().await.get(&format!("/reports/delivered/{others}")).await.status, 404);
    assert_eq!(app.signed_in(BLUEFIN, "owner@bluefin.example").await.get(&format!("/reports/delivered/{theirs}")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivered_report_stays_as_it_was() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let castell = client(&app, "Castell Legal").await;
    let id = kept(&app, &castell).await;
    let before = owner.get(&format!("/reports/delivered/{id}/csv")).await.body;
    crate::alerts::an_alert(&app, "Castell Legal").await;
    // The session ended meanwhile.
    let mut owner = app.owner().await;
    let now = owner.get(&format!("/reports/alerts/csv?period=30d&client={castell}")).await.body;
    assert_ne!(now, before, "a new alert stands in the report of now");
    assert_eq!(owner.get(&format!("/reports/delivered/{id}/csv")).await.body, before);
    let acts = app.inside(app.northwind).await.audit_rows(&foundation::audit::Asked::default(), 100).await.expect("entries");
    for action in ["report delivered", "report exported"] {
        assert!(acts.iter().any(|row| row.action == action), "{action} stands in the audit");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_say_what_is_wrong_and_the_second_of_two_is_told() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let wrong = owner.get("/reports/alerts?period=between&from=2026-02-30&to=2026-03-01").await;
    assert!(wrong.status == 422 && wrong.body.contains("is not a day of the calendar"));
    let mut bad = form("all");
    bad.iter_mut().filter(|(name, _)| *name == "zone").for_each(|(_, value)| *value = "Mars/Base".into());
    let answer = send(&mut owner, "/reports/schedules", &bad).await;
    assert!(answer.status == 422 && answer.body.contains("Mars/Base") && answer.body.contains("is no time zone"));
    let (_, id) = super::delivered_and_scheduled(&app, &client(&app, "Castell Legal").await).await;
    let path = format!("/reports/schedules/{id}");
    let mut again = form("all");
    again.push(("revision", "1".into()));
    assert_eq!(send(&mut owner, &path, &again).await.status, 303);
    assert_eq!(send(&mut owner, &path, &again).await.status, 409, "somebody changed it since version 1");
    assert_eq!(owner.post(&format!("{path}/pause"), &[("revision", "2")]).await.status, 303);
    assert!(owner.get("/reports/schedules").await.body.contains("paused"));
    assert_eq!(owner.post(&format!("{path}/removal"), &[]).await.status, 303);
    assert_eq!(owner.get(&path).await.status, 404);
}

//! Approvals: asked by staff, answered once by a contact, over in time.

use domain::time::DAY;

use crate::{
    harness::{NORTHWIND, TestApp},
    requests::ask,
};

/// Asks for a yes on the request at `path`; gives the approval's id.
pub async fn asked(app: &TestApp, path: &str) -> String {
    let mut owner = app.owner().await;
    let fields = [("title", "May we restart it?"), ("body", "Ten minutes.\nTonight."), ("term", "1d")];
    assert_eq!(owner.post(&format!("{path}/approval"), &fields).await.status, 303);
    let page = owner.get(path).await.body;
    let at = page.find("/approvals/apr_").expect("the approval");
    page[at + "/approvals/".len()..at + "/approvals/apr_".len() + 32].to_owned()
}

/// How many jobs of this kind wait for the approval.
async fn told(app: &TestApp) -> bool {
    app.database().has_jobs(app.clock.now()).await.expect("asked")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_answer_holds() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let path = ask(&mut contact, "It is slow").await;
    let approval = format!("/approvals/{}", asked(&app, &path).await);
    assert!(contact.get("/approvals").await.body.contains("May we restart it?"));
    let page = contact.get(&approval).await.body;
    assert!(page.contains("Ten minutes.") && page.contains("Yes, do it") && !page.contains("Withdraw"));
    let mut second = app.contact().await;
    assert_eq!(contact.post(&format!("{approval}/yes"), &[("note", "After six, please")]).await.status, 303);
    let late = second.post(&format!("{approval}/no"), &[("note", "")]).await;
    assert!(late.status == 409 && late.body.contains("refused") && late.body.contains("approved"), "both values: {}", late.body);
    assert_eq!(second.post(&format!("{approval}/yes"), &[("note", "")]).await.status, 303, "the same answer is no fault");
    assert!(told(&app).await, "the room that asked is told");
    let mut owner = app.owner().await;
    let page = owner.get(&path).await.body;
    assert!(page.contains("approved: May we restart it?") && page.contains("After six, please"));
    assert_eq!(owner.post(&format!("{approval}/withdrawal"), &[]).await.status, 409);
    assert_eq!(owner.post(&format!("{approval}/yes"), &[]).await.status, 403, "staff do not answer for a client");
    for email in ["contact@pembroke-hotels.example", "contact@brightwater-logistics.example"] {
        assert_eq!(app.signed_in(NORTHWIND, email).await.get(&approval).await.status, 404, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn time_and_staff_end_a_question() {
    let app = TestApp::start().await;
    let path = ask(&mut app.contact().await, "It is slow").await;
    let (taken, late) = (asked(&app, &path).await, asked(&app, &path).await);
    let mut owner = app.owner().await;
    assert!(owner.get("/approvals").await.body.contains("May we restart it?"));
    assert_eq!(owner.post(&format!("/approvals/{taken}/withdrawal"), &[]).await.status, 303);
    assert!(owner.get(&path).await.body.contains("took the question back"));
    app.clock.advance(DAY + 1);
    let mut contact = app.contact().await;
    assert_eq!(contact.post(&format!("/approvals/{late}/yes"), &[("note", "")]).await.status, 409, "nobody answers after the end");
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    portico::service::approvals::expire(&writing, &late, app.clock.now()).await.expect("over");
    portico::service::approvals::expire(&writing, &taken, app.clock.now()).await.expect("nothing to do");
    writing.commit().await.expect("kept");
    let page = contact.get(&format!("/approvals/{late}")).await.body;
    assert!(page.contains("Expired") && !page.contains("Yes, do it"));
    assert!(contact.get(&format!("/approvals/{taken}")).await.body.contains("Withdrawn"));
    assert!(contact.get(&path).await.body.contains("No answer came in time: May we restart it?"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_checked() {
    let app = TestApp::start().await;
    let path = ask(&mut app.contact().await, "It is slow").await;
    let mut owner = app.owner().await;
    for fields in [
        [("title", ""), ("body", ""), ("term", "1d")],
        [("title", "May we?"), ("body", ""), ("term", "1y")],
        [("title", "a"), ("body", "b\u{1b}"), ("term", "1d")],
    ] {
        assert_eq!(owner.post(&format!("{path}/approval"), &fields).await.status, 422, "{fields:?}");
    }
    assert_eq!(app.contact().await.post(&format!("{path}/approval"), &[("title", "May we?"), ("term", "1d")]).await.status, 403);
}

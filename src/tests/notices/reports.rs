//! A report whose time comes is kept once, and mailed once with its PDF.

use std::process::Command;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    Moment,
    ids::ReportScheduleId,
    reports::{Kind, ReportQuery, Rhythm, Schedule, Target},
};
use foundation::{fresh_id, reports::DeliveredQuery};
use portico::service::reports::{due, made};

use super::{CLIENT, relay::Relay, without_the_demos, work_off};
use crate::harness::TestApp;

/// Schedules a report for `target` that is due in a minute.
async fn scheduled(app: &TestApp, target: Target) -> (ReportScheduleId, Moment) {
    let (id, at) = (fresh_id::<ReportScheduleId>(), app.clock.now() + domain::time::MINUTE);
    let schedule = Schedule {
        kind: Kind::Inventory,
        target,
        rhythm: Rhythm::Monthly(1),
        hour: 6,
        zone: "UTC".into(),
        recipients: vec!["ada@castell-legal.example".into(), "ben@castell-legal.example".into()],
    };
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    writing.add_report_schedule(id, &schedule, at, (fresh_id(), "Priya Raman"), app.clock.now()).await.expect("added");
    writing.enqueue(portico::service::reports::look(id, at), app.clock.now()).await.expect("asked for");
    writing.commit().await.expect("kept");
    (id, at)
}

async fn inventories(app: &TestApp) -> u64 {
    let query = DeliveredQuery { kind: Some(Kind::Inventory), ..DeliveredQuery::default() };
    app.inside(app.northwind).await.delivered(&query).await.expect("a list").total
}

async fn client(app: &TestApp, name: &str) -> domain::ids::ClientId {
    let rows = app.inside(app.northwind).await.clients().await.expect("clients");
    rows.into_iter().find(|row| row.name == name).expect("the client").id.into()
}

/// What poppler reads in `pdf`; nothing where it is not installed.
fn read(app: &TestApp, pdf: &[u8]) -> Option<String> {
    let path = app.folder().join("report.pdf");
    std::fs::write(&path, pdf).expect("a file");
    let read = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    read.ok().map(|read| String::from_utf8_lossy(&read.stdout).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_report_is_mailed_once_with_its_pdf() {
    let (mut relay, app) = Relay::open().await;
    drop(without_the_demos(&app).await);
    let before = inventories(&app).await;
    let client = client(&app, CLIENT).await;
    let (id, at) = scheduled(&app, Target::Client(client)).await;
    work_off(&app).await;
    assert_eq!(inventories(&app).await, before, "not before its time");
    app.clock.advance(domain::time::MINUTE);
    work_off(&app).await;
    assert_eq!(inventories(&app).await, before + 1);
    let mail = relay.mail().await;
    assert_eq!(mail["to"], serde_json::json!(["ada@castell-legal.example", "ben@castell-legal.example"]));
    assert!(mail["subject"].as_str().is_some_and(|subject| subject.starts_with("Device inventory: Castell Legal, ")), "{}", mail["subject"]);
    assert_eq!(mail["sender"][0], "Northwind IT");
    let (name, kind) = (mail["files"][0][0].as_str().expect("a name"), mail["files"][0][1].as_str().expect("a type"));
    assert!(name.starts_with("inventory-") && name.ends_with(".pdf") && kind == "application/pdf", "{name}, {kind}");
    let pdf = STANDARD.decode(mail["files"][0][2].as_str().expect("bytes")).expect("base64");
    assert!(pdf.starts_with(b"%PDF-"));
    if let Some(text) = read(&app, &pdf) {
        assert!(text.contains("Castell Legal") && text.contains("Device inventory"), "{text}");
    }
    // The same occurrence once more, as by a worker whose end of the job was lost.
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let row = writing.report_schedule(id).await.expect("it");
    writing.move_report_schedule(&row, at).await.expect("moved back");
    due(&writing, &id.to_string(), app.clock.now()).await.expect("done");
    writing.commit().await.expect("kept");
    work_off(&app).await;
    assert_eq!(inventories(&app).await, before + 1);
    assert!(relay.is_quiet().await, "one mail for each occurrence");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_will_never_be_made_is_left_out_with_a_line_in_the_audit() {
    let app = TestApp::start().await;
    let gone = domain::ids::ClientId(domain::ids::Uuid::from_u128(7));
    let tenant = app.inside(app.northwind).await;
    let query = ReportQuery { client: Some(gone), ..ReportQuery::default() };
    assert!(made(&tenant, Kind::Inventory, &query, "UTC", app.clock.now()).await.is_err(), "nobody has it");
    let mut owner = app.owner().await;
    assert_eq!(owner.post("/clients", &[("name", "Harbour Dental"), ("site", "Quay Street")]).await.status, 303);
    let dental = client(&app, "Harbour Dental").await;
    let (id, at) = scheduled(&app, Target::Client(dental)).await;
    assert_eq!(owner.post(&format!("/clients/{dental}/archival"), &[]).await.status, 303);
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    due(&writing, &id.to_string(), at).await.expect("done");
    assert!(writing.report_schedule(id).await.expect("it").next_at > Some(at.0), "the next time is asked for");
    writing.commit().await.expect("kept");
    app.clock.advance(domain::time::MINUTE);
    work_off(&app).await;
    let acts = app.inside(app.northwind).await.audit_rows(&foundation::audit::Asked::default(), 100).await.expect("entries");
    assert!(acts.iter().any(|row| row.action == "report not delivered"));
}

//! Reports: every figure is the sum of its rows and of what the portal lists, each form says the same, and nobody reads another's.

mod whose;

use domain::{
    alerts::{InboxQuery, inbox::Show},
    devices::{
        query::{DeviceQuery, Waiting},
        status::Status,
    },
    ids::ReportScheduleId,
    reports::{Kind, Report, ReportQuery, Span, Value},
};
use portico::service::{
    notices::Portal,
    reports::{REPORT_OWED, deliver, due, made, owed},
};

use foundation::jobs::rows::job;
use sea_orm::ColumnTrait;

use crate::harness::{Browser, TestApp};

/// Keeps the report about alerts of `client`; gives its id.
pub async fn kept(app: &TestApp, client: &str) -> String {
    let answer = app.owner().await.post("/reports/alerts/delivery", &[("query", &format!("?period=30d&client={client}"))]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").split('?').next().and_then(|path| path.rsplit('/').next()).expect("an id").to_owned()
}

/// A form that schedules a report each month for `target`.
fn form(target: &str) -> Vec<(&'static str, String)> {
    let fields =
        [("kind", "inventory"), ("every", "monthly"), ("month_day", "1"), ("week_day", "mon"), ("hour", "6"), ("zone", "UTC"), ("recipients", "a@b.example")];
    fields.map(|(name, value)| (name, value.to_owned())).into_iter().chain([("target", target.to_owned())]).collect()
}

async fn send(browser: &mut Browser, path: &str, form: &[(&'static str, String)]) -> crate::harness::Answer {
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

/// A delivered report of `client` and a schedule for it; gives their ids.
pub async fn delivered_and_scheduled(app: &TestApp, client: &str) -> (String, String) {
    let report = kept(app, client).await;
    let mut owner = app.owner().await;
    assert_eq!(send(&mut owner, "/reports/schedules", &form(client)).await.status, 303);
    let rows = app.inside(app.northwind).await.report_schedules().await.expect("schedules");
    let row = rows.into_iter().find(|row| row.target == client).expect("it");
    (report, ReportScheduleId(row.id).to_string())
}

fn portal() -> Portal {
    Portal { name: "Northwind IT".into(), accent: "#205090".into(), url: "https://northwind.example".into() }
}

async fn report(app: &TestApp, kind: Kind) -> Report {
    let query = ReportQuery { span: Span::Days30, ..ReportQuery::default() };
    made(&app.inside(app.northwind).await, kind, &query, "UTC", app.clock.now()).await.expect("a report")
}

fn n(report: &Report, key: &str) -> u64 {
    match report.figures.iter().find(|figure| figure.key == key).unwrap_or_else(|| panic!("{key}")).value {
        Value::Count { n, .. } => n,
        Value::Lasting { measured, .. } => measured,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_what_the_portal_lists_and_what_the_rows_add_up_to() {
    let app = TestApp::start().await;
    let tenant = app.inside(app.northwind).await;
    let (inventory, alerts, executive) = (report(&app, Kind::Inventory).await, report(&app, Kind::Alerts).await, report(&app, Kind::Executive).await);
    let count = async |query: DeviceQuery| tenant.device_counts(&query, app.clock.now()).await.expect("counts").matching as u64;
    assert_eq!(n(&inventory, "all"), count(DeviceQuery::default()).await);
    for (key, status) in [("online", Status::Online), ("late", Status::Late), ("offline", Status::Offline)] {
        assert_eq!(n(&inventory, key), count(DeviceQuery { status: Some(status), ..DeviceQuery::default() }).await, "{key}");
    }
    assert_eq!(n(&inventory, "security"), count(DeviceQuery { updates: Some(Waiting::Security), ..DeviceQuery::default() }).await);
    assert_eq!(n(&inventory, "unseen"), count(DeviceQuery { unseen: true, ..DeviceQuery::default() }).await);
    let states = tenant.alert_counts(&InboxQuery::default()).await.expect("counts");
    let live: u64 = states.iter().filter(|(show, _)| !matches!(show, Show::Resolved | Show::All)).map(|(_, n)| n).sum();
    assert!(live > 0);
    assert_eq!(n(&alerts, "open"), live, "the period ends now, so what is not over is what the inbox holds");
    for key in ["raised", "resolved", "open", "time-to-resolve", "time-to-acknowledge"] {
        assert_eq!(n(&alerts, key), n(&executive, &format!("alerts-{key}")), "{key} is the same in both reports");
    }
    assert!(n(&alerts, "raised") > 20 && n(&alerts, "resolved") == n(&alerts, "by-itself") + n(&alerts, "by-people"));
    for (report, own) in [(&inventory, 9), (&alerts, 8), (&executive, 6)] {
        for figure in report.figures.iter().take(own) {
            assert_eq!(n(report, &figure.key), report.behind(Some(&figure.key)).count() as u64, "{} {}", report.kind, figure.key);
        }
    }
    every_form_says_the_same(&app, &[inventory, alerts, executive]).await;
}

/// The page and the CSV of each figure hold as many rows as the figure says.
async fn every_form_says_the_same(app: &TestApp, reports: &[Report]) {
    let mut owner = app.owner().await;
    for report in reports {
        let at = |below: &str, key: &str| format!("/reports/{}{below}?period=30d&rows={key}", report.kind);
        for figure in report.figures.iter().filter(|figure| report.behind(Some(&figure.key)).next().is_some()).take(4) {
            let csv = owner.get(&at("/csv", &figure.key)).await;
            let rows = csv::Reader::from_reader(csv.body.as_bytes()).records().count() as u64;
            assert_eq!(rows, n(report, &figure.key), "{} {}", report.kind, figure.key);
            let page = owner.get(&at("", &figure.key)).await;
            assert!(page.status == 200 && page.body.contains(&format!("{}: {}", report.rows.title, figure.label.to_lowercase())), "{}", figure.key);
        }
        for (format, kind, magic) in [("pdf", "application/pdf", "%PDF-"), ("xlsx", "application/vnd.openxmlformats", "PK")] {
            let answer = owner.get(&at(&format!("/{format}"), "")).await;
            assert_eq!(answer.status, 200, "{}", answer.body.chars().take(400).collect::<String>());
            assert!(answer.header("content-type").starts_with(kind) && answer.body.starts_with(magic), "{format}");
            assert!(answer.header("content-disposition").contains(&format!("{}.{format}", report.kind)));
        }
    }
    assert_eq!(owner.get("/reports/alerts/exe").await.status, 404);
}

/// Makes every report that is owed, each in a transaction of its own, and leaves its job, as a worker that dies before the end does.
async fn all_owed(app: &TestApp, now: domain::Moment) {
    let jobs = app.inside(app.northwind).await.find::<job::Entity>().filter(job::Column::Kind.eq(REPORT_OWED)).all().await.expect("jobs");
    for job in jobs {
        let tenant = app.inside(app.northwind).await;
        let Some(made) = owed(&tenant, &job.subject, now).await.expect("made") else { continue };
        let writing = tenant.writing().await.expect("writing");
        deliver(&writing, made, &portal(), now).await.expect("delivered");
        writing.commit().await.expect("kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_a_schedule_late_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    assert_eq!(send(&mut owner, "/reports/schedules", &form("each")).await.status, 303);
    let row = app.inside(app.northwind).await.report_schedules().await.expect("schedules").into_iter().find(|row| row.kind == "inventory").expect("it");
    let page = format!("/reports/schedules/{}", ReportScheduleId(row.id));
    let with = |day: &str, revision: &str| {
        let mut form: Vec<(&'static str, String)> = form("each").into_iter().filter(|(name, _)| *name != "month_day").collect();
        form.extend([("month_day", day.to_owned()), ("revision", revision.to_owned())]);
        form
    };
    let revision = row.revision.to_string();
    assert_eq!(send(&mut owner, &page, &with("2", &revision)).await.status, 303);
    let late = send(&mut owner, &page, &with("17", &revision)).await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("value=\"17\"") && late.body.contains("It says now: Device inventory. Each month on day 2"), "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schedule_delivers_each_occurrence_once() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    assert_eq!(send(&mut owner, "/reports/schedules", &form("each")).await.status, 303);
    let tenant = app.inside(app.northwind).await;
    let row = tenant.report_schedules().await.expect("schedules").into_iter().find(|row| row.kind == "inventory").expect("it");
    let (id, at) = (ReportScheduleId(row.id), domain::Moment(row.next_at.expect("a time")));
    let clients = tenant.clients().await.expect("clients").len() as u64;
    let inventories = async || {
        let query = foundation::reports::DeliveredQuery { kind: Some(Kind::Inventory), ..Default::default() };
        app.inside(app.northwind).await.delivered(&query).await.expect("a list").total
    };
    drop(tenant);
    for (now, expected) in [(at + -1, 0), (at, clients), (at + 1_000, clients)] {
        let writing = app.inside(app.northwind).await.writing().await.expect("writing");
        due(&writing, &id.to_string(), now).await.expect("done");
        writing.commit().await.expect("kept");
        all_owed(&app, now).await;
        assert_eq!(inventories().await, expected);
    }
    // A worker that dies after its report was kept, and another that does the same occurrence again.
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let moved = writing.report_schedule(id).await.expect("it");
    assert!(moved.next_at > Some(at.0), "the next time is asked for");
    writing.move_report_schedule(&moved, at).await.expect("moved");
    due(&writing, &id.to_string(), at).await.expect("done");
    writing.commit().await.expect("kept");
    all_owed(&app, at).await;
    assert_eq!(inventories().await, clients, "one report for each occurrence and client");
}

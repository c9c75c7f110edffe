//! Every route, asked by everybody. A route that is not in the table fails the test, so none is forgotten.

mod table;

use self::table::{PLATFORM, tenant};
use crate::harness::{Browser, NORTHWIND, TestApp};
use portico::http::{Route, routes};

#[test]
fn every_route_is_in_the_table() {
    let own = tenant();
    let known = |route: &Route| {
        let table = if route.platform { PLATFORM } else { &own };
        table.iter().any(|(method, path, _)| *method == route.method && *path == route.path)
    };
    let forgotten: Vec<&Route> = routes().filter(|route| !known(route)).collect();
    assert!(forgotten.is_empty(), "without a row: {forgotten:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_the_table_says() {
    let app = TestApp::start().await;
    let alert = crate::alerts::an_alert(&app, "Castell Legal").await;
    let key = app.key("Castell Legal", &[]).await;
    let everybody = [
        app.anon(NORTHWIND),
        app.owner().await,
        app.scoped().await,
        app.contact().await,
        app.signed_in(crate::harness::BLUEFIN, "owner@bluefin.example").await.at(NORTHWIND),
        app.anon(NORTHWIND),
    ];
    let mut places = places(&app, alert).await;
    places.extend(crate::enrolment::keys_for_everybody(&app).await);
    places.extend(crate::notices::places(&app).await);
    places.extend(crate::requests::for_everybody(&app).await);
    let mut wrong = Vec::new();
    let own = tenant();
    for (host, table) in [(NORTHWIND, own.as_slice()), ("localhost", PLATFORM)] {
        for (method, path, statuses) in table {
            for (who, expected) in statuses.iter().enumerate() {
                let mut browser = everybody[who].at(host);
                let bearer = (who == 5).then(|| format!("Bearer {key}"));
                let status =
                    ask(&mut browser, method, &places.iter().fold((*path).to_owned(), |path, (name, id)| path.replace(name, id)), bearer.as_deref()).await;
                if status != *expected {
                    wrong.push(format!("{host} {method} {path} by {who}: {status}, not {expected}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn places(app: &TestApp, alert: String) -> Vec<(&'static str, String)> {
    let castell = client_of(app, app.northwind, "Castell Legal").await;
    let pembroke = client_of(app, app.northwind, "Pembroke Hotels").await;
    let (window, window_other) = (crate::windows::a_window(app, &castell.0).await, crate::windows::a_window(app, &pembroke.0).await);
    let (report, schedule) = crate::reports::delivered_and_scheduled(app, &castell.0).await;
    let report_other = crate::reports::kept(app, &pembroke.0).await;
    vec![
        ("{window}", window),
        ("{window_other}", window_other),
        ("{client}", castell.0),
        ("{site}", castell.1),
        ("{client_other}", pembroke.0),
        ("{site_other}", pembroke.1),
        ("{client_foreign}", client_of(app, app.bluefin, "Halden & Voss").await.0),
        ("{device}", app.device_of(app.northwind, "Castell Legal").await.to_string()),
        ("{other}", app.device_of(app.northwind, "Pembroke Hotels").await.to_string()),
        ("{foreign}", app.device_of(app.bluefin, "Halden & Voss").await.to_string()),
        ("{report}", report),
        ("{report_other}", report_other),
        ("{schedule}", schedule),
        ("{kind}", "alerts".into()),
        ("{format}", "csv".into()),
        ("{command}", command(app).await),
        ("{alert}", alert),
        ("{update}", "upd_00000000000000000000000000000001".into()),
        ("{rule}", "rul_00000000000000000000000000000001".into()),
        ("{run}", "run_00000000000000000000000000000001".into()),
        ("{job}", "00000000000000000000000000000001".into()),
        ("{place}", client_of(app, app.northwind, "Castell Legal").await.0),
        ("{condition}", "cpu".into()),
        ("{person}", "per_00000000000000000000000000000001".into()),
        ("{group}", "grp_00000000000000000000000000000001".into()),
        ("{token}", "ptl_0".into()),
        ("{session}", "ses_00000000000000000000000000000001".into()),
        ("{tenant}", app.northwind.to_string()),
        ("{function}", "home-pulse?since=0".into()),
        ("{version}/{file}", "1-x/favicon.svg".into()),
        ("{file}", "1-x.css".into()),
        ("{ecosystem}/{name}", "windows/Google%20Chrome".into()),
    ]
}

/// A command of Castell Legal's device.
async fn command(app: &TestApp) -> String {
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let device = writing.device(app.device_of(app.northwind, "Castell Legal").await).await.expect("the device");
    let new = foundation::commands::NewCommand { kind: "collect", spec: r#"{"kind":"collect"}"#.into(), expires_at: app.clock.now() + 60_000 };
    let id = writing.ask_for(&device, new, app.clock.now()).await.expect("made");
    writing.commit().await.expect("kept");
    id.to_string()
}

/// The ids of a client and of its first site.
async fn client_of(app: &TestApp, tenant: domain::ids::TenantId, name: &str) -> (String, String) {
    let inside = app.inside(tenant).await;
    let id = domain::ids::ClientId(inside.client_called(&domain::clients::same(name)).await.expect("asked").expect("the client").id);
    let site = inside.client(id).expect("it").sites().await.expect("sites")[0].id;
    (id.to_string(), domain::ids::SiteId(site).to_string())
}

async fn ask(browser: &mut Browser, method: &str, path: &str, bearer: Option<&str>) -> u16 {
    let headers: Vec<(&str, &str)> = bearer.map(|bearer| ("authorization", bearer)).into_iter().collect();
    match (method, bearer) {
        ("get", None) => browser.get(path).await.status,
        ("get", Some(_)) => browser.send(reqwest::Method::GET, path, &[headers.as_slice(), &[("accept", "text/html")]].concat(), Vec::new()).await.status,
        (_, Some(_)) if path == "/account/navigation" => {
            let form = [headers.as_slice(), &[("content-type", "application/x-www-form-urlencoded")]].concat();
            browser.send(reqwest::Method::POST, path, &form, b"value=open".to_vec()).await.status
        }
        (_, Some(_)) => {
            let form = [headers.as_slice(), &[("content-type", "application/x-www-form-urlencoded")]].concat();
            browser.send(reqwest::Method::POST, path, &form, b"value=system".to_vec()).await.status
        }
        _ if path == "/account/navigation" => browser.post(path, &[("value", "open")]).await.status,
        _ => {
            // Each try by an account of its own, or the back-off would answer.
            let email = format!("nobody-{}@example.org", domain::ids::DeviceId(foundation::fresh_id()));
            browser.post(path, &[("value", "system"), ("email", &email), ("password", "x")]).await.status
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_looks_like_what_is_not_there() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let foreign = owner.get(&format!("/devices/{}", app.device_of(app.bluefin, "Halden & Voss").await)).await;
    let missing = owner.get("/devices/dev_00000000000000000000000000000001").await;
    assert_eq!((foreign.status, missing.status), (404, 404));
    assert_eq!(foreign.body.len(), missing.body.len());
    let names = |answer: &crate::harness::Answer| answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&foreign), names(&missing));
    assert!(!foreign.body.contains("Halden"));
}

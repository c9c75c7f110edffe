//! Every route, asked by everybody. A route that is not in the table fails the test, so none is forgotten.

use crate::harness::{Browser, NORTHWIND, TestApp};
use portico::http::{ROUTES, Route};

/// Statuses for: stranger without a session, owner, technician of two clients, contact, the other MSP's owner, an agent's credential.
type Row = (&'static str, &'static str, [u16; 6]);

/// At a tenant's host. `{device}` is one of Castell Legal, `{other}` one that neither the scoped technician nor the contact may see.
const TENANT: &[Row] = &[
    ("get", "/", [303, 200, 200, 200, 303, 303]),
    ("get", "/sign-in", [200, 303, 303, 303, 200, 200]),
    ("post", "/sign-in", [422, 422, 422, 422, 422, 422]),
    ("get", "/devices", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/export", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}/hardware", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}/software", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}/updates", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}/history", [303, 200, 200, 200, 303, 303]),
    ("get", "/devices/{device}/duplicate", [303, 200, 200, 403, 303, 303]),
    ("post", "/devices/{device}/duplicate/merger", [401, 422, 422, 403, 401, 401]),
    ("post", "/devices/{device}/duplicate/separation", [401, 422, 422, 403, 401, 401]),
    ("get", "/devices/{other}/duplicate", [303, 200, 404, 403, 303, 303]),
    ("post", "/devices/{other}/duplicate/merger", [401, 422, 404, 403, 401, 401]),
    ("post", "/devices/{other}/duplicate/separation", [401, 422, 404, 403, 401, 401]),
    ("get", "/devices/{foreign}/duplicate", [303, 404, 404, 403, 303, 303]),
    ("get", "/devices/{other}", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{other}/hardware", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{other}/software", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{other}/updates", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{other}/history", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{foreign}", [303, 404, 404, 404, 303, 303]),
    ("get", "/devices/{foreign}/software", [303, 404, 404, 404, 303, 303]),
    ("get", "/devices/{device}/manage", [303, 200, 200, 403, 303, 303]),
    ("get", "/devices/{other}/manage", [303, 200, 404, 404, 303, 303]),
    ("get", "/devices/{foreign}/manage", [303, 404, 404, 404, 303, 303]),
    ("post", "/devices/{device}/name", [401, 303, 303, 403, 401, 401]),
    ("post", "/devices/{device}/site", [401, 422, 422, 403, 401, 401]),
    ("post", "/devices/{device}/tags", [401, 422, 422, 403, 401, 401]),
    ("post", "/devices/{device}/tags/removal", [401, 303, 303, 403, 401, 401]),
    ("post", "/devices/{device}/note", [401, 303, 303, 403, 401, 401]),
    ("post", "/devices/{device}/key/renewal", [401, 409, 409, 403, 401, 401]),
    ("post", "/devices/{device}/key/revocation", [401, 409, 409, 403, 401, 401]),
    ("post", "/devices/{device}/retirement", [401, 303, 303, 403, 401, 401]),
    ("post", "/devices/{device}/retirement/removal", [401, 303, 303, 403, 401, 401]),
    ("post", "/devices/{other}/name", [401, 303, 404, 404, 401, 401]),
    ("post", "/devices/{other}/retirement", [401, 303, 404, 404, 401, 401]),
    ("post", "/devices/{foreign}/retirement", [401, 404, 404, 404, 401, 401]),
    ("post", "/devices/{foreign}/removal", [401, 404, 404, 404, 401, 401]),
    ("post", "/devices/{device}/removal", [401, 303, 404, 404, 401, 401]),
    ("get", "/clients", [303, 200, 200, 403, 303, 303]),
    ("post", "/clients", [401, 422, 403, 403, 401, 401]),
    ("get", "/clients/new", [303, 200, 403, 403, 303, 303]),
    ("get", "/clients/export", [303, 200, 200, 403, 303, 303]),
    ("get", "/clients/import", [303, 200, 403, 403, 303, 303]),
    ("post", "/clients/import", [401, 422, 403, 403, 401, 401]),
    ("post", "/clients/import/confirmation", [401, 422, 403, 403, 401, 401]),
    ("get", "/clients/import/sample", [303, 200, 403, 403, 303, 303]),
    ("get", "/clients/{client}", [303, 200, 200, 403, 303, 303]),
    ("get", "/clients/{client_other}", [303, 200, 404, 403, 303, 303]),
    ("get", "/clients/{client_foreign}", [303, 404, 404, 403, 303, 303]),
    ("get", "/clients/{client}/name", [303, 200, 403, 403, 303, 303]),
    ("post", "/clients/{client}/name", [401, 422, 403, 403, 401, 401]),
    ("post", "/clients/{client}/archival", [401, 409, 403, 403, 401, 401]),
    ("post", "/clients/{client}/archival/removal", [401, 303, 403, 403, 401, 401]),
    ("get", "/clients/{client}/sites/new", [303, 200, 403, 403, 303, 303]),
    ("post", "/clients/{client}/sites", [401, 422, 403, 403, 401, 401]),
    ("get", "/clients/{client}/sites/{site}/name", [303, 200, 403, 403, 303, 303]),
    ("post", "/clients/{client}/sites/{site}/name", [401, 422, 403, 403, 401, 401]),
    ("post", "/clients/{client}/sites/{site}/archival", [401, 409, 403, 403, 401, 401]),
    ("post", "/clients/{client}/sites/{site}/archival/removal", [401, 303, 403, 403, 401, 401]),
    ("get", "/clients/{client_other}/name", [303, 200, 404, 403, 303, 303]),
    ("post", "/clients/{client_other}/name", [401, 422, 404, 403, 401, 401]),
    ("post", "/clients/{client_other}/archival", [401, 409, 404, 403, 401, 401]),
    ("post", "/clients/{client_other}/archival/removal", [401, 303, 404, 403, 401, 401]),
    ("get", "/clients/{client_other}/sites/new", [303, 200, 404, 403, 303, 303]),
    ("post", "/clients/{client_other}/sites", [401, 422, 404, 403, 401, 401]),
    ("get", "/clients/{client_other}/sites/{site_other}/name", [303, 200, 404, 403, 303, 303]),
    ("post", "/clients/{client_other}/sites/{site_other}/name", [401, 422, 404, 403, 401, 401]),
    ("post", "/clients/{client_other}/sites/{site_other}/archival", [401, 409, 404, 403, 401, 401]),
    ("post", "/clients/{client_other}/sites/{site_other}/archival/removal", [401, 303, 404, 403, 401, 401]),
    ("post", "/clients/{client_foreign}/archival", [401, 404, 404, 403, 401, 401]),
    ("get", "/settings/enrolment", [303, 200, 403, 403, 303, 303]),
    ("post", "/settings/enrolment", [401, 422, 403, 403, 401, 401]),
    ("get", "/settings/enrolment/new", [303, 200, 403, 403, 303, 303]),
    ("get", "/settings/enrolment/pending", [303, 200, 200, 403, 303, 303]),
    ("post", "/settings/enrolment/pending/approval", [401, 422, 422, 403, 401, 401]),
    ("post", "/settings/enrolment/pending/refusal", [401, 422, 422, 403, 401, 401]),
    ("get", "/settings/enrolment/{key}", [303, 200, 403, 403, 303, 303]),
    ("get", "/settings/enrolment/{foreign-key}", [303, 404, 403, 403, 303, 303]),
    ("post", "/settings/enrolment/{foreign-key}/revocation", [401, 404, 403, 403, 401, 401]),
    ("post", "/settings/enrolment/{key}/revocation", [401, 303, 403, 403, 401, 401]),
    ("get", "/software", [303, 200, 200, 403, 303, 303]),
    ("get", "/software/export", [303, 200, 200, 403, 303, 303]),
    ("get", "/software/unknown", [303, 200, 200, 403, 303, 303]),
    ("get", "/software/{ecosystem}/{name}", [303, 200, 200, 403, 303, 303]),
    ("get", "/software/{ecosystem}/{name}/export", [303, 200, 200, 403, 303, 303]),
    ("get", "/api/{function}", [303, 200, 200, 403, 303, 303]),
    ("get", "/welcome/{token}", [404, 404, 404, 404, 404, 404]),
    ("post", "/welcome/{token}", [404, 404, 404, 404, 404, 404]),
    ("get", "/account", [303, 200, 200, 200, 303, 303]),
    ("post", "/account/profile", [401, 422, 422, 422, 401, 401]),
    ("post", "/account/password", [401, 422, 422, 422, 401, 401]),
    ("get", "/settings/brand", [303, 200, 403, 403, 303, 303]),
    ("post", "/settings/brand", [401, 422, 403, 403, 401, 401]),
    ("get", "/settings/people", [303, 200, 403, 403, 303, 303]),
    ("get", "/settings/people/new", [303, 200, 403, 403, 303, 303]),
    ("post", "/settings/people", [401, 422, 403, 403, 401, 401]),
    ("get", "/settings/people/groups", [303, 200, 403, 403, 303, 303]),
    ("post", "/settings/people/groups", [401, 422, 403, 403, 401, 401]),
    ("post", "/settings/people/groups/{group}", [401, 422, 403, 403, 401, 401]),
    ("post", "/settings/people/groups/{group}/removal", [401, 404, 403, 403, 401, 401]),
    ("get", "/settings/people/{person}", [303, 404, 403, 403, 303, 303]),
    ("post", "/settings/people/{person}/grant", [401, 404, 403, 403, 401, 401]),
    ("post", "/settings/people/{person}/disablement", [401, 404, 403, 403, 401, 401]),
    ("post", "/settings/people/{person}/disablement/removal", [401, 404, 403, 403, 401, 401]),
    ("post", "/settings/people/{person}/sessions/removal", [401, 404, 403, 403, 401, 401]),
    ("post", "/settings/people/{person}/link", [401, 404, 403, 403, 401, 401]),
    ("get", "/settings/audit", [303, 200, 200, 403, 303, 303]),
    ("get", "/settings/audit/export", [303, 200, 200, 403, 303, 303]),
    ("get", "/account/sessions", [303, 200, 200, 200, 303, 303]),
    ("post", "/account/sessions/{session}/removal", [401, 404, 404, 404, 401, 401]),
    ("post", "/account/theme", [303, 303, 303, 303, 303, 303]),
    ("post", "/account/navigation", [303, 303, 303, 303, 303, 303]),
    ("get", "/brand/{file}", [200, 200, 200, 200, 200, 200]),
    ("get", "/brand/{version}/{file}", [200, 200, 200, 200, 200, 200]),
    ("post", "/account/sessions/removal", [401, 303, 303, 303, 401, 401]),
    ("post", "/sign-out", [303, 303, 303, 303, 303, 303]),
];

/// At the platform host. Nobody's session of a tenant is one here.
const PLATFORM: &[Row] = &[
    ("get", "/", [303, 303, 303, 303, 303, 303]),
    ("get", "/sign-in", [200, 200, 200, 200, 200, 200]),
    ("post", "/sign-in", [422, 422, 422, 422, 422, 422]),
    ("get", "/tenants/new", [303, 303, 303, 303, 303, 303]),
    ("post", "/tenants", [401, 401, 401, 401, 401, 401]),
    ("post", "/tenants/{tenant}/suspension", [401, 401, 401, 401, 401, 401]),
    ("post", "/tenants/{tenant}/suspension/removal", [401, 401, 401, 401, 401, 401]),
    ("post", "/account/theme", [303, 303, 303, 303, 303, 303]),
    ("post", "/account/navigation", [303, 303, 303, 303, 303, 303]),
    ("get", "/brand/{file}", [200, 200, 200, 200, 200, 200]),
    ("get", "/brand/{version}/{file}", [200, 200, 200, 200, 200, 200]),
    ("post", "/sign-out", [303, 303, 303, 303, 303, 303]),
];

#[test]
fn every_route_is_in_the_table() {
    let known = |route: &Route| {
        let table = if route.platform { PLATFORM } else { TENANT };
        table.iter().any(|(method, path, _)| *method == route.method && *path == route.path)
    };
    let forgotten: Vec<&Route> = ROUTES.iter().filter(|route| !known(route)).collect();
    assert!(forgotten.is_empty(), "without a row: {forgotten:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_gets_what_the_table_says() {
    let app = TestApp::start().await;
    let key = app.key("Castell Legal", &[]).await;
    let everybody = [
        app.anon(NORTHWIND),
        app.owner().await,
        app.scoped().await,
        app.contact().await,
        app.signed_in(crate::harness::BLUEFIN, "owner@bluefin.example").await.at(NORTHWIND),
        app.anon(NORTHWIND),
    ];
    let mut places = places(&app).await;
    places.extend(crate::enrolment::keys_for_everybody(&app).await);
    let mut wrong = Vec::new();
    for (host, table) in [(NORTHWIND, TENANT), ("localhost", PLATFORM)] {
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

async fn places(app: &TestApp) -> Vec<(&'static str, String)> {
    let castell = client_of(app, app.northwind, "Castell Legal").await;
    let pembroke = client_of(app, app.northwind, "Pembroke Hotels").await;
    vec![
        ("{client}", castell.0),
        ("{site}", castell.1),
        ("{client_other}", pembroke.0),
        ("{site_other}", pembroke.1),
        ("{client_foreign}", client_of(app, app.bluefin, "Halden & Voss").await.0),
        ("{device}", app.device_of(app.northwind, "Castell Legal").await.to_string()),
        ("{other}", app.device_of(app.northwind, "Pembroke Hotels").await.to_string()),
        ("{foreign}", app.device_of(app.bluefin, "Halden & Voss").await.to_string()),
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

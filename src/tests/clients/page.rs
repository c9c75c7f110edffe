//! The page of one client and the export: what they count is what the device list shows, and only within reach.

use domain::people::{Role, Scope};
use foundation::people::NewPerson;

use super::client;
use crate::harness::{NORTHWIND, TestApp};

/// The links of a page's tiles with the number each shows.
fn tiles(body: &str) -> Vec<(String, usize)> {
    let tile = |part: &str| {
        let href = part.split('>').next().filter(|tag| tag.contains("class=\"tile\""))?.split('"').next()?.replace("&amp;", "&");
        let value = part.split("tile-value\">").nth(1)?.split('<').next()?.replace(',', "");
        Some((href, value.parse().ok()?))
    };
    body.split("<a href=\"").skip(1).filter_map(tile).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_opens_exactly_the_rows_it_counts() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for name in ["Castell Legal", "Pembroke Hotels", "Eastmoor School Trust"] {
        let id = client(&app, name).await;
        let body = owner.get(&format!("/clients/{id}")).await.body;
        let figures = tiles(&body);
        assert_eq!(figures.len(), 4, "{name}");
        for (href, shown) in figures {
            assert!(href.contains(&id.to_string()), "{href}");
            let rows = owner.get(&href.replace("/devices", "/devices/export")).await.body.lines().count() - 1;
            assert_eq!(rows, shown, "{name} {href}");
        }
        for site in app.inside(app.northwind).await.client(id).expect("it").sites().await.expect("sites") {
            let site = domain::ids::SiteId(site.id);
            let devices = app.inside(app.northwind).await.client(id).expect("it").devices_in_service(Some(site)).await.expect("counted");
            let rows = owner.get(&format!("/devices/export?client={id}&site={site}")).await.body.lines().count() as u64 - 1;
            assert_eq!(rows, devices);
            assert!(body.contains(&format!("/devices?client={id}&amp;site={site}")));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_shows_its_own_people_and_changes_only() {
    let app = TestApp::start().await;
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    let (castell, pembroke) = (client(&app, "Castell Legal").await, client(&app, "Pembroke Hotels").await);
    let body = owner.get(&format!("/clients/{castell}")).await.body;
    assert!(body.contains("Rupert Castell") && body.contains("contact@castell-legal.example") && !body.contains("Gwen Aldous"));
    let changes = body.split("client-changes").nth(1).map(|part| part.split("</ol>").next().unwrap_or_default().to_owned()).unwrap_or_default();
    assert!(!changes.contains("PEM-"), "only its own devices");
    assert!(body.contains("/archival\"") || body.contains("cannot be archived yet"));
    let seen = scoped.get(&format!("/clients/{castell}")).await;
    assert!(seen.status == 200 && !seen.body.contains("/name\""), "a technician reads it and has no button");
    assert_eq!(scoped.get(&format!("/clients/{pembroke}")).await.status, 404);
    assert_eq!(scoped.post(&format!("/clients/{pembroke}/name"), &[("name", "Mine")]).await.status, 404);
    assert_eq!(scoped.post(&format!("/clients/{castell}/name"), &[("name", "Mine")]).await.status, 403);
    assert_eq!(contact.get(&format!("/clients/{castell}")).await.status, 403);
    let device = owner.get(&format!("/devices/{}", app.device_of(app.northwind, "Castell Legal").await)).await.body;
    assert!(device.contains(&format!("href=\"/clients/{castell}\"")), "a device leads to its client");
    assert!(owner.get("/").await.body.contains("href=\"/clients/cli_"), "and so does Home");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_holds_what_the_list_holds() {
    let app = TestApp::start().await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    super::create(&mut owner, "=SUM(A1)", "Quay").await;
    let file = owner.get("/clients/export").await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(file.body.lines().count(), 1 + 9);
    assert!(file.body.contains("'=SUM(A1)"), "no spreadsheet runs a name");
    assert_eq!(owner.get("/clients/export?q=castell").await.body.lines().count(), 2);
    assert_eq!(owner.get("/clients/export?state=archived").await.body.lines().count(), 1);
    let few = scoped.get("/clients/export").await.body;
    assert!(few.lines().count() == 3 && !few.contains("Pembroke"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_of_some_clients_makes_none_but_keeps_those() {
    let app = TestApp::start().await;
    let (castell, pembroke) = (client(&app, "Castell Legal").await, client(&app, "Pembroke Hotels").await);
    let inside = app.inside(app.northwind).await;
    let people = inside.standing(&["owner@northwind.example".to_owned()]).await.expect("people").people;
    let writing = inside.writing().await.expect("writing");
    let person = NewPerson {
        email: "some@northwind.example".into(),
        name: "Sam Some".into(),
        password_hash: people[0].password_hash.clone(),
        time_zone: "UTC".into(),
        role: Role::Administrator,
        scope: Scope::Clients([castell].into()),
    };
    writing.add_person(person, app.clock.now()).await.expect("added");
    writing.commit().await.expect("kept");
    let mut some = app.signed_in(NORTHWIND, "some@northwind.example").await;
    assert_eq!(some.post(&format!("/clients/{castell}/sites"), &[("name", "Annexe")]).await.status, 303);
    assert_eq!(some.post(&format!("/clients/{pembroke}/sites"), &[("name", "Annexe")]).await.status, 404);
    for path in ["/clients/new", "/clients/import", "/clients/import/sample"] {
        assert_eq!(some.get(path).await.status, 403, "{path}");
    }
    assert_eq!(some.post("/clients", &[("name", "Unseen"), ("site", "Q")]).await.status, 403);
}

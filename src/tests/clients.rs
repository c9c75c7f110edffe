//! Clients and sites: created, renamed, archived and restored; and the page of one.

mod import;
mod page;

use domain::ids::{ClientId, SiteId};
use foundation::audit::rows::entry;
use sea_orm::ColumnTrait;

use crate::harness::{Answer, BLUEFIN, Browser, TestApp};

/// The id of Northwind's client `name`, archived or not.
async fn client(app: &TestApp, name: &str) -> ClientId {
    let inside = app.inside(app.northwind).await;
    let found = inside.client_called(&domain::clients::same(name)).await.expect("asked").expect("the client");
    ClientId(found.id)
}

/// The first site of a client.
async fn site(app: &TestApp, client: ClientId) -> SiteId {
    let inside = app.inside(app.northwind).await;
    SiteId(inside.client(client).expect("it").sites().await.expect("sites")[0].id)
}

/// What the audit says of `action`, newest last: name, before, after, client.
async fn audited(app: &TestApp, action: &str) -> Vec<entry::Model> {
    let inside = app.inside(app.northwind).await;
    inside.find::<entry::Entity>().filter(entry::Column::Action.eq(action)).all().await.expect("entries")
}

/// Where an act leads to.
fn leads(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").to_owned()
}

/// Creates a client and says which.
async fn create(browser: &mut Browser, name: &str, site: &str) -> ClientId {
    let to = leads(&browser.post("/clients", &[("name", name), ("site", site)]).await);
    assert!(to.ends_with("?done=client-created"), "{to}");
    to.split(['/', '?']).nth(2).and_then(|id| id.parse().ok()).expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_created_renamed_archived_and_restored() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let id = create(&mut owner, "  Harbour   Dental ", "Quay Street").await;
    let page = owner.get(&format!("/clients/{id}?done=client-created")).await.body;
    assert!(page.contains("Harbour Dental") && page.contains("Quay Street") && page.contains("The client was created."));
    assert_eq!(leads(&owner.post(&format!("/clients/{id}/name"), &[("name", "Harbour Dental Group")]).await), format!("/clients/{id}?done=client-renamed"));
    assert!(owner.get("/clients").await.body.contains("Harbour Dental Group"), "the list knows at once");
    leads(&owner.post(&format!("/clients/{id}/archival"), &[]).await);
    leads(&owner.post(&format!("/clients/{id}/archival"), &[]).await);
    assert!(!owner.get("/clients").await.body.contains("Harbour Dental") && owner.get("/clients?state=archived").await.body.contains("Harbour Dental Group"));
    assert!(!owner.get("/devices").await.body.contains("Harbour Dental"), "nor is it in a picker");
    assert_eq!(owner.post(&format!("/clients/{id}/sites"), &[("name", "Late")]).await.status, 409, "an archived client gets no site");
    leads(&owner.post(&format!("/clients/{id}/archival/removal"), &[]).await);
    assert!(owner.get("/clients").await.body.contains("Harbour Dental Group"));
    for (action, name) in [("client created", "Harbour Dental"), ("client archived", "Harbour Dental Group"), ("client restored", "Harbour Dental Group")] {
        let entries = audited(&app, action).await;
        assert_eq!((entries.len(), entries[0].object_name.as_deref(), entries[0].client_id), (1, Some(name), Some(id.0)), "{action}");
    }
    let renamed = audited(&app, "client renamed").await.remove(0);
    assert_eq!((renamed.old.as_deref(), renamed.new.as_deref()), (Some("Harbour Dental"), Some("Harbour Dental Group")));
    assert!(renamed.address.is_some() && renamed.actor_name == "Helen Marsh");
}

#[tokio::test(flavor = "multi_thread")]
async fn sites_are_kept_the_same_way() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let id = create(&mut owner, "Harbour Dental", "Quay Street").await;
    let first = site(&app, id).await;
    leads(&owner.post(&format!("/clients/{id}/sites"), &[("name", "Station Road")]).await);
    leads(&owner.post(&format!("/clients/{id}/sites/{first}/name"), &[("name", "Quay House")]).await);
    let page = owner.get(&format!("/clients/{id}")).await.body;
    assert!(page.contains("Station Road") && page.contains("Quay House") && !page.contains("Quay Street"));
    leads(&owner.post(&format!("/clients/{id}/sites/{first}/archival"), &[]).await);
    assert!(app.inside(app.northwind).await.sites().await.expect("sites").iter().all(|row| row.id != first.0), "it left the pickers");
    leads(&owner.post(&format!("/clients/{id}/sites/{first}/archival/removal"), &[]).await);
    assert!(app.inside(app.northwind).await.sites().await.expect("sites").iter().any(|row| row.id == first.0));
    assert_eq!(audited(&app, "site renamed").await[0].old.as_deref(), Some("Quay Street"));
    let castell = client(&app, "Castell Legal").await;
    assert_eq!(owner.post(&format!("/clients/{castell}/sites/{first}/name"), &[("name", "x1")]).await.status, 404, "a site is found at its client only");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_stands_beside_the_field_with_what_was_typed() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let castell = client(&app, "Castell Legal").await;
    let long = "x".repeat(101);
    for (name, site, why) in [
        ("", "Quay", "The name is missing."),
        ("Acme", "", "The name is missing."),
        (long.as_str(), "Quay", "longer than 100 characters"),
        ("a\u{202e}b", "Quay", "direction character"),
        ("castell LEGAL", "Quay", "There is a client of this name already."),
    ] {
        let answer = owner.post("/clients", &[("name", name), ("site", site)]).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.body.contains(why) && answer.body.contains(&format!("value=\"{name}\"")) && answer.body.contains("aria-invalid"), "{name}");
    }
    assert_eq!(owner.post(&format!("/clients/{castell}/name"), &[("name", "Pembroke Hotels")]).await.status, 422);
    assert_eq!(owner.post(&format!("/clients/{castell}/sites"), &[("name", "reading")]).await.status, 422);
    leads(&owner.post(&format!("/clients/{castell}/name"), &[("name", "CASTELL Legal")]).await);
    let id = create(&mut owner, "Gone", "Quay").await;
    leads(&owner.post(&format!("/clients/{id}/archival"), &[]).await);
    assert!(owner.post("/clients", &[("name", "gone"), ("site", "Q")]).await.body.contains("An archived client has this name"));
    let foreign = create(&mut app.signed_in(BLUEFIN, "owner@bluefin.example").await, "Pembroke Hotels", "Q").await;
    assert_eq!(owner.get(&format!("/clients/{foreign}")).await.status, 404, "another tenant's client of the same name is another client");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_with_devices_in_service_is_archived() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let castell = client(&app, "Castell Legal").await;
    let devices = app.inside(app.northwind).await.client(castell).expect("it").devices_in_service(None).await.expect("counted");
    let refused = owner.post(&format!("/clients/{castell}/archival"), &[]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains(&format!("Castell Legal has {devices} devices in service")), "{}", refused.body);
    let site = site(&app, castell).await;
    assert_eq!(owner.post(&format!("/clients/{castell}/sites/{site}/archival"), &[]).await.status, 409);
    assert!(audited(&app, "client archived").await.is_empty());
    assert!(owner.get("/clients").await.body.contains("Castell Legal"));
}

#[tokio::test(flavor = "multi_thread")]
async fn archiving_ends_keys_and_lets_contacts_out_until_it_is_restored() {
    use foundation::devices::rows::device;
    let app = TestApp::start().await;
    let (mut owner, mut contact) = (app.owner().await, app.contact().await);
    let castell = client(&app, "Castell Legal").await;
    let key = app.key("Castell Legal", &[]).await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let all = device::Column::ClientId.eq(castell.0);
    writing.update::<device::Entity>(all, [(device::Column::Standing, sea_orm::prelude::Expr::value("retired"))]).await.expect("retired");
    writing.commit().await.expect("kept");
    leads(&owner.post(&format!("/clients/{castell}/archival"), &[]).await);
    assert_eq!(leads(&contact.get("/").await), "/sign-in", "the session is over");
    assert_eq!(contact.sign_in("contact@castell-legal.example", "portico-demo").await.status, 422);
    let credential = app.database().directory().enrolment_key(app.northwind, &key).await.expect("asked").expect("the key");
    assert!(credential.limits.revoked_at.is_some());
    app.clock.advance(60_000);
    assert!(audited(&app, "client archived").await[0].detail.as_deref().is_some_and(|text| text.contains("revoked")));
    let device = owner.get(&format!("/devices?client={castell}&status=retired")).await.body;
    assert!(device.contains("Castell Legal"), "its history is still there");
    leads(&owner.post(&format!("/clients/{castell}/archival/removal"), &[]).await);
    assert_eq!(contact.sign_in("contact@castell-legal.example", "portico-demo").await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_sent_twice_at_once_makes_one_client() {
    let app = TestApp::start().await;
    let (first, second) = (app.owner().await, app.owner().await);
    let send = |mut browser: Browser| async move { browser.post("/clients", &[("name", "Twice Ltd"), ("site", "Quay")]).await.status };
    let mut statuses = <[u16; 2]>::from(tokio::join!(send(first), send(second)));
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let found = app.inside(app.northwind).await.clients().await.expect("clients").into_iter().filter(|row| row.name == "Twice Ltd").count();
    assert_eq!(found, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_from_before_a_change_are_not_kept() {
    let app = TestApp::start_with(&["--counts-seconds", "60"]).await;
    let before = app.inside(app.northwind).await;
    let known = before.clients().await.expect("clients").len() as u64;
    assert_eq!(app.owner().await.post("/clients", &[("name", "Newly Made"), ("site", "Main")]).await.status, 303);
    let old = app.app.counts.navigation(&before, app.clock.now()).await.expect("counted");
    assert!(old.clients.is_some_and(|clients| clients <= known + 1), "what was read before may see nothing of it");
    let new = app.app.counts.navigation(&app.inside(app.northwind).await, app.clock.now()).await.expect("counted");
    assert_eq!(new.clients, Some(known + 1), "and nobody else is shown that");
}

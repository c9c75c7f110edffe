//! Policies: the nearest value holds, says where it comes from, and is changed by those who may.

use domain::alerts::sample::UnitState;

use super::{CLIENT, Watched, unit, well};
use crate::{
    agents::words,
    harness::{BLUEFIN, NORTHWIND, TestApp},
};

const OFF: [(&str, &str); 2] = [("on", "off"), ("revision", "0")];

async fn client(app: &TestApp) -> String {
    let inside = app.inside(app.northwind).await;
    let row = inside.client_called(&domain::clients::same(CLIENT)).await.expect("asked").expect("the client");
    domain::ids::ClientId(row.id).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_value_holds_and_says_where_it_comes_from() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "policy").await;
    let mut owner = app.owner().await;
    let place = client(&app).await;
    assert_eq!(owner.post(&format!("/settings/monitoring/{place}/service"), &OFF).await.status, 303);
    watched.measures_for(&app, &unit(well(), "lab-front.service", UnitState::Failed), 30).await;
    let mut owner = app.owner().await;
    assert!(watched.alerts(&app, "open").await.is_empty(), "the client's policy switched it off");
    let named = format!("/settings/monitoring/{}/service%3Alab-front.service", watched.device());
    assert_eq!(owner.post(&named, &[("on", "on"), ("severity", "critical"), ("revision", "0")]).await.status, 303);
    watched.measures_for(&app, &unit(well(), "lab-front.service", UnitState::Failed), 30).await;
    let mut owner = app.owner().await;
    let raised = watched.alerts(&app, "open").await;
    assert_eq!(raised.len(), 1, "the device's own value is nearer");
    assert!(words(&owner.get(&raised[0]).await.body).contains("Critical"));
    let effective = words(&owner.get(&format!("/devices/{}/policy", watched.device())).await.body);
    assert!(effective.contains("device") && effective.contains("client"), "{effective}");
    assert_eq!(owner.post(&format!("{named}/removal"), &[("revision", "1")]).await.status, 303);
    watched.measures(&app, unit(well(), "lab-front.service", UnitState::Failed)).await;
    assert!(watched.alerts(&app, "open").await.is_empty(), "what is switched off resolves");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_values_are_named_and_two_changes_do_not_overwrite_each_other() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let form = "/settings/monitoring/tenant/cpu";
    for (field, value) in [("on", "perhaps"), ("severity", "awful"), ("raise", "140"), ("lasts", "soon"), ("clear_lasts", "-1")] {
        let answer = owner.post(form, &[(field, value), ("revision", "0")]).await;
        assert_eq!(answer.status, 422, "{field}: {}", words(&answer.body));
    }
    let fields = [("raise", "90"), ("clear", "80"), ("lasts", "20 min"), ("revision", "0")];
    assert_eq!(owner.post(form, &fields).await.status, 303);
    let answer = owner.post(form, &[("on", "off"), ("revision", "0")]).await;
    assert!(answer.status == 409 && words(&answer.body).contains("changed this policy at the same time"), "{}", words(&answer.body));
    let page = words(&owner.get("/settings/monitoring/tenant").await.body);
    assert!(page.contains("20 min") && page.contains("90"), "{page}");
    let audit = words(&owner.get("/settings/audit?act=policy+changed").await.body);
    assert!(audit.contains("All clients"), "{audit}");
    for (kind, subject, status) in [("service", "lab-front.service", 303), ("process", "", 422), ("fan", "x", 422), ("disk", "/var", 303)] {
        assert_eq!(owner.post("/settings/monitoring/tenant", &[("kind", kind), ("subject", subject)]).await.status, status, "{kind} {subject}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn policies_are_changed_by_those_who_may_where_they_may() {
    let app = TestApp::start().await;
    app.key(CLIENT, &[]).await;
    let place = client(&app).await;
    let paths = ["/settings/monitoring/tenant/cpu".to_owned(), format!("/settings/monitoring/{place}/cpu")];
    let mut technician = app.signed_in(NORTHWIND, "tech@northwind.example").await;
    for path in &paths {
        assert_eq!(technician.post(path, &OFF).await.status, 403, "{path}");
    }
    assert_eq!(app.scoped().await.post(&paths[1], &OFF).await.status, 404, "another client's is not there");
    let mut stranger = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    assert_eq!(stranger.post(&paths[1], &OFF).await.status, 404);
    assert_eq!(stranger.get("/settings/monitoring").await.status, 200);
    assert_eq!(app.contact().await.get("/settings/monitoring").await.status, 403);
}

//! Notices: who is told of an alert and why, by a real mail server; and what becomes of what cannot be sent.

mod doors;
mod later;
mod outbox;
mod relay;
mod reports;
mod told;

use domain::{alerts::sample::UnitState, ids::DeliveryId};
use foundation::jobs::Claim;
use portico::jobs::work;

use crate::{
    alerts::{Watched, unit, well},
    harness::{Answer, Browser, NORTHWIND, TestApp},
};

const CLIENT: &str = "Castell Legal";

/// Does every job that is due now; at most two hundred, so that one that comes back at once ends the test.
async fn work_off(app: &TestApp) {
    for _ in 0..200 {
        let Some(claim) = next(app).await else { return };
        if let Err(failure) = work::done(&app.app, &claim).await {
            app.database().return_job(&claim, &failure.to_string(), None).await.expect("given back");
        }
    }
    panic!("the queue does not end");
}

async fn next(app: &TestApp) -> Option<Claim> {
    app.database().claim_job(app.clock.now(), false).await.expect("asked")
}

/// Adds a channel of mail, and gives its id.
async fn mail_channel(owner: &mut Browser, name: &str, to: &str) -> String {
    let made = owner.post("/settings/channels", &[("name", name), ("kind", "email"), ("to", to), ("on", "yes")]).await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").trim_start_matches("/settings/channels/").trim_end_matches("?done=saved").to_owned()
}

/// Adds a route to `channel` with these further fields.
async fn route(owner: &mut Browser, name: &str, channel: &str, least: &str, fields: &[(&str, &str)]) {
    let usual = [("name", name), ("channel", channel), ("least", least), ("on", "yes"), ("on_raise", "yes"), ("on_resolve", "yes")];
    let whose: &[(&str, &str)] = if fields.iter().any(|(field, _)| *field == "clients") { &[] } else { &[("clients", "any")] };
    let made = owner.post("/settings/channels/routes", &[&usual, whose, fields].concat()).await;
    assert_eq!(made.status, 303, "{}", made.body);
}

/// Has a service of `watched` fail for long enough to raise an alert, which is high.
async fn fails(app: &TestApp, watched: &mut Watched) {
    watched.measures_for(app, &unit(well(), "nginx.service", UnitState::Failed), 30).await;
}

/// Has everything be well for long enough to end the alert.
async fn recovers(app: &TestApp, watched: &mut Watched) {
    app.clock.advance(domain::time::MINUTE);
    watched.measures_for(app, &unit(well(), "nginx.service", UnitState::Ok), 30).await;
}

/// The page of the device's alert in this state.
async fn alert_page(app: &TestApp, watched: &Watched, show: &str) -> (String, Answer) {
    let path = watched.alerts(app, show).await.remove(0);
    let page = app.owner().await.get(&path).await;
    (path, page)
}

/// The ids of the deliveries that the log lists, newest first.
async fn deliveries(app: &TestApp, query: &str) -> Vec<DeliveryId> {
    let page = app.owner().await.get(&format!("/settings/channels/deliveries{query}")).await;
    assert_eq!(page.status, 200);
    let links = page.body.split("href=\"/settings/channels/deliveries/dlv_").skip(1);
    links.filter_map(|rest| format!("dlv_{}", rest.get(..32)?).parse().ok()).collect()
}

/// Forgets the demo's own channels, so that a test has only its own.
async fn without_the_demos(app: &TestApp) -> Browser {
    let mut owner = app.signed_in(NORTHWIND, "owner@northwind.example").await;
    for _ in 0..5 {
        let page = owner.get("/settings/channels").await.body;
        let Some(id) = page.split("href=\"/settings/channels/chn_").nth(1).and_then(|rest| rest.get(..32)) else { break };
        let removed = owner.post(&format!("/settings/channels/chn_{id}/removal"), &[]).await;
        assert_eq!(removed.status, 303);
    }
    owner
}

/// A channel, a route and a delivery of each tenant, by their names in the table of routes.
pub async fn places(app: &TestApp) -> Vec<(&'static str, String)> {
    let mut places = Vec::new();
    let names = [["{channel}", "{route}", "{delivery}"], ["{channel_foreign}", "{route_foreign}", "{delivery_foreign}"]];
    for (tenant, [channel, route, delivery]) in [app.northwind, app.bluefin].into_iter().zip(names) {
        let inside = app.inside(tenant).await;
        places.push((channel, inside.channels().await.expect("channels")[0].it.id.to_string()));
        places.push((route, inside.routes().await.expect("routes")[0].it.id.to_string()));
        let newest = inside.delivery_rows(&domain::notices::DeliveryQuery::default(), 1).await.expect("deliveries");
        places.push((delivery, DeliveryId(newest[0].id).to_string()));
    }
    places
}

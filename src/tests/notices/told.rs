//! Who is told, and why somebody is not.

use super::{CLIENT, alert_page, deliveries, fails, mail_channel, recovers, relay::Relay, route, without_the_demos, work_off};
use crate::{
    alerts::Watched,
    harness::{BLUEFIN, TestApp},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_raised_alert_is_mailed_once_and_so_is_its_end() {
    let (mut relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example, night@northwind.example").await;
    route(&mut owner, "On call", &desk, "high", &[]).await;
    route(&mut owner, "Also", &desk, "low", &[]).await;
    let before = deliveries(&app, "?state=sent").await.len();
    let mut watched = Watched::enrol_at(&app, CLIENT, "lab-srv-01").await;
    fails(&app, &mut watched).await;
    work_off(&app).await;
    let mail = relay.mail().await;
    let (path, page) = alert_page(&app, &watched, "open").await;
    assert_eq!(mail["subject"], format!("[high] Service: nginx.service on lab-srv-01 ({CLIENT})"));
    assert_eq!(mail["sender"][0], "Northwind IT");
    assert_eq!(mail["sender"][1], "notices@portal.example");
    assert_eq!(mail["to"].as_array().map(Vec::len), Some(2));
    let text = mail["text"].as_str().expect("text");
    assert!(text.contains(&format!("http://northwind.localhost:3000{path}")) && text.contains("Severity: High"), "{text}");
    assert!(mail["html"].as_str().is_some_and(|html| html.contains("lab-srv-01")));
    assert!(relay.is_quiet().await, "two routes to one channel send once");
    assert!(page.body.contains("Not sent twice: the route On call sends it to the same channel."), "{}", page.body);
    assert!(page.body.contains("Sent: the severity is high and this route takes high and worse."));
    watched.measures(&app, crate::alerts::unit(crate::alerts::well(), "nginx.service", domain::alerts::sample::UnitState::Failed)).await;
    work_off(&app).await;
    assert!(relay.is_quiet().await, "a report that changes nothing tells nothing");
    recovers(&app, &mut watched).await;
    work_off(&app).await;
    assert_eq!(relay.mail().await["subject"], format!("[high] Resolved: Service: nginx.service on lab-srv-01 ({CLIENT})"));
    assert!(relay.is_quiet().await);
    assert_eq!(deliveries(&app, "?state=sent").await.len(), before + 2);
    let other = app.signed_in(BLUEFIN, "owner@bluefin.example").await.get(&path).await;
    assert_eq!(other.status, 404);
    let log = app.signed_in(BLUEFIN, "owner@bluefin.example").await.get("/settings/channels/deliveries").await;
    assert!(!log.body.contains("lab-srv-01"), "the other tenant's log has nothing of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_alert_says_why_each_was_not_told() {
    let app = TestApp::start().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let boss = mail_channel(&mut owner, "Boss", "boss@northwind.example").await;
    let made = owner.post("/settings/channels", &[("name", "Asleep"), ("kind", "email"), ("to", "a@northwind.example")]).await;
    let asleep = made.header("location").trim_start_matches("/settings/channels/").trim_end_matches("?done=saved").to_owned();
    let inside = app.inside(app.northwind).await;
    let other = inside.client_called(&domain::clients::same("Pembroke Hotels")).await.expect("asked").expect("the client").id;
    let other = domain::ids::ClientId(other).to_string();
    drop(inside);
    route(&mut owner, "Worst", &boss, "critical", &[]).await;
    route(&mut owner, "Pembroke", &boss, "info", &[("clients", "listed"), ("listed", &other)]).await;
    route(&mut owner, "Sleeping", &asleep, "info", &[]).await;
    let over = [("name", "Ends"), ("channel", desk.as_str()), ("least", "info"), ("on", "yes"), ("on_resolve", "yes"), ("clients", "any")];
    assert_eq!(owner.post("/settings/channels/routes", &over).await.status, 303);
    let mut watched = Watched::enrol_at(&app, CLIENT, "lab-srv-02").await;
    fails(&app, &mut watched).await;
    work_off(&app).await;
    let page = alert_page(&app, &watched, "open").await.1.body;
    for why in [
        "Not sent: the severity is high and this route takes critical and worse.",
        "Not sent: this route is for other clients.",
        "Not sent: the channel Asleep is switched off.",
        "Not sent: this route does not tell of alerts that are raised.",
    ] {
        assert!(page.contains(why), "{why}");
    }
    recovers(&app, &mut watched).await;
    work_off(&app).await;
    let page = alert_page(&app, &watched, "resolved").await.1.body;
    assert!(page.contains("Not sent: this channel was never told that the alert was raised."), "{page}");
    assert!(deliveries(&app, "").await.iter().all(|id| !page.contains(&id.to_string())), "nothing left for it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledged_alert_is_not_told_and_one_that_wakes_is_told_again() {
    let app = TestApp::start().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    route(&mut owner, "On call", &desk, "low", &[]).await;
    let before = deliveries(&app, "?state=caught").await.len();
    let mut watched = Watched::enrol_at(&app, CLIENT, "lab-srv-03").await;
    fails(&app, &mut watched).await;
    let path = watched.alerts(&app, "open").await.remove(0);
    let mut owner = app.owner().await;
    assert_eq!(owner.post(&format!("{path}/acknowledgement"), &[]).await.status, 303);
    work_off(&app).await;
    assert!(owner.get(&path).await.body.contains("Not sent: the alert is acknowledged, so somebody is on it."));
    assert_eq!(deliveries(&app, "?state=caught").await.len(), before);
    assert_eq!(owner.post(&format!("{path}/acknowledgement/removal"), &[]).await.status, 303);
    work_off(&app).await;
    assert_eq!(deliveries(&app, "?state=caught").await.len(), before + 1, "now nobody is on it");
    assert_eq!(owner.post(&format!("{path}/snooze"), &[("snooze", "1h")]).await.status, 303);
    assert_eq!(owner.post(&format!("{path}/snooze/removal"), &[]).await.status, 303);
    work_off(&app).await;
    assert_eq!(deliveries(&app, "?state=caught").await.len(), before + 2);
    assert!(owner.get(&path).await.body.contains("That was before it came back."));
    work_off(&app).await;
    assert_eq!(deliveries(&app, "?state=caught").await.len(), before + 2);
}

//! Who may set up channels and read the log; and the forms.

use super::{CLIENT, deliveries, fails, mail_channel, route, without_the_demos, work_off};
use crate::{
    alerts::Watched,
    harness::{NORTHWIND, TestApp},
};

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_sets_up_channels_and_reads_the_log() {
    let app = TestApp::start().await;
    for email in ["tech@northwind.example", "scoped@northwind.example", "contact@castell-legal.example"] {
        let mut somebody = app.signed_in(NORTHWIND, email).await;
        for path in ["/settings/channels", "/settings/channels/new", "/settings/channels/deliveries", "/settings/channels/deliveries/export"] {
            assert_eq!(somebody.get(path).await.status, 403, "{email} {path}");
        }
        assert_eq!(somebody.post("/settings/channels", &[("name", "x"), ("kind", "email"), ("to", "a@b.de")]).await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_values_are_named_and_two_who_change_at_once_learn_of_each_other() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for (fields, said) in [
        (&[("name", ""), ("kind", "email"), ("to", "nobody")][..], "is not an e-mail address"),
        (&[("name", "x"), ("kind", "email"), ("to", "ann@b\u{fc}cher.example")], "xn--"),
        (&[("name", "x"), ("kind", "webhook"), ("url", "http://example.org/")], "https://"),
        (&[("name", "x"), ("kind", "webhook"), ("url", "https://10.0.0.1/")], "not public"),
        (&[("name", "x"), ("kind", "webhook"), ("url", "https://localhost:8443/")], "not public"),
    ] {
        let answer = owner.post("/settings/channels", fields).await;
        assert!(answer.status == 422 && answer.body.contains(said), "{fields:?}: {} {}", answer.status, answer.body);
    }
    let id = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let path = format!("/settings/channels/{id}");
    let mine = [("name", "Mine"), ("to", "a@northwind.example"), ("on", "yes"), ("revision", "1")];
    assert_eq!(owner.post(&path, &mine).await.status, 303);
    let late = owner.post(&path, &[("name", "Theirs"), ("to", "b@northwind.example"), ("revision", "1")]).await;
    assert!(late.status == 409 && late.body.contains("Theirs") && late.body.contains("Mine"), "{}", late.body);
    route(&mut owner, "On call", &id, "high", &[]).await;
    let list = owner.get("/settings/channels").await.body;
    assert!(list.contains("High and worse, any client, when raised and when resolved"), "{list}");
    let bad = owner.post("/settings/channels/routes", &[("name", "x"), ("channel", &id), ("least", "high"), ("clients", "listed")]).await;
    assert!(bad.status == 422 && bad.body.contains("Needs at least one client"), "{}", bad.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_shown_once() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let made = owner.post("/settings/channels", &[("name", "Chat"), ("kind", "webhook"), ("url", "https://hooks.example.org/x"), ("on", "yes")]).await;
    let secret = |body: &str| body.split("whs_").nth(1).and_then(|rest| rest.get(..64)).map(str::to_owned);
    let first = secret(&made.body).expect("the secret");
    let path = made.body.split("href=\"/settings/channels/chn_").nth(1).and_then(|rest| rest.get(..32)).map(|id| format!("/settings/channels/chn_{id}"));
    let path = path.expect("the channel");
    assert_eq!(secret(&owner.get(&path).await.body), None);
    let second = secret(&owner.post(&format!("{path}/secret"), &[]).await.body).expect("another");
    assert_ne!(first, second);
    let audit = owner.get("/settings/audit").await.body;
    assert!(audit.contains("Channel given another secret") && !audit.contains("whs_"));
}

#[tokio::test(flavor = "multi_thread")]
async fn caught_mail_is_for_operators_of_a_demo() {
    let app = TestApp::start().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    route(&mut owner, "All", &desk, "info", &[]).await;
    let mut watched = Watched::enrol_at(&app, CLIENT, "<b>lab</b>").await;
    fails(&app, &mut watched).await;
    work_off(&app).await;
    let mut owner = app.owner().await;
    let mut operator = app.operator().await;
    let list = operator.get("/mail").await;
    assert_eq!(list.status, 200);
    let path = list.body.split("href=\"/mail/").nth(1).and_then(|rest| rest.split('"').next()).map(|rest| format!("/mail/{rest}")).expect("a mail");
    let mail = operator.get(&path).await;
    assert!(mail.status == 200 && mail.body.contains("desk@northwind.example") && !mail.body.contains("<b>lab"), "{}", mail.body);
    assert_eq!(app.anon("localhost").get("/mail").await.status, 303);
    assert_eq!(owner.get("/mail").await.status, 404, "a tenant's host has no such page");
    let id = deliveries(&app, "?state=caught").await.remove(0);
    let other = format!("/mail/{}/{id}", app.bluefin);
    assert_eq!(operator.get(&other).await.status, 404, "of another tenant it is not there");
    let file = owner.get("/settings/channels/deliveries/export").await;
    assert!(file.status == 200 && file.body.contains("desk@northwind.example") && file.body.starts_with("Asked for (UTC),State,"), "{}", file.body);
}

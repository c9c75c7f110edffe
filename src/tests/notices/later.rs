//! What happens to a delivery between the moment it is posted and the moment it leaves.

use domain::{
    ids::DeliveryId,
    notices::{DeliveryQuery, State},
    time::{HOUR, MINUTE},
};
use foundation::notices::Outcome;
use portico::jobs::work;

use super::{CLIENT, fails, mail_channel, next, recovers, relay::Relay, route, without_the_demos, work_off};
use crate::{alerts::Watched, harness::TestApp};

/// What went through a channel, newest first: what each is, to whom, and its state.
async fn log(app: &TestApp, channel: &str) -> Vec<(String, String, String)> {
    let query = DeliveryQuery { channel: Some(channel.parse().expect("a channel")), ..DeliveryQuery::default() };
    let rows = app.inside(app.northwind).await.delivery_rows(&query, 20).await.expect("rows");
    rows.into_iter().map(|row| (row.what, row.recipient, row.state)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_a_channel_that_was_switched_off_or_removed_is_not_sent() {
    let (mut relay, app) = Relay::open().await;
    without_the_demos(&app).await;
    for (name, end) in [("Off", ""), ("Gone", "/removal")] {
        let mut owner = app.owner().await;
        let desk = mail_channel(&mut owner, name, "desk@northwind.example").await;
        route(&mut owner, name, &desk, "low", &[]).await;
        let mut watched = Watched::enrol_at(&app, CLIENT, name).await;
        fails(&app, &mut watched).await;
        // The decision is made, and the mail waits.
        let decided = next(&app).await.expect("who is told");
        work::done(&app.app, &decided).await.expect("decided");
        let mut owner = app.owner().await;
        let form = [("name", name), ("kind", "email"), ("to", "desk@northwind.example"), ("revision", "1")];
        assert_eq!(owner.post(&format!("/settings/channels/{desk}{end}"), &form).await.status, 303);
        work_off(&app).await;
        let (.., state) = log(&app, &desk).await.remove(0);
        assert_eq!(state, State::NotSent.word(), "{name}");
    }
    assert!(relay.is_quiet().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_busy_gets_it_later_and_the_others_get_it_once() {
    let (mut relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "here@northwind.example busy@northwind.example gone@northwind.example").await;
    assert_eq!(owner.post(&format!("/settings/channels/{desk}/test"), &[]).await.status, 303);
    work_off(&app).await;
    assert_eq!(relay.mail().await["to"], serde_json::json!(["here@northwind.example"]));
    for _ in 0..3 {
        app.clock.advance(HOUR);
        work_off(&app).await;
    }
    let log = log(&app, &desk).await;
    let rest = log.iter().find(|(_, to, _)| to == "busy@northwind.example").expect("a delivery of its own");
    assert_eq!((log.len(), rest.2.as_str()), (2, "waiting"), "{log:?}");
    assert!(relay.is_quiet().await, "nobody gets it twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_during_a_try_is_not_lost() {
    let (_relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let sent = owner.post(&format!("/settings/channels/{desk}/test"), &[]).await;
    let path = sent.header("location").to_owned();
    let id: DeliveryId = path.trim_start_matches("/settings/channels/deliveries/").parse().expect("a delivery");
    let read = app.inside(app.northwind).await.delivery(id).await.expect("the row");
    app.clock.advance(1_000);
    assert_eq!(owner.post(&format!("{path}/retry"), &[]).await.status, 303);
    for (outcome, state) in
        [(Outcome::Failed("no".into()), State::Waiting), (Outcome::Later("no".into(), 0), State::Waiting), (Outcome::Sent(None), State::Sent)]
    {
        let writing = app.inside(app.northwind).await.writing().await.expect("writing");
        writing.note_outcome(&read, outcome, app.clock.now()).await.expect("noted");
        writing.commit().await.expect("kept");
        assert_eq!(app.inside(app.northwind).await.delivery(id).await.expect("the row").state, state.word());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_and_ended_at_once_is_told_in_that_order() {
    let (_relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    route(&mut owner, "All", &desk, "low", &[]).await;
    let mut watched = Watched::enrol_at(&app, CLIENT, "back").await;
    fails(&app, &mut watched).await;
    work_off(&app).await;
    let page = watched.alerts(&app, "open").await.remove(0);
    let mut owner = app.owner().await;
    assert_eq!(owner.post(&format!("{page}/snooze"), &[("snooze", "1h")]).await.status, 303);
    app.clock.advance(HOUR + MINUTE);
    let woken = next(&app).await.expect("the end of the snooze");
    work::done(&app.app, &woken).await.expect("woken");
    recovers(&app, &mut watched).await;
    let (again, over) = (next(&app).await.expect("it came back"), next(&app).await.expect("it is over"));
    assert!(again.subject.ends_with("again") && over.subject.ends_with("resolved"), "{} {}", again.subject, over.subject);
    for claim in [&over, &again] {
        work::done(&app.app, claim).await.expect("told");
    }
    let told: Vec<String> = log(&app, &desk).await.into_iter().map(|(what, ..)| what).collect();
    assert_eq!(told, ["alert resolved", "alert raised", "alert raised"]);
    let audit = app.owner().await.get("/settings/audit?act=route+added").await.body;
    assert!(audit.contains("low and worse, any client, when raised and when resolved, to Desk"), "the audit says where it goes");
}

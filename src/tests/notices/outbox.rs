//! What is to leave leaves, also when the other side is down or a worker dies; and each delivery says what became of it.

use domain::{
    jobs::LEASE,
    notices::Kind,
    time::{DAY, HOUR},
};
use foundation::{
    devices::DEMO,
    notices::{NewDelivery, Outcome},
};
use portico::{jobs::work, service::notices::Senders};

use super::{deliveries, mail_channel, next, relay::Relay, without_the_demos, work_off};
use crate::harness::{TestApp, serve_flags};

/// Asks for a test through a channel, and gives the path of its delivery.
async fn test(owner: &mut crate::harness::Browser, channel: &str) -> String {
    let sent = owner.post(&format!("/settings/channels/{channel}/test"), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    sent.header("location").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_without_the_mail_server_loses_nothing() {
    let (mut relay, app) = Relay::closed().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let path = test(&mut owner, &desk).await;
    for _ in 0..60 {
        work_off(&app).await;
        app.clock.advance(domain::time::MINUTE);
    }
    let mut owner = app.owner().await;
    let page = owner.get(&path).await.body;
    assert!(page.contains("It waits: tried") && page.contains("the mail server took no connection"), "{page}");
    relay.opens().await;
    app.clock.advance(2 * HOUR);
    work_off(&app).await;
    let mail = relay.mail().await;
    let id = path.trim_start_matches("/settings/channels/deliveries/");
    assert_eq!(mail["id"], format!("<{id}@portal.example>"));
    assert_eq!(mail["subject"], "A test from Northwind IT");
    app.clock.advance(2 * HOUR);
    work_off(&app).await;
    assert!(relay.is_quiet().await, "exactly once");
    let mut owner = app.owner().await;
    assert!(owner.get(&path).await.body.contains("It was taken by the other side."));
    assert_eq!(owner.post(&format!("{path}/retry"), &[]).await.status, 409, "what left is not sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_after_sending_sends_again_under_the_same_id() {
    let (mut relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let path = test(&mut owner, &desk).await;
    let first = next(&app).await.expect("a job");
    app.clock.advance(LEASE + 1);
    let second = next(&app).await.expect("the job again");
    work::done(&app.app, &first).await.expect_err("its lease is over, so what it learned is not kept");
    let page = owner.get(&path).await.body;
    assert!(page.contains("It leaves within seconds."), "{page}");
    work::done(&app.app, &second).await.expect("sent");
    assert_eq!(relay.mail().await["id"], relay.mail().await["id"]);
    assert!(owner.get(&path).await.body.contains("It was taken by the other side."));
    assert!(next(&app).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_for_good_fails_and_can_be_tried_again() {
    let (mut relay, app) = Relay::open().await;
    let mut owner = without_the_demos(&app).await;
    let gone = mail_channel(&mut owner, "Gone", "gone@northwind.example").await;
    let path = test(&mut owner, &gone).await;
    work_off(&app).await;
    let page = owner.get(&path).await.body;
    assert!(page.contains("It failed: tried once.") && page.contains("No such person"), "{page}");
    assert!(app.database().console().tenants_with_parked_jobs().await.expect("asked").is_empty(), "not parked");
    assert_eq!(owner.post(&format!("{path}/retry"), &[]).await.status, 303);
    work_off(&app).await;
    assert!(owner.get(&path).await.body.contains("It failed: tried once."));
    let some = mail_channel(&mut owner, "Some", "gone@northwind.example here@northwind.example").await;
    let path = test(&mut owner, &some).await;
    work_off(&app).await;
    assert_eq!(relay.mail().await["to"][0], "here@northwind.example");
    assert!(owner.get(&path).await.body.contains("Not taken for gone@northwind.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_cannot_be_reached_waits_and_one_without_a_channel_is_not_sent() {
    let app = TestApp::start().await;
    let mut owner = without_the_demos(&app).await;
    let made = owner.post("/settings/channels", &[("name", "Chat"), ("kind", "webhook"), ("url", "https://hooks.invalid/secret-path"), ("on", "yes")]).await;
    assert_eq!(made.status, 200);
    let id = made.body.split("/settings/channels/chn_").nth(1).and_then(|rest| rest.get(..32)).expect("the channel").to_owned();
    let path = test(&mut owner, &format!("chn_{id}")).await;
    work_off(&app).await;
    let page = owner.get(&path).await.body;
    assert!(page.contains("It waits: tried once.") && page.contains("webhook at hooks.invalid"), "{page}");
    assert!(!page.contains("secret-path"), "the path may be a secret");
    assert_eq!(owner.post(&format!("/settings/channels/chn_{id}/removal"), &[]).await.status, 303);
    app.clock.advance(HOUR);
    work_off(&app).await;
    let page = app.owner().await.get(&path).await.body;
    assert!(page.contains("It was not sent.") && page.contains("The channel was removed."), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_mail_server_nothing_is_sent_and_the_log_says_so() {
    let app = TestApp::start().await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let new = NewDelivery {
        client: None,
        channel: None,
        alert: None,
        what: "test",
        kind: Kind::Mail,
        to: vec!["a@northwind.example".into()],
        from_name: "Northwind\r\nBcc: b@c.de".into(),
        subject: "A test".into(),
        body: "Text".into(),
        html: None,
        attachment: None,
    };
    let id = writing.post(new.clone(), app.clock.now()).await.expect("posted");
    let none = writing.post(NewDelivery { to: Vec::new(), ..new.clone() }, app.clock.now()).await;
    assert!(none.is_err(), "a mail has somebody it goes to");
    writing.commit().await.expect("kept");
    let row = app.inside(app.northwind).await.delivery(id).await.expect("the row");
    let real = Senders::new(&serve_flags(&[]), false).expect("senders");
    assert_eq!(real.send(&row, None, Vec::new(), app.clock.now(), 0).await, Outcome::NotSent("No mail server is set up (PORTICO_MAIL_URL).".into()));
    let flags = ["--mail-url", "smtp://127.0.0.1:9", "--mail-from", "notices@portal.example"];
    let mailer = Senders::new(&serve_flags(&flags), false).expect("senders");
    let hostile = mailer.send(&row, None, Vec::new(), app.clock.now(), 0).await;
    assert!(matches!(&hostile, Outcome::Failed(why) if why.contains("the sender's name holds a control character")), "{hostile:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_is_not_sent_and_what_is_old_is_forgotten() {
    let app = TestApp::start().await;
    let mut owner = without_the_demos(&app).await;
    let desk = mail_channel(&mut owner, "Desk", "desk@northwind.example").await;
    let path = test(&mut owner, &desk).await;
    work_off(&app).await;
    assert!(owner.get(&path).await.body.contains("sent to nobody"));
    app.clock.advance(91 * DAY);
    let writing = app.database().enter(&DEMO, app.northwind).await.expect("entered").writing().await.expect("writing");
    assert!(writing.remove_expired(app.clock.now()).await.expect("swept") > 0);
    writing.commit().await.expect("kept");
    assert!(deliveries(&app, "").await.is_empty());
}

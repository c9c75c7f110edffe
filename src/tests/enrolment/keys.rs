//! Keys: made once, shown once, waited for, revoked; and what each person may do with them.

use domain::{
    ids::{ClientId, SiteId},
    time::MINUTE,
};
use foundation::{devices::rows::enrolment_key, people::rows::membership};
use sea_orm::{ColumnTrait, Condition, prelude::Expr};

use super::{audited, field, id_of, place_of};
use crate::{
    agents::{Signer, ask_to_enrol, enrolment, fresh_key, full_report, refusal},
    harness::{Answer, BLUEFIN, Browser, NORTHWIND, TestApp},
};

const LIST: &str = "/settings/enrolment";

async fn make(browser: &mut Browser, place: &str, name: &str, more: &[(&str, &str)]) -> Answer {
    let fields = [[("place", place), ("name", name)].as_slice(), more].concat();
    browser.post(LIST, &fields).await
}

/// The secret on the page that shows it.
fn secret(body: &str) -> String {
    let at = body.find("ptk_").expect("a secret");
    body[at..at + 68].to_owned()
}

async fn keys(app: &TestApp) -> Vec<enrolment_key::Model> {
    let all = app.inside(app.northwind).await.find::<enrolment_key::Entity>().all().await.expect("keys");
    // The demo's devices came with keys of their own, which ended long ago.
    all.into_iter().filter(|key| !key.name.starts_with("Set-up of")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_shown_once_and_lets_a_device_in() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    assert!(!owner.get(LIST).await.body.contains("Front desk"));
    let place = place_of(&mut owner, "Castell Legal").await;
    let answer = make(&mut owner, &place, "Front desk", &[("days", "30"), ("most", "5"), ("approval", "yes")]).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    let token = secret(&answer.body);
    let address = format!("http://localhost:{}/t/northwind", app.address.port());
    for text in [
        format!("portico-agent enrol --server {address} --key {token}"),
        format!("glpi-agent --server {address}/inventory --user agent --password {token}"),
        "systemctl enable --now portico-agent".into(),
    ] {
        assert!(answer.body.contains(&text), "{text}");
    }
    let id = id_of(&app, app.northwind, &token).await;
    let row = keys(&app).await.remove(0);
    assert!(row.needs_approval && row.most == Some(5) && row.expires_at.is_some() && !format!("{row:?}").contains(&token));
    for path in [LIST.to_owned(), format!("{LIST}/{id}")] {
        let page = owner.get(&path).await;
        assert!(page.status == 200 && page.body.contains("Front desk") && !page.body.contains("ptk_"), "{path}");
    }
    assert_eq!(audited(&app, "enrolment key made").await, 1);
    let device = Signer::enrol(&app, &token, "desk-1").await.device;
    let page = owner.get(&format!("{LIST}/{id}")).await.body;
    assert!(page.contains(&device.to_string()) && page.contains("1 device waits for approval"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_named_and_kept() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let place = place_of(&mut owner, "Castell Legal").await;
    let other = app.inside(app.bluefin).await.sites().await.expect("sites").remove(0);
    let (foreign_site, foreign_client) = (SiteId(other.id).to_string(), ClientId(other.client_id).to_string());
    for (chosen, name, days, most, says) in [
        (place.as_str(), "", "", "", "Give it a name"),
        (&place, "Kept", "0", "", "from 1 to 3,650"),
        (&place, "Kept", "", "-5", "from 1 to 100,000"),
        (&place, "Kept", "never", "", "from 1 to 3,650"),
        (&place, &"x".repeat(81), "", "", "up to 80 characters"),
        (&place, "a\u{202e}b", "", "", "up to 80 characters"),
        ("", "Kept", "", "", "Choose a client and a site."),
        (&foreign_site, "Kept", "", "", "Choose a client and a site."),
        (&foreign_client, "Kept", "", "", "Choose a client and a site."),
        ("sit_00000000000000000000000000000001", "Kept", "", "", "Choose a client and a site."),
    ] {
        let answer = make(&mut owner, chosen, name, &[("days", days), ("most", most)]).await;
        assert!(answer.status == 422 && answer.body.contains(says), "{chosen} {name} {days} {most}: {}", answer.status);
        assert!(name != "Kept" || answer.body.contains("value=\"Kept\""), "what was typed is kept");
        assert!(!answer.body.contains("ptk_"));
    }
    assert!(keys(&app).await.is_empty());
    for query in ["?state=asleep", "?after=x", &format!("?q={}", "x".repeat(101))] {
        assert_eq!(owner.get(&format!("{LIST}{query}")).await.status, 422, "{query}");
    }
    assert_eq!(owner.get(&format!("{LIST}/enr_1")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_twice_makes_one_key() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let place = place_of(&mut owner, "Castell Legal").await;
    let id = field(&owner.get("/settings/enrolment/new").await.body, "key");
    let fields = [("key", id.as_str()), ("place", &place), ("name", "Twice")];
    let (mut one, mut two) = (owner.clone(), owner.clone());
    let (first, second) = tokio::join!(one.post(LIST, &fields), two.post(LIST, &fields));
    assert_eq!((first.status, second.status), (200, 200), "{} {}", first.body, second.body);
    assert_eq!(keys(&app).await.len(), 1);
    let directory = app.database().directory();
    let (a, b) = (secret(&first.body), secret(&second.body));
    let known = [
        directory.enrolment_key(app.northwind, &a).await.expect("asked").is_some(),
        directory.enrolment_key(app.northwind, &b).await.expect("asked").is_some(),
    ];
    assert_eq!(known.into_iter().filter(|known| *known).count(), 1, "the one that was shown last works");
    app.clock.advance(MINUTE);
    let later = owner.post(LIST, &fields).await;
    assert_eq!((later.status, later.header("location").contains(&id)), (303, true), "a page that is sent again shows no secret");
    assert_eq!(keys(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_waits_for_the_first_report_and_then_names_it() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let token = app.key("Castell Legal", &[]).await;
    let path = format!("{LIST}/{}", id_of(&app, app.northwind, &token).await);
    let page = owner.get(&path).await;
    assert_eq!(page.header("refresh"), format!("5; url={path}?waited=1"));
    assert!(page.body.contains("Waiting for the first report.") && page.body.contains("No device has enrolled"));
    for (round, refresh) in [("7", format!("5; url={path}?waited=8")), ("180", String::new()), ("stop", String::new()), ("-1", String::new())] {
        assert_eq!(owner.get(&format!("{path}?waited={round}")).await.header("refresh"), refresh, "{round}");
    }
    let signer = Signer::enrol(&app, &token, "first-desk").await;
    let page = owner.get(&path).await;
    assert!(!page.header("refresh").is_empty() && page.body.contains("has enrolled and has not reported yet"));
    signer.report(&app, &full_report(&app, "first-desk"), 1).await;
    let page = owner.get(&path).await;
    assert!(page.header("refresh").is_empty() && page.body.contains("The first report is here.") && page.body.contains("first-desk"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn revoking_stops_every_report_while_they_come_in() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let token = app.key("Castell Legal", &[]).await;
    let path = format!("{LIST}/{}", id_of(&app, app.northwind, &token).await);
    let signer = Signer::enrol(&app, &token, "busy").await;
    let reports: Vec<_> = (1..=20).map(|n| signer.sign_report(&app, &full_report(&app, "busy"), n)).collect();
    let revocation = format!("{path}/revocation");
    let (revoked, answers) = tokio::join!(owner.post(&revocation, &[]), async {
        let mut answers = Vec::new();
        for report in &reports {
            answers.push(report.send(&app, NORTHWIND).await.status);
        }
        answers
    });
    assert_eq!((revoked.status, revoked.header("location")), (303, format!("{path}?done=key-revoked").as_str()));
    assert!(answers.iter().all(|status| matches!(status, 200 | 403)) && answers.is_sorted(), "{answers:?}");
    assert_eq!(signer.sign_report(&app, &full_report(&app, "busy"), 99).send(&app, NORTHWIND).await.status, 403);
    assert_eq!(refusal(&ask_to_enrol(&app, NORTHWIND, &token, enrolment(&fresh_key(), "late")).await), (403, "revoked".into()));
    assert_eq!(owner.post(&format!("{path}/revocation"), &[]).await.status, 303, "twice is once");
    assert_eq!(audited(&app, "enrolment key revoked").await, 1);
    assert!(owner.get(&path).await.body.contains("Revoked") && owner.get(&format!("{LIST}?state=revoked")).await.body.contains("Command line"));
    assert!(owner.get(&format!("{LIST}?state=active")).await.body.contains("No key matches"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_use_is_kept_to_the_minute() {
    let app = TestApp::start().await;
    let token = app.key("Castell Legal", &[]).await;
    let used = async || keys(&app).await[0].last_used_at;
    assert_eq!(used().await, None);
    let signer = Signer::enrol(&app, &token, "steady").await;
    let enrolled = used().await.expect("used");
    app.clock.advance(MINUTE / 2);
    signer.report(&app, &full_report(&app, "steady"), 1).await;
    assert_eq!(used().await, Some(enrolled), "not written for every report");
    app.clock.advance(MINUTE);
    signer.report(&app, &full_report(&app, "steady"), 2).await;
    assert!(used().await.expect("used") >= enrolled + MINUTE);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_of_two_clients_has_keys_of_these_two_only() {
    let app = TestApp::start().await;
    let (near, far) = (app.key("Castell Legal", &["--name", "Near"]).await, app.key("Pembroke Hotels", &["--name", "Far"]).await);
    let (near, far) = (id_of(&app, app.northwind, &near).await, id_of(&app, app.northwind, &far).await);
    let mut owner = app.owner().await;
    let far_place = place_of(&mut owner, "Pembroke Hotels").await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let few = Condition::all().add(membership::Column::Role.eq("technician")).add(membership::Column::AllClients.eq(false));
    writing.update::<membership::Entity>(few, [(membership::Column::Role, Expr::value("administrator"))]).await.expect("updated");
    writing.commit().await.expect("kept");
    let mut scoped = app.scoped().await;
    let list = scoped.get(LIST).await.body;
    assert!(list.contains("Near") && !list.contains("Far") && !list.contains("Pembroke") && list.contains("1 key"));
    assert!(scoped.get(&format!("{LIST}?q=far")).await.body.contains("No key matches"));
    assert_eq!((scoped.get(&format!("{LIST}/{near}")).await.status, scoped.get(&format!("{LIST}/{far}")).await.status), (200, 404));
    assert_eq!(scoped.post(&format!("{LIST}/{far}/revocation"), &[]).await.status, 404);
    assert!(!scoped.get("/settings/enrolment/new").await.body.contains("Pembroke"));
    assert_eq!(make(&mut scoped, &far_place, "Not mine", &[]).await.status, 422);
    let mut stranger = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    assert_eq!((stranger.get(&format!("{LIST}/{near}")).await.status, stranger.post(&format!("{LIST}/{near}/revocation"), &[]).await.status), (404, 404));
    let list = stranger.get(LIST).await.body;
    assert!(!list.contains(&near.to_string()) && !list.contains(&far.to_string()));
}

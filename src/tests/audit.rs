//! The audit: every act is in it once, and nobody reads more of it than their clients'.

mod outward;

use std::collections::BTreeSet;

use domain::{ids::ClientId, time::DAY};
use foundation::audit::{Act, Asked, EntryRow};

use crate::harness::{BLUEFIN, Browser, NORTHWIND, TestApp};

/// All entries of Northwind, newest first.
async fn entries(app: &TestApp) -> Vec<EntryRow> {
    app.inside(app.northwind).await.audit_rows(&Asked::default(), 1_000).await.expect("entries")
}

async fn acts(app: &TestApp) -> Vec<String> {
    entries(app).await.into_iter().map(|row| row.action).collect()
}

async fn client(app: &TestApp, name: &str) -> ClientId {
    ClientId(app.inside(app.northwind).await.clients().await.expect("clients").into_iter().find(|row| row.name == name).expect("the client").id)
}

/// Adds entries by the demo's job.
async fn add(app: &TestApp, acts: Vec<Act>) {
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    for (n, act) in acts.into_iter().enumerate() {
        writing.record(app.clock.now() + n as i64, act).await.expect("recorded");
    }
    writing.commit().await.expect("kept");
}

fn about(name: &str, client: Option<ClientId>) -> Act {
    Act { action: "thing done", object: Some(("thing", format!("thing-{name}"))), name: Some(name.into()), client, ..Act::default() }
}

/// The names of things that a page shows.
fn things(body: &str) -> Vec<String> {
    body.split("thing-no-").skip(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect()).collect()
}

/// The first link of a page that holds `mark`.
fn link(body: &str, mark: &str) -> Option<String> {
    body.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains(mark)).map(|href| href.replace("&amp;", "&"))
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_and_out_is_written_down_and_failures_only_where_they_begin_to_wait() {
    let app = TestApp::start().await;
    for _ in 0..2 {
        app.anon(NORTHWIND).sign_in("tech@northwind.example", "wrong").await;
    }
    assert!(!acts(&app).await.iter().any(|act| act == "sign-ins failed"), "two failures are nothing yet");
    for _ in 0..8 {
        app.anon(NORTHWIND).sign_in("tech@northwind.example", "wrong").await;
        app.anon(NORTHWIND).sign_in("nobody@northwind.example", "wrong").await;
    }
    let failed: Vec<EntryRow> = entries(&app).await.into_iter().filter(|row| row.action == "sign-ins failed").collect();
    assert_eq!(failed.len(), 1, "once, and for nobody who is nobody");
    assert_eq!((failed[0].address.as_deref(), failed[0].actor_kind.as_str(), failed[0].actor_id.as_ref()), (Some("127.0.0.1"), "stranger", None));
    app.clock.advance(60_000);
    let mut tech = app.signed_in(NORTHWIND, "tech@northwind.example").await;
    assert_eq!(tech.post("/sign-out", &[]).await.status, 303);
    assert_eq!(tech.post("/sign-out", &[]).await.status, 303, "nobody signs out twice");
    let rows = entries(&app).await;
    let words: Vec<&str> = rows.iter().take(2).map(|row| row.action.as_str()).collect();
    assert_eq!(words, ["signed out", "signed in"]);
    assert_eq!(rows[1].detail.as_deref(), Some("after 10 failed tries"));
    assert_eq!(
        (rows[1].object_name.as_ref(), rows[1].actor_kind.as_str(), rows[1].address.as_deref()),
        (Some(&rows[1].actor_name), "person", Some("127.0.0.1"))
    );
    assert_eq!(rows[1].object_id, rows[1].actor_id);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_stopped_is_written_down_once() {
    let app = TestApp::start_with(&["--address-failures", "5"]).await;
    for n in 0..12 {
        app.anon(NORTHWIND).sign_in(&format!("n{n}@northwind.example"), "x").await;
    }
    assert_eq!(acts(&app).await.iter().filter(|act| *act == "address stopped").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_act_is_written_down() {
    let app = TestApp::start().await;
    let (mut owner, mut other) = (app.owner().await, app.owner().await);
    let page = owner.get("/account/sessions").await.body;
    let removal = page.split("action=\"").filter_map(|part| part.split('"').next()).find(|action| action.contains("/ses_")).expect("a button").to_owned();
    owner.post(&removal, &[]).await;
    other.get("/").await;
    owner.post("/account/sessions/removal", &[]).await;
    owner.get("/devices/export?q=srv").await;
    owner.get("/settings/audit/export").await;
    app.key("Castell Legal", &[]).await;
    let mut operator = app.operator().await;
    operator.post(&format!("/tenants/{}/suspension", app.northwind), &[]).await;
    operator.post(&format!("/tenants/{}/suspension/removal", app.northwind), &[]).await;
    let rows = entries(&app).await;
    for action in [
        "session ended",
        "other sessions ended",
        "devices exported",
        "audit exported",
        "enrolment key made",
        "tenant suspended",
        "tenant resumed",
        "tenant created",
    ] {
        assert_eq!(rows.iter().filter(|row| row.action == action).count(), 1, "{action}");
    }
    let of = |action: &str| rows.iter().find(|row| row.action == action).expect("an entry");
    assert!(of("devices exported").detail.as_ref().is_some_and(|detail| detail.contains("rows of ?q=srv")));
    assert_eq!((of("enrolment key made").actor_name.as_str(), of("enrolment key made").client_id), ("console", Some(client(&app, "Castell Legal").await.0)));
    assert_eq!((of("tenant suspended").old.as_deref(), of("tenant suspended").new.as_deref()), (Some("active"), Some("suspended")));
    assert_eq!((of("tenant suspended").actor_kind.as_str(), of("tenant suspended").object_name.as_deref()), ("operator", Some("Northwind IT")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_some_clients_sees_only_their_entries() {
    let app = TestApp::start().await;
    let (mine, theirs) = (client(&app, "Castell Legal").await, client(&app, "Pembroke Hotels").await);
    add(&app, vec![about("Mine", Some(mine)), about("Theirs", Some(theirs)), about("Everybody", None)]).await;
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    let all = owner.get("/settings/audit").await.body;
    assert!(["Mine", "Theirs", "Everybody", "Pembroke Hotels"].iter().all(|text| all.contains(text)));
    for path in ["/settings/audit", "/settings/audit?q=e", "/settings/audit/export", &format!("/settings/audit?client={theirs}")] {
        let few = scoped.get(path).await;
        assert_eq!(few.status, 200, "{path}");
        let hidden = ["Theirs", "Everybody", "Pembroke", "Tenant created", "tenant created", "console", "owner@"];
        let shown: Vec<_> = hidden.iter().filter(|text| few.body.contains(**text)).collect();
        assert!(shown.is_empty(), "{path} shows {shown:?}");
    }
    assert!(scoped.get("/settings/audit").await.body.contains("Mine"));
    assert_eq!(scoped.get("/settings/audit/export").await.body.lines().filter(|line| line.contains("thing done")).count(), 1);
    assert_eq!(contact.get("/settings/audit").await.status, 403);
    let mut stranger = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    let foreign = stranger.get("/settings/audit").await.body;
    assert!(!foreign.contains("Mine") && !foreign.contains("Theirs") && !foreign.contains("Northwind"));
}

async fn walk(browser: &mut Browser) -> (Vec<String>, String) {
    let (mut all, mut path) = (Vec::new(), "/settings/audit?kind=thing".to_owned());
    loop {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        all.extend(things(&page.body));
        match link(&page.body, "after=") {
            Some(next) => path = next,
            None => return (all, page.body),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_hold_every_entry_once_newest_first_and_lead_back() {
    let app = TestApp::start().await;
    add(&app, (0..250).map(|n| about(&format!("thing-no-{n}"), None)).collect()).await;
    let mut owner = app.owner().await;
    let (all, last) = walk(&mut owner).await;
    let expected: Vec<String> = (0..250).rev().map(|n| n.to_string()).collect();
    assert_eq!(all, expected);
    let back = owner.get(&link(&last, "before=").expect("a way back")).await.body;
    assert_eq!(things(&back), expected[100..200]);
    let first = owner.get(&link(&back, "before=").expect("a way back")).await.body;
    assert_eq!(things(&first), expected[..100]);
    assert!(link(&first, "before=").is_none() && first.contains("250"));
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_find_what_they_say_and_wrong_ones_are_named() {
    let app = TestApp::start().await;
    let mine = client(&app, "Castell Legal").await;
    add(&app, vec![about("thing-no-1 UPPER", Some(mine)), about("thing-no-2 100%", None)]).await;
    let mut owner = app.owner().await;
    let day = |ago: i64| {
        let at = jiff::Timestamp::from_millisecond((app.clock.now() - ago * DAY).0).expect("a time");
        at.to_zoned(jiff::tz::TimeZone::get("Europe/London").expect("a zone")).date().to_string()
    };
    let (today, past, ahead) = (day(0), day(3), day(-3));
    for (query, expected) in [
        ("q=upper".to_owned(), vec!["1"]),
        ("q=%25".into(), vec!["2"]),
        ("q=_".into(), vec![]),
        ("action=thing+done".into(), vec!["2", "1"]),
        ("kind=thing&actor=job%3Ademo".into(), vec!["2", "1"]),
        ("kind=thing&actor=job%3Aconsole".into(), vec![]),
        (format!("client={mine}&kind=thing"), vec!["1"]),
        (format!("kind=thing&from={past}&to={ahead}"), vec!["2", "1"]),
        (format!("kind=thing&to={past}"), vec![]),
        (format!("kind=thing&from={ahead}"), vec![]),
        ("object=thing-thing-no-2+100%25".into(), vec!["2"]),
    ] {
        let page = owner.get(&format!("/settings/audit?{query}")).await;
        let mut found: Vec<String> = page.body.split("<tbody").nth(1).map(things).unwrap_or_default();
        // An address may hold a name, too.
        found.dedup();
        assert_eq!((page.status, found), (200, expected.into_iter().map(str::to_owned).collect()), "{query} {today}");
    }
    for (query, name) in [("client=1", "client"), ("from=2026-02-30", "from"), ("to=x", "to"), ("after=x", "after"), ("from=2026-1-1", "from")] {
        let answer = owner.get(&format!("/settings/audit?{query}")).await;
        assert!(answer.status == 422 && answer.body.contains(&format!("{name}: ")), "{query}");
        assert_eq!(owner.get(&format!("/settings/audit/export?{query}")).await.status, 422, "{query}");
    }
    let acts: BTreeSet<String> = acts(&app).await.into_iter().collect();
    let page = owner.get("/settings/audit").await.body;
    assert!(acts.iter().all(|act| page.contains(&format!("<option value=\"{act}\""))), "every act can be chosen: {acts:?}");
}

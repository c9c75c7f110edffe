//! Sessions: new at sign-in, bound to their host, and ended by time or by hand.

use domain::sign_in::SessionLimits;

use crate::harness::{BLUEFIN, NORTHWIND, TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_planted_is_not_the_one_that_is_used() {
    let app = TestApp::start().await;
    let mut victim = app.anon(NORTHWIND);
    victim.cookies.push(("session".into(), "AAAAAAAAAAAAAAAAAAAAAA".into()));
    victim.sign_in("owner@northwind.example", "portico-demo").await;
    let first = victim.session().expect("a session");
    assert_ne!(first, "AAAAAAAAAAAAAAAAAAAAAA");
    app.clock.advance(2_000);
    victim.sign_in("owner@northwind.example", "portico-demo").await;
    assert_ne!(victim.session().expect("a session"), first, "signing in again makes a new one");
    let mut old = app.anon(NORTHWIND);
    old.cookies.push(("session".into(), first));
    assert_eq!(old.get("/").await.status, 303, "and ends the old one");
}

#[tokio::test(flavor = "multi_thread")]
async fn cookies_are_strict_and_of_one_host() {
    let app = TestApp::start().await;
    let mut browser = app.anon(NORTHWIND);
    let answer = browser.sign_in("owner@northwind.example", "portico-demo").await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
    assert_eq!(browser.at(BLUEFIN).get("/").await.status, 303);
    assert_eq!(browser.at("localhost").get("/").await.status, 303);
    assert_eq!(browser.at("localhost").get("/t/northwind/").await.status, 303, "the path has a cookie of its own");
    let https = TestApp::start_with(&["--external-url", "https://portal.example"]).await;
    let cookie = https.anon(NORTHWIND).sign_in("owner@northwind.example", "portico-demo").await.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-session=") && cookie.contains("Secure") && cookie.contains("Path=/"), "{cookie}");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_when_unused_and_at_the_end_of_the_day() {
    let app = TestApp::start().await;
    let limits = SessionLimits::PERSON;
    let mut idle = app.owner().await;
    app.clock.advance(limits.idle - 2_000);
    assert_eq!(idle.get("/").await.status, 200);
    app.clock.advance(limits.idle - 2_000);
    assert_eq!(idle.get("/").await.status, 200, "its use was noted");
    app.clock.advance(limits.idle + 1_000);
    assert_eq!(idle.get("/").await.status, 303);
    let mut busy = app.owner().await;
    for _ in 0..(limits.absolute / (limits.idle / 2)) - 1 {
        app.clock.advance(limits.idle / 2);
        assert_eq!(busy.get("/").await.status, 200);
    }
    app.clock.advance(limits.idle / 2 + 1_000);
    assert_eq!(busy.get("/").await.status, 303, "however busy");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sees_and_ends_ones_own_sessions_only() {
    let app = TestApp::start().await;
    let (mut here, mut there, mut other) = (app.owner().await, app.owner().await, app.scoped().await);
    let page = here.get("/account/sessions").await;
    assert_eq!(page.body.matches("This one").count(), 1);
    let removal =
        page.body.split("action=\"").filter_map(|part| part.split('"').next()).find(|action| action.contains("/ses_")).expect("an end button").to_owned();
    assert_eq!(other.post(&removal, &[]).await.status, 404, "not theirs");
    assert_eq!(here.post(&removal, &[]).await.status, 303);
    assert_eq!(there.get("/").await.status, 303, "ended");
    assert_eq!(here.get("/").await.status, 200);
    let mut again = app.owner().await;
    assert_eq!(again.post("/account/sessions/removal", &[]).await.status, 303);
    assert_eq!((here.get("/").await.status, again.get("/").await.status), (303, 200));
    assert_eq!(other.get("/").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start().await;
    let mut browser = app.owner().await;
    let kept = browser.clone();
    let out = browser.post("/sign-out", &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/sign-in?done=signed-out"));
    assert_eq!(kept.clone().get("/").await.status, 303, "a copy of the cookie is of no use");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_path_form_works_and_keeps_its_links() {
    let app = TestApp::start().await;
    let mut browser = app.anon("localhost");
    let sent = browser.get("/t/northwind/devices").await;
    assert_eq!(sent.header("location"), "/t/northwind/sign-in?next=%2Fdevices");
    let entered = browser.post("/t/northwind/sign-in", &[("email", "owner@northwind.example"), ("password", "portico-demo"), ("next", "/devices")]).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/t/northwind/devices"));
    let page = browser.get("/t/northwind/devices").await;
    assert_eq!(page.status, 200);
    let bare = page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    let bare: Vec<_> =
        bare.filter(|href| href.starts_with('/') && !["/t/northwind", "/pkg/", "/fonts/", "/icons.svg"].iter().any(|known| href.starts_with(known))).collect();
    assert!(bare.is_empty(), "links that leave the path: {bare:?}");
    assert_eq!(browser.get("/t/bluefin/devices").await.status, 303);
    assert_eq!(browser.get("/t/nobody/").await.status, 404);
}

//! The open inbox is told that something changed: within reach, to who may see it, and no longer than they may.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use domain::alerts::sample::UnitState;
use portico::http::{self, App};
use tokio::net::TcpListener;

use super::{Watched, unit, well};
use crate::harness::{BLUEFIN, Browser, NORTHWIND, TestApp, serve_flags};

const STREAM: (&str, &str) = ("accept", "text/event-stream");

/// An open stream.
struct Told {
    response: reqwest::Response,
    text: String,
}

impl Told {
    async fn open(browser: &Browser, path: &str, more: &[(&str, &str)]) -> Self {
        let response = browser.open(path, &[&[STREAM], more].concat()).await;
        assert_eq!(response.status().as_u16(), 200);
        Self { response, text: String::new() }
    }

    /// The data of the next event; nothing when none comes in time, or the stream ended.
    async fn next(&mut self, seconds: u64) -> Option<String> {
        let until = Instant::now() + Duration::from_secs(seconds);
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n").map(|(event, rest)| (event.to_owned(), rest.to_owned())) {
                self.text = rest;
                match event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    Some(data) => return Some(data.to_owned()),
                    None => continue,
                }
            }
            let left = until.saturating_duration_since(Instant::now());
            match tokio::time::timeout(left, self.response.chunk()).await {
                Ok(Ok(Some(piece))) => self.text.push_str(std::str::from_utf8(&piece).expect("text")),
                _ => return None,
            }
        }
    }

    /// Whether the stream ends within so many seconds, whatever it still says.
    async fn ends(&mut self, seconds: u64) -> bool {
        let end = async { while let Ok(Some(_)) = self.response.chunk().await {} };
        tokio::time::timeout(Duration::from_secs(seconds), end).await.is_ok()
    }
}

fn version(data: &str) -> String {
    let data: serde_json::Value = serde_json::from_str(data).expect("json");
    data["version"].as_str().expect("a version").to_owned()
}

/// The stream of a page that shows what stands now.
async fn from_the_page(browser: &mut Browser) -> Told {
    let page = browser.get("/alerts").await.body;
    let seen = page.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a version").to_owned();
    assert!(page.contains("src=\"/inbox.js"), "with its script");
    Told::open(browser, &format!("/alerts/live?seen={seen}"), &[]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_told_what_changes_within_reach_and_nothing_else() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "raises").await;
    watched.measures_for(&app, &unit(well(), "nginx.service", UnitState::Failed), 30).await;
    let page = watched.alerts(&app, "open").await.remove(0);
    let (mut owner, mut technician) = (app.owner().await, app.signed_in(NORTHWIND, "tech@northwind.example").await);
    let mut told = Told::open(&owner, "/alerts/live", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(told.response.headers()["content-type"], "text/event-stream");
    assert!(!told.response.headers().contains_key("content-encoding"), "what is compressed is held back");
    let first = version(&told.next(10).await.expect("what stands, as the address names nothing"));
    let mut quiet = from_the_page(&mut owner).await;
    let mut scoped = from_the_page(&mut app.scoped().await).await;
    let mut foreign = from_the_page(&mut app.signed_in(BLUEFIN, "owner@bluefin.example").await).await;
    assert_eq!(quiet.next(5).await, None, "the page shows what stands");
    assert_eq!(technician.post(&format!("{page}/acknowledgement"), &[]).await.status, 303);
    let data = told.next(10).await.expect("somebody took it");
    let taken = version(&data);
    assert!(taken != first && data.contains("\"open\":") && data.contains("\"by\":{"), "{data}");
    assert!(!data.contains("nginx") && !data.contains("alr_") && !data.contains("raises"), "no content: {data}");
    assert!(quiet.next(5).await.is_some());
    assert_eq!((scoped.next(3).await, foreign.next(1).await), (None, None), "neither another client's nor another tenant's");
    assert_eq!(technician.post(&format!("{page}/acknowledgement/removal"), &[]).await.status, 303);
    let back = version(&told.next(10).await.expect("and gave it back"));
    assert_ne!(back, taken);
    let mut back = Told::open(&owner, "/alerts/live?seen=long+ago", &[("last-event-id", &back)]).await;
    assert_eq!(back.next(4).await, None, "who comes back is told what it does not know");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_see_it_any_more_is_cut_off() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let mut technician = app.signed_in(NORTHWIND, "tech@northwind.example").await;
    let (mut own, mut theirs) = (from_the_page(&mut owner).await, from_the_page(&mut technician).await);
    assert_eq!(technician.post("/sign-out", &[]).await.status, 303);
    assert!(theirs.ends(5).await, "signed out");
    assert_eq!(technician.open("/alerts/live", &[STREAM]).await.status().as_u16(), 401, "and does not come back");
    let mut scoped = app.scoped().await;
    let mut narrowed = from_the_page(&mut scoped).await;
    let people = owner.get("/settings/people?q=scoped").await.body;
    let them = people.split("href=\"/settings/people/per_").nth(1).and_then(|rest| rest.split('"').next()).expect("the technician").to_owned();
    let client = app.inside(app.northwind).await.clients().await.expect("clients").remove(0).id;
    let contact = [("role", "contact"), ("client", &domain::ids::ClientId(client).to_string())];
    let page = owner.get(&format!("/settings/people/per_{them}")).await.body;
    assert!(page.contains("scoped@northwind.example"), "theirs");
    assert_eq!(owner.post(&format!("/settings/people/per_{them}/grant"), &contact).await.status, 303);
    assert!(narrowed.ends(5).await, "no technician any more");
    let mut operator = app.operator().await;
    assert_eq!(operator.post(&format!("/tenants/{}/suspension", app.northwind), &[]).await.status, 303);
    assert!(own.ends(5).await, "suspended");
}

#[tokio::test(flavor = "multi_thread")]
async fn statuses_limits_and_the_end_of_the_server() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for (browser, status) in [(app.anon(NORTHWIND), 401), (app.contact().await, 403), (app.scoped().await, 200), (owner.clone(), 200)] {
        assert_eq!(browser.open("/alerts/live", &[STREAM]).await.status().as_u16(), status);
    }
    assert_eq!(owner.get("/alerts/live").await.status, 406, "it is no page");
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(from_the_page(&mut owner).await);
    }
    let full = owner.open("/alerts/live", &[STREAM]).await;
    assert_eq!((full.status().as_u16(), full.headers()["retry-after"].to_str().expect("text")), (429, "60"));
    drop(open.pop());
    tokio::time::sleep(Duration::from_secs(5)).await;
    open.push(from_the_page(&mut owner).await);
    let stopped = Instant::now();
    app.stop().await;
    assert!(stopped.elapsed() < Duration::from_secs(8), "no stream holds the server up");
    for told in &mut open {
        assert!(told.ends(1).await);
    }
}

/// Two servers on one database tell the same: what is written through one is told by the other.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_server_writes_is_told_too() {
    let app = TestApp::start().await;
    let alert = super::an_alert(&app, "Castell Legal").await;
    let other = Arc::new(App::new(app.database().clone(), app.clock.clone(), serve_flags(&[])).await.expect("the other server"));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let served = tokio::spawn(http::serve(listener, other, std::future::pending()));
    let mut owner = app.owner().await;
    let mut there = Browser::new(address, NORTHWIND);
    there.cookies.clone_from(&owner.cookies);
    let mut told = from_the_page(&mut there).await;
    assert_eq!(owner.post(&format!("/alerts/{alert}/resolution"), &[]).await.status, 303);
    assert!(told.next(10).await.is_some());
    served.abort();
}

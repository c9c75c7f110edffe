//! View as client: exactly what its people see, nothing that changes anything, and over in time.

use domain::{
    Refusal,
    ids::{ClientId, PersonId},
    time::MINUTE,
};
use foundation::{
    Failure, Principal,
    audit::{Asked, EntryRow},
};
use portico::http::routes;

use crate::{
    harness::{Answer, BLUEFIN, Browser, NORTHWIND, TestApp},
    requests::{ask, form, reply, send},
};

const BANNER: &str = "You see what Castell Legal sees. Nothing can be changed here.";

async fn client(app: &TestApp, name: &str) -> ClientId {
    ClientId(app.inside(app.northwind).await.clients().await.expect("clients").into_iter().find(|row| row.name == name).expect("the client").id)
}

async fn look(app: &TestApp, browser: &mut Browser, name: &str) -> Answer {
    browser.post(&format!("/clients/{}/view", client(app, name).await), &[]).await
}

async fn entries(app: &TestApp) -> Vec<EntryRow> {
    app.inside(app.northwind).await.audit_rows(&Asked::default(), 1_000).await.expect("entries")
}

/// What is added to the entries of an act, but for those of the demo's past.
async fn details(app: &TestApp, action: &str) -> Vec<String> {
    let today = app.clock.now().0 - domain::time::DAY;
    entries(app).await.into_iter().filter(|row| row.action == action && row.at > today).map(|row| row.detail.unwrap_or_default()).collect()
}

/// What the page says, without the ids of its forms and without words for how long ago something was.
fn words(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let main = &answer.body[answer.body.find("<main").expect("a main part")..answer.body.find("</main>").expect("its end")];
    let cut = |text: &str, mark: &str, keep: fn(&str) -> &str| {
        let mut pieces = text.split(mark);
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |out, piece| out + keep(piece))
    };
    let steady = cut(main, "name=\"form\" value=\"", |piece| piece.split_once('"').map_or("", |(_, rest)| rest));
    cut(&steady, "<time ", |piece| piece.split_once("</time>").map_or("", |(_, rest)| rest))
}

/// The first address on a page that begins with `start`.
fn first(body: &str, start: &str) -> String {
    let at = body.find(start).unwrap_or_else(|| panic!("{start} in {body}"));
    body[at..].chars().take_while(|c| *c != '"' && *c != '?').collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn they_see_the_pages_of_a_contact() {
    let app = TestApp::start().await;
    let (mut contact, mut owner, mut scoped) = (app.contact().await, app.owner().await, app.scoped().await);
    let path = ask(&mut contact, "The printer hums").await;
    let note = form();
    assert_eq!(send(&mut owner, &format!("{path}/notes"), &[("form", None, note.as_bytes()), ("note", None, b"zanzibar is the word")]).await.status, 303);
    let approval = format!("/approvals/{}", crate::approvals::asked(&app, &path).await);
    assert!(owner.get(&format!("/clients/{}", client(&app, "Castell Legal").await)).await.body.contains("View as client"));
    assert_eq!(look(&app, &mut owner, "Castell Legal").await.header("location"), "/");
    assert_eq!(look(&app, &mut scoped, "Castell Legal").await.header("location"), "/");
    let device = first(&contact.get("/devices").await.body, "/devices/dev_");
    let mut pages =
        vec!["/".to_owned(), "/devices".into(), "/reports".into(), "/reports/delivered".into(), "/requests?show=all".into(), "/requests/new".into()];
    pages.extend([path, approval, "/approvals".into(), "/what-we-did".into()]);
    pages.extend(["", "/hardware", "/software", "/updates", "/history"].map(|tab| format!("{device}{tab}")));
    for page in pages {
        let (theirs, seen, also) = (contact.get(&page).await, owner.get(&page).await, scoped.get(&page).await);
        assert_eq!(words(&seen), words(&theirs), "{page}");
        assert_eq!(words(&also), words(&theirs), "{page}");
        assert!(seen.body.contains(BANNER) && !theirs.body.contains(BANNER), "{page}");
        assert!(!seen.body.contains("zanzibar") && !seen.body.contains("Pembroke"), "{page}");
    }
    for page in ["/clients", "/alerts", "/patching", "/software", "/settings/audit", "/settings/people", "/account", "/account/sessions", "/api/home-pulse"] {
        let refused = owner.get(page).await;
        assert!(refused.status == 403 && refused.body.contains(BANNER), "{page}: {}", refused.status);
    }
    let other = app.device_of(app.northwind, "Pembroke Hotels").await;
    assert_eq!(owner.get(&format!("/devices/{other}")).await.status, 404);
    let (mine, theirs) = (owner.get("/devices/export").await, contact.get("/devices/export").await);
    assert_eq!((mine.status, mine.body.lines().count()), (200, theirs.body.lines().count()));
    let told = contact.get("/what-we-did").await.body;
    assert!(told.contains("looked at your portal"), "{told}");
    let all = entries(&app).await;
    let lookers: Vec<_> = all.iter().filter(|row| row.action == "portal viewed").map(|row| row.actor_id.clone()).collect();
    let taken = all.iter().filter(|row| row.action.ends_with("exported"));
    assert_eq!(taken.filter(|row| lookers.contains(&row.actor_id) && row.actor_kind == "person").count(), 1, "it is noted who took it");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_can_be_changed() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    look(&app, &mut owner, "Castell Legal").await;
    let before = entries(&app).await.len();
    for route in routes().filter(|route| route.method == "post" && !route.platform && !["/sign-out", "/view/removal"].contains(&route.path)) {
        let answer = owner.post(route.path, &[("value", "dark"), ("text", "x")]).await;
        assert_eq!(answer.status, 403, "{}", route.path);
        assert!(answer.body.contains("Nothing can be changed here") && answer.body.contains(BANNER), "{}", route.path);
        assert_eq!(answer.header("set-cookie"), "", "{}", route.path);
    }
    for method in [reqwest::Method::PUT, reqwest::Method::PATCH, reqwest::Method::DELETE] {
        let origin = format!("http://{}", owner.host);
        let answer = owner.send(method.clone(), "/requests", &[("origin", origin.as_str()), ("sec-fetch-site", "same-origin")], Vec::new()).await;
        assert!([403, 404].contains(&answer.status), "{method}: {}", answer.status);
    }
    assert_eq!(entries(&app).await.len(), before, "and nothing was");
    // Were a page to forget, the door would not.
    let person = entries(&app).await.into_iter().find(|row| row.action == "portal viewed").and_then(|row| row.actor_id).expect("who looked");
    let person: PersonId = person.parse().expect("an id");
    let view = Principal::View(person, client(&app, "Castell Legal").await);
    let inside = app.database().enter(&view, app.northwind).await.expect("entered");
    assert!(matches!(inside.writing().await, Err(Failure::Refused(Refusal::Forbidden(_)))));
    assert!(inside.client(client(&app, "Pembroke Hotels").await).is_err());
    assert!(app.database().enter(&view, app.bluefin).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_by_hand_by_time_and_at_sign_out() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let page = format!("/clients/{}", client(&app, "Castell Legal").await);
    look(&app, &mut owner, "Castell Legal").await;
    assert_eq!(owner.post("/view/removal", &[]).await.header("location"), format!("{page}?done=view-ended"));
    assert_eq!(owner.get(&page).await.status, 200, "staff again");
    assert_eq!(owner.post("/view/removal", &[]).await.header("location"), "/", "twice is once");
    look(&app, &mut owner, "Castell Legal").await;
    app.clock.advance(30 * MINUTE - 2_000);
    assert!(owner.get("/").await.body.contains(BANNER));
    app.clock.advance(2_000);
    let late = reply(&mut owner, "/requests/req_00000000000000000000000000000001", "Sent too late").await;
    assert_eq!(late.status, 403, "nothing is done, and the browser keeps what was typed");
    assert!(owner.get(&format!("{page}?done=view-over")).await.body.contains("The time to look is over."));
    look(&app, &mut owner, "Castell Legal").await;
    assert_eq!(owner.post("/sign-out", &[]).await.status, 303);
    assert_eq!(owner.get("/").await.status, 303);
    assert_eq!(details(&app, "portal viewed").await.len(), 3);
    assert_eq!(details(&app, "portal view ended").await, ["signed out", "its time was over", "stopped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_with_the_reach_of_those_who_look() {
    let app = TestApp::start().await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    look(&app, &mut scoped, "Castell Legal").await;
    assert!(scoped.get("/").await.body.contains(BANNER));
    let list = owner.get("/settings/people?q=scoped").await.body;
    let person = first(&list, "/settings/people/per_");
    let id = person.trim_start_matches("/settings/people/").parse::<PersonId>().expect("an id");
    let to = |client| foundation::people::Grant { role: domain::people::Role::Contact, client: Some(client), groups: None };
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    writing.grant_to(id, to(client(&app, "Castell Legal").await)).await.expect("granted");
    writing.commit().await.expect("kept");
    assert_eq!(scoped.get("/devices").await.header("location"), "/?done=view-gone", "a contact does not view, not even their own");
    let home = scoped.get("/?done=view-gone").await.body;
    assert!(home.contains("out of your reach") && !home.contains("Nothing can be changed here"));
    assert_eq!(details(&app, "portal view ended").await, ["the client was out of reach"]);
    look(&app, &mut owner, "Castell Legal").await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let owner_id = entries(&app).await.into_iter().find(|row| row.action == "portal viewed").and_then(|row| row.actor_id).expect("who");
    writing.end_sessions_of(owner_id.parse().expect("an id")).await.expect("ended");
    writing.commit().await.expect("kept");
    assert_eq!(owner.get("/").await.header("location"), "/sign-in", "the view ends with the session");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_staff_with_the_client_in_reach_begin_it() {
    let app = TestApp::start().await;
    let castell = format!("/clients/{}/view", client(&app, "Castell Legal").await);
    let pembroke = format!("/clients/{}/view", client(&app, "Pembroke Hotels").await);
    let (mut contact, mut scoped, mut owner) = (app.contact().await, app.scoped().await, app.owner().await);
    assert_eq!(contact.post(&castell, &[]).await.status, 403);
    assert_eq!(scoped.post(&pembroke, &[]).await.status, 404);
    assert_eq!(app.signed_in(BLUEFIN, "owner@bluefin.example").await.post(&castell, &[]).await.status, 404);
    assert_eq!(app.anon(NORTHWIND).post(&castell, &[]).await.status, 401);
    assert!(!contact.get("/").await.body.contains("/view/removal") && !scoped.get("/").await.body.contains("/view/removal"));
    assert_eq!(owner.post(&castell, &[]).await.status, 303);
    assert_eq!(owner.post(&pembroke, &[]).await.status, 403, "no view inside a view");
    assert!(owner.get("/").await.body.contains(BANNER));
    assert_eq!(details(&app, "portal viewed").await.len(), 1);
}

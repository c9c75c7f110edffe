//! Requests: asked by contacts, answered by staff, and never more read than one may.

mod files;
mod kept;
mod notes;

use domain::ids::{ClientId, MessageId, RequestId};

use crate::harness::{Answer, Browser, NORTHWIND, TestApp};

/// A part of a form: its name, the name of a file, and the content.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Sends a form with files.
pub async fn send(browser: &mut Browser, path: &str, parts: &[Part<'_>]) -> Answer {
    let origin = format!("http://{}", browser.host);
    let headers =
        [("origin", origin.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=edge"), ("accept", "text/html")];
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: image/png")).unwrap_or_default();
        body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    browser.send(reqwest::Method::POST, path, &headers, body).await
}

/// A fresh id of a form.
pub fn form() -> String {
    foundation::fresh_id::<MessageId>().to_string()
}

/// Asks something; gives the address of the request.
pub async fn ask(browser: &mut Browser, subject: &str) -> String {
    let form = form();
    let answer = send(browser, "/requests", &[("form", None, form.as_bytes()), ("subject", None, subject.as_bytes()), ("text", None, b"It hums.")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.header("location").split('?').next().expect("a path").to_owned()
}

/// Answers at `path`.
pub async fn reply(browser: &mut Browser, path: &str, text: &str) -> Answer {
    let form = form();
    send(browser, &format!("{path}/messages"), &[("form", None, form.as_bytes()), ("text", None, text.as_bytes())]).await
}

/// What the form beside a request holds for staff.
pub async fn revision(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await.body;
    page.split("name=\"revision\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a revision").to_owned()
}

/// Requests and approvals of Castell Legal, of a client out of reach, and of the other tenant.
pub async fn for_everybody(app: &TestApp) -> Vec<(&'static str, String)> {
    let id = |path: String| path.trim_start_matches("/requests/").to_owned();
    let mine = ask(&mut app.contact().await, "The printer hums").await;
    let other = ask(&mut app.signed_in(NORTHWIND, "contact@pembroke-hotels.example").await, "The lift hums").await;
    let foreign = ask(&mut app.signed_in(crate::harness::BLUEFIN, "contact@halden-voss.example").await, "The boat hums").await;
    vec![
        ("{approval}", crate::approvals::asked(app, &mine).await),
        ("{approval_other}", crate::approvals::asked(app, &other).await),
        ("{request}", id(mine)),
        ("{request_other}", id(other)),
        ("{request_foreign}", id(foreign)),
        ("{attachment}", "att_00000000000000000000000000000001".into()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_asks_and_staff_answer() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "<b>The printer</b> hums").await;
    let page = contact.get(&path).await.body;
    assert!(page.contains("&lt;b&gt;The printer&lt;/b&gt; hums") && page.contains("It hums.") && page.contains(">New<"), "{page}");
    assert!(owner.get("/requests").await.body.contains("&lt;b&gt;The printer&lt;/b&gt; hums"), "it waits for us");
    assert_eq!(reply(&mut owner, &path, "Is it plugged in?").await.status, 303);
    let page = contact.get(&path).await.body;
    assert!(page.contains("Is it plugged in?") && page.contains("Waiting for you"));
    assert!(page.contains("Northwind IT") && !page.contains("owner@northwind.example"));
    assert!(!owner.get("/requests").await.body.contains("hums"), "it waits for the client");
    assert_eq!(reply(&mut contact, &path, "Now it is.").await.status, 303);
    assert!(contact.get(&path).await.body.contains(">Open<"));
    assert_eq!(contact.post(&format!("{path}/solution"), &[]).await.status, 303);
    assert!(contact.get(&path).await.body.contains("marked it as solved"));
    assert_eq!(contact.post(&format!("{path}/solution"), &[]).await.status, 303, "twice is once");
    assert_eq!(contact.post(&format!("{path}/solution/removal"), &[]).await.status, 303);
    assert_eq!(contact.post(&format!("{path}/solution/removal"), &[]).await.status, 409, "it is open already");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_twice_is_kept_once() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let form = form();
    let parts: [Part<'_>; 3] = [("form", None, form.as_bytes()), ("subject", None, b"Twice"), ("text", None, b"It hums.")];
    let (first, second) = (send(&mut contact, "/requests", &parts).await, send(&mut contact, "/requests", &parts).await);
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.header("location"), second.header("location"));
    let path = first.header("location").split('?').next().expect("a path").to_owned();
    let again = self::form();
    for _ in 0..2 {
        let answer = send(&mut contact, &format!("{path}/messages"), &[("form", None, again.as_bytes()), ("text", None, b"Only once.")]).await;
        assert_eq!(answer.status, 303);
    }
    assert_eq!(contact.get(&path).await.body.matches("Only once.").count(), 1);
    // Somebody else's form is nobody's business.
    let mut owner = app.owner().await;
    let foreign = send(&mut owner, &format!("{path}/messages"), &[("form", None, form.as_bytes()), ("text", None, b"Mine.")]).await;
    assert_eq!(foreign.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_decide_at_once_the_second_is_told() {
    let app = TestApp::start().await;
    let path = ask(&mut app.contact().await, "The printer hums").await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let seen = revision(&mut owner, &path).await;
    let decide = |state: &'static str| [("state", state), ("priority", "high"), ("assigned", "")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let fields = |state: &'static str| {
        let mut fields = decide(state).to_vec();
        fields.push(("revision".into(), seen.clone()));
        fields
    };
    let of = |fields: &[(String, String)]| fields.iter().map(|(name, value)| (name.clone(), value.clone())).collect::<Vec<_>>();
    let (first, second) = (of(&fields("on-hold")), of(&fields("closed")));
    let borrowed = |fields: &'_ [(String, String)]| fields.iter().map(|(a, b)| (a.clone(), b.clone())).collect::<Vec<_>>();
    let (first, second) = (borrowed(&first), borrowed(&second));
    let first: Vec<(&str, &str)> = first.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let second: Vec<(&str, &str)> = second.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(owner.post(&format!("{path}/decision"), &first).await.status, 303);
    let late = scoped.post(&format!("{path}/decision"), &second).await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("Closed") && late.body.contains("On hold"), "both values: {}", late.body);
    assert_eq!(owner.post(&format!("{path}/decision"), &[("state", "dancing"), ("priority", "high"), ("assigned", "")]).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_input_is_said_beside_its_field() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let foreign = app.device_of(app.northwind, "Pembroke Hotels").await.to_string();
    let answer = send(&mut contact, "/requests", &[("subject", None, b"Kept"), ("device", None, foreign.as_bytes()), ("priority", None, b"dire")]).await;
    assert_eq!(answer.status, 422);
    for text in ["Tell what happens", "Choose one of the devices", "Choose how urgent", "value=\"Kept\""] {
        assert!(answer.body.contains(text), "{text}");
    }
    let control = send(&mut contact, "/requests", &[("subject", None, b"a"), ("text", None, b"a\x1b[1m")]).await;
    assert!(control.status == 422 && control.body.contains("control or direction"));
    // A client that a contact names themselves counts for nothing.
    let client = ClientId(app.inside(app.northwind).await.client_called("pembroke hotels").await.expect("asked").expect("it").id).to_string();
    let form = form();
    let parts: [Part<'_>; 4] = [("form", None, form.as_bytes()), ("client", None, client.as_bytes()), ("subject", None, b"Mine"), ("text", None, b"x")];
    let made = send(&mut contact, "/requests", &parts).await;
    let path = made.header("location").split('?').next().expect("a path").to_owned();
    assert_eq!(contact.get(&path).await.status, 200);
    assert_eq!(app.signed_in(NORTHWIND, "contact@pembroke-hotels.example").await.get(&path).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_what_is_not_theirs() {
    let app = TestApp::start().await;
    let path = ask(&mut app.contact().await, "Only ours").await;
    for (host, email) in [(NORTHWIND, "contact@pembroke-hotels.example"), (crate::harness::BLUEFIN, "owner@bluefin.example")] {
        let mut browser = app.signed_in(host, email).await;
        assert_eq!(browser.get(&path).await.status, 404, "{email}");
        assert_eq!(reply(&mut browser, &path, "Hello").await.status, 404, "{email}");
        for list in ["/requests?show=all", "/requests?show=all&q=Only+ours", "/requests/export?show=all"] {
            let body = browser.get(list).await.body;
            assert!(!body.replace("value=\"Only ours\"", "").contains("Only ours"), "{email} {list}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_close_many_and_the_list_filters() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let (one, two) = (ask(&mut contact, "First of two").await, ask(&mut contact, "Second of two").await);
    let id = |path: &str| path.trim_start_matches("/requests/").parse::<RequestId>().expect("an id").to_string();
    let (one, two) = (id(&one), id(&two));
    let done = owner.post("/requests/closing", &[("request", &one), ("request", &two), ("back", "?show=all")]).await;
    assert_eq!(done.header("location"), "/requests?show=all&closed=2&left=0");
    let again = owner.post("/requests/closing", &[("request", &one)]).await;
    assert!(again.header("location").ends_with("closed=0&left=1"));
    assert_eq!(owner.post("/requests/closing", &[]).await.status, 422);
    assert_eq!(owner.get("/requests?show=nothing").await.status, 422);
    let found = owner.get("/requests?show=over&q=of+two").await.body;
    assert!(found.contains("First of two") && found.contains("Second of two"));
    assert!(!owner.get("/requests?show=ours&q=of+two").await.body.contains("First of two"));
    let csv = contact.get("/requests/export?show=all").await;
    assert!(csv.header("content-disposition").contains("requests.csv") && csv.body.contains("First of two"));
    // The 31st day after it was closed.
    app.clock.advance(domain::requests::state::REOPEN + 1);
    let mut contact = app.contact().await;
    assert_eq!(reply(&mut contact, &format!("/requests/{one}"), "Still hums").await.status, 409);
}

//! The import: checked row by row, then everything or nothing.

use domain::clients::import::{BYTES, ROWS};

use super::{audited, leads};
use crate::harness::{Answer, Browser, TestApp};

/// Sends `content` as the part `part` of the import's form.
async fn send(browser: &mut Browser, path: &str, part: &str, content: &[u8]) -> Answer {
    let origin = format!("http://{}", browser.host);
    let headers =
        [("origin", origin.as_str()), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=edge"), ("accept", "text/html")];
    let file = if part == "file" { "; filename=\"clients.csv\"\r\nContent-Type: text/csv" } else { "" };
    let mut body = format!("--edge\r\nContent-Disposition: form-data; name=\"{part}\"{file}\r\n\r\n").into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    browser.send(reqwest::Method::POST, path, &headers, body).await
}

async fn check(browser: &mut Browser, content: &[u8]) -> Answer {
    send(browser, "/clients/import", "file", content).await
}

async fn confirm(browser: &mut Browser, content: &[u8]) -> Answer {
    send(browser, "/clients/import/confirmation", "text", content).await
}

const FILE: &str = "client,site,contact_name,contact_email\n\
    Harbour Dental,Quay Street,Maya Lind,Maya@harbour.example\n\
    Harbour Dental,Station Road,,\n\
    castell legal,Reading,,\n\
    Halden & Voss,Office,,\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_checked_and_then_imported_once() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let checked = check(&mut owner, FILE.as_bytes()).await;
    assert_eq!(checked.status, 200);
    assert!(checked.body.contains("Import 2 clients, 3 sites and 1 contact"), "another tenant's client is a new one here: {}", checked.body);
    assert!(checked.body.contains("Exists already"));
    assert!(audited(&app, "clients imported").await.is_empty() && !owner.get("/clients").await.body.contains("Harbour Dental"), "nothing yet");
    assert_eq!(leads(&confirm(&mut owner, FILE.as_bytes()).await), "/clients?done=clients-imported");
    let list = owner.get("/clients").await.body;
    assert!(list.contains("Harbour Dental") && list.contains("Halden &amp; Voss"));
    let entries = |action: &'static str| audited(&app, action);
    assert_eq!((entries("client created").await.len(), entries("site created").await.len(), entries("person added").await.len()), (2, 3, 1));
    let whole = entries("clients imported").await;
    assert!(whole.len() == 1 && whole[0].detail.as_deref() == Some("4 rows: 2 clients, 3 sites, 1 contacts"));
    let person = app.inside(app.northwind).await.standing(&["maya@harbour.example".to_owned()]).await.expect("people");
    assert!(person.people[0].password_hash.is_none() && person.memberships[0].role == "contact" && !person.memberships[0].all_clients);
    assert_eq!(app.anon(crate::harness::NORTHWIND).sign_in("maya@harbour.example", "").await.status, 422, "nobody signs in without a password");
    let again = confirm(&mut owner, FILE.as_bytes()).await;
    assert!(again.status == 422 && again.body.contains("exists already"), "twice makes nothing twice");
    assert_eq!(entries("client created").await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_cannot_be_used_stop_all_of_them() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let file = "client;site;contact_name;contact_email\r\n\
        Good Ltd;HQ;;\r\n\
        =cmd|'/c calc'!A1;;;\r\n\
        Good Ltd;-1;;\r\n\
        Good Ltd;;Rupert;contact@castell-legal.example\r\n\
        Good Ltd;;Helen;owner@northwind.example\r\n\
        Good Ltd;;Ann;ann@good\r\n\
        Good Ltd;HQ\r\n\
        good ltd;hq;;\r\n";
    let checked = check(&mut owner, format!("\u{feff}{file}").as_bytes()).await;
    assert_eq!(checked.status, 200);
    for text in [
        "6 of 8 rows cannot be used",
        "client starts like a formula",
        "site starts like a formula",
        "contact_email is a contact of another client already",
        "contact_email belongs to somebody of this portal already",
        "contact_email is not an e-mail address",
        "has 2 cells",
        "Repeats line 2",
    ] {
        assert!(checked.body.contains(text), "{text}: {}", checked.body);
    }
    assert!(!checked.body.contains("/clients/import/confirmation"));
    assert_eq!(confirm(&mut owner, file.as_bytes()).await.status, 422);
    assert!(!owner.get("/clients").await.body.contains("Good Ltd"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_none_is_refused_by_name() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let many = format!("client\n{}", (0..100_000).map(|n| format!("Client {n}\n")).collect::<String>());
    let large = format!("client\n{}", "x".repeat(BYTES));
    for (content, why) in [
        (&b"client\nCaf\xe9\n"[..], "not UTF-8: line 2"),
        (b"\xff\xfec\0l\0", "UTF-16"),
        (b"name,phone\nAcme,1\n", "no column"),
        (b"client,phone\nAcme,1\n", "\u{201c}phone\u{201d}"),
        (b"", "Choose a file"),
        (b"client\n", "no rows"),
        (many.as_bytes(), "100,000 rows"),
        (large.as_bytes(), "larger than 2 MB"),
    ] {
        for path in ["/clients/import", "/clients/import/confirmation"] {
            let answer = send(&mut owner, path, "file", content).await;
            assert_eq!(answer.status, 422, "{path} {why}");
            assert!(answer.body.contains(why), "{path} {why}");
        }
    }
    let kept = send(&mut owner, "/clients/import", "text", b"name,phone\nAcme & Co,1\n").await;
    assert!(kept.status == 422 && kept.body.contains("Acme &amp; Co,1"), "what was pasted is still there");
    assert_eq!(owner.post("/clients/import", &[("text", "client\nAcme")]).await.status, 422, "a form without parts");
    assert_eq!(owner.post("/clients", &[("name", &"x".repeat(70_000))]).await.status, 413, "other forms stay small");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_most_rows_are_imported_and_shown_in_part() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let row = |n: usize| format!("Client {},Site {n},Person {n},p{n}@many.example\r\n", n / 10);
    let file = format!("client,site,contact_name,contact_email\r\n{}", (0..ROWS).map(row).collect::<String>());
    let checked = check(&mut owner, file.as_bytes()).await;
    assert!(checked.body.contains("Import 500 clients, 5,000 sites and 5,000 contacts") && checked.body.contains("200 of 5,000 shown"));
    assert!(checked.body.matches("<tr role=\"row\" class=\"row\"").count() == 200);
    leads(&confirm(&mut owner, file.as_bytes()).await);
    assert_eq!(audited(&app, "person added").await.len(), ROWS);
    assert_eq!(app.inside(app.northwind).await.clients().await.expect("clients").len(), 508);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_is_a_file_that_works() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let sample = owner.get("/clients/import/sample").await;
    assert!(sample.header("content-disposition").contains("attachment") && sample.header("content-type").starts_with("text/csv"));
    assert!(check(&mut owner, sample.body.as_bytes()).await.body.contains("Import 2 clients, 3 sites and 2 contacts"));
    let mut scoped = app.scoped().await;
    assert_eq!(check(&mut scoped, sample.body.as_bytes()).await.status, 403);
    assert_eq!(confirm(&mut app.contact().await, sample.body.as_bytes()).await.status, 403);
}

//! Input that no page sends: forms that never end, and characters that no text has. Nobody else notices, and nothing breaks.

use tokio::io::AsyncWriteExt;

use crate::harness::{NORTHWIND, TestApp};

/// More than either database has connections to read with.
const SLOW: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_never_end_hold_nothing_of_the_database() {
    let app = TestApp::start().await;
    let contact = app.contact().await;
    let head = format!(
        "POST /account/profile HTTP/1.1\r\nHost: {NORTHWIND}\r\nOrigin: http://{NORTHWIND}\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\n",
        contact.cookie_line()
    );
    let mut held = Vec::new();
    for _ in 0..SLOW {
        let mut stream = tokio::net::TcpStream::connect(app.address).await.expect("connected");
        stream.write_all(head.as_bytes()).await.expect("sent");
        held.push(stream);
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let mut owner = app.owner().await;
    for path in ["/", "/devices", "/clients"] {
        assert_eq!(owner.get(path).await.status, 200, "{path}");
    }
    drop(held);
}

#[tokio::test(flavor = "multi_thread")]
async fn characters_that_no_text_has_are_refused_by_name() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let place = "01a1ff11ed5b7573985195ba02d5f772.%00";
    for path in [
        "/devices?q=%00".to_owned(),
        format!("/devices?after={place}"),
        "/devices/export?q=%00".into(),
        "/settings/enrolment?q=a%00".into(),
        "/settings/enrolment/pending?q=a%00".into(),
        "/settings/audit?q=%00".into(),
        "/settings/audit?actor=%00".into(),
        "/settings/audit/export?action=%00".into(),
        "/settings/people?q=a%00".into(),
        "/software?q=%00".into(),
    ] {
        let status = owner.get(&path).await.status;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    for path in ["/devices?os=a%00", "/settings/people?after=%00"] {
        assert!(owner.get(path).await.status < 500, "{path}");
    }
    assert_eq!(app.operator().await.get("/?q=%00").await.status, 422);
    let mut stranger = app.anon(NORTHWIND);
    assert_eq!(stranger.sign_in("a\0@castell-legal.example", "x").await.status, 422);
    let import = [("rows", "client;contact_name;contact_email\nAcme;Ann;a\0@acme.example\nAcme;Bo;b\u{202e}@acme.example")];
    assert!(owner.post("/clients/import", &import).await.status < 500);
}

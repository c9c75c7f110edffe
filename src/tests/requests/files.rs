//! Files: told by their content, kept with their bytes, and served so that no browser runs them.

use super::{Part, ask, form, send};
use crate::harness::{NORTHWIND, TestApp};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\npixels";

/// The address of the first file on a page.
fn link(body: &str) -> Option<String> {
    let at = body.find("/files/att_")?;
    let start = body[..at].rfind('"')? + 1;
    body[start..].split('"').next().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_kept_and_served_as_nothing_that_runs() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let path = ask(&mut contact, "See the picture").await;
    let form = form();
    let text = "<script>alert(1)</script>".as_bytes();
    let parts: [Part<'_>; 4] =
        [("form", None, form.as_bytes()), ("text", None, b"Here."), ("files", Some("../../Büro 1.png"), PNG), ("files", Some("page.txt"), text)];
    assert_eq!(send(&mut contact, &format!("{path}/messages"), &parts).await.status, 303);
    let page = contact.get(&path).await.body;
    assert!(page.contains("Büro 1.png") && !page.contains("../"), "the path is dropped");
    let file = link(&page).expect("a file");
    let got = contact.get(&file).await;
    assert_eq!((got.status, got.header("content-type"), got.header("x-content-type-options")), (200, "image/png", "nosniff"));
    assert!(got.header("content-disposition").starts_with("attachment; filename=\"B_ro_1.png\"; filename*=UTF-8''B%C3%BCro%201.png"));
    assert_eq!(got.header("content-security-policy"), "default-src 'none'; sandbox");
    let second = link(page.split("page.txt").next().map(|start| &start[start.rfind("<a").unwrap_or(0)..]).expect("before")).expect("the other file");
    assert_eq!(contact.get(&second).await.header("content-type"), "text/plain; charset=utf-8");
    for (host, email) in [(NORTHWIND, "contact@pembroke-hotels.example"), (crate::harness::BLUEFIN, "owner@bluefin.example")] {
        assert_eq!(app.signed_in(host, email).await.get(&file).await.status, 404, "{email}");
    }
    assert_eq!(app.anon(NORTHWIND).get(&file).await.status, 303);
    // A file is found below its own request only.
    let other = ask(&mut contact, "Another").await;
    let moved = file.replace(&path, &other);
    assert_eq!(contact.get(&moved).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_files_are_refused_by_name() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let path = ask(&mut contact, "See the picture").await;
    let large = vec![b'x'; domain::requests::file::BYTES + 1];
    let bad: [(&str, &[u8], &str); 6] = [
        ("photo.png", b"<html><script>alert(1)</script>", "photo.png does not hold what its ending says."),
        ("photo.svg", b"<svg onload=\"alert(1)\"/>", "photo.svg is none of"),
        ("tool.exe", b"MZ", "tool.exe is none of"),
        ("log.txt", b"a\0b", "log.txt does not hold"),
        ("bomb.txt", &large, "bomb.txt is larger than 5 MB."),
        ("empty.txt", b"", "empty.txt is empty."),
    ];
    for (name, bytes, why) in bad {
        let form = form();
        let parts: [Part<'_>; 3] = [("form", None, form.as_bytes()), ("text", None, b"Kept text"), ("files", Some(name), bytes)];
        let answer = send(&mut contact, &format!("{path}/messages"), &parts).await;
        assert_eq!(answer.status, 422, "{name}");
        assert!(answer.body.contains(why) && answer.body.contains("Kept text"), "{name}");
    }
    let form = form();
    let mut parts: Vec<Part<'_>> = vec![("form", None, form.as_bytes()), ("text", None, b"Many")];
    parts.extend(std::iter::repeat_n(("files", Some("a.png"), PNG), 6));
    let answer = send(&mut contact, &format!("{path}/messages"), &parts).await;
    assert!(answer.status == 422 && answer.body.contains("At most 5 files"));
    let huge = vec![b'x'; 27 * 1024 * 1024];
    let answer = send(&mut contact, &format!("{path}/messages"), &[("files", Some("a.txt"), &huge)]).await;
    assert!(answer.status == 422 && answer.body.contains("a.txt is larger than 5 MB."), "{}", answer.status);
    assert!(!contact.get(&path).await.body.contains("/files/"));
}

//! Notes among staff stay among staff: in no page, no file, no count and no time that a contact sees.

use super::{Part, ask, form, reply, send};
use crate::harness::{Browser, NORTHWIND, TestApp};

const SECRET: &str = "zanzibar";

async fn note(browser: &mut Browser, path: &str) -> u16 {
    let form = form();
    let parts: [Part<'_>; 3] = [("form", None, form.as_bytes()), ("note", None, b"zanzibar is the word"), ("files", Some("zanzibar.txt"), b"zanzibar inside")];
    send(browser, &format!("{path}/notes"), &parts).await.status
}

/// The rows of a page, or all that it says; without what is new each time it is drawn. The instants stay, as their attributes say them.
fn steady(body: &str) -> String {
    let from = ["<tbody", "<main"].into_iter().find_map(|start| body.find(start)).unwrap_or(0);
    let part = &body[from..];
    let part = &part[..part.find("</tbody>").unwrap_or(part.len())];
    let mut out = String::new();
    for (n, piece) in part.split("msg_").enumerate() {
        out.push_str(if n == 0 { piece } else { piece.get(32..).unwrap_or_default() });
    }
    let words = |piece: &str| match piece.split_once('>') {
        Some((instant, rest)) => format!("{instant}{}", rest.split_once("</time>").map_or("", |(_, rest)| rest)),
        None => piece.to_owned(),
    };
    let mut pieces = out.split("<time ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + &words(piece))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_learns_nothing_of_a_note() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "The printer hums").await;
    reply(&mut owner, &path, "We look into it.").await;
    let pages = ["/", "/requests?show=all", "/requests?show=all&q=zanzibar", "/requests/export?show=all", "/approvals", path.as_str()];
    let mut before = Vec::new();
    for page in pages {
        before.push(steady(&contact.get(page).await.body));
    }
    assert_eq!(note(&mut contact, &path).await, 403, "contacts write none");
    assert_eq!(note(&mut owner, &path).await, 303);
    let seen = owner.get(&path).await.body;
    assert!(seen.contains(SECRET) && seen.contains("Internal note"));
    for (page, before) in pages.into_iter().zip(before) {
        let after = contact.get(page).await;
        assert!(!after.body.replace("value=\"zanzibar\"", "").replace("q=zanzibar", "").contains(SECRET), "{page}");
        if page != "/" {
            assert_eq!(steady(&after.body), before, "{page} is what it was");
        }
    }
    let at = seen.find("/files/att_").expect("its file");
    let file = &seen[at..at + "/files/att_".len() + 32];
    let file = format!("{path}{file}");
    assert_eq!(owner.get(&file).await.status, 200);
    for email in ["contact@castell-legal.example", "contact@pembroke-hotels.example"] {
        assert_eq!(app.signed_in(NORTHWIND, email).await.get(&file).await.status, 404, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_keeps_its_notes_to_itself() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let list = contact.get("/requests?show=all&q=document+server").await.body;
    let at = list.find("/requests/req_").expect("the demo's request");
    let path = &list[at..at + "/requests/req_".len() + 32];
    assert!(owner.get(path).await.body.contains("filing deadline"));
    let page = contact.get(path).await;
    assert!(page.status == 200 && !page.body.contains("filing deadline") && page.body.contains("takes about ten minutes"));
}

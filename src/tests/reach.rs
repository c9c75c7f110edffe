//! Whoever may see some clients meets no word of the others, wherever the links of the portal lead.

use std::collections::{BTreeSet, VecDeque};

use crate::harness::{Browser, TestApp};

/// Pages of one crawl.
const PAGES: usize = 250;
/// The clients of the scoped technician; the contact has the first.
const THEIRS: [&str; 2] = ["Castell Legal", "Oakridge Surgery"];

/// Words that only others may read: names of the other clients, of their devices and contacts, and of the other MSP's clients.
async fn foreign_words(app: &TestApp, theirs: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for tenant in [app.northwind, app.bluefin] {
        let inside = app.inside(tenant).await;
        let clients = inside.clients().await.expect("clients");
        let mine: BTreeSet<_> = clients.iter().filter(|row| theirs.contains(&row.name.as_str())).map(|row| row.id).collect();
        words.extend(clients.iter().filter(|row| !mine.contains(&row.id)).map(|row| row.name.replace('&', "&amp;")));
        let devices = inside.device_lines(&Default::default(), app.clock.now(), 1_000).await.expect("devices");
        words.extend(devices.into_iter().filter(|row| !mine.contains(&row.client_id)).map(|row| row.hostname));
    }
    words
}

/// The places that the page leads to, each once, whatever row or filter they stand for.
fn links(body: &str) -> impl Iterator<Item = String> + '_ {
    let hrefs = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/pkg") && !href.starts_with("/brand")).map(|href| href.replace("&amp;", "&"))
}

/// Walks from page to page, search and lists by hand included; gives what was read.
async fn crawl(browser: &mut Browser) -> Vec<(String, String)> {
    let begin =
        ["/", "/devices?q=a", "/clients?state=archived", "/devices?sort=-seen", "/software/unknown", "/settings/audit/export", "/api/home-pulse?since=0"];
    let mut next: VecDeque<String> = begin.map(str::to_owned).into();
    let (mut seen, mut read) = (BTreeSet::new(), Vec::new());
    while let Some(path) = next.pop_front().filter(|_| read.len() < PAGES) {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = browser.get(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.status);
        next.extend(links(&answer.body));
        read.push((path, answer.body));
    }
    read
}

/// The first foreign word in each page that holds one.
fn found(read: &[(String, String)], words: &[String]) -> Vec<String> {
    read.iter().filter_map(|(path, body)| words.iter().find(|word| body.contains(word.as_str())).map(|word| format!("{path}: {word}"))).collect()
}

async fn acts_on(app: &TestApp, client: &str) {
    let (mut owner, device) = (app.owner().await, app.device_of(app.northwind, client).await);
    for (path, form) in [("name", [("name", "Renamed for the audit")]), ("tags", [("tag", "audited")])] {
        assert_eq!(owner.post(&format!("/devices/{device}/{path}"), &form).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_meets_a_word_of_other_clients() {
    let app = TestApp::start().await;
    acts_on(&app, "Pembroke Hotels").await;
    acts_on(&app, "Castell Legal").await;
    for (mut browser, theirs) in [(app.scoped().await, &THEIRS[..]), (app.contact().await, &THEIRS[..1])] {
        let words = foreign_words(&app, theirs).await;
        assert!(words.len() > 100, "there is a lot to hide");
        let read = crawl(&mut browser).await;
        assert!(read.len() > 60 && read.iter().any(|(_, body)| body.contains(theirs[0])), "the crawl reads what is theirs: {}", read.len());
        let leaks = found(&read, &words);
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    }
    let words = foreign_words(&app, &THEIRS).await;
    assert!(found(&crawl(&mut app.owner().await).await, &words).len() > 20, "who may see all does meet them");
}

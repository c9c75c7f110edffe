//! Each figure opens the rows that it counts; search and names survive anything; wrong questions are named.

use std::collections::BTreeSet;

use super::{Machine, deb, encoded, exported, retire};
use crate::harness::{Browser, TestApp};

const CLIENT: &str = "Harbour Street Lab";

/// The values of `attribute` on a page that start with `start`.
fn links(body: &str, start: &str) -> Vec<String> {
    let all = body.split("href=\"").filter_map(|part| part.split('"').next()).map(|href| href.replace("&amp;", "&"));
    all.filter(|href| href.starts_with(start)).collect()
}

/// Every link that starts with `row` of a list, page by page.
async fn walk(browser: &mut Browser, first: &str, row: &str) -> BTreeSet<String> {
    let (mut all, mut path) = (BTreeSet::new(), first.to_owned());
    for _ in 0..50 {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let found: BTreeSet<String> = links(&page.body, row).into_iter().filter(|href| !href.contains('?') && !href.ends_with("/export")).collect();
        assert!(all.is_disjoint(&found), "{path} repeats rows");
        all.extend(found);
        match links(&page.body, first.split('?').next().unwrap_or(first)).into_iter().find(|href| href.contains("after=")) {
            Some(next) => path = next,
            None => return all,
        }
    }
    panic!("{first} does not end");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_a_title_opens_the_rows_it_counts() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let devices: usize = app.inside(app.northwind).await.all_device_counts(app.clock.now()).await.expect("counts").matching.try_into().expect("a number");
    for (system, name) in [("windows", "Google Chrome"), ("deb", "openssl"), ("deb", "libc6")] {
        let path = format!("/software/{system}/{}", encoded(name));
        let page = owner.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let installed = exported(&mut owner, &format!("{path}/export")).await;
        assert!(page.body.contains(&format!("on {} device", installed.len())), "{path}");
        assert_eq!(walk(&mut owner, &path, "/devices/dev_").await.len(), installed.len(), "{path}");
        let lacking = exported(&mut owner, &format!("{path}/export?lacks=1")).await;
        assert_eq!(walk(&mut owner, &format!("{path}?lacks=1"), "/devices/dev_").await.len(), lacking.len(), "{path} lacks");
        assert!(page.body.contains(&format!("{} devices", installed.len() + lacking.len())), "{path}: both parts make the whole");
        for only in links(&page.body, &format!("{path}?only=")) {
            let version = only.split('=').nth(1).expect("a version").to_owned();
            let rows = exported(&mut owner, &format!("{path}/export?only={version}")).await;
            let cell = page.body.split(&format!("?only={version}\"")).nth(1).and_then(|rest| rest.split(['<', '>']).nth(1)).expect("a figure");
            assert_eq!(cell, rows.len().to_string(), "{only}");
        }
    }
    let unknown = walk(&mut owner, "/software/unknown", "/devices/dev_").await.len();
    let (tenant, mut listed) = (app.inside(app.northwind).await, 0);
    for row in tenant.device_lines(&Default::default(), app.clock.now(), 1_000).await.expect("devices") {
        listed += usize::from(tenant.software(&tenant.device(row.id()).await.expect("seen")).await.expect("asked").is_some());
    }
    assert_eq!((listed + unknown, unknown > 0), (devices, true));
    assert!(owner.get("/software").await.body.contains(&format!("{listed} of {devices} devices with a package list")));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_titles_add_up_to_the_export() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for query in ["", "?ecosystem=deb", "?ecosystem=windows", "?q=lib"] {
        let titles = exported(&mut owner, &format!("/software/export{query}")).await;
        let mut found = BTreeSet::new();
        for system in ["deb", "rpm", "windows", "other"] {
            found.extend(walk(&mut owner, &format!("/software{query}"), &format!("/software/{system}/")).await);
        }
        assert_eq!((found.len(), titles.is_empty()), (titles.len(), false), "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_below_a_version() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for (n, version) in ["3.0.9-1", "3.0.16-1~deb12u1", "3.0.17-1~deb12u2", "3.0.17-1", "3.0.18-1", "1:0.1", ""].into_iter().enumerate() {
        Machine::new(&app, CLIENT, &format!("ssl-{n}")).await.has(&app, vec![deb("libssl-x", version)]).await;
    }
    let path = "/software/deb/libssl-x";
    for (query, expected) in [
        ("?is=below&version=3.0.17", vec!["ssl-0", "ssl-1"]),
        ("?is=below&version=3.0.17-1", vec!["ssl-0", "ssl-1", "ssl-2"]),
        ("?is=at-most&version=3.0.17-1", vec!["ssl-0", "ssl-1", "ssl-2", "ssl-3"]),
        ("?is=equal&version=3.0.17-1", vec!["ssl-3"]),
        ("?is=at-least&version=3.0.18", vec!["ssl-4", "ssl-5"]),
        ("?is=above&version=3.0.18-1", vec!["ssl-5"]),
        ("?version=3.0.17", vec!["ssl-0", "ssl-1"]),
        ("?is=below&version=0", vec![]),
        ("?is=below&version=", vec!["ssl-0", "ssl-1", "ssl-2", "ssl-3", "ssl-4", "ssl-5", "ssl-6"]),
        ("?only=3.0.17-1", vec!["ssl-3"]),
    ] {
        let rows = exported(&mut owner, &format!("{path}/export{query}")).await;
        assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), expected, "{query}");
        let page = owner.get(&format!("{path}{query}")).await;
        assert!(page.status == 200 && expected.iter().all(|name| page.body.contains(name)), "{query}");
    }
    let newest = owner.get(path).await.body;
    let place = |version: &str| newest.find(&format!("?only={}\"", encoded(version))).unwrap_or_else(|| panic!("{version} is listed"));
    let order = ["1:0.1", "3.0.18-1", "3.0.17-1", "3.0.17-1~deb12u2", "3.0.16-1~deb12u1", "3.0.9-1"].map(place);
    assert!(order.is_sorted(), "newest first: {order:?}");
    assert!(owner.get(&format!("{path}?is=below&version=3.0.17")).await.body.contains("1:0.1 does"), "the epoch is named");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_text_whatever_they_hold() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let names = ["50% off", "under_score", "a/b/c", "q\"uo'te", "back\\slash", "<b>bold</b>", "Z\u{fc}rich \u{1f41f}", "c++#?&=;", "=1+1", " "];
    let mut machine = Machine::new(&app, CLIENT, "hostile").await;
    machine.has(&app, names.map(|name| deb(name, "1'\"%_/ <i>")).into()).await;
    for name in names {
        let path = format!("/software/deb/{}", encoded(name));
        let page = owner.get(&path).await;
        assert!(page.status == 200 && page.body.contains("hostile") && !page.body.contains("<b>bold") && !page.body.contains("<i>"), "{name}: {}", page.status);
        assert_eq!(exported(&mut owner, &format!("{path}/export?only={}", encoded("1'\"%_/ <i>"))).await.len(), 1, "{name}");
        if !name.trim().is_empty() {
            let found = exported(&mut owner, &format!("/software/export?q={}", encoded(name))).await;
            let shown = if name.starts_with('=') { format!("'{name}") } else { name.to_owned() };
            assert_eq!(found.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), [shown], "{name} finds itself and nothing else");
        }
    }
    assert_eq!(exported(&mut owner, "/software/export?q=UNDER_S").await.len(), 1, "case does not matter");
    let tab = owner.get(&format!("/devices/{}/software", machine.id())).await.body;
    assert!(tab.contains("href=\"/software/deb/a%2Fb%2Fc\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_means_nothing_is_named() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let title = "/software/deb/openssl";
    for (path, text) in [
        (format!("{title}?is=below&version=1+2"), "is no deb version"),
        (format!("{title}?is=newer&version=1"), "is none of below, at-most, equal, at-least and above"),
        (format!("{title}?after=x"), "after: "),
        (format!("{title}?lacks=maybe"), "lacks: "),
        (format!("{title}?only=a%00b"), "only: "),
        (format!("{title}/export?version=1+2"), "version: "),
        ("/software?ecosystem=apk".into(), "ecosystem: "),
        ("/software?before=x".into(), "before: "),
        (format!("/software?q={}", "x".repeat(101)), "q: "),
        ("/software?q=a%00".into(), "q: "),
    ] {
        let answer = owner.get(&path).await;
        assert!(answer.status == 422 && answer.body.contains(text), "{path}: {} without {text}", answer.status);
    }
    let kept = owner.get(&format!("{title}?is=above&version=1+2")).await.body;
    assert!(kept.contains("value=\"1 2\"") && kept.contains("value=\"above\" selected"), "what was typed is kept");
    for path in
        ["/software/apk/openssl", "/software/deb/no-such-thing", "/software/deb/a%00b", "/software/rpm/openssl", &format!("/software/deb/{}", "x".repeat(300))]
    {
        assert_eq!(owner.get(path).await.status, 404, "{path}");
    }
    assert!(matches!(owner.get("/software/deb/%ff").await.status, 400 | 404));
    let mut machine = Machine::new(&app, CLIENT, "last-one").await;
    machine.has(&app, vec![deb("short-lived", "1")]).await;
    assert_eq!(owner.get("/software/deb/short-lived").await.status, 200);
    retire(&app, machine.id()).await;
    assert_eq!(owner.get("/software/deb/short-lived").await.status, 404, "what only retired devices have is nowhere");
}

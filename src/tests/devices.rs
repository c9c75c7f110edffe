//! The device list and Home: what they count is what they list.

use std::collections::BTreeSet;

use crate::harness::{Browser, DEVICES, TestApp};

/// The device ids that a page links to.
fn ids(body: &str) -> BTreeSet<String> {
    body.split("/devices/dev_").skip(1).filter_map(|part| part.get(..32)).map(|id| format!("dev_{id}")).collect()
}

/// Every device that a list holds, page by page.
async fn walk(browser: &mut Browser, first: &str) -> BTreeSet<String> {
    let (mut all, mut path) = (BTreeSet::new(), first.to_owned());
    for _ in 0..20 {
        let page = browser.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let found = ids(&page.body);
        assert!(all.is_disjoint(&found), "{path} repeats rows");
        all.extend(found);
        let next = page.body.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains("after="));
        match next {
            Some(next) => path = next.replace("&amp;", "&"),
            None => return all,
        }
    }
    panic!("{first} does not end");
}

/// Lines of the export without its head.
async fn exported(browser: &mut Browser, query: &str) -> usize {
    let file = browser.get(&format!("/devices/export{query}")).await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    file.body.lines().count() - 1
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_in_every_order_add_up_to_the_total() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let all = walk(&mut owner, "/devices").await;
    assert_eq!(all.len(), exported(&mut owner, "").await);
    assert!(all.len() > DEVICES * 9 / 10 && all.len() <= DEVICES);
    for sort in ["-name", "seen", "-seen", "security", "-security"] {
        assert_eq!(walk(&mut owner, &format!("/devices?sort={sort}")).await, all, "{sort}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_of_home_opens_exactly_the_rows_it_counts() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let home = owner.get("/").await;
    let tenant = app.inside(app.northwind).await;
    let counts = tenant.all_device_counts(app.clock.now()).await.expect("counts");
    for (query, expected) in [
        ("?status=online", counts.online),
        ("?status=late", counts.late),
        ("?status=offline", counts.offline),
        ("?status=pending", counts.pending),
        ("?updates=any", counts.updates),
        ("?updates=security", counts.security),
        ("?restart=pending", counts.restart),
        ("?seen=over-7d", counts.unseen),
    ] {
        let rows = exported(&mut owner, query).await;
        assert_eq!(i64::try_from(rows).expect("a number"), expected, "{query}");
        assert_eq!(walk(&mut owner, &format!("/devices{query}")).await.len(), rows, "{query}");
    }
    for link in ["/devices?updates=any", "/devices?updates=security", "/devices?restart=pending", "/devices?seen=over-7d", "/devices?status=online"] {
        assert!(home.body.contains(&format!("href=\"{link}\"")), "Home links {link}");
    }
    let in_service = counts.online + counts.late + counts.offline + counts.pending + counts.quarantined;
    assert_eq!(in_service, counts.matching);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_only_their_clients() {
    let app = TestApp::start().await;
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    let all = walk(&mut owner, "/devices").await;
    let two = walk(&mut scoped, "/devices").await;
    let one = walk(&mut contact, "/devices").await;
    assert!(two.is_subset(&all) && two.len() < all.len() && !two.is_empty());
    assert!(one.is_subset(&two) && one.len() < two.len() && !one.is_empty(), "Castell Legal is one of the two");
    let mut stranger = app.signed_in(crate::harness::BLUEFIN, "owner@bluefin.example").await;
    assert!(walk(&mut stranger, "/devices").await.is_disjoint(&all));
    let clients = scoped.get("/clients").await.body;
    assert!(clients.contains("Castell Legal") && clients.contains("Oakridge Surgery") && !clients.contains("Pembroke Hotels"));
    let client = app.inside(app.northwind).await.clients().await.expect("clients").into_iter().find(|row| row.name == "Pembroke Hotels").expect("it");
    let client = domain::ids::ClientId(client.id);
    assert_eq!(exported(&mut scoped, &format!("?client={client}")).await, 0, "a filter gives no more");
    assert_eq!(exported(&mut contact, "?q=PEM").await, 0, "nor does a search");
}

#[tokio::test(flavor = "multi_thread")]
async fn search_finds_parts_and_nothing_by_wildcards() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let all = exported(&mut owner, "").await;
    let some = exported(&mut owner, "?q=srv").await;
    assert!(some > 0 && some < all);
    for wild in ["%25", "_____", "%25%25", "\\"] {
        assert_eq!(exported(&mut owner, &format!("?q={wild}")).await, 0, "{wild} is text");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_means_nothing_is_named() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    for (query, name) in
        [("status=asleep", "status"), ("client=1", "client"), ("sort=price", "sort"), ("after=x", "after"), (&format!("q={}", "x".repeat(101)), "q")]
    {
        let answer = owner.get(&format!("/devices?{query}")).await;
        assert_eq!(answer.status, 422, "{query}");
        assert!(answer.body.contains(&format!("{name}: ")), "{query} names {name}");
    }
    assert_eq!(owner.get("/devices?unknown=1&tenant_id=2").await.status, 200, "unknown names are ignored");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tabs_of_a_device_show_what_was_reported() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let tenant = app.inside(app.northwind).await;
    let query = domain::devices::query::DeviceQuery { updates: Some(domain::devices::query::Waiting::Security), ..Default::default() };
    let row = tenant.device_lines(&query, app.clock.now(), 1).await.expect("rows").remove(0);
    let device = tenant.device(row.id()).await.expect("seen");
    let software = tenant.software(&device).await.expect("asked").expect("packages").content;
    let page = owner.get(&format!("/devices/{}/software", row.id())).await.body;
    assert!(page.contains(&software[0].version) && page.contains(&software.len().to_string()));
    let updates = owner.get(&format!("/devices/{}/updates", row.id())).await.body;
    let domain::devices::report::Updates::Listed { items, .. } = tenant.waiting_updates(&device).await.expect("asked").expect("known") else {
        panic!("listed")
    };
    assert_eq!(items.len(), usize::try_from(row.updates_pending).expect("known"));
    assert!(items.iter().all(|item| updates.contains(&item.candidate)), "every update is shown");
    for tab in ["", "/hardware", "/history"] {
        assert!(owner.get(&format!("/devices/{}{tab}", row.id())).await.body.contains(&row.hostname), "{tab}");
    }
}

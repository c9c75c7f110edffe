//! Everybody sees the software of their clients, and no sign of any other.

use std::collections::BTreeSet;

use super::{Machine, deb, encoded, exported};
use crate::harness::{BLUEFIN, Browser, TestApp};

const SECRET: &str = "Pembroke Front Desk";

async fn titles(browser: &mut Browser) -> BTreeSet<String> {
    exported(browser, "/software/export").await.iter().map(|record| format!("{}/{}", &record[1], &record[0])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scoped_technician_sees_only_their_clients() {
    let app = TestApp::start().await;
    let mut machine = Machine::new(&app, "Pembroke Hotels", "pem-secret").await;
    machine.has(&app, vec![deb(SECRET, "1.0"), deb("libc6", "99.0-1")]).await;
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let path = format!("/software/deb/{}", encoded(SECRET));

    assert!(owner.get("/software?q=front+desk").await.body.contains(SECRET));
    let hidden = scoped.get("/software?q=front+desk").await;
    assert!(hidden.status == 200 && !hidden.body.contains(SECRET) && hidden.body.contains("No title matches"));
    assert_eq!((owner.get(&path).await.status, owner.get(&format!("{path}/export")).await.status), (200, 200));
    for path in [path.clone(), format!("{path}/export"), format!("{path}?lacks=1")] {
        assert_eq!(scoped.get(&path).await.status, 404, "{path}");
    }
    let (all, two) = (titles(&mut owner).await, titles(&mut scoped).await);
    assert!(two.is_subset(&all) && two.len() < all.len() && !two.is_empty());
    assert!(all.contains(&format!("deb/{SECRET}")) && !two.contains(&format!("deb/{SECRET}")));

    let page = scoped.get("/software/deb/libc6").await;
    assert!(page.status == 404 || !page.body.contains("99.0-1"), "nor another client's version of a title");
    assert!(!scoped.get("/software/unknown").await.body.contains("Pembroke"));
    let common = "/software/windows/Google%20Chrome/export";
    let (mine, every) = (exported(&mut scoped, common).await, exported(&mut owner, common).await);
    assert!(!mine.is_empty() && mine.len() < every.len());
    assert!(mine.iter().all(|record| ["Castell Legal", "Oakridge Surgery"].contains(&&record[1])));
    let lacking = exported(&mut scoped, &format!("{common}?lacks=1")).await;
    assert!(lacking.iter().all(|record| ["Castell Legal", "Oakridge Surgery"].contains(&&record[1])));
    let line = exported(&mut scoped, "/software/export?q=Google+Chrome").await;
    assert_eq!(line[0][4].parse::<usize>(), Ok(mine.len()), "the count is theirs alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_and_other_tenants_get_nothing() {
    let app = TestApp::start().await;
    let mut machine = Machine::new(&app, "Castell Legal", "cst-lab").await;
    machine.has(&app, vec![deb("only-at-northwind", "1.0")]).await;
    let mut contact = app.contact().await;
    for path in ["/software", "/software/export", "/software/unknown", "/software/deb/only-at-northwind", "/software/deb/only-at-northwind/export"] {
        assert_eq!(contact.get(path).await.status, 403, "{path}");
    }
    let tab = format!("/devices/{}/software", machine.id());
    assert!(!contact.get(&tab).await.body.contains("/software/deb/"), "no link to what they may not see");
    assert!(app.owner().await.get(&tab).await.body.contains("href=\"/software/deb/only-at-northwind\""));
    let mut stranger = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    assert_eq!(stranger.get("/software/deb/only-at-northwind").await.status, 404);
    assert!(!titles(&mut stranger).await.contains("deb/only-at-northwind"));
    assert!(!stranger.get("/software?q=only-at").await.body.contains("only-at-northwind"));
}

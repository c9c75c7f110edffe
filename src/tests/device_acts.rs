//! What people do to a device, and what everybody then sees of it.

mod ends;
mod moves;
mod shown;

use domain::ids::{ClientId, DeviceId};
use foundation::{
    audit::rows::entry,
    clients::rows::{client, site},
};
use sea_orm::{ColumnTrait, Order};

use crate::{
    agents::{Signer, full_report, words},
    harness::{Answer, Browser, TestApp},
};

const CLIENT: &str = "Harbour Street Lab";

/// A device of the lab with our own agent, which has reported once.
async fn reporting(app: &TestApp, name: &str) -> Signer {
    let signer = Signer::enrol(app, &app.key(CLIENT, &[]).await, name).await;
    signer.report(app, &full_report(app, name), 1).await;
    signer
}

/// Posts an act on a device.
async fn act(browser: &mut Browser, device: DeviceId, act: &str, fields: &[(&str, &str)]) -> Answer {
    browser.post(&format!("/devices/{device}/{act}"), fields).await
}

/// An act that is done, and comes back to where it says so.
async fn done(browser: &mut Browser, device: DeviceId, what: &str, fields: &[(&str, &str)]) {
    let answer = act(browser, device, what, fields).await;
    assert_eq!(answer.status, 303, "{what}: {}", words(&answer.body));
    assert_eq!(browser.get(answer.header("location")).await.status, 200, "{what} leads on");
}

async fn lines(browser: &mut Browser, query: &str) -> Vec<String> {
    let file = browser.get(&format!("/devices/export{query}")).await;
    assert_eq!(file.status, 200, "{query}");
    file.body.lines().skip(1).map(str::to_owned).collect()
}

/// A client of Northwind's by name, and its first site.
async fn place(app: &TestApp, name: &str) -> (ClientId, String) {
    let tenant = app.inside(app.northwind).await;
    let client = tenant.find::<client::Entity>().filter(client::Column::Name.eq(name)).one().await.expect("asked").expect("the client");
    let site = tenant.find::<site::Entity>().filter(site::Column::ClientId.eq(client.id)).order_by(site::Column::Name, Order::Asc).one();
    (ClientId(client.id), domain::ids::SiteId(site.await.expect("asked").expect("a site").id).to_string())
}

/// The audit entries about a device, oldest first.
async fn audited(app: &TestApp, device: DeviceId) -> Vec<entry::Model> {
    let tenant = app.inside(app.northwind).await;
    let mine = entry::Column::ObjectId.eq(device.to_string());
    tenant.find::<entry::Entity>().filter(mine).order_by(entry::Column::Id, Order::Asc).all().await.expect("entries")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_ones_own_is_everywhere_and_the_reported_one_beside_it() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab-77").await, app.owner().await);
    done(&mut owner, signer.device, "name", &[("name", "  Aardvark   desk ")]).await;
    let page = words(&owner.get(&format!("/devices/{}", signer.device)).await.body);
    assert!(page.contains("Aardvark desk") && page.contains("reports as lab-77"), "{page}");
    assert!(owner.get("/devices").await.body.contains("Aardvark desk"), "the list is ordered by the name that is shown");
    for q in ["aardvark", "LAB-77", "pf0hand1"] {
        let found = lines(&mut owner, &format!("?q={q}")).await;
        assert!(found.len() == 1 && found[0].starts_with("Aardvark desk,lab-77,"), "{q}: {found:?}");
    }
    // A report keeps what people gave, and brings a new host name.
    signer.report(&app, &full_report(&app, "lab-78"), 2).await;
    let found = lines(&mut owner, "?q=aardvark").await;
    assert!(found.len() == 1 && found[0].starts_with("Aardvark desk,lab-78,"), "{found:?}");
    assert_eq!((lines(&mut owner, "?q=lab-77").await.len(), lines(&mut owner, "?q=lab-78").await.len()), (0, 1));
    let entry = audited(&app, signer.device).await.pop().expect("an entry");
    assert_eq!((entry.action.as_str(), entry.old.as_deref(), entry.new.as_deref()), ("device renamed", Some("lab-77"), Some("Aardvark desk")));
    assert!(entry.client_id.is_some() && entry.address.is_some());
    // The same again is no second act; nothing takes the reported name back.
    let before = audited(&app, signer.device).await.len();
    done(&mut owner, signer.device, "name", &[("name", "Aardvark desk")]).await;
    assert_eq!(audited(&app, signer.device).await.len(), before);
    done(&mut owner, signer.device, "name", &[("name", " ")]).await;
    assert!(lines(&mut owner, "?q=aardvark").await.is_empty());
    assert!(!owner.get(&format!("/devices/{}", signer.device)).await.body.contains("reports as"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab-1").await, app.owner().await);
    let (long, turned) = ("x".repeat(101), "a\u{202e}b");
    for (what, field, value, message) in [
        ("name", "name", long.as_str(), "A name has at most 100 characters; this one has 101."),
        ("name", "name", turned, "A name holds no control or direction characters."),
        ("tags", "tag", "", "Type a tag first."),
        ("tags", "tag", &long[..41], "A tag has at most 40 characters; this one has 41."),
        ("note", "note", &"n".repeat(4_001), "A note has at most 4,000 characters; this one has 4001."),
        ("site", "site", "sit_1", "Choose one of the sites in the list."),
    ] {
        let answer = act(&mut owner, signer.device, what, &[(field, value)]).await;
        assert_eq!(answer.status, 422, "{what}");
        assert!(answer.body.contains(message), "{what}: {message}");
        assert!(what == "site" || value.is_empty() || answer.body.contains(value), "{what} keeps what was typed");
    }
    assert!(audited(&app, signer.device).await.iter().all(|entry| entry.action == "device enrolled"), "nothing was done");
    let hostile = "</textarea></title><script>alert(1)</script>";
    for (what, field) in [("name", "name"), ("note", "note"), ("tags", "tag")] {
        let text = if what == "tags" { "<script>alert(1)</script>" } else { hostile };
        done(&mut owner, signer.device, what, &[(field, text)]).await;
    }
    for tab in ["", "/manage", "/history"] {
        let page = owner.get(&format!("/devices/{}{tab}", signer.device)).await;
        assert!(page.status == 200 && !page.body.contains("<script>alert"), "{tab}");
    }
    assert!(!owner.get("/devices").await.body.contains("<script>alert"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn tags_filter_the_list_and_never_are_more_than_twenty() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab-1").await, app.owner().await);
    done(&mut owner, signer.device, "tags", &[("tag", "Gold")]).await;
    done(&mut owner, signer.device, "tags", &[("tag", "gold ")]).await;
    for query in ["?tag=gold", "?tag=GOLD", "?q=gold"] {
        assert_eq!(lines(&mut owner, query).await.len(), 1, "{query}");
    }
    let list = owner.get("/devices?tag=gold").await.body;
    assert!(list.contains("gold (1)") && list.contains("lab-1"));
    assert!(owner.get(&format!("/devices/{}", signer.device)).await.body.contains("/devices?tag=gold"));
    assert!(lines(&mut app.scoped().await, "?tag=gold").await.is_empty(), "a filter gives no more");
    assert!(!app.scoped().await.get("/devices").await.body.contains("gold (1)"), "nor does a choice");
    let adding: Vec<_> = (0..30)
        .map(|n| {
            let (mut owner, device) = (owner.clone(), signer.device);
            tokio::spawn(async move { act(&mut owner, device, "tags", &[("tag", &format!("t{n:02}"))]).await.status })
        })
        .collect();
    let mut statuses = Vec::new();
    for adding in adding {
        statuses.push(adding.await.expect("asked"));
    }
    assert_eq!((statuses.iter().filter(|s| **s == 303).count(), statuses.iter().filter(|s| **s == 422).count()), (19, 11));
    signer.report(&app, &full_report(&app, "lab-1"), 2).await;
    assert_eq!(lines(&mut owner, "?q=gold").await.len(), 1, "a report keeps the words of people");
    for _ in 0..2 {
        done(&mut owner, signer.device, "tags/removal", &[("tag", "gold")]).await;
    }
    assert!(lines(&mut owner, "?tag=gold").await.is_empty() && lines(&mut owner, "?q=gold").await.is_empty());
}

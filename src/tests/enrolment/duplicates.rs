//! Two devices that look like one machine: compared, merged into one, or kept as two.

use domain::ids::DeviceId;
use foundation::devices::rows::device_tag;
use sea_orm::Set;

use super::audited;
use crate::{
    agents::Stored,
    harness::{Browser, TestApp},
    inventory::{Foreign, LINUX, rebuilt},
};

const CLIENT: &str = "Castell Legal";

fn second() -> String {
    rebuilt(&[("2026-01-05-10-21-16", "2026-03-03-03-03-03"), ("openssl", "openssl-newer")])
}

/// A machine that reported under two ids, the second a minute later.
async fn twins<'a>(app: &'a TestApp) -> (Foreign<'a>, String, String) {
    let agent = Foreign::of(app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    app.clock.advance(60_000);
    assert_eq!(agent.xml(second()).await, 200);
    let mut devices: Vec<_> = Stored::of(app, CLIENT).await.devices.into_iter().filter(|row| row.hostname == "lab-17").collect();
    devices.sort_by_key(|row| row.enrolled_at);
    let ids: Vec<_> = devices.iter().map(|row| DeviceId(row.id).to_string()).collect();
    assert_eq!(ids.len(), 2);
    (agent, ids[0].clone(), ids[1].clone())
}

async fn hinted(browser: &mut Browser, id: &str) -> bool {
    browser.get(&format!("/devices/{id}")).await.body.contains("Possible duplicate.")
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_are_kept_are_not_asked_about_again() {
    let app = TestApp::start().await;
    let (_agent, one, two) = twins(&app).await;
    let (mut owner, mut contact) = (app.owner().await, app.contact().await);
    assert!(owner.get(&format!("/devices/{one}")).await.body.contains(&format!("/devices/{one}/duplicate")));
    assert!(!contact.get(&format!("/devices/{one}")).await.body.contains("/duplicate"), "a contact decides nothing");
    let page = owner.get(&format!("/devices/{one}/duplicate")).await;
    assert!(
        page.status == 200 && page.body.contains(&two) && page.body.contains("4C4C4544-0034-3010-8048-B6C04F503799".to_lowercase().as_str())
            || page.body.contains("4C4C4544")
    );
    assert!(page.body.contains("is forgotten") && page.body.contains("The other one is deleted."));
    assert_eq!(owner.post(&format!("/devices/{one}/duplicate/separation"), &[("other", &two)]).await.status, 303);
    assert!(!hinted(&mut owner, &one).await && !hinted(&mut owner, &two).await);
    assert!(owner.get(&format!("/devices/{two}/duplicate")).await.body.contains("No duplicate"));
    assert_eq!(audited(&app, "duplicates kept apart").await, 2);
    assert_eq!(owner.post(&format!("/devices/{one}/duplicate/separation"), &[("other", &two)]).await.status, 409, "they no longer look like one");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_one_is_made_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let (agent, one, two) = twins(&app).await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let id: DeviceId = two.parse().expect("an id");
    writing.insert(device_tag::ActiveModel { device_id: Set(id.0), tag: Set("front".into()), ..Default::default() }).await.expect("a tag");
    writing.commit().await.expect("kept");
    app.clock.advance(60_000);
    assert_eq!(agent.xml(rebuilt(&[("2026-01-05-10-21-16", "2026-03-03-03-03-03"), ("openssl", "openssl-newest")])).await, 200);
    let changes = Stored::of(&app, CLIENT).await.changes.iter().filter(|row| row.device_id == id.0).count();
    assert!(changes > 0, "there is a history to keep");

    let mut owner = app.owner().await;
    let answer = owner.post(&format!("/devices/{two}/duplicate/merger"), &[("keep", &one), ("other", &two)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, format!("/devices/{one}?done=devices-merged").as_str()));
    assert_eq!((owner.get(&format!("/devices/{two}")).await.status, hinted(&mut owner, &one).await), (404, false));
    assert_eq!((audited(&app, "devices merged").await, audited(&app, "device deleted by a merger").await), (1, 1));
    let tenant = app.inside(app.northwind).await;
    let kept = tenant.device(one.parse().expect("an id")).await.expect("kept");
    assert_eq!(tenant.words_on(&kept).await.expect("tags"), ["front"]);
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!(stored.changes.iter().filter(|row| row.device_id == kept.row.id).count(), changes + 1, "the other's history, and the merger");
    assert!(owner.get(&format!("/devices/{one}/software")).await.body.contains("openssl-newest"), "the newer inventory");

    // The agent that reported last goes on for the one that is left.
    assert_eq!(agent.xml(second()).await, 200);
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), stored.devices.len());
    assert_eq!(agent.xml(LINUX).await, 200);
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), stored.devices.len() + 1, "the id that was given up is a new device, as the page said");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_twins_within_reach_are_merged() {
    let app = TestApp::start().await;
    let (_agent, one, two) = twins(&app).await;
    let (near, far) = (app.device_of(app.northwind, "Oakridge Surgery").await.to_string(), app.device_of(app.northwind, "Pembroke Hotels").await.to_string());
    let foreign = app.device_of(app.bluefin, "Halden & Voss").await.to_string();
    let (mut owner, mut scoped) = (app.owner().await, app.scoped().await);
    let merger = format!("/devices/{one}/duplicate/merger");
    for (keep, other, status) in [
        (one.as_str(), near.as_str(), 409),
        (&one, &far, 404),
        (&one, &foreign, 404),
        (&one, &one, 409),
        (&near, &two, 422),
        (&one, "dev_1", 422),
        (&one, "dev_00000000000000000000000000000001", 404),
    ] {
        assert_eq!(scoped.post(&merger, &[("keep", keep), ("other", other)]).await.status, status, "{keep} {other}");
    }
    assert_eq!(owner.get(&format!("/devices/{far}/duplicate")).await.status, 200);
    assert_eq!(scoped.get(&format!("/devices/{far}/duplicate")).await.status, 404);
    assert!(hinted(&mut owner, &one).await && hinted(&mut owner, &two).await, "nothing was merged");
    assert_eq!(scoped.post(&merger, &[("keep", &one), ("other", &two)]).await.status, 303, "within reach it may");
}

//! What a device's pages say: notes, old inventories, what was dropped, and history by kind.

use domain::time::{DAY, MINUTE};

use super::{act, done, place, reporting};
use crate::{
    agents::{full_report, words},
    harness::TestApp,
    inventory::{Foreign, LINUX},
};

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_notes_and_contacts_do_not() {
    let app = TestApp::start().await;
    let device = app.device_of(app.northwind, "Castell Legal").await;
    let (mut owner, mut contact) = (app.owner().await, app.contact().await);
    done(&mut owner, device, "note", &[("note", "Ask for Moira.\r\nBack door.")]).await;
    done(&mut owner, device, "tags", &[("tag", "vip")]).await;
    let page = owner.get(&format!("/devices/{device}")).await.body;
    assert!(page.contains("Ask for Moira.\nBack door.") && page.contains("vip") && page.contains("/manage"));
    let seen = contact.get(&format!("/devices/{device}")).await.body;
    assert!(!seen.contains("Moira") && !seen.contains("vip") && !seen.contains("/manage"));
    assert_eq!(act(&mut contact, device, "note", &[("note", "x")]).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_facts_are_shown_as_old() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab").await, app.owner().await);
    let fresh = owner.get(&format!("/devices/{}", signer.device)).await.body;
    assert!(!fresh.contains(" old</span>"), "nothing is old yet");
    app.clock.advance(3 * DAY);
    for tab in ["", "/hardware", "/software", "/updates"] {
        let page = words(&app.owner().await.get(&format!("/devices/{}{tab}", signer.device)).await.body);
        assert!(page.contains("Inventory 3 d old"), "{tab}");
    }
    let mut report = full_report(&app, "lab");
    report.updates = Some(domain::devices::report::Updates::Listed { lists_at: Some(app.clock.now() - 9 * DAY), items: Vec::new() });
    signer.report(&app, &report, 2).await;
    let page = words(&app.owner().await.get(&format!("/devices/{}", signer.device)).await.body);
    assert!(!page.contains("Inventory 3 d old") && page.contains("Package lists 9 d old"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_dropped_is_counted_with_its_reason() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, super::CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    let row = crate::agents::Stored::of(&app, super::CLIENT).await.device().clone();
    let page = words(&app.owner().await.get(&format!("/devices/{}", domain::ids::DeviceId(row.id))).await.body);
    assert!(row.dropped_environment > 0 && page.contains("Dropped at the door"));
    for (label, n) in [("Environment variables", row.dropped_environment), ("Processes", row.dropped_processes), ("Local users", row.dropped_users)] {
        assert!(page.contains(&format!("{label}{n}")), "{label} {n} in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_tells_upgrades_and_what_people_did_by_kind() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab").await, app.owner().await);
    app.clock.advance(20 * MINUTE);
    let mut report = full_report(&app, "lab");
    report.software.as_mut().expect("packages")[1].version = "3.0.18-1~deb12u1".into();
    signer.report(&app, &report, 2).await;
    done(&mut owner, signer.device, "name", &[("name", "Bench")]).await;
    let (_, site) = place(&app, "Oakridge Surgery").await;
    done(&mut owner, signer.device, "site", &[("site", &site)]).await;
    let path = format!("/devices/{}/history", signer.device);
    let all = words(&owner.get(&path).await.body);
    for text in ["openssl 3.0.17", "3.0.18-1~deb12u1", "Renamed by", "lab\u{2192} to Bench", "Moved here by"] {
        assert!(all.contains(text), "{text} in {all}");
    }
    let people = words(&owner.get(&format!("{path}?kind=people")).await.body);
    assert!(people.contains("Renamed by") && !people.contains("openssl"));
    let packages = words(&owner.get(&format!("{path}?kind=software")).await.body);
    assert!(packages.contains("openssl") && !packages.contains("Renamed by"));
    assert!(words(&owner.get(&format!("{path}?kind=hardware")).await.body).contains("No change of this kind"));
    assert_eq!(owner.get(&format!("{path}?kind=gossip")).await.status, 422);
    let body = owner.get(&format!("{path}?kind=software")).await.body;
    assert!(body.contains("title=\"") && body.contains("aria-current=\"true\""), "the exact instant on hover, and the kind that is open");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_of_one_kind_is_paged() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "lab").await, app.owner().await);
    let mut report = full_report(&app, "lab");
    for n in 0..130 {
        let package = domain::devices::report::Package { name: format!("p{n:03}"), version: "1".into(), ..Default::default() };
        report.software.as_mut().expect("packages").push(package);
    }
    report.software.as_mut().expect("packages").sort();
    signer.report(&app, &report, 2).await;
    let path = format!("/devices/{}/history?kind=software", signer.device);
    let first = owner.get(&path).await.body;
    let next = first.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains("after=")).expect("more").replace("&amp;", "&");
    assert!(next.contains("kind=software"), "{next}");
    let second = owner.get(&next).await.body;
    let count = |body: &str| words(body).matches(" installed").count();
    assert_eq!((count(&first), count(&second)), (100, 30));
}

//! Who a foreign agent is: its key and the id it gave itself, as long as the machine behind both stays the same.

use domain::ids::DeviceId;

use super::{
    Foreign,
    foreign::{LINUX, another, faceless, swapped_uuid},
    rebuilt,
};
use crate::{agents::Stored, harness::TestApp};

const CLIENT: &str = "Harbour Street Lab";

/// Everything but what a quarantine itself writes.
fn kept(stored: &Stored) -> (String, Vec<String>, String, i64, u64) {
    let row = stored.device();
    let device = format!("{} {:?} {:?} {} {}", row.hostname, row.machine_uuid, row.serial, row.last_seen_at, row.inventory_at);
    (device, stored.sections.iter().map(|row| format!("{row:?}")).collect(), format!("{:?}", stored.updates), stored.check_ins, stored.documents)
}

#[tokio::test(flavor = "multi_thread")]
async fn another_machine_under_the_same_id_is_quarantined() {
    let serial = rebuilt(&[("PF0TEST1", "PF0OTHER")]);
    let addresses = rebuilt(&[("00:00:5E:00:53:17", "00:00:5E:00:53:99")]);
    for (what, body, reason) in [
        ("UUID", swapped_uuid(), "its hardware UUID changed"),
        ("serial number", serial, "its serial number changed"),
        ("addresses", addresses, "all its hardware addresses changed"),
    ] {
        let app = TestApp::start().await;
        let agent = Foreign::of(&app, CLIENT, &[]).await;
        assert_eq!(agent.xml(LINUX).await, 200);
        let before = Stored::of(&app, CLIENT).await;
        app.clock.advance(60_000);
        for _ in 0..3 {
            assert_eq!(agent.xml(body.clone()).await, 403, "another {what}");
        }
        let after = Stored::of(&app, CLIENT).await;
        assert_eq!(kept(&after), kept(&before), "another {what}");
        let row = after.device();
        assert_eq!((row.standing.as_str(), row.standing_reason.as_deref()), ("quarantined", Some(reason)));
        assert_eq!(after.changes.iter().map(|row| (row.kind.as_str(), row.new.as_deref())).collect::<Vec<_>>(), [("standing", Some(reason))], "noted once");
        assert_eq!(agent.xml(LINUX).await, 403, "nor is the first one believed until somebody has looked");
        assert_eq!(Stored::of(&app, CLIENT).await, after);
        let page = app.owner().await.get(&format!("/devices/{}", DeviceId(row.id))).await.body;
        assert!(page.contains("Quarantined.") && page.contains(&reason[4..]), "{what}: the page says why");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_that_is_left_out_is_not_forgotten() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    assert_eq!(agent.xml(faceless()).await, 200, "firmware that cannot be read is no other machine");
    let row = Stored::of(&app, CLIENT).await.device().clone();
    assert_eq!(row.serial.as_deref(), Some("PF0TEST1"));
    assert!(row.machine_uuid.is_some() && row.search.contains("pf0test1"));
    assert_eq!(agent.xml(swapped_uuid()).await, 403, "and opens no door for one");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_and_two_ids_are_two_devices() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    assert_eq!(agent.xml(another("lab-18", "5C4C4544-0034-3010-8048-B6C04F503799")).await, 200);
    let stored = Stored::of(&app, CLIENT).await;
    let names: Vec<_> = stored.devices.iter().map(|row| row.hostname.as_str()).collect();
    assert_eq!((names, stored.check_ins), (vec!["lab-17", "lab-18"], 2));
    assert_eq!(agent.xml(LINUX).await, 200);
    assert_eq!(Stored::of(&app, CLIENT).await.devices.len(), 2, "each is known again");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_id_under_two_keys_is_two_devices() {
    let app = TestApp::start().await;
    let (one, two) = (Foreign::of(&app, CLIENT, &[]).await, Foreign::of(&app, "Another Client", &[]).await);
    assert_eq!((one.xml(LINUX).await, two.xml(swapped_uuid()).await), (200, 200));
    let (mine, theirs) = (Stored::of(&app, CLIENT).await, Stored::of(&app, "Another Client").await);
    assert_eq!((mine.device().standing.as_str(), theirs.device().standing.as_str()), ("active", "active"));
    assert_ne!(mine.device().machine_uuid, theirs.device().machine_uuid);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_machine_with_two_ids_is_marked_and_not_merged() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    assert_eq!(agent.xml(rebuilt(&[("2026-01-05-10-21-16", "2026-03-03-03-03-03")])).await, 200);
    let (stored, mut owner) = (Stored::of(&app, CLIENT).await, app.owner().await);
    let ids: Vec<_> = stored.devices.iter().map(|row| DeviceId(row.id).to_string()).collect();
    assert_eq!(ids.len(), 2);
    for (one, other) in [(&ids[0], &ids[1]), (&ids[1], &ids[0])] {
        let page = owner.get(&format!("/devices/{one}")).await.body;
        assert!(page.contains("Possible duplicate.") && page.contains(other.as_str()), "each names the other");
    }
}

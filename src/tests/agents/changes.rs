//! What changed between two reports is written down, in words that a person reads.

use domain::time::MINUTE;

use super::{Signer, Stored, full_report, words};
use crate::harness::{Browser, TestApp};

const CLIENT: &str = "Harbour Street Lab";

async fn history(owner: &mut Browser, signer: &Signer) -> String {
    let page = owner.get(&format!("/devices/{}/history", signer.device)).await;
    assert_eq!(page.status, 200);
    words(&page.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn packages_hardware_and_restarts_are_history() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await, app.owner().await);
    let first = full_report(&app, "lab");
    signer.report(&app, &first, 1).await;
    assert!(history(&mut owner, &signer).await.contains("Nothing has changed yet"));

    app.clock.advance(10 * MINUTE);
    let mut second = first.clone();
    let packages = second.software.as_mut().expect("packages");
    packages[1].version = "3.0.18".into();
    packages.remove(2);
    packages.insert(0, domain::devices::report::Package { name: "apt".into(), version: "2.6.1".into(), ..Default::default() });
    second.os.kernel = Some("6.1.0-32-amd64".into());
    second.hardware.as_mut().expect("hardware").memory_bytes = Some(16 << 30);
    second.state.booted_at = Some(app.clock.now() - 60_000);
    signer.report(&app, &second, 2).await;

    let page = history(&mut owner, &signer).await;
    for line in [
        "openssl 3.0.17→ to 3.0.18",
        "zlib1g 1.2.13 removed",
        "apt 2.6.1 installed",
        "Memory 8.0 GB→ to 16 GB",
        "Kernel 6.1.0-31-amd64→ to 6.1.0-32-amd64",
        "Restarted",
    ] {
        assert!(page.contains(line), "{line} in {page}");
    }
    let changes = Stored::of(&app, CLIENT).await.changes;
    assert_eq!(changes.len(), 6, "{changes:?}");
    let upgrade = changes.iter().find(|row| row.subject == "openssl").expect("the upgrade");
    assert_eq!((upgrade.kind.as_str(), upgrade.old.as_deref(), upgrade.new.as_deref()), ("software", Some("3.0.17"), Some("3.0.18")));
    assert!((app.clock.now().0 - upgrade.at) < MINUTE, "by the server's clock");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_the_same_or_left_out_is_no_change() {
    let app = TestApp::start().await;
    let signer = Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await;
    let first = full_report(&app, "lab");
    signer.report(&app, &first, 1).await;
    let before = Stored::of(&app, CLIENT).await;

    app.clock.advance(60_000);
    let mut same = first.clone();
    same.state.booted_at = first.state.booted_at.map(|at| at + 30_000);
    same.hardware.as_mut().expect("hardware").volumes[0].free_bytes = Some(15 << 30);
    signer.report(&app, &same, 2).await;
    let less = domain::devices::Report { hardware: None, software: None, updates: None, ..first };
    signer.report(&app, &less, 3).await;

    let after = Stored::of(&app, CLIENT).await;
    assert_eq!((after.changes.len(), after.check_ins), (0, 3));
    assert_eq!((after.entries("software"), after.entries("hardware"), after.device().updates_pending), (Some(3), before.entries("hardware"), 1));
    assert!(after.device().last_seen_at >= before.device().last_seen_at + 60_000);
    assert_eq!(after.updates, before.updates);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_list_of_updates_replaces_the_old_one() {
    use domain::devices::report::Updates;
    let app = TestApp::start().await;
    let (signer, mut owner) = (Signer::enrol(&app, &app.key(CLIENT, &[]).await, "lab").await, app.owner().await);
    let path = format!("/devices/{}/updates", signer.device);
    let mut report = full_report(&app, "lab");
    signer.report(&app, &report, 1).await;
    assert!(words(&owner.get(&path).await.body).contains("1 update waits, 1 security"));
    report.updates = Some(Updates::Listed { lists_at: None, items: Vec::new() });
    signer.report(&app, &report, 2).await;
    assert!(owner.get(&path).await.body.contains("No updates wait"));
    report.updates = Some(Updates::Unknown { reason: "there are no package lists".into() });
    signer.report(&app, &report, 3).await;
    let page = owner.get(&path).await.body;
    assert!(page.contains("It is unknown which updates wait") && page.contains("There are no package lists") || page.contains("there are no package lists"));
    assert_eq!(Stored::of(&app, CLIENT).await.device().updates_pending, -1, "unknown is not zero");
}

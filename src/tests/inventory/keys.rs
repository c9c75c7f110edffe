//! The limits of a shared key: count and expiry stop new devices, revocation stops all.

use domain::time::DAY;

use super::{
    Foreign,
    foreign::{LINUX, another},
};
use crate::{
    agents::{Stored, revoke},
    harness::TestApp,
};

const CLIENT: &str = "Harbour Street Lab";

fn new_machine() -> String {
    another("lab-18", "5C4C4544-0034-3010-8048-B6C04F503799")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_key_serves_the_devices_that_it_has() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &["--days", "1"]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    app.clock.advance(2 * DAY);
    assert_eq!((agent.xml(LINUX).await, agent.xml(new_machine()).await), (200, 403));
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.devices.len(), stored.check_ins), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_used_up_serves_the_devices_that_it_has() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &["--most", "1"]).await;
    assert_eq!((agent.xml(LINUX).await, agent.xml(new_machine()).await, agent.xml(LINUX).await), (200, 403, 200));
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.devices.len(), stored.check_ins), (1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_serves_nobody() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    let before = Stored::of(&app, CLIENT).await;
    revoke(&app, &agent.key).await;
    assert_eq!((agent.xml(LINUX).await, agent.xml(new_machine()).await), (403, 403));
    assert_eq!(Stored::of(&app, CLIENT).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_waits_for_approval_stores_no_inventory() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &["--approval"]).await;
    assert_eq!((agent.xml(LINUX).await, agent.xml(LINUX).await), (200, 200));
    let stored = Stored::of(&app, CLIENT).await;
    assert_eq!((stored.device().standing.as_str(), stored.device().hostname.as_str()), ("pending", "lab-17"));
    assert_eq!((stored.sections.len(), stored.check_ins, stored.device().dropped_environment), (0, 0, 0));
}

//! What leaves the audit: a file, and the tail on a device.

use std::collections::BTreeSet;

use foundation::audit::{Act, Asked};

use super::{about, add, client};
use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn a_file_holds_all_that_matches_and_runs_nothing() {
    let app = TestApp::start().await;
    let mut rows: Vec<Act> = (0..4_100).map(|n| about(&format!("no-{n}"), None)).collect();
    rows.push(Act { before: Some("=1+1".into()), after: Some("@SUM(A1)".into()), ..about("-2+3", None) });
    add(&app, rows).await;
    let mut owner = app.owner().await;
    let file = owner.get("/settings/audit/export?kind=thing").await;
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(file.body.lines().count(), 4_102, "several parts make one file");
    assert_eq!(file.body.lines().collect::<BTreeSet<_>>().len(), 4_102);
    assert!(file.body.lines().nth(1).is_some_and(|line| line.contains("'-2+3") && line.contains("'=1+1") && line.contains("'@SUM(A1)")));
    let exports = Asked { query: domain::audit::AuditQuery { action: Some("audit exported".into()), ..Default::default() }, ..Asked::default() };
    let noted = app.inside(app.northwind).await.audit_rows(&exports, 10).await.expect("entries").into_iter().find_map(|row| row.detail);
    assert_eq!(noted.as_deref(), Some("4101 rows of ?kind=thing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_shows_what_was_done_to_it_and_its_entry_leads_there() {
    let app = TestApp::start().await;
    let device = app.device_of(app.northwind, "Castell Legal").await;
    let other = app.device_of(app.northwind, "Pembroke Hotels").await;
    let gone = domain::ids::DeviceId(foundation::fresh_id());
    let mine = client(&app, "Castell Legal").await;
    let moved = |id, client| Act {
        action: "device moved",
        object: Some(("device", format!("{id}"))),
        name: Some("X".into()),
        after: Some("Attic".into()),
        client,
        ..Act::default()
    };
    add(&app, vec![moved(device, Some(mine)), moved(other, Some(mine)), moved(gone, None)]).await;
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    for browser in [&mut owner, &mut scoped] {
        let page = browser.get(&format!("/devices/{device}")).await.body;
        assert!(page.contains("What people did") && page.contains("Device moved") && page.contains("Attic"));
    }
    assert!(!contact.get(&format!("/devices/{device}")).await.body.contains("What people did"));
    let rows = |body: &str| [device, other, gone].map(|id| body.contains(&format!("href=\"/devices/{id}\"")));
    assert_eq!(rows(&owner.get("/settings/audit").await.body), [true, true, false], "what is gone has no page");
    assert_eq!(rows(&scoped.get("/settings/audit").await.body), [true, false, false], "nor has what one may not see");
}

//! What the server does by itself, tenant by tenant.

mod queue;

use domain::time::HOUR;
use foundation::{devices::rows::document, tenancy::Row};
use sea_orm::Set;

use crate::harness::{BLUEFIN, JOB, TestApp};

/// Rows that the sweep takes away at the tenant now.
async fn removed(app: &TestApp, tenant: domain::ids::TenantId) -> u64 {
    let writing = app.database().enter(&JOB, tenant).await.expect("entered").writing().await.expect("writing");
    let removed = writing.remove_expired(app.clock.now()).await.expect("swept");
    writing.commit().await.expect("kept");
    removed
}

fn unused_document(created_at: i64) -> impl Row {
    document::ActiveModel { hash: Set(vec![7; 32]), body: Set("[]".into()), created_at: Set(created_at), ..Default::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sweep_takes_what_has_ended_and_nothing_of_another_tenant() {
    let app = TestApp::start().await;
    app.clock.advance(2 * HOUR);
    for tenant in [app.northwind, app.bluefin] {
        removed(&app, tenant).await;
    }
    drop(app.owner().await);
    drop(app.signed_in(BLUEFIN, "owner@bluefin.example").await);
    for tenant in [app.northwind, app.bluefin] {
        let writing = app.inside(tenant).await.writing().await.expect("writing");
        writing.insert(unused_document(app.clock.now().0)).await.expect("a document");
        writing.commit().await.expect("kept");
        assert_eq!(removed(&app, tenant).await, 0, "what is fresh stays");
    }
    app.clock.advance(9 * HOUR);
    assert_eq!(removed(&app, app.northwind).await, 2, "a session and a document");
    assert_eq!(removed(&app, app.northwind).await, 0);
    assert_eq!(removed(&app, app.bluefin).await, 2, "the other tenant's were still there");
    let device = app.device_of(app.northwind, "Castell Legal").await;
    let inside = app.inside(app.northwind).await;
    let device = inside.device(device).await.expect("the device");
    assert!(inside.hardware(&device).await.expect("read").is_some(), "documents in use stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sweep_goes_through_every_tenant_and_the_platform() {
    let app = TestApp::start().await;
    drop(app.owner().await);
    drop(app.signed_in(BLUEFIN, "owner@bluefin.example").await);
    drop(app.operator().await);
    app.clock.advance(9 * HOUR);
    portico::jobs::sweep::sweep(&app.app).await.expect("swept");
    for tenant in [app.northwind, app.bluefin] {
        assert_eq!(removed(&app, tenant).await, 0);
    }
    assert_eq!(app.database().console().remove_expired(app.clock.now()).await.expect("swept"), 0);
}

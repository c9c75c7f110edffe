//! Decisions that no page takes yet, written into the database by hand.

use domain::{devices::status::Standing, ids::DeviceId};
use foundation::devices::rows::{agent_key, device, enrolment_key};
use sea_orm::{ColumnTrait, prelude::Expr};

use super::Signer;
use crate::harness::TestApp;

/// Revokes an enrolment key of Northwind.
pub async fn revoke(app: &TestApp, token: &str) {
    use enrolment_key::{Column, Entity};
    let key = app.database().directory().enrolment_key(app.northwind, token).await.expect("asked").expect("a key").id;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let revoked = writing.update::<Entity>(Column::Id.eq(key.0), [(Column::RevokedAt, Expr::value(app.clock.now().0))]).await.expect("updated");
    assert_eq!(revoked, 1);
    writing.commit().await.expect("kept");
}

/// Revokes the key of one agent of Northwind.
pub async fn revoke_agent(app: &TestApp, signer: &Signer) {
    use agent_key::{Column, Entity};
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let device = writing.device(signer.device).await.expect("seen");
    let values = [(Column::RevokedAt, Expr::value(app.clock.now().0))];
    assert_eq!(writing.update_of::<Entity>(&device, Column::Id.eq(signer.key.0), values).await.expect("updated"), 1);
    writing.commit().await.expect("kept");
}

/// Approves a device of Northwind that waits.
pub async fn approve(app: &TestApp, device: DeviceId) {
    settle(app, device, Standing::Active).await;
}

/// Gives a device of Northwind another standing.
pub async fn settle(app: &TestApp, id: DeviceId, standing: Standing) {
    use device::{Column, Entity};
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let settled = writing.update::<Entity>(Column::Id.eq(id.0), [(Column::Standing, Expr::value(standing.word()))]).await.expect("updated");
    assert_eq!(settled, 1);
    writing.commit().await.expect("kept");
}

//! What the database itself promises: tenants apart, clean connections, no lost or refused writes.

use std::collections::BTreeSet;

use domain::{Refusal, ids::ClientId};
use foundation::{Failure, clients::rows::client, devices::DEMO};
use sea_orm::{ColumnTrait, Set};

use crate::harness::{JOB, TestApp};

#[test]
fn every_table_is_a_tenants_or_on_the_short_list() {
    let platform = ["installation", "tenants", "hosts", "operators", "operator_sessions", "operator_attempts", "job_lanes"];
    for part in migrations::statements() {
        let owned: BTreeSet<&str> = migrations::tenant_tables(part).collect();
        let all = part.split("create table ").skip(1).filter_map(|text| text.split_whitespace().next());
        for table in all {
            assert!(owned.contains(table) || platform.contains(&table), "{table} has no tenant first in its key");
        }
        for statement in part.split(";\n").filter(|statement| owned.iter().any(|table| statement.contains(&format!("create table {table} ")))) {
            assert!(statement.contains("tenant_id {uuid} not null"), "{statement}");
            for line in statement.lines().filter(|line| line.trim_start().starts_with("unique") || line.contains("foreign key") || line.contains(" unique")) {
                assert!(line.contains("(tenant_id"), "{line} does not start with the tenant");
            }
        }
        let of_platform = |line: &str| platform.iter().any(|table| line.contains(&format!(" on {table} ")));
        for line in part.lines().filter(|line| line.starts_with("create index") && !of_platform(line)) {
            assert!(line.contains("(tenant_id"), "{line} does not start with the tenant");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_goes_to_the_tenant_that_was_entered() {
    let app = TestApp::start().await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let id: ClientId = foundation::fresh_id();
    let planted = client::ActiveModel { tenant_id: Set(app.bluefin.0), id: Set(id.0), name: Set("Planted".into()), created_at: Set(0), ..Default::default() };
    writing.insert(planted).await.expect("inserted");
    writing.commit().await.expect("kept");
    let found = |names: Vec<client::Model>| names.into_iter().any(|row| row.name == "Planted");
    assert!(found(app.inside(app.northwind).await.clients().await.expect("clients")));
    assert!(!found(app.inside(app.bluefin).await.clients().await.expect("clients")));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_stop_at_the_tenant() {
    let app = TestApp::start().await;
    let before = app.inside(app.bluefin).await.clients().await.expect("clients");
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let everything = sea_orm::Condition::all();
    let changed = writing.update::<client::Entity>(everything, [(client::Column::CreatedAt, sea_orm::prelude::Expr::value(7i64))]).await.expect("updated");
    assert_eq!(changed, writing.clients().await.expect("clients").len() as u64);
    let foreign = client::Column::Id.eq(before[0].id);
    assert_eq!(writing.delete::<client::Entity>(foreign).await.expect("asked"), 0);
    writing.commit().await.expect("kept");
    assert_eq!(app.inside(app.bluefin).await.clients().await.expect("clients"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_of_another_tenant_is_not_found() {
    let app = TestApp::start().await;
    let foreign = app.device_of(app.bluefin, "Halden & Voss").await;
    let answer = app.inside(app.northwind).await.device(foreign).await;
    assert!(matches!(answer, Err(Failure::Refused(Refusal::NotFound))));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_demo_may_seed() {
    let app = TestApp::start().await;
    let tenant = app.database().enter(&JOB, app.northwind).await.expect("entered");
    let writing = tenant.writing().await.expect("writing");
    assert!(matches!(writing.seed_shift(1).await, Err(Failure::Refused(Refusal::Forbidden(_)))));
    drop(writing);
    let demo = app.database().enter(&DEMO, app.northwind).await.expect("entered").writing().await.expect("writing");
    assert!(demo.seed_shift(0).await.is_ok());
}

/// Sixteen writers that read first, as services do: none meets a locked database.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_are_all_served() {
    let app = TestApp::start().await;
    let writers: Vec<_> = (0..16)
        .map(|writer| {
            let (database, tenant, clock) = (app.database().clone(), app.northwind, app.clock.clone());
            tokio::spawn(async move {
                for n in 0..8 {
                    let writing = database.enter(&JOB, tenant).await.expect("entered").writing().await.expect("writing");
                    writing.client_named(&format!("W{writer}-{n}"), clock.now()).await.expect("made");
                    writing.commit().await.expect("kept");
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("no writer fails");
    }
    let made = app.inside(app.northwind).await.clients().await.expect("clients").into_iter().filter(|row| row.name.starts_with('W')).count();
    assert_eq!(made, 128);
}

/// Requests that are dropped at any moment leave nothing behind for the next one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn dropped_work_leaves_connections_clean() {
    let app = TestApp::start().await;
    for n in 0..200u64 {
        let (database, tenant) = (app.database().clone(), app.northwind);
        let work = async move {
            let writing = database.enter(&JOB, tenant).await?.writing().await?;
            writing.client_named("Dropped", domain::Moment(0)).await?;
            tokio::task::yield_now().await;
            Ok::<_, Failure>(())
        };
        drop(tokio::time::timeout(std::time::Duration::from_micros(n * 37), work).await);
    }
    let tenant = app.inside(app.bluefin).await;
    assert!(!tenant.clients().await.expect("clients").is_empty());
    let names = app.inside(app.northwind).await.clients().await.expect("clients");
    assert!(names.iter().all(|row| row.name != "Dropped"), "nothing that was not committed is there");
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    writing.client_named("Kept", domain::Moment(0)).await.expect("made");
    writing.commit().await.expect("kept");
}

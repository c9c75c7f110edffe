//! The queue against a model, with workers that die at every step; then turns, priorities and parking.

mod model;

use domain::{
    Moment,
    ids::TenantId,
    jobs::{LEASE, Priority, TRIES},
};
use foundation::jobs::{Actor, Work};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, TestRunner},
};

use self::model::{Model, steps};
use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_done_twice_however_workers_die() {
    let app = TestApp::start().await;
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(48) });
    for round in 0..48 {
        let steps = steps().new_tree(&mut runner).expect("steps").current();
        let mut model = Model::new(&app, round);
        let told = format!("{steps:?}");
        let run = tokio::spawn(async move {
            for step in steps {
                model.step(step).await;
            }
            model.check().await;
        });
        run.await.unwrap_or_else(|panic| panic!("{panic} after {told}"));
    }
}

/// Asks for `n` jobs of one priority at a tenant.
async fn ask(app: &TestApp, tenant: TenantId, n: usize, priority: Priority) {
    let writing = app.inside(tenant).await.writing().await.expect("writing");
    for n in 0..n {
        writing
            .enqueue(Work { kind: "turns", subject: format!("{priority:?}-{n}"), priority, at: Moment(1), by: Actor::Platform }, Moment(1))
            .await
            .expect("asked");
    }
    writing.commit().await.expect("kept");
}

async fn taken(app: &TestApp, fair: bool) -> (TenantId, String) {
    let claim = app.database().claim_job(app.clock.now(), fair).await.expect("asked").expect("a job");
    (claim.tenant, claim.subject)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tenant_with_much_work_takes_no_turn_of_another() {
    let app = TestApp::start().await;
    ask(&app, app.northwind, 200, Priority::Normal).await;
    ask(&app, app.bluefin, 2, Priority::Normal).await;
    let mut turns = Vec::new();
    for _ in 0..4 {
        turns.push(taken(&app, false).await.0);
        app.clock.advance(1);
    }
    assert_eq!(turns.iter().filter(|tenant| **tenant == app.bluefin).count(), 2, "{turns:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_urgent_goes_first_and_nothing_waits_for_ever() {
    let app = TestApp::start().await;
    ask(&app, app.northwind, 3, Priority::Low).await;
    app.clock.advance(1);
    ask(&app, app.bluefin, 3, Priority::Urgent).await;
    assert_eq!(taken(&app, false).await.0, app.bluefin);
    app.clock.advance(1);
    assert_eq!(taken(&app, true).await.0, app.northwind, "in a fair round the one that waited longest");
    app.clock.advance(1);
    assert_eq!(taken(&app, false).await.0, app.bluefin);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_never_ends_is_parked_and_can_be_tried_again() {
    let app = TestApp::start().await;
    let (database, console) = (app.database().clone(), app.database().console());
    ask(&app, app.northwind, 1, Priority::Normal).await;
    for _ in 0..TRIES {
        assert!(database.claim_job(app.clock.now(), false).await.expect("asked").is_some());
        assert!(database.claim_job(app.clock.now(), false).await.expect("asked").is_none(), "it is taken");
        app.clock.advance(LEASE + 1);
    }
    assert!(database.claim_job(app.clock.now(), false).await.expect("asked").is_none());
    assert!(!database.has_jobs(app.clock.now()).await.expect("asked"));
    assert_eq!(console.tenants_with_parked_jobs().await.expect("asked"), vec![(app.northwind, 1)]);
    let parked = app.inside(app.northwind).await.parked_jobs().await.expect("asked");
    assert_eq!((parked.len(), parked[0].tried, parked[0].error.as_str()), (1, TRIES, "it was begun 8 times and never ended"));
    assert!(app.inside(app.bluefin).await.parked_jobs().await.expect("asked").is_empty());

    let mut operator = app.operator().await;
    let page = operator.get("/jobs").await;
    assert!(page.status == 200 && page.body.contains("Northwind IT") && page.body.contains("never ended") && !page.body.contains("Bluefin"));
    let path = |tenant: TenantId| format!("/jobs/{tenant}/{}/retry", parked[0].id.simple());
    assert_eq!(operator.post(&path(app.bluefin), &[]).await.status, 404, "at another tenant there is no such job");

    let writing = app.inside(app.bluefin).await.writing().await.expect("writing");
    assert!(!writing.settle_parked_job(parked[0].id, true, app.clock.now()).await.expect("asked"), "another tenant's is not there");
    drop(writing);
    assert_eq!(operator.post(&path(app.northwind), &[]).await.status, 303);
    assert_eq!(operator.post(&path(app.northwind), &[]).await.status, 404, "it is tried already");
    assert_eq!(console.tenants_with_parked_jobs().await.expect("asked"), vec![]);
    let claim = database.claim_job(app.clock.now(), false).await.expect("asked").expect("again");
    assert_eq!(claim.tried, 1);
    database.return_job(&claim, "no such thing", None).await.expect("parked");
    assert_eq!(app.inside(app.northwind).await.parked_jobs().await.expect("asked")[0].error, "no such thing");
}

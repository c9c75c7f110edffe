//! When windows are looked at: at the walls of their zone's clocks, and however workers die.

use domain::{
    Moment,
    alerts::sample::UnitState,
    ids::WindowId,
    jobs::LEASE,
    time::{HOUR, MINUTE},
    windows::{Day, Days, Rhythm, Scope, Window},
};
use foundation::{
    jobs::rows::job,
    windows::{Scoped, WINDOW_BEGINS, WINDOW_ENDS},
};
use sea_orm::{ColumnTrait, ExprTrait};

use super::work_off;
use crate::{
    alerts::{Watched, unit, well},
    harness::{JOB, TestApp},
};

fn at(text: &str) -> Moment {
    Moment(text.parse::<jiff::Timestamp>().expect(text).as_millisecond())
}

/// When the job of this kind about `id` is due.
async fn due(app: &TestApp, kind: &str, id: WindowId) -> Option<i64> {
    let inside = app.inside(app.northwind).await;
    let mine = ExprTrait::and(job::Column::Kind.eq(kind), job::Column::Subject.eq(id.to_string()));
    inside.find::<job::Entity>().filter(mine).one().await.expect("asked").and_then(|row| row.due_at)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weekly_window_follows_the_clocks_of_its_zone_through_a_change() {
    let app = TestApp::start().await;
    let rhythm = Rhythm::Weekly { days: Days::from([Day::Saturday]), start: 22 * 60, minutes: 360 };
    let window = Window { name: "Night".into(), zone: "Europe/Berlin".into(), rhythm, scope: Scope::Tenant, suppresses_alerts: true, patching: false };
    let writing = app.database().enter(&JOB, app.northwind).await.expect("entered").writing().await.expect("writing");
    let id = writing.add_window(&Scoped { window, client: None }, at("2027-03-22T12:00:00Z")).await.expect("planned");
    writing.commit().await.expect("kept");
    // The clocks go from 2:00 to 3:00 in the night of the 27th of March, so that this one is an hour shorter.
    for (look, kind, next) in [
        ("2027-03-22T12:00:00Z", WINDOW_BEGINS, "2027-03-27T21:00:00Z"),
        ("2027-03-27T21:00:00Z", WINDOW_ENDS, "2027-03-28T02:00:00Z"),
        ("2027-03-28T03:00:00Z", WINDOW_BEGINS, "2027-04-03T20:00:00Z"),
        ("2027-04-03T20:00:00Z", WINDOW_ENDS, "2027-04-04T02:00:00Z"),
    ] {
        let inside = app.database().enter(&JOB, app.northwind).await.expect("entered");
        forget(&app, id).await;
        let writing = inside.writing().await.expect("writing");
        writing.settle_window(id, at(look)).await.expect("settled");
        writing.commit().await.expect("kept");
        assert_eq!(due(&app, kind, id).await, Some(at(next).0), "{look}");
    }
}

/// As if the jobs about the window had been done.
async fn forget(app: &TestApp, id: WindowId) {
    let writing = app.database().enter(&JOB, app.northwind).await.expect("entered").writing().await.expect("writing");
    writing.delete::<job::Entity>(job::Column::Subject.eq(id.to_string())).await.expect("deleted");
    writing.commit().await.expect("kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_the_beginning_or_the_end_leaves_nothing_half_done() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "killed").await;
    watched.measures_for(&app, &unit(well(), "backup.service", UnitState::Failed), 30).await;
    work_off(&app).await;
    let raised = watched.alerts(&app, "open").await;
    let mut owner = app.owner().await;
    assert_eq!(owner.post(&format!("/devices/{}/maintenance", watched.device()), &[("hours", "1")]).await.status, 303);
    for (before, after, then) in [("open", "suppressed", HOUR), ("suppressed", "open", 2 * MINUTE)] {
        let claim = app.database().claim_job(app.clock.now(), false).await.expect("asked").expect("the job");
        let dying = app.database().enter(&JOB, app.northwind).await.expect("entered").writing().await.expect("writing");
        dying.settle_window(claim.subject.parse().expect("a window"), app.clock.now()).await.expect("settled");
        drop(dying);
        assert_eq!(watched.alerts(&app, before).await, raised, "what was not kept did not happen");
        app.clock.advance(LEASE + MINUTE);
        work_off(&app).await;
        assert_eq!(watched.alerts(&app, after).await, raised);
        assert!(portico::jobs::work::done(&app.app, &claim).await.is_err(), "the one that comes back late is too late");
        app.clock.advance(then);
    }
    work_off(&app).await;
    assert_eq!(watched.alerts(&app, "open").await, raised, "looking once more changes nothing");
}

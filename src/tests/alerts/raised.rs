//! From what an agent measures to an alert, and from an alert to its end by itself.

use domain::{
    alerts::{Sample, sample::UnitState},
    time::MINUTE,
};

use super::{Watched, free, unit, well};
use crate::{
    agents::words,
    harness::{BLUEFIN, TestApp},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_raised_once_and_resolves_by_itself() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "full").await;
    assert_eq!(watched.alerts(&app, "open").await, Vec::<String>::new(), "nothing is wrong yet");
    watched.measures_for(&app, &free(well(), 40), 40).await;
    let raised = watched.alerts(&app, "open").await;
    assert!(!raised.is_empty(), "96 % full is raised");
    watched.measures_for(&app, &free(well(), 30), 20).await;
    assert_eq!(watched.alerts(&app, "open").await, raised, "and only once");
    let page = words(&app.owner().await.get(&raised[0]).await.body);
    assert!(page.contains("Disk") && page.contains("raised"), "{page}");
    watched.measures_for(&app, &well(), 60).await;
    assert_eq!(watched.alerts(&app, "open").await, Vec::<String>::new(), "it resolves by itself");
    let page = words(&app.owner().await.get(&raised[0]).await.body);
    assert!(page.contains("Resolved by itself"), "{page}");
    watched.measures_for(&app, &free(well(), 40), 40).await;
    let again = watched.alerts(&app, "open").await;
    assert!(!again.is_empty() && again != raised, "what comes back is a new alert");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_service_is_seen_by_its_own_people_only() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "service").await;
    watched.measures_for(&app, &unit(well(), "lab-front.service", UnitState::Failed), 30).await;
    let raised = watched.alerts(&app, "open").await;
    assert_eq!(raised.len(), 1);
    assert!(words(&app.owner().await.get(&format!("/devices/{}/alerts", watched.device())).await.body).contains("lab-front.service"));
    assert!(words(&app.owner().await.get("/alerts?q=LAB-FRONT").await.body).contains("lab-front.service"), "it is found by what it is about");
    for (who, mut browser) in [("scoped", app.scoped().await), ("other tenant", app.signed_in(BLUEFIN, "owner@bluefin.example").await)] {
        assert_eq!(browser.get(&raised[0]).await.status, 404, "{who}");
        let list = browser.get("/alerts?show=all").await;
        assert!(list.status == 200 && !list.body.contains("lab-front.service"), "{who}");
        let act = browser.post(&format!("{}/dismissal", raised[0]), &[]).await;
        assert_eq!(act.status, 404, "{who}");
    }
    assert_eq!(app.contact().await.get("/alerts").await.status, 403);
    watched.measures(&app, Sample { services: None, ..well() }).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1, "what is unknown resolves nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn measurements_that_cannot_be_raise_nothing_and_break_nothing() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "liar").await;
    let evil = "</script><script>alert(1)</script>";
    let mut hostile = unit(free(well(), u64::MAX), evil, UnitState::Failed);
    hostile.cpu_percent = Some(1e300);
    hostile.memory_percent = Some(-5.0);
    watched.measures_for(&app, &hostile, 60).await;
    let open = watched.alerts(&app, "open").await;
    assert!(open.len() <= 1, "only the unit's name could be true: {open:?}");
    for page in ["/alerts".to_owned(), format!("/devices/{}/alerts", watched.device()), format!("/devices/{}/policy", watched.device())] {
        let answer = app.owner().await.get(&page).await;
        assert!(answer.status == 200 && !answer.body.contains("<script>alert"), "{page}");
    }
    let many = (0..2_000).map(|n| domain::alerts::sample::Unit { name: format!("u{n}.service"), state: UnitState::Failed }).collect();
    let many = Sample { services: Some(domain::alerts::sample::Services::Listed { units: many }), ..well() };
    watched.measures_for(&app, &many, 30).await;
    let page = app.owner().await.get(&format!("/alerts?device={}", watched.device())).await;
    assert_eq!(page.status, 200);
    let inside = app.inside(app.northwind).await;
    let device = inside.device(watched.device()).await.expect("the device");
    assert!(inside.tracks(&device).await.expect("tracks").len() <= 600, "what one device can raise is bounded");
    app.clock.advance(MINUTE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_is_swept_after_400_days_and_what_is_open_is_kept() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "swept").await;
    watched.measures_for(&app, &free(well(), 20), 30).await;
    watched.measures_for(&app, &well(), 60).await;
    let over = watched.alerts(&app, "resolved").await.remove(0);
    app.clock.advance(390 * domain::time::DAY);
    watched.measures_for(&app, &free(well(), 20), 30).await;
    let open = watched.alerts(&app, "open").await.remove(0);
    for (days, status) in [(0, 200), (390, 404)] {
        app.clock.advance(days * domain::time::DAY);
        portico::jobs::sweep::sweep(&app.app).await.expect("swept");
        let mut owner = app.owner().await;
        assert_eq!((owner.get(&over).await.status, owner.get(&open).await.status), (status, 200), "after {days} more days");
    }
}

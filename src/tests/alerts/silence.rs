//! Devices that say nothing are noticed by the clock, and only while the server could have heard them.

use domain::{alerts::Key, alerts::Kind, time::MINUTE};
use portico::jobs;

use super::Watched;
use crate::{agents::words, commands::eventually, harness::TestApp};

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_device_is_raised_and_its_return_resolves_it() {
    let app = TestApp::start().await;
    let mut watched = Watched::enrol(&app, "silent").await;
    portico::jobs::sweep::sweep(&app.app).await.expect("swept");
    let running = jobs::start(&app.app).await.expect("jobs");
    app.clock.advance(9 * MINUTE);
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    assert!(watched.alerts(&app, "open").await.is_empty(), "nine minutes are no silence yet");
    app.clock.advance(3 * MINUTE);
    eventually("silence is noticed", || async { !watched.alerts(&app, "open").await.is_empty() }).await;
    let raised = watched.alerts(&app, "open").await;
    assert_eq!(raised.len(), 1);
    assert!(words(&app.owner().await.get(&raised[0]).await.body).contains("Not seen for 10 min"));
    watched.measures_for(&app, &super::well(), 10).await;
    eventually("its return resolves it", || async { watched.alerts(&app, "open").await.is_empty() }).await;
    running.stop().await;
}

/// The track of a device's silence.
async fn track(app: &TestApp, watched: &Watched) -> Option<domain::alerts::Track> {
    let inside = app.inside(app.northwind).await;
    let device = inside.device(watched.device()).await.expect("the device");
    inside.tracks(&device).await.expect("tracks").remove(&Key::general(Kind::NotSeen))
}

/// Looks for silent devices until there are no more; says how often that took.
async fn look(app: &TestApp) -> usize {
    for rounds in 1..20 {
        let writing = app.inside(app.northwind).await.writing().await.expect("writing");
        let more = writing.watch_silences(domain::Moment(0), app.clock.now()).await.expect("looked");
        writing.commit().await.expect("kept");
        if !more {
            return rounds;
        }
    }
    panic!("it never ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_that_somebody_resolved_is_left_alone_until_it_lasted_again() {
    let app = TestApp::start().await;
    let watched = Watched::enrol(&app, "silent").await;
    app.clock.advance(20 * MINUTE);
    look(&app).await;
    let raised = watched.alerts(&app, "open").await;
    assert_eq!(raised.len(), 1);
    assert_eq!(app.owner().await.post(&format!("{}/resolution", raised[0]), &[]).await.status, 303);
    let resolved = track(&app, &watched).await;
    app.clock.advance(5 * MINUTE);
    assert_eq!(look(&app).await, 1);
    assert_eq!(track(&app, &watched).await, resolved, "it was not even looked at");
    assert!(watched.alerts(&app, "open").await.is_empty());
    app.clock.advance(6 * MINUTE);
    look(&app).await;
    assert_eq!(watched.alerts(&app, "open").await.len(), 1, "it lasts, so it is raised again");
}

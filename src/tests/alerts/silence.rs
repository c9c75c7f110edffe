//! Devices that say nothing are noticed by the clock, and only while the server could have heard them.

use domain::time::MINUTE;
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

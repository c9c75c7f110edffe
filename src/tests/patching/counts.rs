//! The kept counts are what a count from scratch gives, after any series of changes.

use std::collections::BTreeMap;

use domain::devices::{report::Updates, status::Standing};
use foundation::patching::PairFilter;
use rand::{Rng, SeedableRng, rngs::StdRng};

use super::{CLIENT, Patched};
use crate::harness::TestApp;

pub type Counts = BTreeMap<(String, String, String, i16, i64, i64), (i64, i64)>;

pub async fn kept(app: &TestApp) -> Counts {
    let rows = app.inside(app.northwind).await.update_counts().await.expect("counts");
    rows.into_iter()
        .map(|row| ((row.client_id.to_string(), row.update_id.to_string(), row.presence, row.known, row.since_at, row.security_at), (row.devices, row.failed)))
        .collect()
}

pub async fn scratch(app: &TestApp) -> Counts {
    let rows = app.inside(app.northwind).await.pair_rows(&PairFilter::default(), None, 100_000).await.expect("rows");
    let mut counts = Counts::new();
    for row in rows {
        let known = match row.trust {
            1 => 1,
            2 => i16::from(row.presence == "installed"),
            _ => 0,
        };
        let failed = i64::from(row.failed_class.is_some() && row.presence == "needed");
        let of = counts.entry((row.client_id.to_string(), row.update_id.to_string(), row.presence, known, row.since_at, row.security_at)).or_default();
        *of = (of.0 + 1, of.1 + failed);
    }
    counts
}

#[tokio::test(flavor = "multi_thread")]
async fn any_series_of_changes_is_counted() {
    let app = TestApp::start().await;
    let mut random = StdRng::seed_from_u64(4);
    let mut devices = Vec::new();
    for (client, name) in [(CLIENT, "one"), (CLIENT, "two"), ("Castell Legal", "three")] {
        devices.push(Patched::enrol(&app, client, name).await);
    }
    for step in 0..60 {
        let at = random.random_range(0..devices.len());
        let device = &mut devices[at];
        let id = device.hand.0.device;
        let writing = app.inside(app.northwind).await.writing().await.expect("writing");
        let seen = writing.device_to_change(id).await.expect("the device");
        let active = seen.row.standing == "active";
        match random.random_range(0..8) {
            0 => writing.settle_device(&seen, if active { Standing::Retired } else { Standing::Active }).await.expect("settled"),
            1 if active => {
                drop(writing.commit().await);
                device.report.updates = Some(Updates::Unknown { reason: "no lists".into() });
                device.again(&app).await;
                continue;
            }
            2 => {
                app.clock.advance(random.random_range(1..8) * domain::time::DAY);
                let targets = domain::patching::Targets::default();
                while writing.note_silent_devices(targets, app.clock.now()).await.expect("looked") {}
            }
            _ if active => {
                drop(writing.commit().await);
                let (a, b) = (random.random_range(0..3), random.random_range(0..3));
                let version = |n: i32| format!("3.{n}");
                let mut updates = Vec::new();
                let (have, offer) = (version(a), version(a + b));
                if b > 0 {
                    updates.push(("openssl", have.as_str(), offer.as_str(), Some(true)));
                }
                device.has(&app, &[("openssl", &have), ("vim", "9.0")], &updates).await;
                assert_eq!(kept(&app).await, scratch(&app).await, "step {step}");
                continue;
            }
            _ => {}
        }
        writing.commit().await.expect("kept");
        assert_eq!(kept(&app).await, scratch(&app).await, "step {step}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_counted_as_its_rows_are() {
    let app = TestApp::start_with_updates().await;
    assert!(!kept(&app).await.is_empty(), "the demo's devices need updates");
    assert_eq!(kept(&app).await, scratch(&app).await);
    let mut owner = app.owner().await;
    let runs = owner.get("/patching/runs").await;
    for title in ["Security updates, first week", "Security updates, second week", "Servers that were left out"] {
        assert!(super::says(&runs, title), "{title}");
    }
    assert!(super::says(&owner.get("/patching/updates?decided=declined").await, "Declined"));
    assert!(super::says(&owner.get("/patching").await, "past due"));
}

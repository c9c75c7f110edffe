//! The counts follow every report and every act.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{Machine, bring_back, counts, deb, delete, move_to, retire};
use crate::harness::TestApp;

const CLIENT: &str = "Harbour Street Lab";

/// Devices that have `name`, by version; the empty version is any.
async fn of(app: &TestApp, name: &str) -> Vec<(String, i64)> {
    counts(app).await.into_iter().filter(|row| row.name == name).map(|row| (row.version, row.devices)).collect()
}

fn rows(rows: &[(&str, i64)]) -> Vec<(String, i64)> {
    rows.iter().map(|(version, devices)| ((*version).to_owned(), *devices)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn reports_upgrades_removals_and_retirement_are_counted() {
    let app = TestApp::start().await;
    let before = counts(&app).await;
    assert!(!before.is_empty(), "the demo is counted");
    let (mut one, mut two) = (Machine::new(&app, CLIENT, "one").await, Machine::new(&app, CLIENT, "two").await);
    one.has(&app, vec![deb("libportico", "1.0-1"), deb("bash", "5.2")]).await;
    two.has(&app, vec![deb("libportico", "1.0-1"), deb("bash", "5.2")]).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 2), ("1.0-1", 2)]));
    two.has(&app, vec![deb("libportico", "1.0-1"), deb("bash", "5.2")]).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 2), ("1.0-1", 2)]), "the same again changes nothing");

    one.has(&app, vec![deb("libportico", "1.1-1"), deb("bash", "5.2")]).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 2), ("1.0-1", 1), ("1.1-1", 1)]), "an upgrade");
    one.has(&app, vec![deb("libportico", "1.1-1"), deb("libportico", "1.2-1"), deb("bash", "5.2")]).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 2), ("1.0-1", 1), ("1.1-1", 1), ("1.2-1", 1)]), "two versions are one device");
    one.has(&app, vec![deb("bash", "5.2")]).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 1), ("1.0-1", 1)]), "a removal");

    retire(&app, two.id()).await;
    assert_eq!(of(&app, "libportico").await, rows(&[]), "retired devices count nowhere");
    retire(&app, two.id()).await;
    bring_back(&app, two.id()).await;
    assert_eq!(of(&app, "libportico").await, rows(&[("", 1), ("1.0-1", 1)]), "and count again when they return");
    delete(&app, two.id()).await;
    delete(&app, one.id()).await;
    assert_eq!(counts(&app).await, before, "nothing is left of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_are_a_full_recount_after_any_series_of_changes() {
    let app = TestApp::start().await;
    let mut random = StdRng::seed_from_u64(20_261_121);
    let clients = app.inside(app.northwind).await.clients().await.expect("clients");
    let mut machines = Vec::new();
    for n in 0..5 {
        machines.push(Machine::new(&app, &clients[n % 2].name, &format!("random-{n}")).await);
    }
    let (mut retired, mut moved) = ([false; 5], false);
    for _ in 0..60 {
        let at = random.random_range(0..machines.len());
        let id = machines[at].id();
        match random.random_range(0..10) {
            0 if retired[at] => (retired[at], ()) = (false, bring_back(&app, id).await),
            0 => (retired[at], ()) = (true, retire(&app, id).await),
            1 => {
                let to = clients.choose(&mut random).expect("a client").id;
                move_to(&app, id, to.into()).await;
                moved = true;
            }
            _ if retired[at] => {}
            _ => {
                let names = ["bash", "libportico", "openssl", "zlib", "a%b"];
                let has = |random: &mut StdRng| names.map(|name| deb(name, ["1", "2", "", "1:0"][random.random_range(0..4)]));
                let mut packages: Vec<_> = [has(&mut random), has(&mut random)].concat();
                packages.retain(|_| random.random_bool(0.5));
                machines[at].has(&app, packages).await;
            }
        }
    }
    assert!(moved && retired.contains(&true), "the series held every kind of change");
    let kept = counts(&app).await;
    assert!(kept.iter().all(|row| row.devices > 0));
    let writing = super::writing(&app).await;
    assert!(!writing.count_software_once().await.expect("asked"), "what is counted is not counted again");
    writing.recount_software().await.expect("recounted");
    writing.commit().await.expect("kept");
    assert_eq!(counts(&app).await, kept);
}

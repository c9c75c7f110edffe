//! Each figure is the number of its rows, whatever was decided and for whom; and what devices say of updates moves nobody else's figures
//! by itself.

use std::collections::BTreeMap;

use domain::{
    ids::ClientId,
    patching::{Bucket, Class, Tally, query::PairsQuery},
    time::DAY,
};
use foundation::patching::PairFilter;
use portico::service::patching::{export_pairs, figures};

use super::{
    CLIENT, Patched,
    counts::{kept, scratch},
    says, update, update_id,
};
use crate::{
    agents::words,
    harness::{Browser, TestApp},
};

type Figures = BTreeMap<(ClientId, Class), Tally>;

async fn from_figures(app: &TestApp) -> Figures {
    let groups = figures(&app.inside(app.northwind).await, app.clock.now()).await.expect("figures");
    let clients = groups.by_client().into_keys();
    let all = clients.flat_map(|client| Class::ALL.map(|class| ((client, class), groups.of(client, class))));
    all.map(|(of, tally)| (of, Tally { failed: 0, ..tally })).filter(|(_, tally)| tally.total() > 0).collect()
}

async fn from_rows(app: &TestApp) -> Figures {
    let lines = export_pairs(&app.inside(app.northwind).await, &PairsQuery::default(), app.clock.now(), 1_000_000).await.expect("rows");
    let mut all = Figures::new();
    for line in lines {
        let one = |bucket: Bucket| u64::from(line.bucket == Some(bucket));
        *all.entry((line.client.0, line.class)).or_default() += Tally {
            installed: one(Bucket::Installed),
            missing: one(Bucket::Missing),
            early: one(Bucket::Early),
            not_due: one(Bucket::NotDue),
            deferred: one(Bucket::Deferred),
            excluded: one(Bucket::Excluded),
            unknown: one(Bucket::Unknown),
            ..Tally::default()
        };
    }
    all
}

/// What each part of the figure over all opens is as long as it says.
async fn each_opens_its_rows(app: &TestApp) {
    let (tenant, now) = (app.inside(app.northwind).await, app.clock.now());
    let (total, _) = figures(&tenant, now).await.expect("figures").total();
    for bucket in Bucket::ALL {
        let query = PairsQuery { counts: Some(bucket), ..PairsQuery::default() };
        let rows = export_pairs(&tenant, &query, now, 1_000_000).await.expect("rows");
        assert_eq!(rows.len() as u64, total.of(bucket), "{bucket:?}");
    }
}

async fn decide(owner: &mut Browser, update: &str, place: &str, verdict: &[(&str, &str)]) {
    let fields: Vec<(&str, &str)> = verdict.iter().copied().chain([("shown", "")]).collect();
    let answer = owner.post(&format!("/patching/updates/{update}/decisions/{place}"), &fields).await;
    assert_eq!(answer.status, 303, "{place} {}", words(&answer.body));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_figure_is_the_number_of_its_rows_whatever_is_decided() {
    let app = TestApp::start_with_updates().await;
    let mut owner = app.owner().await;
    assert_eq!(from_figures(&app).await, from_rows(&app).await, "the demo's own decisions");
    each_opens_its_rows(&app).await;
    let rows = app.inside(app.northwind).await.pair_rows(&PairFilter { presence: Some("needed"), ..PairFilter::default() }, None, 5_000).await.expect("rows");
    let decline = [("verdict", "decline"), ("note", "breaks it")];
    let later = [("verdict", "defer"), ("until", "2027-11-01"), ("note", "")];
    let mut decided = std::collections::BTreeSet::new();
    for (n, row) in rows.iter().step_by(rows.len() / 24 + 1).enumerate() {
        let (update, client) = (domain::ids::UpdateId(row.update_id).to_string(), ClientId(row.client_id).to_string());
        let place = if n % 2 == 0 { client } else { domain::ids::DeviceId(row.id).to_string() };
        if decided.insert((update.clone(), place.clone())) {
            decide(&mut owner, &update, &place, if n % 3 == 0 { &decline } else { &later }).await;
        }
    }
    assert_eq!(from_figures(&app).await, from_rows(&app).await, "clients and devices with decisions of their own");
    let client = ClientId(rows[0].client_id).to_string();
    for (n, (kind, names, place)) in [("never", "lib*", client.as_str()), ("never", "open* linux*", "tenant")].into_iter().enumerate() {
        let revision = n.to_string();
        let answer = owner.post("/patching/rules", &[("kind", kind), ("names", names), ("place", place), ("revision", &revision)]).await;
        assert_eq!(answer.status, 303, "{}", words(&answer.body));
    }
    let ruled = from_figures(&app).await;
    assert_eq!(ruled, from_rows(&app).await, "a client with a rule of its own");
    assert!(ruled.values().any(|tally| tally.excluded > 0) && ruled.values().any(|tally| tally.deferred > 0), "{ruled:?}");
    app.clock.advance(40 * DAY);
    assert_eq!(from_figures(&app).await, from_rows(&app).await, "when all is due");
    each_opens_its_rows(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_device_that_cries_wolf_moves_nobody_elses_figures() {
    let app = TestApp::start().await;
    let mut devices = Vec::new();
    for name in ["first", "second", "third"] {
        devices.push(Patched::enrol(&app, CLIENT, name).await);
    }
    let has = [("openssl", "3.0.17"), ("vim", "9.0")];
    let vim = |security| [("vim", "9.0", "9.1", security)];
    let owed = async || {
        let rows = app.inside(app.northwind).await.pair_rows(&PairFilter { presence: Some("needed"), ..PairFilter::default() }, None, 100).await.expect("rows");
        rows.iter().map(|row| (row.hostname.clone(), row.security_at > 0)).collect::<Vec<_>>()
    };
    for device in &mut devices {
        device.has(&app, &has, &vim(Some(false))).await;
    }
    devices[0].has(&app, &has, &vim(Some(true))).await;
    let mut owner = app.owner().await;
    assert!(says(&owner.get("/patching/updates?q=vim").await, "Security"), "who warns is believed");
    let alone = owed().await;
    assert!(alone.iter().all(|(name, security)| *security == name.starts_with("first")), "{alone:?}");
    devices[0].has(&app, &[("openssl", "3.0.17"), ("vim", "9.0"), ("tar", "1")], &vim(Some(true))).await;
    assert_eq!(owed().await, alone, "the same device twice is one");
    devices[1].has(&app, &has, &vim(Some(true))).await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    while writing.spread_security(app.clock.now()).await.expect("spread") {}
    writing.commit().await.expect("kept");
    let all = owed().await;
    assert!(all.len() == 3 && all.iter().all(|(_, security)| *security), "{all:?}");
    assert_eq!(kept(&app).await, scratch(&app).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_package_lists_are_no_knowledge() {
    let app = TestApp::start().await;
    let mut device = Patched::enrol(&app, CLIENT, "stale").await;
    app.clock.advance(8 * DAY);
    device.again(&app).await;
    let mut owner = app.owner().await;
    assert!(says(&owner.get(&device.page()).await, "are more than 7 days old"));
    assert_eq!(owner.get("/patching/devices/export?counts=unknown").await.body.lines().count(), 3);
    assert_eq!(kept(&app).await, scratch(&app).await);
    device.has(&app, &[("openssl", "3.0.17"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    assert_eq!(owner.get("/patching/devices/export?counts=unknown").await.body.lines().count(), 1, "fresh lists are believed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_invents_updates_is_bounded_and_what_nobody_has_is_forgotten() {
    let app = TestApp::start().await;
    let mut device = Patched::enrol(&app, CLIENT, "inventive").await;
    let invented = |from: usize| (from..from + 1_500).map(|n| update("vim", "9.0", &format!("9.{n}"), Some(true))).collect();
    let catalogue = async || app.inside(app.northwind).await.catalogue().await.expect("the catalogue").len();
    for from in [10, 2_000] {
        device.report.updates = Some(domain::devices::report::Updates::Listed { lists_at: Some(app.clock.now()), items: invented(from) });
        device.again(&app).await;
    }
    assert_eq!(catalogue().await, 2_000, "no more from one device in a day");
    assert_eq!(kept(&app).await, scratch(&app).await);
    let sweep = async || {
        let writing = app.inside(app.northwind).await.writing().await.expect("writing");
        writing.sweep_catalogue(app.clock.now()).await.expect("swept");
        writing.commit().await.expect("kept");
    };
    sweep().await;
    device.has(&app, &[("openssl", "3.0.17"), ("vim", "9.0")], &[("vim", "9.0", "9.1", Some(false))]).await;
    sweep().await;
    app.clock.advance(399 * DAY);
    sweep().await;
    assert!(catalogue().await > 1_000, "kept for 400 days");
    app.clock.advance(2 * DAY);
    for _ in 0..5 {
        sweep().await;
    }
    let left: Vec<String> = app.inside(app.northwind).await.catalogue().await.expect("the catalogue").into_iter().map(|row| row.version).collect();
    assert_eq!(left, ["9.1"], "what a device needs stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_decide_about_many_at_once_are_told() {
    let app = TestApp::start().await;
    let (_device, mut owner) = (Patched::enrol(&app, CLIENT, "raced").await, app.owner().await);
    let id = update_id(&mut owner, "vim").await;
    let list = owner.get("/patching/updates").await;
    let shown = format!("{id}@");
    assert!(list.body.contains(&format!("value=\"{shown}\"")), "the list says what it shows");
    let first = owner.post("/patching/updates/decisions", &[("update", &shown), ("verdict", "decline"), ("note", "breaks it")]).await;
    assert_eq!(first.status, 303, "{}", words(&first.body));
    let second = owner.post("/patching/updates/decisions", &[("update", &shown), ("verdict", "approve"), ("note", "")]).await;
    assert_eq!(second.status, 409);
    assert!(words(&second.body).contains("it is declined; you wanted it approved"), "{}", words(&second.body));
    let list = owner.get("/patching/updates").await.body;
    let at = list.find(&shown).expect("the box");
    let now: String = list[at..].chars().take_while(|c| *c != '"').collect();
    assert!(now.len() > shown.len(), "{now}");
    assert_eq!(owner.post("/patching/updates/decisions", &[("update", &now), ("verdict", "approve"), ("note", "")]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_that_become_one_keep_their_decisions_and_count_once() {
    let app = TestApp::start().await;
    let (one, two) = (Patched::enrol(&app, CLIENT, "twin-a").await, Patched::enrol(&app, CLIENT, "twin-b").await);
    let mut owner = app.owner().await;
    let (openssl, vim) = (update_id(&mut owner, "openssl").await, update_id(&mut owner, "vim").await);
    let (kept_id, other_id) = (one.hand.0.device, two.hand.0.device);
    decide(&mut owner, &openssl, &kept_id.to_string(), &[("verdict", "decline"), ("note", "mine stays")]).await;
    decide(&mut owner, &openssl, &other_id.to_string(), &[("verdict", "decline"), ("note", "theirs goes")]).await;
    decide(&mut owner, &vim, &other_id.to_string(), &[("verdict", "decline"), ("note", "theirs comes along")]).await;
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let (stays, goes) = (writing.device_to_change(kept_id).await.expect("one"), writing.device_to_change(other_id).await.expect("the other"));
    writing.merge_devices(&stays, &goes, app.clock.now()).await.expect("merged");
    writing.commit().await.expect("kept");
    assert_eq!(kept(&app).await, scratch(&app).await);
    assert_eq!(from_figures(&app).await, from_rows(&app).await);
    let page = words(&owner.get(&one.page()).await.body);
    assert!(page.contains("mine stays") && page.contains("theirs comes along") && !page.contains("theirs goes"), "{page}");
}

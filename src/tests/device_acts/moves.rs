//! Devices that are moved: by people only, within their reach, and while they report.

use domain::{devices::report::Package, ids::ClientId};

use super::{CLIENT, act, audited, done, lines, place, reporting};
use crate::{
    agents::{Stored, full_report, revoke},
    harness::TestApp,
    inventory::{Foreign, LINUX},
};

const THERE: &str = "Castell Legal";

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_device_is_counted_where_it_is_and_stays_there() {
    let app = TestApp::start().await;
    let (signer, mut owner) = (reporting(&app, "mover").await, app.owner().await);
    let (client, site) = place(&app, THERE).await;
    let mut contact = app.contact().await;
    assert!(lines(&mut contact, "?q=mover").await.is_empty());
    done(&mut owner, signer.device, "site", &[("site", &site)]).await;
    done(&mut owner, signer.device, "site", &[("site", &site)]).await;
    assert_eq!(lines(&mut contact, "?q=mover").await.len(), 1, "its new people see it");
    assert_eq!(lines(&mut owner, &format!("?client={client}&q=mover")).await.len(), 1);
    let (old, _) = place(&app, CLIENT).await;
    assert!(lines(&mut owner, &format!("?client={old}")).await.is_empty());
    assert_eq!(Stored::of(&app, CLIENT).await.check_ins, 1, "past reports stay where they were sent from");
    let before = Stored::of(&app, THERE).await.check_ins;
    signer.report(&app, &full_report(&app, "mover"), 2).await;
    let device = app.inside(app.northwind).await.device(signer.device).await.expect("seen");
    assert_eq!((ClientId(device.row.client_id), Stored::of(&app, THERE).await.check_ins), (client, before + 1));
    // Each side reads of the other only that there is one.
    let page = contact.get(&format!("/devices/{}/history", signer.device)).await.body;
    assert!(page.contains("Moved here by") && !page.contains(CLIENT));
    let moved: Vec<_> = audited(&app, signer.device).await.into_iter().filter(|entry| entry.action == "device moved").collect();
    assert_eq!(moved.len(), 2, "one for each client, and none for the second try");
    assert!(moved.iter().all(|entry| entry.old.as_deref() == Some("another client") || entry.new.as_deref() == Some("another client")));
    assert_eq!(moved.iter().filter_map(|entry| entry.client_id).collect::<Vec<_>>(), [old.0, client.0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_moves_a_device_where_they_may_not_look() {
    let app = TestApp::start().await;
    let mut scoped = app.scoped().await;
    let device = app.device_of(app.northwind, THERE).await;
    let (_, hotel) = place(&app, "Pembroke Hotels").await;
    let foreign = {
        use foundation::clients::rows::site;
        let site = app.inside(app.bluefin).await.find::<site::Entity>().one().await.expect("asked").expect("a site");
        domain::ids::SiteId(site.id).to_string()
    };
    let page = scoped.get(&format!("/devices/{device}/manage")).await.body;
    assert!(page.contains(THERE) && !page.contains("Pembroke Hotels"), "only what is within reach is offered");
    for site in [hotel.as_str(), &foreign, "sit_00000000000000000000000000000001", "", "x"] {
        let answer = act(&mut scoped, device, "site", &[("site", site)]).await;
        assert_eq!(answer.status, 422, "{site}");
        assert!(answer.body.contains("Choose one of the sites in the list."), "{site}");
    }
    let (_, near) = place(&app, "Oakridge Surgery").await;
    done(&mut scoped, device, "site", &[("site", &near)]).await;
    let other = app.device_of(app.northwind, "Pembroke Hotels").await;
    assert_eq!(act(&mut scoped, other, "site", &[("site", &near)]).await.status, 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_device_that_reports_while_it_is_moved_loses_nothing() {
    let app = TestApp::start().await;
    let (signer, owner) = (reporting(&app, "busy").await, app.owner().await);
    let ((there, away), (_, home)) = (place(&app, THERE).await, place(&app, CLIENT).await);
    let before = Stored::of(&app, THERE).await.check_ins + Stored::of(&app, CLIENT).await.check_ins;
    let mover = {
        let (mut owner, device) = (owner.clone(), signer.device);
        tokio::spawn(async move {
            for round in 0..21 {
                let site = if round % 2 == 0 { &away } else { &home };
                assert_eq!(act(&mut owner, device, "site", &[("site", site)]).await.status, 303, "move {round}");
            }
        })
    };
    for sequence in 2..42u64 {
        let mut report = full_report(&app, "busy");
        let package = Package { name: "zz-counter".into(), version: sequence.to_string(), ..Package::default() };
        report.software.as_mut().expect("packages").push(package);
        signer.report(&app, &report, sequence).await;
    }
    mover.await.expect("every move was made");
    let device = app.inside(app.northwind).await.device(signer.device).await.expect("seen");
    assert_eq!(ClientId(device.row.client_id), there, "the last move counts");
    let after = Stored::of(&app, THERE).await.check_ins + Stored::of(&app, CLIENT).await.check_ins;
    assert_eq!(after - before, 40, "each report is counted once, at one of the two");
    let software = app.inside(app.northwind).await.software(&device).await.expect("asked").expect("packages").content;
    assert!(software.iter().any(|package| package.name == "zz-counter" && package.version == "41"), "and the last one is what is stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_device_stays_one_device_where_it_was_put() {
    let app = TestApp::start().await;
    let agent = Foreign::of(&app, CLIENT, &[]).await;
    assert_eq!(agent.xml(LINUX).await, 200);
    let id = domain::ids::DeviceId(Stored::of(&app, CLIENT).await.device().id);
    let (client, site) = place(&app, THERE).await;
    let mut owner = app.owner().await;
    done(&mut owner, id, "site", &[("site", &site)]).await;
    app.clock.advance(60_000);
    assert_eq!(agent.xml(LINUX).await, 200);
    assert!(Stored::of(&app, CLIENT).await.devices.is_empty(), "no second one at the client of its key");
    let device = app.inside(app.northwind).await.device(id).await.expect("seen");
    assert_eq!(ClientId(device.row.client_id), client);
    assert!(device.row.last_seen_at >= app.clock.now().0 - 30_000, "and its report was taken");
    revoke(&app, &agent.key).await;
    assert_eq!(agent.xml(LINUX).await, 403, "its key still rules whether it may report");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_the_old_client_still_ends_a_moved_device() {
    let app = TestApp::start().await;
    let token = app.key(CLIENT, &[]).await;
    let signer = crate::agents::Signer::enrol(&app, &token, "mover").await;
    let (_, site) = place(&app, THERE).await;
    done(&mut app.owner().await, signer.device, "site", &[("site", &site)]).await;
    signer.report(&app, &full_report(&app, "mover"), 1).await;
    revoke(&app, &token).await;
    let answer = signer.sign_report(&app, &full_report(&app, "mover"), 2).send(&app, crate::harness::NORTHWIND).await;
    assert!(answer.status == 403 && answer.body.contains("was revoked"), "{answer:?}");
}

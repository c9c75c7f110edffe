//! What is decided, where it holds, what a device's page says of it, and who may.

use super::{CLIENT, Patched, says, update_id};
use crate::{
    agents::words,
    harness::{BLUEFIN, TestApp},
};

fn shown(body: &str) -> String {
    let at = body.find("name=\"shown\" value=\"").expect("a form") + "name=\"shown\" value=\"".len();
    body[at..].chars().take_while(|c| *c != '"').collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reports_say_stands_in_the_catalogue_with_its_state() {
    let app = TestApp::start().await;
    let (mut device, mut owner) = (Patched::enrol(&app, CLIENT, "states").await, app.owner().await);
    let list = owner.get("/patching/updates?sort=-need").await;
    assert!(says(&list, "openssl") && says(&list, "3.0.18") && says(&list, "vim") && says(&list, "Security"));
    let page = owner.get(&device.page()).await;
    assert!(says(&page, "Approved, not yet due") && says(&page, "by the rule \u{201c}security updates at once\u{201d}"), "{}", words(&page.body));
    assert!(says(&page, "Deferred") && says(&page, "other updates 7 days after they are first seen"));
    device.hand.poll(&app, false, vec![], vec![]).await;
    assert!(says(&owner.get(&device.page()).await, "was started without --allow-changes"));
    device.has(&app, &[("openssl", "3.0.18"), ("vim", "9.0")], &[("vim", "9.0", "9.2", Some(false))]).await;
    let page = owner.get(&device.page()).await;
    assert!(says(&page, "Exactly this version was found") && says(&page, "9.2") && !page.body.contains(">9.1<"), "{}", words(&page.body));
    let csv = owner.get("/patching/devices/export").await;
    assert_eq!(csv.body.lines().count(), 3, "{}", csv.body);
    assert!(says(&owner.get("/patching").await, "0 of 0 past due"), "nothing is due yet, and nothing is 100 %");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_decision_holds_and_two_at_once_are_told() {
    let app = TestApp::start().await;
    let (device, mut owner) = (Patched::enrol(&app, CLIENT, "decided").await, app.owner().await);
    let id = update_id(&mut owner, "openssl").await;
    let at = |place: &str| format!("/patching/updates/{id}/decisions/{place}");
    let bare = owner.post(&at("tenant"), &[("verdict", "decline"), ("note", ""), ("shown", "")]).await;
    assert!(bare.status == 422 && bare.body.contains("Say why"), "{}", bare.status);
    let first = owner.post(&at("tenant"), &[("verdict", "decline"), ("note", "breaks it"), ("shown", "")]).await;
    assert_eq!(first.status, 303, "{}", words(&first.body));
    assert!(says(&owner.get(&device.page()).await, "Excluded") && says(&owner.get(&device.page()).await, "breaks it"));
    let second = owner.post(&at("tenant"), &[("verdict", "approve"), ("note", ""), ("shown", "")]).await;
    assert!(second.status == 409 && words(&second.body).contains("it is declined; you wanted it approved"), "{}", words(&second.body));
    let place = device.hand.0.device.to_string();
    assert_eq!(owner.post(&at(&place), &[("verdict", "approve"), ("note", ""), ("shown", "")]).await.status, 303);
    assert!(says(&owner.get(&device.page()).await, "Approved for this device"));
    let form = owner.get(&format!("/patching/updates/{id}?at={place}")).await;
    assert!(says(&form, "breaks it"), "the tenant's decision stands beside it");
    let back = owner.post(&format!("{}/removal", at(&place)), &[("shown", &shown(&form.body))]).await;
    assert_eq!(back.status, 303, "{}", words(&back.body));
    assert!(says(&owner.get(&device.page()).await, "Excluded"));
    let csv = owner.get("/patching/devices/export?counts=excluded").await;
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    assert!(says(&owner.get("/patching").await, "1 declined"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_and_targets_change_what_is_due() {
    let app = TestApp::start().await;
    let (device, mut owner) = (Patched::enrol(&app, CLIENT, "ruled").await, app.owner().await);
    let wrong = owner.post("/patching/rules", &[("kind", "never"), ("names", "**"), ("place", "tenant"), ("revision", "0")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("value=\"**\""), "{}", wrong.status);
    assert_eq!(owner.post("/patching/rules", &[("kind", "never"), ("names", "vi*"), ("place", "tenant"), ("revision", "0")]).await.status, 303);
    assert!(says(&owner.get(&device.page()).await, "never vi*"));
    let late = owner.post("/patching/rules/targets", &[("security_days", "0"), ("other_days", "30"), ("unseen_days", "14"), ("revision", "0")]).await;
    assert_eq!(late.status, 409, "somebody changed the rules meanwhile");
    let targets = [("security_days", "0"), ("other_days", "30"), ("unseen_days", "14"), ("revision", "1")];
    assert_eq!(owner.post("/patching/rules/targets", &targets).await.status, 303);
    assert!(says(&owner.get("/patching").await, "0 of 1 past due"));
    let rows = owner.get("/patching/devices?counts=missing").await;
    assert!(says(&rows, "openssl") && !words(&rows.body).contains("9.1"), "the figure opens its rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_or_decides_beyond_their_clients() {
    let app = TestApp::start().await;
    let device = Patched::enrol(&app, CLIENT, "hidden").await;
    let (mut owner, mut scoped, mut contact) = (app.owner().await, app.scoped().await, app.contact().await);
    let id = update_id(&mut owner, "openssl").await;
    for path in ["/patching", "/patching/updates", "/patching/devices", "/patching/rules", "/patching/runs", "/patching/runs/new"] {
        assert_eq!(contact.get(path).await.status, 403, "{path}");
    }
    assert_eq!(scoped.get(&format!("/patching/updates/{id}")).await.status, 404, "no device within reach has it");
    assert!(!words(&scoped.get("/patching/devices").await.body).contains("hidden"));
    assert_eq!(scoped.get("/patching/devices/export").await.body.lines().count(), 1);
    let mine = Patched::enrol(&app, "Castell Legal", "mine").await;
    let refused = scoped.post(&format!("/patching/updates/{id}/decisions/tenant"), &[("verdict", "approve"), ("shown", "")]).await;
    assert_eq!(refused.status, 403);
    let place = device.hand.0.device.to_string();
    assert_eq!(scoped.post(&format!("/patching/updates/{id}/decisions/{place}"), &[("verdict", "approve"), ("shown", "")]).await.status, 404);
    let place = mine.hand.0.device.to_string();
    assert_eq!(scoped.post(&format!("/patching/updates/{id}/decisions/{place}"), &[("verdict", "approve"), ("shown", "")]).await.status, 303);
    let mut other = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    assert_eq!(other.get(&format!("/patching/updates/{id}")).await.status, 404);
    assert!(!words(&other.get("/patching/updates").await.body).contains("3.0.18"));
}

//! People plan windows: wrong input, two at once, reach, and two tenants.

use super::{a_window, client, listed, weekly};
use crate::{
    agents::words,
    harness::{BLUEFIN, NORTHWIND, TestApp},
};

/// The fields with one value changed.
fn with<'a>(fields: &[(&'a str, &'a str)], name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(known, old)| (*known, if *known == name { value } else { *old })).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_named_and_a_preview_keeps_nothing() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let before = listed(&mut owner).await;
    let fields = weekly("tenant");
    for (field, value, said) in [
        ("name", "", "Name"),
        ("days", "someday", "names a day that does not exist"),
        ("start", "25:00", "not a time of day"),
        ("minutes", "many", "not a number of minutes"),
        ("zone", "Europe/Nowhere", "not the name of a time zone"),
        ("place", "cli_00000000000000000000000000000009", "Choose where it holds."),
        ("kind", "yearly", "neither once nor weekly"),
        ("alerts", "", "choose one"),
    ] {
        let answer = owner.post("/settings/windows", &with(&fields, field, value)).await;
        let page = words(&answer.body);
        assert!(answer.status == 422 && page.to_lowercase().contains(&said.to_lowercase()), "{field}: {} {page}", answer.status);
        assert!(field == "name" || answer.body.contains("value=\"Patch night\""), "what was typed stays: {field}");
    }
    let query: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", value.replace('/', "%2F").replace(' ', "+"))).collect();
    let preview = owner.get(&format!("/settings/windows/new?{}", query.join("&"))).await;
    let said = words(&preview.body);
    assert!(preview.status == 200 && said.contains("22:00 to 02:00, Europe/Berlin") && preview.body.contains("value=\"Patch night\""), "{said}");
    assert_eq!(listed(&mut owner).await, before, "a preview keeps nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_change_a_window_at_once_learn_of_each_other() {
    let app = TestApp::start().await;
    let page = format!("/settings/windows/{}", a_window(&app, "tenant").await);
    let (mut owner, mut technician) = (app.owner().await, app.signed_in(NORTHWIND, "tech@northwind.example").await);
    let fields: Vec<_> = weekly("tenant").into_iter().chain([("revision", "1")]).collect();
    assert_eq!(technician.post(&page, &with(&fields, "name", "Long night")).await.status, 303);
    let answer = owner.post(&page, &with(&fields, "minutes", "60")).await;
    let said = words(&answer.body);
    assert!(answer.status == 409 && said.contains("Long night") && said.contains("Every Saturday 22:00 to 02:00"), "{} {said}", answer.status);
    assert_eq!(owner.post(&format!("{page}/removal"), &[("revision", "1")]).await.status, 409);
    assert_eq!(owner.post(&page, &with(&with(&fields, "minutes", "60"), "revision", "2")).await.status, 303);
    let shown = owner.get(&page).await.body;
    assert!(shown.contains("value=\"60\"") && shown.contains("name=\"revision\" value=\"3\""));
    let audit = words(&owner.get("/settings/audit?act=window+changed").await.body);
    assert!(audit.contains("Every Saturday 22:00 to 23:00"), "{audit}");
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_are_changed_within_reach_and_seen_by_those_they_concern() {
    let app = TestApp::start().await;
    let (castell, pembroke) = (client(&app, "Castell Legal").await, client(&app, "Pembroke Hotels").await);
    let (all, own, other) = (a_window(&app, "tenant").await, a_window(&app, &castell).await, a_window(&app, &pembroke).await);
    let mut scoped = app.scoped().await;
    let seen: Vec<String> = listed(&mut scoped).await.iter().map(ToString::to_string).collect();
    assert!(seen.contains(&all) && seen.contains(&own) && !seen.contains(&other), "{seen:?}");
    let at = |id: &str| format!("/settings/windows/{id}");
    let fields: Vec<_> = weekly(&castell).into_iter().chain([("revision", "1")]).collect();
    for (id, get, post) in [(&all, 200, 403), (&own, 200, 303), (&other, 404, 404)] {
        assert_eq!((scoped.get(&at(id)).await.status, scoped.post(&at(id), &fields).await.status), (get, post));
    }
    assert_eq!(scoped.post(&format!("{}/removal", at(&all)), &[("revision", "1")]).await.status, 403);
    for (place, status) in [("tenant", 403), (pembroke.as_str(), 422), (castell.as_str(), 303)] {
        assert_eq!(scoped.post("/settings/windows", &weekly(place)).await.status, status, "{place}");
    }
    let moved = with(&with(&fields, "place", &pembroke), "revision", "2");
    assert_eq!(scoped.post(&at(&own), &moved).await.status, 422, "not to a client out of reach");
    let mut stranger = app.signed_in(BLUEFIN, "owner@bluefin.example").await;
    assert_eq!((stranger.get(&at(&all)).await.status, stranger.post(&at(&all), &fields).await.status), (404, 404));
    assert!(listed(&mut stranger).await.iter().all(|id| !seen.contains(&id.to_string())));
    let mut contact = app.contact().await;
    assert_eq!((contact.get("/settings/windows").await.status, contact.get(&at(&own)).await.status), (403, 403));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_may_know_when_the_own_client_is_maintained() {
    use foundation::{Principal, people::rows::person};
    use sea_orm::ColumnTrait;
    let app = TestApp::start().await;
    let (castell, pembroke) = (client(&app, "Castell Legal").await, client(&app, "Pembroke Hotels").await);
    let (own, other) = (a_window(&app, &castell).await, a_window(&app, &pembroke).await);
    let inside = app.inside(app.northwind).await;
    let person = inside.find::<person::Entity>().filter(person::Column::Email.eq("contact@castell-legal.example")).one().await.expect("asked").expect("them");
    let contact = app.database().enter(&Principal::Person(person.id.into()), app.northwind).await.expect("entered");
    let now = app.clock.now();
    let known = contact.windows_over_client(castell.parse().expect("an id"), now).await.expect("asked");
    let known: Vec<String> = known.iter().map(|kept| kept.id.to_string()).collect();
    assert!(known.contains(&own) && !known.contains(&other), "{known:?}");
    assert!(contact.windows_over_client(pembroke.parse().expect("an id"), now).await.is_err());
}

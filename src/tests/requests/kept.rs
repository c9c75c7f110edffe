//! What people typed is never lost: not by a conflict, not by files that are too large, and not behind a form that was sent before.

use domain::{
    ids::{ClientId, PersonId},
    people::Role,
};
use foundation::people::Grant;

use super::{Part, ask, form, reply, revision, send};
use crate::harness::{Browser, TestApp};

async fn state(browser: &mut Browser, path: &str) -> String {
    let page = browser.get(path).await.body;
    ["Waiting for client", "Waiting for you", ">Open<", ">New<", ">Closed<"]
        .into_iter()
        .find(|word| page[..page.find("Conversation").expect("it")].contains(word))
        .expect("a state")
        .to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_keeps_the_text() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "The printer hums").await;
    let seen = revision(&mut owner, &path).await;
    let fields = [("state", "closed"), ("priority", "high"), ("assigned", ""), ("revision", seen.as_str())];
    assert_eq!(owner.post(&format!("{path}/decision"), &fields).await.status, 303);
    let late = reply(&mut owner, &path, "A long answer that took an hour").await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("A long answer that took an hour") && late.body.contains("Open it again before you answer."), "{}", late.body);
    let second = owner.post(&format!("{path}/decision"), &[("state", "on-hold"), ("priority", "high"), ("assigned", ""), ("revision", seen.as_str())]).await;
    assert!(second.status == 409 && second.body.contains("On hold") && second.body.contains("Closed") && second.body.contains("Conversation"));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_too_large_keep_the_text() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let path = ask(&mut contact, "See the picture").await;
    let huge = vec![b'x'; 33 * 1024 * 1024];
    let parts: [Part<'_>; 2] = [("text", None, b"Kept text"), ("files", Some("a.txt"), &huge)];
    let answer = send(&mut contact, &format!("{path}/messages"), &parts).await;
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("Kept text") && answer.body.contains("too large together"), "{}", answer.body);
    let parts: [Part<'_>; 3] = [("subject", None, b"Kept subject"), ("text", None, b"Kept text"), ("files", Some("a.txt"), &huge)];
    let answer = send(&mut contact, "/requests", &parts).await;
    assert!(answer.status == 413 && answer.body.contains("Kept text") && answer.body.contains("value=\"Kept subject\""), "{}", answer.status);
    assert_eq!(app.anon(crate::harness::NORTHWIND).post("/requests", &[]).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_sent_again_with_other_words_says_so() {
    let app = TestApp::start().await;
    let mut contact = app.contact().await;
    let path = ask(&mut contact, "Once").await;
    let (form, to) = (form(), format!("{path}/messages"));
    let say = |text: &'static [u8]| [("form", None, form.as_bytes()), ("text", None, text)];
    assert_eq!(send(&mut contact, &to, &say(b"The first words")).await.status, 303);
    assert_eq!(send(&mut contact, &to, &say(b"The first words")).await.status, 303, "twice is once");
    let other = send(&mut contact, &to, &say(b"The second words")).await;
    assert_eq!(other.status, 409);
    assert!(other.body.contains("The second words") && !other.body.contains(&form), "under another id: {}", other.body);
    let filed: [Part<'_>; 3] = [("form", None, form.as_bytes()), ("text", None, b"The first words"), ("files", Some("a.txt"), b"text")];
    assert_eq!(send(&mut contact, &to, &filed).await.status, 409, "a file is not dropped either");
    let page = contact.get(&path).await.body;
    assert!(page.matches("The first words").count() == 1 && !page.contains("The second words"));
    let id = self::form();
    let open = |text: &'static [u8]| [("form", None, id.as_bytes()), ("subject", None, b"Opened".as_slice()), ("text", None, text)];
    assert_eq!(send(&mut contact, "/requests", &open(b"One")).await.status, 303);
    let again = send(&mut contact, "/requests", &open(b"Two")).await;
    assert!(again.status == 409 && again.body.contains("value=\"Opened\"") && again.body.contains("Two") && !again.body.contains(&id));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_waits_for_the_client_until_it_is_answered() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "It is slow").await;
    let form = form();
    let question = |title: &'static str| [("form", form.as_str()), ("title", title), ("body", "Ten minutes."), ("term", "1d")];
    let to = format!("{path}/approval");
    for _ in 0..2 {
        assert_eq!(owner.post(&to, &question("May we?")).await.status, 303);
    }
    assert_eq!(contact.get("/approvals").await.body.matches("May we?").count(), 1, "a double click asks once");
    let other = owner.post(&to, &question("May we tonight?")).await;
    assert!(other.status == 409 && other.body.contains("May we tonight?"), "{}", other.status);
    assert_eq!((state(&mut owner, &path).await.as_str(), state(&mut contact, &path).await.as_str()), ("Waiting for client", "Waiting for you"));
    let second = crate::approvals::asked(&app, &path).await;
    let list = contact.get("/approvals").await.body;
    let ids: Vec<&str> = list.match_indices("/approvals/apr_").map(|(at, start)| &list[at..at + start.len() + 32]).collect();
    let first = ids.iter().find(|id| !id.contains(&second)).expect("the first");
    assert_eq!(contact.post(&format!("{first}/yes"), &[("note", "")]).await.status, 303);
    assert_eq!(state(&mut owner, &path).await, "Waiting for client", "the other question waits");
    assert_eq!(contact.post(&format!("/approvals/{second}/no"), &[("note", "Not now")]).await.status, 303);
    assert_eq!(state(&mut owner, &path).await, ">Open<");
    let late = contact.post(&format!("/approvals/{second}/yes"), &[("note", "A careful note")]).await;
    assert!(late.status == 409 && late.body.contains("A careful note") && late.body.contains("meanwhile it is refused"), "{}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_reaches_the_client_can_look_after_it() {
    let app = TestApp::start().await;
    let mut owner = app.owner().await;
    let ours = ask(&mut app.contact().await, "Ours").await;
    let theirs = ask(&mut app.signed_in(crate::harness::NORTHWIND, "contact@pembroke-hotels.example").await, "Theirs").await;
    let people = owner.get("/settings/people?q=scoped").await.body;
    let at = people.find("/settings/people/per_").expect("the person") + "/settings/people/".len();
    let scoped = people[at..at + 4 + 32].to_owned();
    assert!(owner.get(&ours).await.body.contains(&scoped) && !owner.get(&theirs).await.body.contains(&scoped));
    let give = async |owner: &mut Browser, path: &str| {
        let seen = revision(owner, path).await;
        owner.post(&format!("{path}/decision"), &[("state", "open"), ("priority", "normal"), ("assigned", &scoped), ("revision", &seen)]).await.status
    };
    assert_eq!(give(&mut owner, &theirs).await, 422, "out of reach");
    assert_eq!(give(&mut owner, &ours).await, 303);
    let id: PersonId = scoped.parse().expect("an id");
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    writing.set_disabled(id, true, app.clock.now()).await.expect("disabled");
    writing.commit().await.expect("kept");
    assert!(owner.get(&ours).await.body.contains("(cannot be chosen any more)"), "named while they have it");
    assert_eq!(give(&mut owner, &ours).await, 303, "and kept until somebody else is chosen");
    let other = ask(&mut app.contact().await, "Another").await;
    assert_eq!(give(&mut owner, &other).await, 422, "but given nothing new");
    // Among many staff, those in reach are found.
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    let pembroke = ClientId(writing.client_called("pembroke hotels").await.expect("asked").expect("it").id);
    for n in 0..120 {
        let new = foundation::people::NewPerson {
            email: format!("aa{n:03}@northwind.example"),
            name: format!("Aa {n}"),
            password_hash: None,
            time_zone: "UTC".into(),
            role: Role::Technician,
            scope: domain::people::Scope::Clients([pembroke].into()),
        };
        let id = writing.add_person(new, app.clock.now()).await.expect("added");
        writing.grant_to(id, Grant { role: Role::Technician, client: None, groups: Some(Vec::new()) }).await.expect("granted");
    }
    let castell = ClientId(writing.client_called("castell legal").await.expect("asked").expect("it").id);
    let able = writing.staff_of(castell).await.expect("staff");
    assert!(able.iter().any(|row| row.person.email == "owner@northwind.example") && able.iter().all(|row| !row.person.email.starts_with("aa")));
    writing.commit().await.expect("kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_does_not_take_the_room_of_the_others() {
    let app = TestApp::start().await;
    let (mut contact, mut owner) = (app.contact().await, app.owner().await);
    let path = ask(&mut contact, "Full").await;
    let filed = async |browser: &mut Browser, path: &str| {
        let form = form();
        send(browser, &format!("{path}/messages"), &[("form", None, form.as_bytes()), ("text", None, b"Here."), ("files", Some("a.txt"), b"text")]).await
    };
    assert_eq!(filed(&mut contact, &path).await.status, 303);
    let writing = app.inside(app.northwind).await.writing().await.expect("writing");
    use foundation::requests::rows::file::{Column, Entity};
    let full = sea_orm::prelude::Expr::value(domain::requests::file::CLIENT);
    assert_eq!(writing.update::<Entity>(sea_orm::Condition::all(), [(Column::Size, full)]).await.expect("filled"), 1);
    writing.commit().await.expect("kept");
    let refused = filed(&mut contact, &path).await;
    assert!(refused.status == 422 && refused.body.contains("Your organisation has no room") && refused.body.contains("Here."), "{}", refused.status);
    assert_eq!(filed(&mut owner, &path).await.status, 303, "staff still answer");
    let mut other = app.signed_in(crate::harness::NORTHWIND, "contact@pembroke-hotels.example").await;
    let theirs = ask(&mut other, "Room").await;
    assert_eq!(filed(&mut other, &theirs).await.status, 303);
}

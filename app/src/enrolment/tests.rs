//! The pages of enrolment from their samples.

use domain::people::Role;

use super::{sample::hostile, *};
use crate::{Audience, Frame, layout::proof};

fn frame() -> Frame {
    Frame { path: "/settings/enrolment".into(), ..Frame::sample() }
}

#[test]
fn the_list_says_what_each_key_may_do() {
    let html = KeysPage::sample().render(frame());
    proof::sound(&html);
    for text in
        ["Front desk PCs", "Used up", "Expired", "Revoked", " of 12", "Without end", "No more", "12 devices wait for approval", "/settings/enrolment/new"]
    {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains("href=\"/settings/enrolment?state=used-up\""));
    let empty = KeysPage::sample_empty().render(frame());
    assert!(empty.contains("No enrolment keys yet") && empty.matches("/settings/enrolment/new").count() == 1);
}

#[test]
fn a_refused_form_keeps_what_was_typed() {
    let html = KeyForm::sample().render(frame());
    proof::sound(&html);
    assert!(html.contains("value=\"Front desk PCs\"") && html.contains("value=\"0\"") && html.contains("from 1 to 3,650"));
    assert_eq!(html.matches("aria-invalid").count(), 1);
    let none = KeyForm { places: Vec::new(), ..KeyForm::sample() }.render(frame());
    assert!(none.contains("No client yet") && !none.contains("Make the key"));
}

#[test]
fn a_made_key_stands_in_every_command() {
    let made = MadeKey::sample();
    let html = made.clone().render(frame());
    proof::sound(&html);
    assert_eq!(html.matches(&made.secret).count(), 7, "by itself, and in six commands");
    let enrol = format!("portico-agent enrol --server https://portal.northwind.example --key {}\nsudo systemctl enable --now portico-agent", made.secret);
    assert_eq!(html.matches(&enrol).count(), 2);
    assert!(html.contains("--server https://portal.northwind.example/inventory --user agent --password ptk_") && !html.contains("insecure"));
    assert!(html.contains("curl -fO https://portal.northwind.example/agent/packages/portico-agent_0.1.0_amd64.deb\nsudo apt install"));
    let server = Server { address: "http://portal.lan".into(), insecure: true, packages: Vec::new(), ..made.server.clone() };
    let html = MadeKey { server, ..made }.render(frame());
    assert!(html.contains("--insecure-http\n") && !html.contains("curl") && html.contains("Copy the package to the device first"));
}

#[test]
fn a_key_waits_until_the_first_report_is_there() {
    let waiting = KeyPage::sample_waiting();
    let html = waiting.clone().render(frame());
    proof::sound(&html);
    assert!(html.contains("Waiting for the first report.") && html.contains("?waited=stop") && html.contains("No device uses it yet"));
    let there = KeyPage::sample();
    let html = there.clone().render(frame());
    proof::sound(&html);
    assert!(
        html.contains("The first report is here.") && html.contains(&there.devices[0].hostname) && html.contains("every report of its 6 devices is refused")
    );
    assert!(html.contains(&format!("/settings/enrolment/pending?key={}", there.key.id)));
    let mut dead = waiting;
    dead.key.state = domain::enrolment::KeyState::Revoked;
    let html = dead.render(frame());
    assert!(!html.contains("Waiting for") && !html.contains("/revocation"));
}

#[test]
fn many_are_decided_about_by_one_form() {
    let page = PendingPage::sample();
    let html = page.clone().render(frame());
    proof::sound(&html);
    assert_eq!(html.matches("name=\"device\"").count(), page.lines.len());
    assert!(html.contains("All 512 that match") && html.contains("name=\"until\"") && html.contains("formaction=\"/settings/enrolment/pending/refusal\""));
    assert!(html.contains("No report yet") && html.contains("after="));
    let mut technician = frame();
    technician.viewer.as_mut().expect("a viewer").may = Role::Technician.permissions();
    let html = page.render(technician);
    assert!(!html.contains("href=\"/settings/enrolment\""), "a technician has no list of keys");
    let none = PendingPage { lines: Vec::new(), matching: 0, total: 0, ..PendingPage::sample() };
    assert!(none.render(frame()).contains("Nothing waits"));
}

#[test]
fn hostile_text_stays_text() {
    let (keys, form, made, key, pending) = hostile();
    let around = || proof::hostile_frame(Some(Audience::Staff));
    for html in [keys.render(around()), form.render(around()), made.render(around()), key.render(around()), pending.render(around())] {
        proof::sound(&html);
    }
}

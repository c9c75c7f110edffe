//! The audit's page and tails from their samples.

use leptos::prelude::*;

use super::{AuditPage, AuditTail, Tail};
use crate::{
    Frame,
    layout::proof::{HOSTILE, hostile_frame, sound},
    render, render_part,
};

fn frame() -> Frame {
    Frame { path: "/settings/audit".into(), ..Frame::sample() }
}

#[test]
fn each_act_says_who_what_and_from_where() {
    let html = AuditPage::sample().render(frame());
    sound(&html);
    for text in
        ["Priya Raman", "Device moved", "Felixstowe Dock", "192.0.2.17", "12 Nov, 10:38:08", "after 4 failed tries", "Not signed in", "Export CSV", "4,127"]
    {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains("href=\"/devices/dev_00000000000000000000000000001b58\""), "a device has a page");
    assert!(html.contains("href=\"/settings/audit?actor=job%3Aconsole\""), "a name opens that actor's acts");
    assert!(html.contains("/settings/audit?after=") && html.contains("/settings/audit/export\""));
    assert!(html.contains("2025"), "another year is named");
}

#[test]
fn filters_keep_what_was_asked_and_an_empty_list_says_why() {
    let html = AuditPage::sample_no_match().render(frame());
    sound(&html);
    assert!(html.contains("value=\"nobody\"") && html.contains("value=\"2026-11-01\"") && html.contains("No act matches") && html.contains("Clear filters"));
    let html = AuditPage::sample_empty().render(frame());
    assert!(html.contains("Nothing was done yet") && !html.contains("Export CSV") && !html.contains("Clear filters"));
    let mut page = AuditPage::sample();
    page.query.action = Some("something that is gone".into());
    assert!(page.render(frame()).contains("<option value=\"something that is gone\" selected"), "the choice of the URL stays visible");
}

#[test]
fn hostile_text_stays_text() {
    sound(&AuditPage::sample_hostile(HOSTILE).render(hostile_frame(Some(crate::Audience::Staff))));
    let tail = AuditTail::sample_hostile(HOSTILE);
    sound(&render(frame(), "x", || view! { <h1>"x"</h1><Tail tail/> }));
}

#[test]
fn a_tail_says_what_was_done_or_that_nothing_was() {
    let html = render_part(&frame(), || view! { <Tail tail=AuditTail::sample()/> });
    assert!(html.contains("What people did") && html.contains("Device moved") && html.contains("href=\"/settings/audit?object=dev_"), "{html}");
    let none = AuditTail { acts: Vec::new(), ..AuditTail::sample() };
    assert!(render_part(&frame(), || view! { <Tail tail=none/> }).contains("Nobody has changed anything here yet."));
}

//! The pages of requests from their samples.

use super::{ListPage, NewPage, RequestPage};
use crate::{
    Audience, Frame,
    layout::proof::{HOSTILE, hostile_frame, sound},
};

#[test]
fn every_page_is_sound() {
    let contact = || Frame { path: "/requests".into(), ..Frame::sample_contact() };
    for html in [
        ListPage::sample().render(Frame::sample()),
        ListPage::sample_contact().render(contact()),
        ListPage::sample_empty().render(contact()),
        RequestPage::sample().render(Frame::sample()),
        RequestPage::sample_contact().render(contact()),
        NewPage::sample().render(contact()),
    ] {
        sound(&html);
    }
}

#[test]
fn hostile_text_stays_text() {
    let lines = ListPage { rows: vec![RequestPage::sample_hostile().line], error: Some(HOSTILE.into()), ..ListPage::sample() };
    for audience in [Audience::Staff, Audience::Contact] {
        sound(&RequestPage::sample_hostile().render(hostile_frame(Some(audience))));
        sound(&NewPage::sample_hostile().render(hostile_frame(Some(audience))));
        sound(&lines.clone().render(hostile_frame(Some(audience))));
    }
}

#[test]
fn a_contact_is_offered_what_contacts_may() {
    let html = RequestPage::sample_contact().render(Frame::sample_contact());
    for text in ["Waiting for you", "Solved, thank you", "Send answer", "printer.png"] {
        assert!(html.contains(text), "{text}");
    }
    for text in ["Internal note", "Print server again", "name=\"revision\"", "name=\"then\"", "Ask for approval", "/clients/"] {
        assert!(!html.contains(text), "{text}");
    }
    let staff = RequestPage::sample().render(Frame::sample());
    assert!(staff.contains("Internal note") && staff.contains("name=\"revision\" value=\"4\"") && staff.contains("Ask for approval"));
    let list = ListPage::sample_contact().render(Frame::sample_contact());
    assert!(!list.contains("name=\"request\"") && !list.contains("/clients/") && list.contains("New request"));
}

#[test]
fn what_was_typed_stays_with_what_is_wrong() {
    let html = NewPage::sample().render(Frame::sample_contact());
    assert!(html.contains("value=\"Nobody can print\"") && html.contains("Tell what happens") && html.contains("Files have to be chosen again."));
}

//! Possible duplicates: the sample and hostile text are drawn.

use super::*;
use crate::{Audience, layout::proof};

#[test]
fn either_may_be_kept_and_what_goes_is_said() {
    let page = DuplicatePage::sample();
    let html = page.clone().render(Frame::sample());
    proof::sound(&html);
    assert_eq!(html.matches("/duplicate/merger\"").count(), 2);
    assert!(html.contains("/duplicate/separation") && html.contains("The other one is deleted.") && html.contains("3 of 4 facts differ"));
    let against = DuplicatePage { stands_against: Some("One of the two is quarantined.".into()), ..page.clone() }.render(Frame::sample());
    assert!(against.contains("is quarantined") && !against.contains("/merger"));
    let none = DuplicatePage { other: None, ..page }.render(Frame::sample());
    assert!(none.contains("No duplicate") && !none.contains("<form method=\"post\" action=\"/devices"));
}

#[test]
fn hostile_text_stays_text() {
    let bad = || proof::HOSTILE.to_owned();
    let mut page = DuplicatePage { stands_against: None, ..DuplicatePage::sample() };
    page.fields.push(("Tags", Told::Text(bad()), Told::Text(bad())));
    for twin in [Some(&mut page.this), page.other.as_mut()].into_iter().flatten() {
        (twin.hostname, twin.when_kept) = (bad(), vec![bad()]);
    }
    let against = DuplicatePage { stands_against: Some(bad()), ..page.clone() };
    for page in [page, against] {
        proof::sound(&page.render(proof::hostile_frame(Some(Audience::Staff))));
    }
}

//! The pages of maintenance windows from their samples.

use super::{WindowPage, WindowsPage};
use crate::{
    Audience, Frame,
    devices::detail::DevicePage,
    layout::proof::{HOSTILE, hostile_frame, sound},
    windows::Maintenance,
};

fn frame(path: &str) -> Frame {
    Frame { path: path.into(), ..Frame::sample() }
}

#[test]
fn the_list_says_what_is_open_what_comes_and_what_is_over() {
    let html = WindowsPage::sample().render(frame("/settings/windows"));
    sound(&html);
    let places: Vec<usize> = ["Open now", "New switches", ">Next<", "Patch night", ">Over<", "Move of the server room"]
        .iter()
        .map(|text| html.find(text).unwrap_or_else(|| panic!("{text} is missing")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    for text in [
        "Thursday 12 November 11:00 to 15:00, Europe/Berlin",
        "10:00 to 14:00 by your clock",
        "alerts are suppressed, patching may run",
        "/settings/windows/new",
        "show=over",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let read_only = WindowsPage { may_change: false, ..WindowsPage::sample_empty() }.render(frame("/settings/windows"));
    assert!(read_only.contains("No maintenance windows") && !read_only.contains("/settings/windows/new"));
}

#[test]
fn a_window_shows_its_form_its_next_times_and_its_end() {
    let html = WindowPage::sample().render(frame("/settings/windows/win_1"));
    sound(&html);
    for text in [
        "Saturday 14 November 21:42 to 01:42, Europe/Berlin",
        "name=\"revision\" value=\"3\"",
        "list=\"zones\"",
        "formmethod=\"get\"",
        "/removal\"",
        "Remove this window?",
    ] {
        assert!(html.contains(text), "{text}");
    }
    let wrong = WindowPage::sample_wrong().render(frame("/settings/windows/new"));
    assert!(wrong.contains("Needs at least one day.") && wrong.contains("choose one.") && !wrong.contains("/removal\""), "{wrong}");
    let stands = WindowPage { may_change: false, ..WindowPage::sample() }.render(frame("/settings/windows/win_1"));
    assert!(!stands.contains("name=\"revision\"") && stands.contains("Every Saturday 22:00"));
}

#[test]
fn hostile_text_stays_text() {
    for audience in [None, Some(Audience::Staff)] {
        sound(&WindowsPage::sample_hostile(HOSTILE).render(hostile_frame(audience)));
        sound(&WindowPage::sample_hostile(HOSTILE).render(hostile_frame(audience)));
    }
}

#[test]
fn a_device_says_which_window_it_is_in_and_offers_to_start_one() {
    let page = DevicePage::sample();
    let calm = page.clone().render(Frame::sample());
    assert!(calm.contains("/maintenance\"") && !calm.contains("In maintenance until"));
    let mut page = page;
    page.head.maintenance = Some(Maintenance::sample("Patch night"));
    let html = page.render(Frame::sample());
    sound(&html);
    assert!(html.contains("In maintenance until ") && html.contains("title=\"Patch night\"") && !html.contains("/maintenance\""));
}

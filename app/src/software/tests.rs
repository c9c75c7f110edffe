//! The pages of software from their samples.

use domain::Fault;

use super::{TitlePage, TitlesPage, UnlistedPage, title_path};
use crate::{
    Audience, Frame,
    layout::proof::{HOSTILE, hostile_frame, sound},
};

#[test]
fn titles_say_of_how_many_devices() {
    let html = TitlesPage::sample().render(Frame::sample());
    for text in [
        "1,767 titles on 1,184 devices",
        "1,184 of 1,195 devices with a package list",
        "11 unknown",
        "of 1,184",
        "/software/windows/7-Zip%2025.01%20%28x64%29",
        "after=rpm.openssl-libs",
    ] {
        assert!(html.contains(text), "{text}");
    }
    sound(&html);
    let (empty, none) = (TitlesPage::sample_empty().render(Frame::sample()), TitlesPage::sample_no_match().render(Frame::sample()));
    assert!(empty.contains("No software reported yet") && !empty.contains("Export"));
    assert!(none.contains("No title matches") && none.contains("All 1,767 titles are outside these filters."));
}

#[test]
fn a_title_shows_versions_devices_and_who_lacks_it() {
    let html = TitlePage::sample().render(Frame::sample());
    for text in [
        "312</strong>",
        "402 devices",
        "with deb packages",
        "782 have only other software.",
        "11 without a list are unknown.",
        "5 older versions",
        "?only=3.0.18-1~deb12u1",
        "?lacks=1",
    ] {
        assert!(html.contains(text), "{text}");
    }
    sound(&html);
    let html = TitlePage::sample_below().render(Frame::sample());
    assert!(html.contains("Devices with a version below 3.0.17") && html.contains("carry an epoch") && html.contains("value=\"3.0.17\""));
    assert!(html.contains("openssl/export?is=below&amp;version=3.0.17"));
    sound(&html);
    let html = TitlePage::sample_lacks().render(Frame::sample());
    assert!(html.contains("Devices that lack it") && html.contains("of 402 devices with deb packages") && !html.contains("older versions"));
    sound(&html);
    sound(&UnlistedPage::sample().render(Frame::sample()));
}

#[test]
fn a_wrong_version_is_kept_and_explained() {
    let mut page = TitlePage::sample();
    page.typed = ("below".into(), "1 2".into());
    page.fault = Some(Fault::new("version", "is no deb version: it holds \u{201c} \u{201d}"));
    let html = page.render(Frame::sample());
    assert!(html.contains("value=\"1 2\"") && html.contains("This is no deb version") && html.contains("aria-invalid=\"true\""));
}

#[test]
fn names_are_paths_but_for_the_ways_up() {
    use domain::software::Ecosystem::Other;
    assert_eq!(title_path(Other, "a/b %?#+").as_deref(), Some("/software/other/a%2Fb%20%25%3F%23%2B"));
    assert_eq!((title_path(Other, ".."), title_path(Other, ".")), (None, None));
}

#[test]
fn hostile_text_stays_text() {
    let bad = || HOSTILE.to_owned();
    let mut titles = TitlesPage::sample();
    titles.query.q = bad();
    titles.rows.iter_mut().for_each(|line| (line.name, line.version) = (bad(), Some(bad())));
    let mut title = TitlePage::sample();
    (title.name, title.typed, title.epoch) = (bad(), (bad(), bad()), Some(bad()));
    title.versions.iter_mut().for_each(|line| line.version = bad());
    for line in &mut title.list.rows {
        (line.device.hostname, line.device.client.1, line.device.site, line.device.os_name, line.versions) =
            (bad(), bad(), Some(bad()), Some(bad()), vec![bad()]);
    }
    let unlisted = UnlistedPage { list: title.list.clone(), ..UnlistedPage::sample() };
    let frame = || hostile_frame(Some(Audience::Staff));
    for html in [titles.render(frame()), title.render(frame()), unlisted.render(frame())] {
        sound(&html);
    }
}

//! The device pages from their samples.

use domain::{
    devices::{
        query::{DeviceQuery, Sort, Waiting},
        status::Status,
    },
    time::DAY,
};

use super::{DevicesPage, HOSTILE, detail::DevicePage};
use crate::{
    Frame,
    layout::{proof::sound, sample::NOW},
};

fn page(page: DevicesPage) -> String {
    page.render(Frame::sample())
}

fn device(page: DevicePage) -> String {
    page.render(Frame::sample())
}

/// The attribute as it stands in HTML.
fn href(query: &DeviceQuery) -> String {
    format!("href=\"/devices{}\"", query.to_query().replace('&', "&amp;"))
}

fn count(html: &str, text: &str) -> usize {
    html.matches(text).count()
}

#[test]
fn the_list_says_what_it_shows() {
    let html = page(DevicesPage::sample());
    for text in ["1,214 at 8 clients", "Brightwater Logistics", "counted at ", "1\u{2013}100", "Export CSV", "Enrol devices", "Felixstowe Dock"] {
        assert!(html.contains(text), "{text}");
    }
    assert_eq!(count(&html, "class=\"row-link\""), 100);
    sound(&html);
}

#[test]
fn chips_open_what_they_count_and_add_up() {
    let shown = DevicesPage::sample();
    assert_eq!(shown.chips.any_status(), shown.total_matching);
    let html = page(shown.clone());
    for (status, n) in &shown.chips.by_status {
        let link = href(&shown.query.with(|query| query.status = Some(*status)));
        let chip = html.split(&link).nth(1).and_then(|rest| rest.split("</a>").next()).unwrap_or_default();
        assert!(chip.contains(&crate::ui::thousands(*n)), "{status:?}: {chip}");
    }
    for which in [Waiting::Any, Waiting::Security, Waiting::Unknown] {
        assert!(html.contains(&href(&shown.query.with(|query| query.updates = Some(which)))), "{which:?}");
    }
    assert!(html.contains(&href(&shown.query.with(|query| query.restart = true))) && html.contains(&href(&shown.query.with(|query| query.unseen = true))));
}

#[test]
fn an_active_chip_takes_itself_away() {
    let shown = DevicesPage::sample_filtered();
    let html = page(shown.clone());
    let without = shown.query.with(|query| query.updates = None);
    assert!(html.contains(&href(&without)) && html.contains(&href(&shown.query.with(|query| query.status = None))));
    let late = shown.rows.iter().filter(|row| row.status == Status::Late && row.security > Some(0)).count() as u64;
    assert_eq!((late, late), (shown.total_matching, shown.chips.security), "the rows are what the chips say");
    assert!(html.contains("Clear filters") && html.contains(" match"));
    assert!(html.contains("name=\"status\" value=\"late\"") && html.contains("name=\"sort\" value=\"-security\""), "the form keeps the chips");
}

#[test]
fn heads_sort_and_turn_round() {
    let shown = DevicesPage::sample_filtered();
    let html = page(shown.clone());
    assert!(html.contains("aria-sort=\"descending\""));
    assert!(html.contains(&href(&shown.query.with(|query| query.descending = false))));
    assert!(html.contains(&href(&shown.query.with(|query| (query.sort, query.descending) = (Sort::Name, false)))));
    let newest = DevicesPage::sample().query.with(|query| (query.sort, query.descending) = (Sort::Seen, true));
    assert!(page(DevicesPage::sample()).contains(&href(&newest)));
}

#[test]
fn contacts_see_no_client_and_all_chips_count_rows() {
    let shown = DevicesPage::sample_contact();
    assert_eq!(shown.chips.any_status(), shown.total);
    assert_eq!(shown.rows.iter().filter(|row| row.last_seen.is_none_or(|seen| NOW.since(seen) > 7 * DAY)).count() as u64, shown.chips.unseen);
    let html = shown.render(Frame::sample_contact());
    assert!(!html.contains("Pembroke Hotels") && !html.contains("name=\"client\"") && !html.contains("Enrol"));
}

#[test]
fn empty_lists_say_what_to_do() {
    assert!(page(DevicesPage::sample_empty()).contains("No devices yet"));
    let html = page(DevicesPage::sample_no_match());
    assert!(html.contains("No device matches") && html.contains("All 1,214 devices are outside these filters."));
    assert!(!page(DevicesPage { enrol: None, ..DevicesPage::sample_empty() }).contains("Enrol"));
}

#[test]
fn unknown_is_a_word_and_never_zero() {
    let mut shown = DevicesPage::sample();
    shown.rows.truncate(1);
    (shown.rows[0].security, shown.rows[0].updates, shown.rows[0].reboot, shown.rows[0].os_name, shown.rows[0].last_seen) = (None, None, None, None, None);
    let html = page(shown);
    let body = html.split("<tbody").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default().to_owned();
    assert_eq!(count(&body, "Unknown</span>"), 3);
    assert!(body.contains("Never") && !body.contains(">0<"));
}

#[test]
fn a_base_stands_before_every_link() {
    let html = DevicesPage::sample().render(Frame { base: "/t/northwind".into(), ..Frame::sample() });
    assert_eq!(count(&html, "href=\"/devices"), 0);
    assert!(html.contains("href=\"/t/northwind/devices/dev_"));
}

#[test]
fn each_tab_of_a_device_has_its_own_page() {
    let head = DevicePage::sample().head;
    let pages =
        [DevicePage::sample(), DevicePage::sample_hardware(), DevicePage::sample_software(), DevicePage::sample_updates(), DevicePage::sample_history()];
    let words = ["They were counted, dropped before storage, and are kept nowhere.", "b0:7b:25:c1:0a:12", "bind9-dnsutils", "14", "Tuesday 10 November"];
    for (shown, word) in pages.into_iter().zip(words) {
        let tab = shown.tab.word();
        let html = device(shown);
        assert!(html.contains(word), "{word}");
        sound(&html);
        let path = if tab.is_empty() { format!("/devices/{}", head.id) } else { format!("/devices/{}/{tab}", head.id) };
        assert!(html.contains(&format!("href=\"{path}\" aria-current=\"page\"")), "{path}");
    }
}

#[test]
fn updates_that_are_unknown_are_not_none() {
    let html = device(DevicePage::sample_quarantined());
    assert!(html.contains("never been downloaded") && html.contains("unknown, not as up to date") && !html.contains("No updates wait"));
    assert!(html.contains("Its serial number changed.") && html.contains("BWL-SRV-DB02-OLD"));
    let html = device(DevicePage::sample_empty());
    assert!(html.contains("No data yet") && html.contains("Waits for approval.") && html.contains("never seen"));
}

#[test]
fn hostile_text_stays_text() {
    let list = page(DevicesPage::sample_hostile());
    let pages = DevicePage::samples_hostile().into_iter().map(device).chain([list]);
    for html in pages {
        assert!(!html.contains(HOSTILE) && !html.contains("<script>alert") && !html.contains("<img src=x"), "let out as markup");
        assert!(html.contains("&lt;script&gt;") && !html.contains("NaN"));
        sound(&html);
    }
}

//! The pages of reports from their samples.

use domain::{
    Fault,
    people::Role,
    reports::{Kind, schedule::Typed},
};

use super::{DeliveredPage, DeliveredPageQuery, LibraryPage, ReportPage, SchedulePage, SchedulesPage, Way, sample};
use crate::{
    Audience, Frame,
    layout::proof::{HOSTILE, hostile_frame, sound},
};

fn frame() -> Frame {
    Frame { path: "/reports".into(), ..Frame::sample() }
}

#[test]
fn a_report_shows_its_figures_and_leads_to_their_rows() {
    let page = ReportPage::sample();
    let html = page.clone().render(frame());
    sound(&html);
    for text in ["Castell Legal", "October 2026", "1 unknown", "No data yet", "9 of 10 within 9 h", "Nothing was raised.", "Keep this report", "not over"] {
        assert!(html.contains(text), "{text}");
    }
    let query = "period=last-month&amp;client=cli_00000000000000000000000000000002";
    for path in [
        format!("/reports/alerts/pdf?{query}"),
        format!("/reports/alerts/xlsx?{query}"),
        format!("/reports/alerts/csv?{query}"),
        format!("/reports/alerts?{query}&amp;rows=raised#rows"),
    ] {
        assert!(html.contains(&format!("href=\"{path}\"")), "{path}");
    }
    let opened = ReportPage { rows: Some("resolved".into()), ..page.clone() }.render(frame());
    assert!(opened.contains("Alerts: resolved") && opened.contains("These rows as CSV") && opened.contains("What Castell Legal counts."));
    let delivered =
        ReportPage { way: Way::Delivered(domain::ids::ReportId(domain::ids::Uuid::from_u128(1))), links: false, ..page }.render(Frame::sample_contact());
    assert!(!delivered.contains("/delivery") && !delivered.contains("href=\"/alerts/alr_1\"") && delivered.contains("/reports/delivered/rep_"));
}

#[test]
fn the_library_offers_what_can_be_made() {
    let html = LibraryPage::sample().render(frame());
    sound(&html);
    for kind in Kind::OFFERED {
        assert!(html.contains(&format!("formaction=\"/reports/{kind}\"")), "{kind}");
    }
    assert!(html.contains("href=\"/reports/schedules\"") && html.contains("Last month"));
    let mut technician = frame();
    technician.viewer.as_mut().expect("a viewer").may = Role::Technician.permissions();
    assert!(!LibraryPage::sample().render(technician).contains("/reports/schedules"));
    let wrong = LibraryPage { faults: vec![Fault::new("to", "lies before the first day")], ..LibraryPage::sample() }.render(frame());
    assert!(wrong.contains("lies before the first day"));
}

#[test]
fn lists_say_what_to_do_when_they_are_empty() {
    let html = DeliveredPage::sample().render(frame());
    sound(&html);
    assert!(html.contains("Schedule of Priya Raman") && html.contains("All clients") && html.contains("?after=5."));
    let none = DeliveredPage { rows: vec![], total: 0, older: None, ..DeliveredPage::sample() };
    assert!(none.clone().render(frame()).contains("Nothing was delivered yet"));
    assert!(DeliveredPage { staff: false, ..none.clone() }.render(Frame::sample_contact()).contains("Reports that were made for you"));
    let filtered = DeliveredPage { query: DeliveredPageQuery { kind: Some(Kind::Alerts), ..DeliveredPageQuery::default() }, ..none };
    assert!(filtered.render(frame()).contains("Clear filters"));
    assert!(SchedulesPage { rows: vec![] }.render(frame()).contains("No report is made by itself"));
    let html = SchedulesPage::sample().render(frame());
    assert!(html.contains("Each month on day 1 at 06:00, Europe/London") && html.contains("paused"));
}

#[test]
fn a_form_keeps_what_was_typed_and_says_what_is_wrong() {
    let typed = Typed { zone: "Mars/Base".into(), recipients: "nobody".into(), ..SchedulePage::sample().typed };
    let faults = vec![Fault::new("zone", "is no time zone this portal knows"), Fault::new("recipients", "is no e-mail address")];
    let html = SchedulePage { typed, faults, ..SchedulePage::sample() }.render(frame());
    sound(&html);
    for text in ["Mars/Base", "is no time zone", "nobody", "is no e-mail address", "/pause\"", "/removal\"", "name=\"revision\" value=\"3\""] {
        assert!(html.contains(text), "{text}");
    }
    assert!(!SchedulePage { id: None, ..SchedulePage::sample() }.render(frame()).contains("/pause\""));
}

#[test]
fn hostile_text_stays_text() {
    for kind in Kind::ALL {
        for audience in [Audience::Staff, Audience::Contact] {
            let page = ReportPage { report: sample::report(kind, HOSTILE), ..ReportPage::sample() };
            sound(&page.render(hostile_frame(Some(audience))));
        }
    }
    let bad = || HOSTILE.to_owned();
    let typed = Typed { zone: bad(), recipients: bad(), target: bad(), hour: bad(), ..SchedulePage::sample().typed };
    sound(&SchedulePage { typed, faults: vec![Fault::new("zone", bad())], ..SchedulePage::sample() }.render(hostile_frame(Some(Audience::Staff))));
}

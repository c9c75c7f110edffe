//! The first pages from their samples.

use domain::devices::{
    query::{DeviceQuery, Waiting},
    status::Status,
};

use super::{ContactHome, StaffHome, count_all, count_of};
use crate::{
    Frame,
    clients::sample::rows as clients,
    devices::{HOSTILE, Share},
    layout::proof::sound,
};

fn href(query: &DeviceQuery) -> String {
    format!("href=\"/devices{}\"", query.to_query().replace('&', "&amp;"))
}

#[test]
fn figures_have_denominators_and_link_to_their_rows() {
    let page = StaffHome::sample();
    let figures = page.figures.clone();
    let html = page.render(Frame::sample());
    for figure in [&figures.updates, &figures.security, &figures.restart, &figures.unseen] {
        assert!(html.contains(&href(&figure.link)), "{:?}", figure.link);
        assert!(figure.share.part <= figure.share.known);
        assert_eq!(figure.share.all(), count_all(&figures.by_status), "known and unknown are all devices");
    }
    for (status, _) in &figures.by_status {
        assert!(html.contains(&href(&DeviceQuery::default().with(|query| query.status = Some(*status)))), "{status:?}");
    }
    for text in ["1,131", "of 1,193", "43 unknown", "62 not online", "Check-ins, last 24 h", "Not counted"] {
        assert!(html.contains(text), "{text}");
    }
    sound(&html);
}

#[test]
fn the_samples_add_up() {
    let home = StaffHome::sample();
    let total = count_all(&home.figures.by_status);
    assert_eq!(home.os_mix.iter().map(|os| os.count).sum::<u64>(), total);
    let rows = clients();
    assert_eq!(rows.iter().map(|row| row.devices).sum::<u64>(), total);
    let add = |part: fn(&crate::clients::ClientRow) -> Share| {
        rows.iter().map(part).fold((0, 0, 0), |sum, share| (sum.0 + share.part, sum.1 + share.known, sum.2 + share.unknown))
    };
    let of = |share: Share| (share.part, share.known, share.unknown);
    assert_eq!(add(|row| row.security), of(home.figures.security.share));
    assert_eq!(add(|row| row.restart), of(home.figures.restart.share));
    assert_eq!(rows.iter().map(|row| row.late).sum::<u64>(), count_of(&home.figures.by_status, Status::Late));
    let contact = ContactHome::sample();
    let devices = count_all(&contact.by_status);
    assert_eq!((contact.protected.all(), contact.started.all()), (devices, devices));
    assert_eq!(
        contact.sites.iter().map(|site| (site.devices, site.online)).fold((0, 0), |sum, site| (sum.0 + site.0, sum.1 + site.1)),
        (devices, count_of(&contact.by_status, Status::Online))
    );
}

#[test]
fn a_fresh_tenant_is_told_what_to_do() {
    let steps = vec![
        super::Step { title: "Set the brand", text: "Your name.", path: "/settings/brand", done: true },
        super::Step { title: "Enrol the first device", text: "With a key.", path: "/settings/enrolment", done: false },
    ];
    let html = StaffHome { steps, ..StaffHome::sample_empty() }.render(Frame::sample());
    assert!(html.contains("One step is left.") && html.contains("href=\"/settings/enrolment\"") && !html.contains("0 %"));
    assert!(html.contains("Set the brand<span class=\"sr-only\">: done"));
    let html = StaffHome { steps: Vec::new(), ..StaffHome::sample_empty() }.render(Frame::sample());
    assert!(html.contains("No devices yet") && !html.contains("First steps"));
}

#[test]
fn a_contact_reads_why() {
    let html = ContactHome::sample().render(Frame::sample_contact());
    for text in [
        "Three things need a look",
        "Of 46 devices, 3 not seen in time, 10 with security updates waiting, 4 to restart.",
        "34 of 44 devices",
        "2 unknown",
        "77.3\u{a0}%",
        "tel:0305550140",
        "Berlin",
    ] {
        assert!(html.contains(text), "{text}");
    }
    assert!(html.contains(&href(&DeviceQuery::default().with(|query| query.updates = Some(Waiting::Unknown)))));
    assert!(!html.contains("Brightwater"), "no client is named to a contact");
}

#[test]
fn good_shape_needs_knowledge() {
    let fine = ContactHome {
        by_status: vec![(Status::Online, 4)],
        protected: Share { part: 4, known: 4, unknown: 0 },
        started: Share { part: 4, known: 4, unknown: 0 },
        ..ContactHome::sample()
    };
    assert!(fine.clone().render(Frame::sample_contact()).contains(">In good shape<"));
    let unsure = ContactHome { protected: Share { part: 0, known: 0, unknown: 4 }, ..fine };
    let html = unsure.render(Frame::sample_contact());
    assert!(html.contains("In good shape, as far as is known") && html.contains("No data yet") && !html.contains(">0\u{a0}%"));
    let html = ContactHome::sample_empty().render(Frame::sample_contact());
    assert!(html.contains("No data yet") && !html.contains("good shape"));
}

#[test]
fn hostile_text_stays_text() {
    for html in [StaffHome::sample_hostile().render(Frame::sample()), ContactHome::sample_hostile().render(Frame::sample_contact())] {
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>alert") && !html.contains(HOSTILE) && !html.contains("<img src=x"));
        sound(&html);
    }
}

//! The page of clients from its samples.

use domain::devices::{
    query::{DeviceQuery, Waiting},
    status::Status,
};

use domain::people::Role;

use super::{ClientPage, ClientQuery, ClientSort, ClientsPage, PAGE};
use crate::{
    Audience, Frame,
    devices::HOSTILE,
    layout::proof::{hostile_frame, sound},
};

#[test]
fn each_number_opens_its_devices() {
    let page = ClientsPage::sample();
    let html = page.clone().render(Frame::sample());
    for row in page.rows.iter().filter(|row| row.devices > 0) {
        assert_eq!(row.online + row.late + row.offline + row.pending + row.quarantined, row.devices);
        assert!(row.security.part <= row.security.known && row.security.all() <= row.devices);
        let of = DeviceQuery { client: Some(row.id), ..DeviceQuery::default() };
        let offline = of.with(|query| query.status = Some(Status::Offline));
        let security = of.with(|query| query.updates = Some(Waiting::Security));
        for query in [Some(&of), (row.offline > 0).then_some(&offline), Some(&security)].into_iter().flatten() {
            assert!(html.contains(&format!("href=\"/devices{}\"", query.to_query().replace('&', "&amp;"))), "{}", row.name);
        }
        assert!(html.contains(&format!("href=\"/clients/{}\"", row.id)), "{}", row.name);
    }
    assert!(html.contains("No data yet") && html.contains("No devices yet") && html.contains("Never"));
}

#[test]
fn samples_render_without_markup_of_their_own() {
    let html = ClientsPage::sample_hostile().render(Frame::sample());
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>alert") && !html.contains(HOSTILE));
    sound(&html);
    assert!(ClientsPage::sample_empty().render(Frame::sample()).contains("No clients yet"));
}

#[test]
fn a_url_reads_back_to_the_same_list() {
    let query = ClientQuery { q: "a & b".into(), archived: true, sort: ClientSort::Name, skip: 2 * PAGE };
    assert_eq!(query.to_query(), "?q=a%20%26%20b&state=archived&sort=name&skip=100");
    assert_eq!(ClientQuery::parse([("q", "a & b"), ("state", "archived"), ("sort", "name"), ("skip", "119"), ("noise", "1")]), Ok(query));
    for (name, value) in [("sort", "price"), ("state", "asleep"), ("skip", "-1"), ("skip", "9999999999999999999")] {
        assert!(ClientQuery::parse([(name, value)]).is_err(), "{name}={value}");
    }
    let html = ClientsPage { total_matching: 120, ..ClientsPage::sample() }.render(Frame::sample());
    assert!(html.contains("href=\"/clients?skip=50\""));
}

#[test]
fn what_needs_attention_opens_its_devices() {
    let page = ClientPage::sample();
    let html = page.clone().render(Frame::sample());
    sound(&html);
    let of = DeviceQuery { client: Some(page.client.id), ..DeviceQuery::default() };
    for query in [
        of.with(|query| query.status = Some(Status::Offline)),
        of.with(|query| query.updates = Some(Waiting::Security)),
        of.with(|query| query.restart = true),
        of.with(|query| query.unseen = true),
        of.with(|query| query.site = Some(page.sites[0].id)),
    ] {
        assert!(html.contains(&format!("href=\"/devices{}\"", query.to_query().replace('&', "&amp;"))), "{query:?}");
    }
    for text in ["cannot be archived yet", "Gwen Aldous", "never signed in", "openssl", "Old annexe", "/sites/new\"", "/archival/removal\""] {
        assert!(html.contains(text), "{text}");
    }
}

#[test]
fn a_client_without_devices_may_be_archived() {
    let html = ClientPage::sample_empty().render(Frame::sample());
    sound(&html);
    assert!(html.contains("Archive Quayside Marine?") && html.contains("No devices yet") && html.contains("No sites yet"));
    let mut archived = ClientPage::sample_empty();
    archived.client.archived = Some(archived.counted_at);
    let html = archived.render(Frame::sample());
    assert!(html.contains("/archival/removal\"") && !html.contains("/sites/new"));
}

#[test]
fn whoever_may_not_manage_sees_no_button() {
    let mut frame = Frame::sample();
    frame.viewer.as_mut().expect("a viewer").may = Role::Technician.permissions();
    let html = ClientPage::sample().render(frame.clone()) + &ClientsPage::sample().render(frame);
    for text in ["/archival", "/name\"", "/sites/new", "/clients/new", "/clients/import"] {
        assert!(!html.contains(text), "{text}");
    }
}

#[test]
fn a_hostile_client_stays_text() {
    sound(&ClientPage::sample_hostile().render(Frame::sample()));
    sound(&ClientPage { recent: Vec::new(), ..ClientPage::sample_hostile() }.render(hostile_frame(Some(Audience::Staff))));
}

//! The page of clients from its samples.

use domain::devices::{
    query::{DeviceQuery, Waiting},
    status::Status,
};

use super::{ClientQuery, ClientSort, ClientsPage, PAGE};
use crate::{Frame, devices::HOSTILE, layout::proof::sound};

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
    let query = ClientQuery { q: "a & b".into(), sort: ClientSort::Name, skip: 2 * PAGE };
    assert_eq!(query.to_query(), "?q=a%20%26%20b&sort=name&skip=100");
    assert_eq!(ClientQuery::parse([("q", "a & b"), ("sort", "name"), ("skip", "119"), ("noise", "1")]), Ok(query));
    for (name, value) in [("sort", "price"), ("skip", "-1"), ("skip", "9999999999999999999")] {
        assert!(ClientQuery::parse([(name, value)]).is_err(), "{name}={value}");
    }
    let html = ClientsPage { total_matching: 120, ..ClientsPage::sample() }.render(Frame::sample());
    assert!(html.contains("href=\"/clients?skip=50\""));
}

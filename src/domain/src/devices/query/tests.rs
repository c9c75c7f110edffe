//! Queries of device lists: read, written, and refused with the name of the field.

use super::*;

#[test]
fn a_url_reads_back_to_the_same_list() {
    let (client, site) = (ClientId(uuid::Uuid::from_u128(3)).to_string(), SiteId(uuid::Uuid::from_u128(4)).to_string());
    let pairs = [
        ("q", "sql & co"),
        ("client", &client),
        ("site", &site),
        ("status", "late"),
        ("os", "debian"),
        ("tag", "Gold"),
        ("updates", "security"),
        ("restart", "pending"),
        ("seen", "over-7d"),
        ("sort", "-seen"),
        ("noise", "x"),
    ];
    let query = DeviceQuery::parse(pairs).expect("valid");
    assert_eq!(
        query.to_query(),
        format!("?q=sql%20%26%20co&client={client}&site={site}&status=late&os=debian&tag=gold&updates=security&restart=pending&seen=over-7d&sort=-seen")
    );
    assert!(query.is_filtered() && !DeviceQuery::default().is_filtered());
    let id = uuid::Uuid::from_u128(9);
    let paged = DeviceQuery { cursor: Some(Cursor { value: "BWL.1".into(), id, backwards: true }), ..DeviceQuery::default() };
    let text = paged.to_query();
    assert_eq!(DeviceQuery::parse([("before", text.trim_start_matches("?before="))]), Ok(paged));
}

#[test]
fn a_wrong_value_is_named() {
    for (name, value) in
        [("status", "asleep"), ("client", "cli_1"), ("sort", "price"), ("after", "x"), ("restart", "maybe"), ("updates", "all"), ("tag", &*"x".repeat(41))]
    {
        let Err(Refusal::Invalid(faults)) = DeviceQuery::parse([(name, value)]) else { panic!("{name}={value} was taken") };
        assert_eq!(faults[0].field, name);
    }
    assert!(DeviceQuery::parse([("q", &*"x".repeat(101))]).is_err());
}

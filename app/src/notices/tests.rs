//! The pages of notices from their samples.

use domain::notices::State;

use super::{ChannelPage, ChannelsPage, DeliveriesPage, DeliveryLine, DeliveryPage, RoutePage, SecretPage};
use crate::{
    Audience, Frame,
    layout::proof::{self, HOSTILE, sound},
};

fn frame(path: &str) -> Frame {
    Frame { path: path.into(), ..Frame::sample() }
}

#[test]
fn the_channels_say_who_is_told_of_what() {
    let html = ChannelsPage::sample().render(frame("/settings/channels"));
    sound(&html);
    for text in ["Service desk", "webhook at hooks.northwind.example", "High and worse, any client", "This is a demo without a mail server", "Add a route"] {
        assert!(html.contains(text), "{text}");
    }
    let empty = ChannelsPage::sample_empty().render(frame("/settings/channels"));
    sound(&empty);
    assert!(empty.contains("No channel yet") && empty.contains("PORTICO_MAIL_URL") && !empty.contains("Add a route"));
}

#[test]
fn a_channel_and_a_route_can_be_changed_and_removed() {
    let html = ChannelPage::sample().render(frame("/settings/channels/chn_1"));
    sound(&html);
    assert!(html.contains("https://hooks.northwind.example/portico") && html.contains("/test\"") && html.contains("/secret\"") && html.contains("/removal\""));
    assert!(!html.contains("Addresses"), "a webhook has none");
    let new = ChannelPage::default().render(frame("/settings/channels/new"));
    assert!(new.contains("Addresses") && new.contains("Add the channel") && !new.contains("/removal\""));
    let html = RoutePage::sample().render(frame("/settings/channels/routes/rte_1"));
    sound(&html);
    assert!(html.contains("High and worse") && html.contains("/removal\"") && html.contains("Service desk"));
    let page = SecretPage { name: "Team chat".into(), secret: "whs_1".into(), next: "/settings/channels".into() };
    assert!(page.render(frame("/settings/channels")).contains("whs_1"));
}

#[test]
fn the_log_says_what_became_of_each() {
    let html = DeliveriesPage::sample().render(frame("/settings/channels/deliveries"));
    sound(&html);
    for state in State::ALL {
        assert!(html.contains(&format!(">{}<", state.label())), "{}", state.label());
    }
    assert!(DeliveriesPage::sample_empty().render(frame("/x")).contains("Nothing has left yet"));
    let html = DeliveryPage::sample().render(frame("/settings/channels/deliveries/dlv_1"));
    sound(&html);
    assert!(html.contains("tried 2 times") && html.contains("/retry\"") && html.contains("the mail server took no connection"));
    let sent = DeliveryLine { state: State::Sent, error: None, ..DeliveryPage::sample().line };
    assert!(!DeliveryPage { line: sent, ..DeliveryPage::sample() }.render(frame("/x")).contains("/retry\""));
}

#[test]
fn hostile_text_stays_text() {
    let hostile = || proof::hostile_frame(Some(Audience::Staff));
    sound(&ChannelsPage::sample_hostile(HOSTILE).render(hostile()));
    sound(&ChannelPage::sample_hostile(HOSTILE).render(hostile()));
    sound(&RoutePage::sample_hostile(HOSTILE).render(hostile()));
    sound(&DeliveriesPage::sample_hostile(HOSTILE).render(hostile()));
    sound(&DeliveryPage::sample_hostile(HOSTILE).render(hostile()));
    sound(&SecretPage { name: HOSTILE.into(), secret: HOSTILE.into(), next: "/".into() }.render(hostile()));
}

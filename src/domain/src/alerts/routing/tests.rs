//! Each reason on its own, and their order.

use super::*;
use crate::{
    Moment,
    alerts::{channel::Target, state::By},
    ids::{PersonId, Uuid, WindowId},
};

fn id<T: From<Uuid>>(number: u128) -> T {
    T::from(Uuid::from_u128(number))
}

fn route() -> Route {
    let name = "On call".to_owned();
    Route { id: id(1), name, on: true, least: Severity::High, clients: Clients::Any, on_raise: true, on_resolve: true, channel: id(10) }
}

fn channel() -> Channel {
    Channel { id: id(10), name: "Desk".into(), on: true, target: Target::Email { to: vec!["a@b.de".into()] } }
}

fn told(occasion: Occasion, state: &State, route: Route, channel: Channel, sent: &[Occasion]) -> (bool, String) {
    let facts = Facts { severity: Severity::High, client: Some(id(5)), state };
    let quiet = Quiet { window: Some("Patch night".into()), sent: sent.iter().map(|occasion| (id(10), *occasion)).collect(), ..Quiet::default() };
    let decisions = plan(occasion, &facts, &[route], &[channel], &quiet);
    (decisions[0].sends(), decisions[0].why.words())
}

#[test]
fn each_reason_is_said() {
    use Occasion::{Raised, Resolved};
    let (ann, over) = (id::<PersonId>(3), State::Resolved { by: By::Rule });
    let listed = |client: u128| Clients::Listed(BTreeSet::from([id(client)]));
    let table = [
        (Raised, State::Open, route(), channel(), &[][..], "Sent: the severity is high and this route takes high and worse."),
        (Raised, State::Open, Route { clients: listed(5), ..route() }, channel(), &[], "Sent: the severity is high and this route takes high and worse."),
        (Resolved, over, route(), channel(), &[Raised], "Sent: the severity is high and this route takes high and worse."),
        // As routing tells it to a route that did not tell of the beginning itself.
        (
            Resolved,
            over,
            Route { least: Severity::Critical, ..route() },
            channel(),
            &[Raised],
            "Not sent: the severity is high and this route takes critical and worse.",
        ),
        (Raised, State::Open, Route { on: false, ..route() }, channel(), &[], "Not sent: this route is switched off."),
        (Raised, State::Open, route(), Channel { on: false, ..channel() }, &[], "Not sent: the channel Desk is switched off."),
        (Raised, State::Open, route(), Channel { id: id(11), ..channel() }, &[], "Not sent: the channel of this route was removed."),
        (Raised, State::Open, Route { on_raise: false, ..route() }, channel(), &[], "Not sent: this route does not tell of alerts that are raised."),
        (Resolved, over, Route { on_resolve: false, ..route() }, channel(), &[Raised], "Not sent: this route does not tell of alerts that are resolved."),
        (
            Raised,
            State::Open,
            Route { least: Severity::Critical, ..route() },
            channel(),
            &[],
            "Not sent: the severity is high and this route takes critical and worse.",
        ),
        (Raised, State::Open, Route { clients: listed(6), ..route() }, channel(), &[], "Not sent: this route is for other clients."),
        (
            Raised,
            State::Suppressed { window: id::<WindowId>(7) },
            route(),
            channel(),
            &[],
            "Not sent: the alert is suppressed by the maintenance window Patch night.",
        ),
        (Raised, State::Snoozed { until: Moment(9), by: ann }, route(), channel(), &[], "Not sent: the alert is snoozed."),
        (Raised, State::Acknowledged { by: ann }, route(), channel(), &[], "Not sent: the alert is acknowledged, so somebody is on it."),
        (Raised, State::Dismissed { by: ann }, route(), channel(), &[], "Not sent: the alert was dismissed."),
        (Raised, State::Open, route(), channel(), &[Raised], "Not sent again: this channel was already told of this occurrence."),
        (Resolved, over, route(), channel(), &[], "Not sent: this channel was never told that the alert was raised."),
    ];
    for (occasion, state, route, channel, sent, words) in table {
        assert_eq!(told(occasion, &state, route, channel, sent), (words.starts_with("Sent"), words.to_owned()));
    }
}

#[test]
fn who_told_of_the_beginning_tells_of_the_end() {
    let over = State::Resolved { by: By::Rule };
    let facts = Facts { severity: Severity::Info, client: Some(id(6)), state: &over };
    let narrow = Route { least: Severity::Critical, clients: Clients::Listed(BTreeSet::from([id(6)])), ..route() };
    let quiet = Quiet { sent: BTreeSet::from([(id(10), Occasion::Raised)]), began: BTreeSet::from([id(1)]), ..Quiet::default() };
    let why = |route: &Route, quiet: &Quiet| plan(Occasion::Resolved, &facts, std::slice::from_ref(route), &[channel()], quiet).remove(0).why;
    assert_eq!(why(&narrow, &quiet), Why::Followed, "less bad by now");
    let moved = Route { clients: Clients::Listed(BTreeSet::from([id(5)])), least: Severity::Info, ..narrow.clone() };
    assert_eq!(why(&moved, &quiet), Why::OtherClient, "nobody hears of a device's new client");
    assert_eq!(why(&Route { id: id(2), ..narrow.clone() }, &quiet), Why::SeverityBelow { severity: Severity::Info, least: Severity::Critical });
    assert_eq!(why(&Route { on_resolve: false, ..narrow.clone() }, &quiet), Why::NotAsked { occasion: Occasion::Resolved });
    let both = Quiet { sent: quiet.sent.iter().copied().chain([(id(10), Occasion::Resolved)]).collect(), ..quiet.clone() };
    assert_eq!(why(&narrow, &both), Why::AlreadySent);
    assert_eq!(why(&narrow, &Quiet { began: quiet.began, ..Quiet::default() }), Why::SeverityBelow { severity: Severity::Info, least: Severity::Critical });
}

#[test]
fn two_routes_to_one_channel_send_once() {
    let facts = Facts { severity: Severity::Critical, client: None, state: &State::Open };
    let routes = [Route { on: false, id: id(2), ..route() }, route(), Route { id: id(3), name: "Boss".into(), ..route() }];
    let decisions = plan(Occasion::Raised, &facts, &routes, &[channel()], &Quiet::default());
    let whys: Vec<&Why> = decisions.iter().map(|decision| &decision.why).collect();
    assert!(matches!(whys[..], [Why::RouteOff, Why::Sent { .. }, Why::SameChannel { route }] if route == "On call"), "{whys:?}");
    assert!(plan(Occasion::Raised, &facts, &[], &[channel()], &Quiet::default()).is_empty());
    let listed = Route { clients: Clients::Listed(BTreeSet::from([id(5)])), ..route() };
    let unplaced = plan(Occasion::Raised, &facts, &[listed], &[channel()], &Quiet::default());
    assert_eq!(unplaced[0].why, Why::OtherClient, "a device without a client is no listed client's");
}

#[test]
fn a_reason_reads_back_from_the_delivery_log() {
    for why in [Why::Snoozed { until: Moment(9) }, Why::OtherClient, Why::NotAsked { occasion: Occasion::Resolved }] {
        let text = serde_json::to_string(&why).expect("json");
        assert_eq!(serde_json::from_str::<Why>(&text).expect("a reason"), why, "{text}");
    }
    assert_eq!(Why::Snoozed { until: Moment(9) }.until(), Some(Moment(9)));
}

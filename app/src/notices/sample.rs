//! Invented channels, routes and deliveries, for render tests and previews.

use domain::{
    Fault,
    ids::{AlertId, ChannelId, ClientId, DeliveryId, RouteId, Uuid},
    notices::{DeliveryQuery, Kind, State},
    time::{DAY, HOUR, MINUTE},
};

use super::{ChannelLine, ChannelPage, ChannelsPage, DeliveriesPage, DeliveryLine, DeliveryPage, MailState, RouteLine, RoutePage};
use crate::{layout::sample::NOW, people::Faults};

fn id(n: u128) -> ChannelId {
    ChannelId(Uuid::from_u128(n))
}

fn channel(n: u128, name: &str, kind: Kind, words: &str, on: bool) -> ChannelLine {
    ChannelLine { id: id(n), name: name.into(), on, kind, words: words.into(), routes: usize::from(on) }
}

fn route(n: u128, name: &str, sentence: &str, channel: &str) -> RouteLine {
    RouteLine { id: RouteId(Uuid::from_u128(n)), name: name.into(), on: n != 2, sentence: sentence.into(), channel: channel.into() }
}

fn delivery(n: u128, state: State, kind: Kind, subject: &str, error: Option<&str>) -> DeliveryLine {
    let ago = MINUTE * i64::try_from(n * n).unwrap_or(1);
    DeliveryLine {
        id: DeliveryId(Uuid::from_u128(n)),
        state,
        what: "alert raised".into(),
        kind,
        recipient: if kind == Kind::Mail { "desk@northwind.example".into() } else { "webhook at hooks.northwind.example".into() },
        subject: subject.into(),
        channel: Some("Service desk".into()),
        at: NOW - ago,
        tried: i32::from(state != State::NotSent),
        error: error.map(str::to_owned),
        sent_at: (state == State::Sent).then_some(NOW - ago + 1_000),
        next_at: (state == State::Waiting).then_some(NOW + MINUTE),
    }
}

impl ChannelsPage {
    /// Two channels and two routes.
    pub fn sample() -> Self {
        let channels = vec![
            channel(1, "Service desk", Kind::Mail, "desk@northwind.example, oncall@northwind.example", true),
            channel(2, "Team chat", Kind::Webhook, "webhook at hooks.northwind.example", false),
        ];
        let routes = vec![
            route(1, "On call", "high and worse, any client, when raised and when resolved", "Service desk"),
            route(2, "Everything", "info and worse, 3 clients, when raised", "Team chat"),
        ];
        Self { channels, routes, mail: MailState::Caught }
    }

    /// Nothing yet.
    pub fn sample_empty() -> Self {
        Self { channels: Vec::new(), routes: Vec::new(), mail: MailState::Missing }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        Self { channels: vec![channel(1, bad, Kind::Mail, bad, true)], routes: vec![route(1, bad, bad, bad)], mail: MailState::Ready }
    }
}

impl ChannelPage {
    /// A webhook.
    pub fn sample() -> Self {
        let (name, url) = ("Team chat".to_owned(), "https://hooks.northwind.example/portico".to_owned());
        Self { id: Some(id(2)), name, on: true, kind: "webhook".into(), url, revision: "3".into(), ..Self::default() }
    }

    /// A new one with faults.
    pub fn sample_hostile(bad: &str) -> Self {
        let faults = Faults(["name", "kind", "to", "url"].into_iter().map(|field| Fault::new(field, bad)).collect());
        let text = || bad.to_owned();
        Self { id: None, name: text(), on: true, kind: text(), to: text(), url: text(), revision: text(), faults }
    }
}

impl RoutePage {
    /// One that takes the alerts of one client.
    pub fn sample() -> Self {
        let clients: Vec<(ClientId, String)> = (0..4).map(crate::devices::sample::client).collect();
        Self {
            id: Some(RouteId(Uuid::from_u128(1))),
            name: "On call".into(),
            on: true,
            least: "high".into(),
            clients: "listed".into(),
            listed: clients.first().map(|(id, _)| id.to_string()).into_iter().collect(),
            on_raise: true,
            on_resolve: false,
            channel: id(1).to_string(),
            revision: "2".into(),
            all_clients: clients,
            all_channels: vec![(id(1), "Service desk".into()), (id(2), "Team chat".into())],
            faults: Faults::default(),
        }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let faults = Faults(["name", "least", "clients", "listed", "on_raise", "channel"].into_iter().map(|field| Fault::new(field, bad)).collect());
        let of = Self::sample();
        let all_clients = of.all_clients.iter().map(|(id, _)| (*id, bad.to_owned())).collect();
        let all_channels = of.all_channels.iter().map(|(id, _)| (*id, bad.to_owned())).collect();
        Self { name: bad.into(), least: bad.into(), clients: bad.into(), revision: bad.into(), all_clients, all_channels, faults, ..of }
    }
}

impl DeliveriesPage {
    /// One in each state.
    pub fn sample() -> Self {
        let rows = vec![
            delivery(
                1,
                State::Waiting,
                Kind::Mail,
                "[critical] Disk free: /var on BWL-SRV-01 (Brightwater Logistics)",
                Some("the mail server took no connection: refused"),
            ),
            delivery(2, State::Sent, Kind::Mail, "[high] Not seen on CST-LAP-4 (Castell Legal)", None),
            delivery(3, State::Failed, Kind::Webhook, "[high] Not seen on CST-LAP-4 (Castell Legal)", Some("the receiver answered 404")),
            delivery(4, State::Caught, Kind::Mail, "A test from Northwind IT", None),
            delivery(5, State::NotSent, Kind::Mail, "A test from Northwind IT", Some("No mail server is set up (PORTICO_MAIL_URL).")),
        ];
        let (query, channels) = (DeliveryQuery::default(), vec![(id(1), "Service desk".into()), (id(2), "Team chat".into())]);
        Self { query, total: rows.len() as u64, rows, counted_at: NOW, channels, newer: None, older: None }
    }

    /// Nothing left yet.
    pub fn sample_empty() -> Self {
        Self { rows: Vec::new(), total: 0, ..Self::sample() }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let of = Self::sample();
        let rows = of.rows.into_iter().map(|line| hostile(line, bad)).collect();
        Self { rows, channels: vec![(id(1), bad.into())], ..Self::sample() }
    }
}

fn hostile(line: DeliveryLine, bad: &str) -> DeliveryLine {
    let text = || bad.to_owned();
    DeliveryLine { what: text(), recipient: text(), subject: text(), channel: Some(text()), error: Some(text()), ..line }
}

impl DeliveryPage {
    /// One that failed twice and waits.
    pub fn sample() -> Self {
        let line = DeliveryLine { tried: 2, ..DeliveriesPage::sample().rows.remove(0) };
        let body = "An alert was raised.\n\nSeverity: Critical\nCondition: Disk free: /var\nDevice: BWL-SRV-01\n".to_owned();
        let (alert, client) = (Some(AlertId(Uuid::from_u128(1))), Some(crate::devices::sample::client(0)));
        Self { line, alert, client, channel: Some(id(1)), from_name: "Northwind IT".into(), body, html: true }
    }

    /// Every text tries to be markup.
    pub fn sample_hostile(bad: &str) -> Self {
        let of = Self::sample();
        let client = of.client.map(|(id, _)| (id, bad.to_owned()));
        Self { line: DeliveryLine { at: NOW - 3 * DAY - HOUR, ..hostile(of.line, bad) }, client, from_name: bad.into(), body: bad.into(), ..Self::sample() }
    }
}

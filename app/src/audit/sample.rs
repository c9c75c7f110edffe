//! Invented acts, for render tests and previews.

use domain::{
    audit::{AuditQuery, Beside},
    ids::{ClientId, DeviceId, PersonId, Uuid},
    time::{DAY, HOUR, MINUTE},
};

use super::{Act, Actor, AuditPage, AuditTail, Choices, Object};
use crate::{devices::sample::client, layout::sample::NOW};

fn person(n: u128, name: &str) -> Actor {
    Actor { kind: "person".into(), name: name.into(), filter: PersonId(Uuid::from_u128(n)).to_string() }
}

fn device(name: &str) -> Option<Object> {
    let id = DeviceId(Uuid::from_u128(7_000));
    Some(Object { kind: "device".into(), name: Some(name.into()), path: Some(format!("/devices/{id}")) })
}

fn at_client((id, name): (ClientId, String)) -> Option<(ClientId, Option<String>)> {
    Some((id, Some(name)))
}

fn act(ago: i64, actor: Actor, action: &str) -> Act {
    let address = Some("192.0.2.17".to_owned());
    Act { at: NOW - ago, actor, action: action.into(), object: None, before: None, after: None, detail: None, client: None, address }
}

/// One act of each sort.
pub(super) fn acts() -> Vec<Act> {
    let own = |text: &str| Some(text.to_owned());
    let program = |kind: &str, name: &str| Actor { kind: kind.into(), name: name.into(), filter: format!("{kind}:{name}") };
    let priya = || person(1, "Priya Raman");
    let object = |kind: &str, name: Option<&str>| Some(Object { kind: kind.into(), name: name.map(str::to_owned), path: None });
    vec![
        Act {
            object: device("BWL-SRV-DB02"),
            before: own("Main"),
            after: own("Felixstowe Dock"),
            client: at_client(client(0)),
            ..act(4 * MINUTE, priya(), "device moved")
        },
        Act { detail: own("1,214 rows"), ..act(19 * MINUTE, priya(), "devices exported") },
        Act { object: object("person", Some("Priya Raman")), detail: own("after 4 failed tries"), ..act(21 * MINUTE, priya(), "signed in") },
        Act {
            object: object("person", Some("Priya Raman")),
            detail: own("3 tries; further ones wait"),
            ..act(22 * MINUTE, program("stranger", "Not signed in"), "sign-ins failed")
        },
        Act { object: device("PEM-LT-0117"), client: at_client(client(2)), ..act(3 * HOUR, program("enrolment key", "Pembroke laptops"), "device enrolled") },
        Act {
            object: object("enrolment key", Some("Pembroke laptops")),
            client: at_client(client(2)),
            ..act(DAY, program("job", "console"), "enrolment key made")
        },
        Act { object: object("session", None), ..act(DAY + HOUR, person(2, "Marta Kowalczyk"), "session ended") },
        Act {
            object: object("tenant", Some("Northwind IT")),
            before: own("suspended"),
            after: own("active"),
            ..act(9 * DAY, program("operator", "Omar Reyes"), "tenant resumed")
        },
        Act { object: device("OLD-LT-9"), before: own("Retired laptop of the front desk"), ..act(400 * DAY, priya(), "note removed") },
    ]
}

impl AuditPage {
    /// A page in the middle of nothing else.
    pub fn sample() -> Self {
        let acts = acts();
        let last = acts.last().map_or(NOW, |act| act.at);
        let older = AuditQuery { beside: Some(Beside { at: last, id: Uuid::from_u128(1), newer: false }), ..AuditQuery::default() };
        let mut actions: Vec<String> = acts.iter().map(|act| act.action.clone()).collect();
        actions.sort_unstable();
        let choices = Choices {
            actions,
            kinds: ["device", "enrolment key", "person"].map(str::to_owned).to_vec(),
            actors: vec![("job:console".into(), "console".into()), (person(1, "").filter, "Priya Raman".into())],
            clients: vec![client(0), client(2)],
        };
        Self { query: AuditQuery::default(), acts, total_matching: 4_127, counted_at: NOW, choices, newer: None, older: Some(older) }
    }

    /// A tenant in which nothing was done.
    pub fn sample_empty() -> Self {
        Self { acts: Vec::new(), total_matching: 0, choices: Choices::default(), older: None, ..Self::sample() }
    }

    /// A filter that nothing meets.
    pub fn sample_no_match() -> Self {
        let query = AuditQuery { q: "nobody".into(), from: Some("2026-11-01".into()), ..AuditQuery::default() };
        Self { query, acts: Vec::new(), total_matching: 0, older: None, ..Self::sample() }
    }

    /// Every text is `bad`.
    pub fn sample_hostile(bad: &str) -> Self {
        let own = || bad.to_owned();
        let query = AuditQuery {
            q: own(),
            actor: Some(own()),
            action: Some(own()),
            kind: Some(own()),
            object: Some(own()),
            from: Some(own()),
            to: Some(own()),
            ..AuditQuery::default()
        };
        let choices =
            Choices { actions: vec![own()], kinds: vec![own()], actors: vec![(own(), own())], clients: vec![(client(0).0, own()), (client(1).0, own())] };
        Self { query, acts: hostile(bad), choices, ..Self::sample() }
    }
}

/// The acts with `bad` in every text.
fn hostile(bad: &str) -> Vec<Act> {
    let own = || bad.to_owned();
    let spoil = |act: Act| Act {
        actor: Actor { kind: own(), name: own(), filter: own() },
        action: own(),
        object: act.object.map(|object| Object { kind: own(), name: object.name.map(|_| own()), path: object.path }),
        before: act.before.map(|_| own()),
        after: act.after.map(|_| own()),
        detail: Some(own()),
        client: act.client.map(|(id, _)| (id, Some(own()))),
        address: Some(own()),
        ..act
    };
    acts().into_iter().map(spoil).collect()
}

impl AuditTail {
    /// What was done to one device.
    pub fn sample() -> Self {
        let id = DeviceId(Uuid::from_u128(7_000)).to_string();
        let acts = acts().into_iter().filter(|act| act.object.as_ref().is_some_and(|object| object.kind == "device")).collect();
        Self { acts, object: id }
    }

    /// The same with `bad` in every text.
    pub fn sample_hostile(bad: &str) -> Self {
        Self { acts: hostile(bad), ..Self::sample() }
    }
}

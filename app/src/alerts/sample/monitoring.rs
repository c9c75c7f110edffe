//! Invented policies: that of all clients, a client's own, and what comes of them on a device.

use domain::{
    Fault,
    alerts::{Effective, Level, Part},
    ids::{AlertId, DeviceId, Uuid},
    time::MINUTE,
};

use super::{ago, document, key, rule};
use crate::{
    alerts::{ConditionPage, EffectiveTab, PoliciesPage, PolicyPage, PolicyPlace, PolicyRow, Watched},
    devices::sample::client,
};

/// A place with a name.
fn place(word: &str, name: &str, values: u64) -> PolicyPlace {
    PolicyPlace { word: word.into(), name: name.into(), values }
}

/// The policy of the first invented client.
fn of_client() -> PolicyPlace {
    let (id, name) = client(0);
    place(&id.to_string(), &name, 4)
}

/// What the invented device last said about a condition.
fn last_seen(key: &str) -> Option<&'static str> {
    let seen = [("not-seen", "41 s"), ("disk:/var", "3.8 % free"), ("memory", "61 %"), ("service:nginx.service", "running"), ("security-updates", "2 d")];
    seen.into_iter().find(|(of, _)| *of == key).map(|(_, value)| value)
}

impl EffectiveTab {
    /// Everything that is watched on a server of a client with a policy of its own.
    pub fn sample(device: DeviceId) -> Self {
        let document = document();
        let watched = Effective::new([(Level::Client, &document)]).rules().into_iter().map(|rule| {
            let full = rule.key == key("disk:/var");
            Watched {
                value: last_seen(&rule.key.to_string()).map(str::to_owned),
                breaching_since: ago(47 * MINUTE).filter(|_| full),
                alert: full.then(|| AlertId(Uuid::from_u128(5))),
                rule,
            }
        });
        let places = vec![place(&device.to_string(), "BWL-SRV-DB02", 0), of_client(), place("tenant", "All clients", 3)];
        Self { device, watched: watched.collect(), places }
    }
}

impl PoliciesPage {
    /// The tenant's policy, and two places that differ.
    pub fn sample() -> Self {
        let device = DeviceId(Uuid::from_u128(7_000));
        Self {
            tenant: place("tenant", "All clients", 3),
            own: vec![of_client(), place(&device.to_string(), "BWL-SRV-DB02", 1)],
            more: false,
            clients: (0..4).map(client).map(|(id, name)| (id.to_string(), name)).collect(),
        }
    }

    /// Nobody differs from the usual.
    pub fn sample_empty() -> Self {
        Self { tenant: place("tenant", "All clients", 0), own: Vec::new(), ..Self::sample() }
    }
}

impl PolicyPage {
    /// A client's policy, whose last named condition was refused.
    pub fn sample() -> Self {
        let document = document();
        let rows = Effective::new([(Level::Client, &document)]).rules().into_iter();
        let rows = rows.map(|rule| PolicyRow { own: document.get(&rule.key).copied().unwrap_or_default(), rule }).collect();
        Self {
            place: of_client(),
            level: Level::Client,
            above: vec![("tenant".into(), "All clients".into())],
            rows,
            may_change: true,
            new: ("process".into(), String::new(), vec![Fault::new("subject", "is missing")]),
        }
    }
}

impl ConditionPage {
    /// A disk that the client's policy names, with a limit that was refused.
    pub fn sample() -> Self {
        let named = Part { severity: document().get(&key("disk:/var")).and_then(|part| part.severity), ..Part::default() };
        Self {
            place: of_client(),
            level: Level::Client,
            key: key("disk:/var"),
            rule: rule("disk:/var"),
            inherited: Effective::new([]).rule(&key("disk:/var")),
            typed: vec![("severity", named.severity.map(|severity| severity.to_string()).unwrap_or_default()), ("raise", "15".into()), ("clear", "12".into())],
            faults: vec![Fault::new("clear", "must be at least 15, the limit that raises")],
            revision: 7,
        }
    }
}

//! Which notices go where, and why, or why not.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    Severity,
    channel::Channel,
    route::{Clients, Route},
    state::State,
    why::Why,
};
use crate::ids::{ChannelId, ClientId, RouteId};

/// What there is to tell of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Occasion {
    /// It was raised, or is open again.
    Raised,
    /// It is over.
    Resolved,
}

/// What routing looks at in an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts<'a> {
    /// How bad it is.
    pub severity: Severity,
    /// The device's client, once it has one.
    pub client: Option<ClientId>,
    /// Its state.
    pub state: &'a State,
}

/// What keeps notices back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quiet {
    /// The name of the window that suppresses the alert, where one does.
    pub window: Option<String>,
    /// What was sent for this alert already, to which channel.
    pub sent: BTreeSet<(ChannelId, Occasion)>,
    /// The routes that told of the beginning, or would have if another one had not.
    pub began: BTreeSet<RouteId>,
}

/// What one route makes of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The route.
    pub route: RouteId,
    /// Its channel.
    pub channel: ChannelId,
    /// Why it is sent or not.
    pub why: Why,
}

/// What each of `routes` makes of `occasion`, in their order. Without routes there is nothing, and nobody is told.
pub fn plan(occasion: Occasion, alert: &Facts<'_>, routes: &[Route], channels: &[Channel], quiet: &Quiet) -> Vec<Decision> {
    let mut decisions: Vec<Decision> = Vec::with_capacity(routes.len());
    for route in routes {
        let mut why = decide(occasion, alert, route, channels, quiet);
        let twin = decisions.iter().find(|made| made.sends() && made.channel == route.channel);
        if let (true, Some(twin)) = (why.sends(), twin) {
            let name = routes.iter().find(|other| other.id == twin.route).map(|other| other.name.clone());
            why = Why::SameChannel { route: name.unwrap_or_default() };
        }
        decisions.push(Decision { route: route.id, channel: route.channel, why });
    }
    decisions
}

fn decide(occasion: Occasion, alert: &Facts<'_>, route: &Route, channels: &[Channel], quiet: &Quiet) -> Why {
    let (severity, least) = (alert.severity, route.least);
    let channel = channels.iter().find(|channel| channel.id == route.channel);
    let asked = if occasion == Occasion::Raised { route.on_raise } else { route.on_resolve };
    let told = |occasion| quiet.sent.contains(&(route.channel, occasion));
    match (channel, &route.clients, alert.client) {
        _ if !route.on => Why::RouteOff,
        (None, ..) => Why::ChannelGone,
        (Some(channel), ..) if !channel.on => Why::ChannelOff { channel: channel.name.clone() },
        _ if !asked => Why::NotAsked { occasion },
        // A device that moved says nothing of its new client to those who heard of it at the old one.
        (_, clients, client) if occasion == Occasion::Resolved && quiet.began.contains(&route.id) && told(Occasion::Raised) && covers(clients, client) => {
            if told(occasion) {
                Why::AlreadySent
            } else {
                held_back(alert.state, quiet).unwrap_or(Why::Followed)
            }
        }
        _ if severity < least => Why::SeverityBelow { severity, least },
        (_, clients, client) if !covers(clients, client) => Why::OtherClient,
        _ if told(occasion) => Why::AlreadySent,
        _ if occasion == Occasion::Resolved && !told(Occasion::Raised) => Why::NeverRaised,
        _ => held_back(alert.state, quiet).unwrap_or(Why::Sent { severity, least }),
    }
}

/// Whether a route tells of this client.
fn covers(clients: &Clients, client: Option<ClientId>) -> bool {
    match clients {
        Clients::Listed(listed) => client.is_some_and(|client| listed.contains(&client)),
        Clients::Any => true,
    }
}

/// Why the alert's state keeps every notice back.
fn held_back(state: &State, quiet: &Quiet) -> Option<Why> {
    match state {
        State::Suppressed { .. } => Some(Why::Suppressed { window: quiet.window.clone().unwrap_or_else(|| "that was removed".into()) }),
        State::Snoozed { until, .. } => Some(Why::Snoozed { until: *until }),
        State::Acknowledged { .. } => Some(Why::Acknowledged),
        State::Dismissed { .. } => Some(Why::Dismissed),
        State::Open | State::Resolved { .. } => None,
    }
}

impl Decision {
    /// Whether the notice is sent.
    pub const fn sends(&self) -> bool {
        self.why.sends()
    }
}

impl Occasion {
    /// Each once.
    pub const ALL: [Self; 2] = [Self::Raised, Self::Resolved];

    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Raised => "raised",
            Self::Resolved => "resolved",
        }
    }
}

impl std::str::FromStr for Occasion {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|occasion| occasion.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests;

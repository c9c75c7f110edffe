//! Routes: which notices go to a channel, as people set them up.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Severity;
use crate::{
    Fault,
    ids::{ChannelId, ClientId, RouteId},
    people::typed,
};

/// The most routes of a tenant.
pub const ROUTES: usize = 100;
/// The most clients that one route lists.
pub const CLIENTS: usize = 1_000;
/// The longest name of a route, in characters.
pub const NAME: usize = 100;

/// The clients whose alerts a route takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clients {
    /// Each.
    Any,
    /// Only these.
    Listed(BTreeSet<ClientId>),
}

/// Which notices go to a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Its id.
    pub id: RouteId,
    /// What people call it.
    pub name: String,
    /// Whether it is used.
    pub on: bool,
    /// The least severity it takes.
    pub least: Severity,
    /// Whose alerts it takes.
    pub clients: Clients,
    /// Whether it tells of alerts that are raised.
    pub on_raise: bool,
    /// Whether it tells of alerts that are over.
    pub on_resolve: bool,
    /// Where its notices go.
    pub channel: ChannelId,
}

/// What a form holds, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed<'a> {
    /// What people call it.
    pub name: &'a str,
    /// Whether it is used.
    pub on: bool,
    /// A severity's word.
    pub least: &'a str,
    /// `any` or `listed`.
    pub clients: &'a str,
    /// The ids of the clients, for `listed`.
    pub listed: Vec<&'a str>,
    /// Whether it tells of alerts that are raised.
    pub on_raise: bool,
    /// Whether it tells of alerts that are over.
    pub on_resolve: bool,
    /// The id of a channel; whether it exists is for the service to say.
    pub channel: &'a str,
}

impl Route {
    /// The route `id` that `typed` gives.
    ///
    /// # Errors
    /// One fault for each field that is wrong.
    pub fn typed(id: RouteId, typed: &Typed<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let name = typed::name("name", typed.name, NAME).map_err(|fault| faults.push(fault)).ok();
        let least = typed.least.parse().map_err(|()| faults.push(Fault::new("least", "is none of critical, high, medium, low and info"))).ok();
        let clients = clients(typed).map_err(|fault| faults.push(fault)).ok();
        let channel = typed.channel.parse().map_err(|_| faults.push(Fault::new("channel", "is not a channel; choose one"))).ok();
        if !typed.on_raise && !typed.on_resolve {
            faults.push(Fault::new("on_raise", "A route tells of alerts that are raised, or resolved, or both; choose one."));
        }
        match (name, least, clients, channel) {
            (Some(name), Some(least), Some(clients), Some(channel)) if faults.is_empty() => {
                Ok(Self { id, name, on: typed.on, least, clients, on_raise: typed.on_raise, on_resolve: typed.on_resolve, channel })
            }
            _ => Err(faults),
        }
    }

    /// What it takes, as a sentence: `high and worse, any client, when raised and when resolved`.
    pub fn sentence(&self) -> String {
        let clients = match &self.clients {
            Clients::Any => "any client".to_owned(),
            Clients::Listed(listed) if listed.len() == 1 => "1 client".to_owned(),
            Clients::Listed(listed) => format!("{} clients", listed.len()),
        };
        self.sentence_of(&clients)
    }

    /// The same sentence with its clients in these words.
    pub fn sentence_of(&self, clients: &str) -> String {
        let worse = if self.least == Severity::Critical { "critical".to_owned() } else { format!("{} and worse", self.least) };
        let when = match (self.on_raise, self.on_resolve) {
            (true, true) => "when raised and when resolved",
            (true, false) => "when raised",
            (false, true) => "when resolved",
            (false, false) => "never",
        };
        format!("{worse}, {clients}, {when}")
    }
}

fn clients(typed: &Typed<'_>) -> Result<Clients, Fault> {
    match typed.clients {
        "any" => Ok(Clients::Any),
        "listed" if typed.listed.is_empty() => Err(Fault::new("listed", "needs at least one client")),
        "listed" if typed.listed.len() > CLIENTS => Err(Fault::new("listed", format!("holds more than {CLIENTS} clients"))),
        "listed" => {
            let ids = typed.listed.iter().map(|id| id.parse()).collect::<Result<_, _>>();
            ids.map(Clients::Listed).map_err(|_| Fault::new("listed", "holds something that is no client"))
        }
        _ => Err(Fault::new("clients", "is neither any nor listed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn what_was_typed_becomes_a_route() {
        let (channel, client) = (ChannelId(Uuid::from_u128(1)).to_string(), ClientId(Uuid::from_u128(2)).to_string());
        let fine = Typed { name: "On call", on: true, least: "high", clients: "any", on_raise: true, channel: &channel, ..Typed::default() };
        let read = |typed: &Typed<'_>| Route::typed(RouteId(Uuid::from_u128(3)), typed);
        assert_eq!(read(&fine).expect("a route").sentence(), "high and worse, any client, when raised");
        let listed = Typed { clients: "listed", listed: vec![&client], least: "critical", on_resolve: true, ..fine.clone() };
        assert_eq!(read(&listed).expect("a route").sentence(), "critical, 1 client, when raised and when resolved");
        for (typed, field) in [
            (Typed { name: " ", ..fine.clone() }, "name"),
            (Typed { least: "urgent", ..fine.clone() }, "least"),
            (Typed { clients: "some", ..fine.clone() }, "clients"),
            (Typed { clients: "listed", ..fine.clone() }, "listed"),
            (Typed { clients: "listed", listed: vec!["cli_1"], ..fine.clone() }, "listed"),
            (Typed { clients: "listed", listed: vec![&client; CLIENTS + 1], ..fine.clone() }, "listed"),
            (Typed { channel: &client, ..fine.clone() }, "channel"),
            (Typed { on_raise: false, ..fine.clone() }, "on_raise"),
        ] {
            let faults = read(&typed).expect_err(field);
            assert_eq!((faults.len(), faults[0].field.as_str()), (1, field));
        }
    }
}

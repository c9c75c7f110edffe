//! What server and agent say to each other about commands, and what the server signs.

use serde::{Deserialize, Serialize};

use crate::{
    Moment,
    ids::{AgentKeyId, CommandId},
    patching::outcome::Outcome,
};

/// Where an agent asks for work, below the tenant's address.
pub const COMMANDS_PATH: &str = "/agent/commands";

/// A command as it travels: signed by the tenant's key, for one agent, until an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Which command.
    pub id: CommandId,
    /// For which agent, by the name of its key; a device that was merged keeps its agents.
    pub agent: AgentKeyId,
    /// After this nobody may begin it.
    pub expires_at: Moment,
    /// The [`super::Spec`] as JSON; these very bytes are signed.
    pub spec: String,
    /// The Ed25519 signature of [`order_message`], base64url without padding.
    pub signature: String,
}

/// The bytes that the server signs.
pub fn order_message(id: CommandId, agent: AgentKeyId, expires_at: Moment, spec: &str) -> String {
    format!("portico command 1\n{id}\n{agent}\n{}\n{spec}", expires_at.0)
}

/// What an agent sends when it asks for work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// Whether it may change the machine.
    pub allows_changes: bool,
    /// How long the answer may wait for work, in seconds.
    pub wait_s: u32,
    /// Commands that it has and that have not ended there, so that they need not be sent again.
    #[serde(default)]
    pub have: Vec<CommandId>,
    /// What became of commands since it last asked; oldest first.
    #[serde(default)]
    pub told: Vec<Told>,
}

/// What an agent says of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// Which.
    pub id: CommandId,
    /// Grows with everything said of this command; what is not newer is known already.
    pub number: u32,
    /// When, by the device's clock as the server corrected it.
    pub at: Moment,
    /// How far it is, in a line.
    #[serde(default)]
    pub progress: Option<String>,
    /// The end of what it printed so far.
    #[serde(default)]
    pub output: Option<String>,
    /// Whether more was printed than the output holds.
    #[serde(default)]
    pub cut: bool,
    /// How it ended, if it did.
    #[serde(default)]
    pub done: Option<Done>,
}

/// How a command ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// Whether it went well.
    pub well: bool,
    /// The exit code, where a program was run and ended by itself.
    #[serde(default)]
    pub code: Option<i32>,
    /// Why not, as a sentence.
    #[serde(default)]
    pub reason: Option<String>,
    /// What became of each package, where updates were installed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
}

/// The answer to a [`Poll`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The tenant's public key, base64url without padding. An agent keeps the first that it is told, and believes no other.
    pub server_key: String,
    /// What to do.
    pub orders: Vec<Order>,
    /// Those of its commands that it is not to begin any more.
    pub cancelled: Vec<CommandId>,
    /// How long to rest before asking again, in seconds: 0, unless too many wait already.
    pub pause_s: u32,
    /// The server's time.
    pub now: Moment,
}

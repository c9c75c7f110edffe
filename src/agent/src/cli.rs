//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Reports this machine to Portico. It reads, and changes nothing unless --allow-changes says that it may.
#[derive(Debug, Parser)]
#[command(name = "portico-agent", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub order: Order,
}

/// What the agent can do.
#[derive(Debug, Subcommand)]
pub enum Order {
    /// Make this machine known to a server.
    Enrol(Enrol),
    /// Report until stopped.
    Run(Run),
    /// Report once; succeeds when the server accepted it.
    Once(Place),
    /// Print the report as JSON and send nothing.
    Show(Place),
}

/// Where the agent keeps its key and what waits to be sent.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The state folder [default: /var/lib/portico-agent as root, else ~/.local/state/portico-agent].
    #[arg(long = "state", value_name = "DIR", env = "PORTICO_AGENT_STATE")]
    pub dir: Option<PathBuf>,
}

/// The arguments of `enrol`.
#[derive(Args)]
pub struct Enrol {
    /// The tenant's address, for example https://portal.example.com.
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// The enrolment key; the variable keeps it out of the process list.
    #[arg(long, env = "PORTICO_ENROLMENT_KEY", hide_env_values = true)]
    pub key: String,
    /// Where the state goes.
    #[command(flatten)]
    pub place: Place,
    /// Replace an enrolment that exists.
    #[arg(long)]
    pub again: bool,
    /// Allow http:// to a host other than this one.
    #[arg(long)]
    pub insecure_http: bool,
}

// Written by hand, because the key must not reach a log.
impl std::fmt::Debug for Enrol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Enrol").field("server", &self.server).field("place", &self.place).finish_non_exhaustive()
    }
}

/// The arguments of `run`.
#[derive(Debug, Args)]
pub struct Run {
    /// Where the state is.
    #[command(flatten)]
    pub place: Place,
    /// Permit changes to this machine: carry out commands from the portal, such as scripts and restarts.
    #[arg(long)]
    pub allow_changes: bool,
}

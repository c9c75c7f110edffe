//! What the pages of a device's commands show.

use domain::{
    Moment,
    commands::{Kind, Spec, State},
    ids::{CommandId, DeviceId},
};

use crate::devices::detail::manage::Typed;

/// What the agent on a device takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// No agent of ours reports for it.
    Nothing,
    /// Its agent never asked for work: it is older than commands are, or it has not run yet.
    Unasked,
    /// It reports when asked to, and refuses everything that changes the machine.
    Reading(Moment),
    /// It carries out all commands.
    Changes(Moment),
}

/// One command in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandLine {
    /// Which.
    pub id: CommandId,
    /// What.
    pub kind: Kind,
    /// Where it is.
    pub state: State,
    /// Why it ended so, as a sentence.
    pub reason: Option<String>,
    /// The exit code of what was run.
    pub code: Option<i32>,
    /// Who asked for it.
    pub by: String,
    /// When.
    pub created_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
}

/// The form that asks for a script, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScriptForm {
    /// The script.
    pub script: Typed,
    /// How long it may run, in seconds.
    pub limit: Typed,
}

/// `/devices/{id}/commands`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandsTab {
    /// The device.
    pub id: DeviceId,
    /// Whether it is in service.
    pub in_service: bool,
    /// What its agent takes.
    pub takes: Takes,
    /// This page's commands, newest first.
    pub commands: Vec<CommandLine>,
    /// Whether this is the first page.
    pub first: bool,
    /// The last command of this page, when there are older ones.
    pub older: Option<CommandId>,
    /// Whether the person has to type the password for what is grave.
    pub asks_password: bool,
    /// What is wrong with the password that was typed, and for which command.
    pub password_error: Option<(Kind, String)>,
    /// The script as it was typed.
    pub form: ScriptForm,
}

/// `/devices/{id}/commands/{command}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandTab {
    /// The device.
    pub device: DeviceId,
    /// What the list says of it.
    pub line: CommandLine,
    /// What exactly; `None`: made by a newer version.
    pub spec: Option<Spec>,
    /// After this nobody may begin it.
    pub expires_at: Moment,
    /// When its device took it.
    pub fetched_at: Option<Moment>,
    /// When its device began.
    pub started_at: Option<Moment>,
    /// The end of what was printed, and whether there was more.
    pub output: Option<(String, bool)>,
}

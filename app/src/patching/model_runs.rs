//! What the pages of runs show, and nothing more.

use domain::{
    Fault, Moment, approvals,
    ids::{ApprovalId, ClientId, CommandId, DeviceId, PatchScheduleId, RunId, UpdateId, WindowId},
    patching::{
        Kind,
        run::{Progress, RunState, TurnState},
    },
};

/// A run in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// Which.
    pub id: RunId,
    /// What people call it.
    pub title: String,
    /// Where it stands.
    pub state: RunState,
    /// Who started it.
    pub by: String,
    /// When.
    pub at: Moment,
    /// When it starts or started.
    pub starts: Moment,
    /// When its window ends, where it has one.
    pub ends: Option<Moment>,
    /// When it ended.
    pub ended: Option<Moment>,
    /// How far it is.
    pub progress: Progress,
}

/// The page `/patching/runs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunsPage {
    /// The runs, newest first.
    pub rows: Vec<RunLine>,
    /// Whether this is the first page.
    pub first: bool,
    /// Where older ones start.
    pub older: Option<RunId>,
}

/// An update that a device is to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantLine {
    /// The update.
    pub update: UpdateId,
    /// Name and version; untrusted text.
    pub name: (String, String),
    /// What became of it: a word and, where it failed, why.
    pub became: Option<(bool, String)>,
}

/// A device of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnLine {
    /// The device.
    pub device: (DeviceId, String),
    /// Its client.
    pub client: (ClientId, String),
    /// Where it stands.
    pub state: TurnState,
    /// Since when.
    pub since: Moment,
    /// When it is tried again by itself.
    pub again: Option<Moment>,
    /// How many attempts there were.
    pub attempt: u32,
    /// The line that says why it failed; untrusted text.
    pub line: Option<String>,
    /// The command, with its output.
    pub command: Option<CommandId>,
    /// The command that restarts it.
    pub restart: Option<CommandId>,
    /// What it is to get.
    pub wants: Vec<WantLine>,
}

/// The page of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunPage {
    /// The run.
    pub line: RunLine,
    /// This page's devices.
    pub turns: Vec<TurnLine>,
    /// Where more devices start.
    pub more: Option<(String, DeviceId)>,
    /// Whether the viewer may stop it now.
    pub may_stop: bool,
    /// Whether some device may be tried again.
    pub may_retry: bool,
    /// The schedule that planned it.
    pub schedule: Option<(PatchScheduleId, String)>,
    /// The approval that it waits or waited for.
    pub approval: Option<(ApprovalId, approvals::State)>,
    /// Whether devices that ask for a restart get one within its window.
    pub restarts: bool,
    /// Whether trying again asks for the password.
    pub asks_password: bool,
    /// What is wrong with what was sent.
    pub faults: Vec<Fault>,
}

/// What a run is to be made of, as its address says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choose {
    /// One client.
    pub client: Option<ClientId>,
    /// One device.
    pub device: Option<DeviceId>,
    /// One update.
    pub update: Option<UpdateId>,
    /// Security updates alone.
    pub security: bool,
    /// In this maintenance window, instead of at once.
    pub window: Option<WindowId>,
    /// Only after a contact's yes.
    pub approval: bool,
    /// With restarts within the window, where devices ask for them.
    pub reboot: bool,
}

/// A device in the preview of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// The device.
    pub device: (DeviceId, String),
    /// Its client.
    pub client: (ClientId, String),
    /// What it gets: names and versions; untrusted text.
    pub gets: Vec<(String, String)>,
    /// What it needs and does not get, by why not.
    pub left: Vec<(Kind, u64)>,
}

/// The page `/patching/runs/new`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanPage {
    /// What is chosen.
    pub choose: Choose,
    /// Clients to choose from.
    pub clients: Vec<(ClientId, String)>,
    /// Windows to choose from, each with its next time.
    pub windows: Vec<(WindowId, String)>,
    /// The name of the chosen device, and of the chosen update.
    pub named: (Option<String>, Option<String>),
    /// Devices that get something.
    pub targets: Vec<PlanLine>,
    /// Devices that need something and get nothing.
    pub left_out: Vec<PlanLine>,
    /// Whether more devices match than a run takes.
    pub more: bool,
    /// Whether the form asks for the password.
    pub asks_password: bool,
    /// What is wrong with the form.
    pub faults: Vec<Fault>,
}

//! What the pages of one device show.

use domain::{
    Moment,
    devices::{
        report::{Dropped, Hardware, Kind, Package, Update, Volume},
        status::Status,
    },
    ids::{ClientId, DeviceId},
};

use super::changes::{Change, ChangeKind};
use crate::{
    alerts::{AlertsTab, EffectiveTab},
    audit::AuditTail,
    windows::Maintenance,
};

/// What stands above every tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceHead {
    /// The device.
    pub id: DeviceId,
    /// The host name it reports; untrusted text.
    pub hostname: String,
    /// What people call it, when that is something else.
    pub display_name: Option<String>,
    /// The words that people gave it; for staff.
    pub tags: Vec<String>,
    /// What kind of machine it is.
    pub kind: Kind,
    /// Whose it is.
    pub client: (ClientId, String),
    /// The site's name.
    pub site: Option<String>,
    /// Derived now.
    pub status: Status,
    /// Last contact; `None` is never.
    pub last_seen: Option<Moment>,
    /// Another device that looks like the same machine, with its name.
    pub duplicate: Option<(DeviceId, String)>,
    /// The reporting program and its version, as it names itself.
    pub agent: Option<(String, String)>,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// Why it is quarantined, as a sentence: "its serial number changed".
    pub quarantine_reason: Option<String>,
    /// Installed packages, for the tab; `None` is unknown.
    pub packages: Option<u64>,
    /// Waiting updates, for the tab; `None` is unknown.
    pub updates: Option<u64>,
    /// Of those, security updates.
    pub security: Option<u64>,
    /// Whether it asks for a restart; `None` is unknown.
    pub reboot: Option<bool>,
    /// When its inventory was last taken or confirmed; `None`: never.
    pub inventory_at: Option<Moment>,
    /// When its package lists were last refreshed; `None` is unknown.
    pub lists_at: Option<Moment>,
    /// The maintenance window that it is in.
    pub maintenance: Option<Maintenance>,
}

impl DeviceHead {
    /// The name that people see.
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.hostname)
    }
}

/// The waiting updates of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingUpdates {
    /// The package lists answered.
    Listed {
        /// When the lists were last refreshed; `None` is unknown.
        lists_at: Option<Moment>,
        /// All that wait, security ones first. The summary shows the first few of them.
        items: Vec<Update>,
    },
    /// It could not be told.
    Unknown {
        /// Why, as a sentence.
        reason: String,
    },
    /// No report has said anything about updates yet.
    NeverReported,
}

/// The facts beside the summary; `None` is unknown and said so, or left out where the field says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// Maker and model: `Dell PowerEdge R650xs`.
    pub model: Option<String>,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The system's full name.
    pub os: Option<String>,
    /// The kernel's release or the build.
    pub kernel: Option<String>,
    /// `x86_64`.
    pub arch: Option<String>,
    /// `2 x Xeon Silver 4314, 32 cores`.
    pub cpu: Option<String>,
    /// Memory in bytes.
    pub memory_bytes: Option<u64>,
    /// Addresses worth showing, no loopback; empty is unknown.
    pub addresses: Vec<String>,
    /// When it started.
    pub booted_at: Option<Moment>,
    /// How many people are logged in.
    pub users: Option<u32>,
    /// When the inventory was taken, by our clock; `None`: no inventory yet.
    pub inventory_at: Option<Moment>,
}

/// `/devices/{id}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryTab {
    /// The waiting updates; all of them, the page cuts.
    pub updates: WaitingUpdates,
    /// The newest changes, about six, newest first.
    pub changes: Vec<Change>,
    /// Mounted file systems; `None`: no hardware reported yet.
    pub volumes: Option<Vec<Volume>>,
    /// The facts beside it.
    pub facts: Facts,
    /// What the door dropped from the last report; `None`: no report yet.
    pub dropped: Option<Dropped>,
    /// What somebody noted; for staff.
    pub note: Option<String>,
    /// What people did to it; `None` for those who may not read the audit.
    pub acts: Option<AuditTail>,
}

/// `/devices/{id}/hardware`.
#[derive(Debug, Clone, PartialEq)]
pub struct HardwareTab {
    /// Maker and model.
    pub model: Option<String>,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The machine's own UUID.
    pub machine_uuid: Option<String>,
    /// What was reported; `None`: nothing yet.
    pub hardware: Option<Hardware>,
    /// When it was taken.
    pub taken_at: Option<Moment>,
}

/// Where a package stands in the list: its name and architecture, so that two of one name stay apart.
pub fn package_key(package: &Package) -> String {
    format!("{}:{}", package.name, package.arch.as_deref().unwrap_or_default())
}

/// The state of the package list, as the URL says it: `q`, and `after` or `before` a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SoftwareQuery {
    /// Part of a name.
    pub q: String,
    /// The page starts after this name and architecture, as the last row's [`package_key`].
    pub after: Option<String>,
    /// The page ends before this key.
    pub before: Option<String>,
}

/// `/devices/{id}/software`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoftwareTab {
    /// The state of the list.
    pub query: SoftwareQuery,
    /// This page's packages in name order; `None`: none were ever reported.
    pub packages: Option<Vec<Package>>,
    /// The number of the first row in the whole result, from 1; 0 when there are none.
    pub first_row: u64,
    /// Packages that match `q`.
    pub total_matching: u64,
    /// All packages.
    pub total: u64,
    /// When the list was taken.
    pub taken_at: Option<Moment>,
    /// The page towards the first name.
    pub newer: Option<SoftwareQuery>,
    /// The page towards the last name.
    pub older: Option<SoftwareQuery>,
}

/// `/devices/{id}/updates`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatesTab {
    /// The device.
    pub id: DeviceId,
    /// How they stand there for patching; empty for who may not read that.
    pub patching: Vec<crate::patching::PairLine>,
    /// The waiting updates.
    pub updates: WaitingUpdates,
    /// When that was taken; `None`: no report yet.
    pub taken_at: Option<Moment>,
}

/// `/devices/{id}/history`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryTab {
    /// The kind that is shown; `None`: every kind.
    pub kind: Option<ChangeKind>,
    /// How many changes there are of each kind that has any.
    pub counts: Vec<(ChangeKind, u64)>,
    /// This page's changes, newest first.
    pub changes: Vec<Change>,
    /// The cursor of the page with older changes, opaque, for `?after=`.
    pub older: Option<String>,
    /// The cursor of the page with newer changes, opaque, for `?before=`.
    pub newer: Option<String>,
}

/// Which page of a device, with what it shows.
#[derive(Debug, Clone, PartialEq)]
pub enum DeviceTab {
    /// What matters first.
    Summary(SummaryTab),
    /// Processors, memory, volumes, network.
    Hardware(HardwareTab),
    /// Installed packages.
    Software(SoftwareTab),
    /// Waiting updates.
    Updates(UpdatesTab),
    /// Its alerts.
    Alerts(AlertsTab),
    /// What changed.
    History(HistoryTab),
    /// What is watched on it, and which policy says so.
    Policy(EffectiveTab),
    /// What it was asked to do.
    Commands(super::commands::CommandsTab),
    /// One thing that it was asked to do.
    Command(super::commands::CommandTab),
    /// Where people change it.
    Manage(super::manage::ManageTab),
}

/// A page of one device.
#[derive(Debug, Clone, PartialEq)]
pub struct DevicePage {
    /// What stands above every tab.
    pub head: DeviceHead,
    /// The page below it.
    pub tab: DeviceTab,
    /// Staff see whose device it is.
    pub show_client: bool,
}

//! What the two first pages show: the one for staff and the one for contacts.

use domain::{
    Moment,
    devices::{query::DeviceQuery, status::Status},
    windows::Occurrence,
};

use crate::{
    clients::ClientRow,
    devices::{DeviceListRow, Share},
};

/// A figure over devices, with the list of exactly the rows in its `part`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The devices it counts, of those that can be told.
    pub share: Share,
    /// When it was measured; `None`: no device has reported yet.
    pub measured_at: Option<Moment>,
    /// The list of the `part` devices.
    pub link: DeviceQuery,
}

/// The figures of Home. Retired devices are counted nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Devices per status but `Retired`; a status without devices may be left out. Their sum is the number of devices.
    pub by_status: Vec<(Status, u64)>,
    /// When the statuses were derived.
    pub measured_at: Moment,
    /// Devices with at least one waiting update; unknown: their updates could not be told.
    pub updates: Figure,
    /// Devices with at least one waiting security update; unknown as above.
    pub security: Figure,
    /// Devices that ask for a restart; unknown: they cannot tell.
    pub restart: Figure,
    /// Devices not seen for seven days or never; nothing is unknown here.
    pub unseen: Figure,
}

/// One family of operating systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OsShare {
    /// The name on the page.
    pub label: String,
    /// Its devices.
    pub count: u64,
    /// Their list; `None` for devices whose system is not known yet.
    pub link: Option<DeviceQuery>,
}

/// Reports that arrived within one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInHour {
    /// The hour's start.
    pub hour: Moment,
    /// Reports of all devices; `None`: nobody counted (the server was not running), which is drawn hatched and not as 0.
    pub count: Option<u64>,
}

/// Reports over the last day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckIns {
    /// 24 hours, oldest first; the last one is the last *complete* hour.
    pub hours: Vec<CheckInHour>,
    /// Reports per hour that the active devices should make; `None` without devices.
    pub expected: Option<u64>,
}

/// The first page of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffHome {
    /// The figures.
    pub figures: Figures,
    /// Systems, commonest first; they add up to the number of devices.
    pub os_mix: Vec<OsShare>,
    /// Reports over the last day.
    pub check_ins: CheckIns,
    /// The devices seen last, newest first, about ten.
    pub recent: Vec<DeviceListRow>,
    /// Clients with something wrong, worst first, about eight.
    pub failing: Vec<ClientRow>,
    /// How many clients have something wrong.
    pub failing_total: u64,
    /// All clients.
    pub clients_total: u64,
    /// The first steps of a new tenant; empty when they are done or not the viewer's.
    pub steps: Vec<Step>,
}

/// A first step of a new tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// What to do.
    pub title: &'static str,
    /// What comes of it.
    pub text: &'static str,
    /// Where it is done.
    pub path: &'static str,
    /// Whether it is done.
    pub done: bool,
}

/// A place of the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteLine {
    /// Its name.
    pub name: String,
    /// Devices there.
    pub devices: u64,
    /// Of those, online now.
    pub online: u64,
}

/// The first page of a contact. Retired devices are counted nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactHome {
    /// The client's name.
    pub client: String,
    /// When it was measured.
    pub measured_at: Moment,
    /// Its devices per status but `Retired`; they add up to the number of devices. Online is "seen in time".
    pub by_status: Vec<(Status, u64)>,
    /// Devices *without* waiting security updates, of those that can be told.
    pub protected: Share,
    /// Devices that need *no* restart, of those that can tell.
    pub started: Share,
    /// Devices that need a look first, then others; about eight.
    pub devices: Vec<DeviceListRow>,
    /// Its sites in name order.
    pub sites: Vec<SiteLine>,
    /// Approvals that wait for an answer.
    pub approvals: Vec<crate::approvals::Line>,
    /// Requests that are neither solved nor closed, those that changed last first, and how many there are.
    pub requests: (Vec<crate::requests::Line>, u64),
    /// The maintenance window that is open or comes next: its name, its zone and when it is.
    pub maintenance: Option<(String, String, Occurrence)>,
    /// What was done lately, newest first.
    pub lately: Vec<crate::work::Deed>,
}

/// The number of devices of one status.
pub fn count_of(by_status: &[(Status, u64)], status: Status) -> u64 {
    by_status.iter().filter(|(of, _)| *of == status).map(|(_, count)| count).sum()
}

/// The number of devices of all statuses.
pub fn count_all(by_status: &[(Status, u64)]) -> u64 {
    by_status.iter().map(|(_, count)| count).sum()
}

//! What the device list shows, and nothing more.

use domain::{
    Moment,
    devices::{query::DeviceQuery, report::Kind, status::Status},
    ids::{ClientId, DeviceId, SiteId},
};

/// A part of what is known, with what is unknown counted apart; `part <= known`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many, out of `known`.
    pub part: u64,
    /// How many could be told: the denominator.
    pub known: u64,
    /// How many could not be told; never inside `known`.
    pub unknown: u64,
}

impl Share {
    /// The known ones that are not in the part.
    pub const fn rest(self) -> u64 {
        self.known.saturating_sub(self.part)
    }

    /// Everything that was looked at, known or not.
    pub const fn all(self) -> u64 {
        self.known + self.unknown
    }
}

/// One device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceListRow {
    /// The device.
    pub id: DeviceId,
    /// The name that people see; untrusted text.
    pub hostname: String,
    /// The host name it reports, when people call it something else.
    pub reported: Option<String>,
    /// What kind of machine it is.
    pub kind: Kind,
    /// Whose it is; shown to staff only.
    pub client: (ClientId, String),
    /// The site's name.
    pub site: Option<String>,
    /// The system's short name: `Debian`, `Windows 11`; `None` before the first inventory.
    pub os_name: Option<String>,
    /// Its version: `12`, `24H2`.
    pub os_version: Option<String>,
    /// Derived at `counted_at`.
    pub status: Status,
    /// Waiting security updates; `None` is unknown.
    pub security: Option<u32>,
    /// All waiting updates, security ones included; `None` is unknown.
    pub updates: Option<u32>,
    /// Whether it asks for a restart; `None` is unknown.
    pub reboot: Option<bool>,
    /// Last contact; `None` is never.
    pub last_seen: Option<Moment>,
}

/// The counts on the chips above the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chips {
    /// Devices per status in the list as filtered, *without* its status filter; a status without devices may be left out. They add up to [`Chips::any_status`].
    pub by_status: Vec<(Status, u64)>,
    /// Devices of the list as filtered (status too) with at least one waiting update.
    pub updates: u64,
    /// The same, with at least one waiting security update.
    pub security: u64,
    /// The same, whose updates are unknown.
    pub unknown: u64,
    /// The same, that ask for a restart.
    pub restart: u64,
    /// The same, not seen for seven days or never.
    pub unseen: u64,
}

impl Chips {
    /// Devices of the list without its status filter.
    pub fn any_status(&self) -> u64 {
        self.by_status.iter().map(|(_, count)| count).sum()
    }
}

/// One family of operating systems to filter by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OsChoice {
    /// The word in URLs.
    pub family: String,
    /// The word on the page.
    pub label: String,
    /// Devices of that family the viewer may see, unfiltered.
    pub count: u64,
}

/// The page `/devices`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicesPage {
    /// The state of the list, as the URL gave it.
    pub query: DeviceQuery,
    /// This page's rows, at most `domain::devices::query::PAGE`.
    pub rows: Vec<DeviceListRow>,
    /// The number of the first row in the whole result, from 1; 0 when there are none.
    pub first_row: u64,
    /// Devices that match the filters.
    pub total_matching: u64,
    /// Devices the viewer may see, unfiltered.
    pub total: u64,
    /// Clients those devices are at; not shown when `show_client` is false.
    pub total_clients: u64,
    /// When the counts were taken.
    pub counted_at: Moment,
    /// The counts on the chips.
    pub chips: Chips,
    /// The clients to filter by, in name order; empty for contacts.
    pub clients: Vec<(ClientId, String)>,
    /// The sites to filter by: those of the chosen client, in name order.
    pub sites: Vec<(SiteId, String)>,
    /// The systems to filter by, commonest first.
    pub oses: Vec<OsChoice>,
    /// The tags to filter by, with their devices in service; empty for contacts.
    pub tags: Vec<(String, u64)>,
    /// The page towards the first row; `None` on the first page.
    pub newer: Option<DeviceQuery>,
    /// The page towards the last row; `None` on the last page.
    pub older: Option<DeviceQuery>,
    /// Staff see whose device each is; contacts have only their own.
    pub show_client: bool,
    /// Path and query of the CSV of everything that matches, for `link`.
    pub export: String,
    /// Path of the page that enrols devices; `None` when the viewer may not.
    pub enrol: Option<String>,
}

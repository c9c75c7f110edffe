//! The closed list of permissions, and which role holds which.

use std::{fmt, str::FromStr};

/// What somebody may do. The word is what a refusal shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Sign in, and manage one's own sessions.
    Account,
    /// Read devices and what is on them.
    DevicesRead,
    /// Export devices as a file.
    DevicesExport,
    /// Read clients and their counts.
    ClientsRead,
    /// See the staff's Home.
    StaffHome,
    /// See the contacts' Home.
    ContactHome,
    /// Make and revoke enrolment keys.
    EnrolmentManage,
    /// Read the audit.
    AuditRead,
    /// Create, rename, archive and import clients and sites.
    ClientsManage,
    /// Rename, move, tag, approve, retire and delete devices, and end their keys.
    DevicesManage,
    /// Read software across the fleet.
    SoftwareRead,
    /// Add people, change their role and scope, disable them, end their sessions.
    PeopleManage,
    /// Change the brand.
    BrandManage,
    /// Have a device report, scan for updates or restart.
    DevicesCommand,
    /// Run scripts on devices.
    ScriptsRun,
    /// Read alerts and the policies that raise them.
    AlertsRead,
    /// Acknowledge, snooze, resolve and dismiss alerts.
    AlertsManage,
    /// Change monitoring policies.
    MonitoringManage,
    /// Plan maintenance windows.
    WindowsManage,
    /// Say where notices go, and which.
    ChannelsManage,
    /// Read updates, what is decided about them, runs and compliance.
    PatchingRead,
    /// Approve, decline and defer updates.
    PatchingDecide,
    /// Have devices install updates.
    UpdatesInstall,
    /// Change the rules, schedules and targets of patching.
    PatchingManage,
    /// Read reports.
    ReportsRead,
    /// Schedule reports.
    ReportsManage,
    /// Read requests.
    RequestsRead,
    /// Ask for help, and answer.
    RequestsWrite,
    /// Decide about requests, and note among staff.
    RequestsManage,
    /// Say yes or no to work for one's own organisation.
    ApprovalsGive,
    /// Read what the MSP did for one's own organisation.
    WorkRead,
}

impl Permission {
    /// Each permission once.
    pub const ALL: [Permission; 31] = [
        Self::Account,
        Self::DevicesRead,
        Self::DevicesExport,
        Self::ClientsRead,
        Self::StaffHome,
        Self::ContactHome,
        Self::EnrolmentManage,
        Self::AuditRead,
        Self::ClientsManage,
        Self::DevicesManage,
        Self::SoftwareRead,
        Self::PeopleManage,
        Self::BrandManage,
        Self::DevicesCommand,
        Self::ScriptsRun,
        Self::AlertsRead,
        Self::AlertsManage,
        Self::MonitoringManage,
        Self::WindowsManage,
        Self::ChannelsManage,
        Self::PatchingRead,
        Self::PatchingDecide,
        Self::UpdatesInstall,
        Self::PatchingManage,
        Self::ReportsRead,
        Self::ReportsManage,
        Self::RequestsRead,
        Self::RequestsWrite,
        Self::RequestsManage,
        Self::ApprovalsGive,
        Self::WorkRead,
    ];

    /// The word for a refusal and for documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::DevicesRead => "devices: read",
            Self::DevicesExport => "devices: export",
            Self::ClientsRead => "clients: read",
            Self::StaffHome => "home: staff",
            Self::ContactHome => "home: contact",
            Self::EnrolmentManage => "enrolment: manage",
            Self::AuditRead => "audit: read",
            Self::ClientsManage => "clients: manage",
            Self::DevicesManage => "devices: manage",
            Self::SoftwareRead => "software: read",
            Self::PeopleManage => "people: manage",
            Self::BrandManage => "brand: manage",
            Self::DevicesCommand => "devices: command",
            Self::ScriptsRun => "scripts: run",
            Self::AlertsRead => "alerts: read",
            Self::AlertsManage => "alerts: manage",
            Self::MonitoringManage => "monitoring: manage",
            Self::WindowsManage => "windows: manage",
            Self::ChannelsManage => "channels: manage",
            Self::PatchingRead => "patching: read",
            Self::PatchingDecide => "patching: decide",
            Self::UpdatesInstall => "updates: install",
            Self::PatchingManage => "patching: manage",
            Self::ReportsRead => "reports: read",
            Self::ReportsManage => "reports: manage",
            Self::RequestsRead => "requests: read",
            Self::RequestsWrite => "requests: write",
            Self::RequestsManage => "requests: manage",
            Self::ApprovalsGive => "approvals: give",
            Self::WorkRead => "work: read",
        }
    }
}

/// What somebody is at a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Owns the MSP's account.
    Owner,
    /// Runs the MSP's portal, but makes no owners.
    Administrator,
    /// Works for the MSP.
    Technician,
    /// Belongs to a client.
    Contact,
}

impl Role {
    /// Each role once.
    pub const ALL: [Role; 4] = [Self::Owner, Self::Administrator, Self::Technician, Self::Contact];

    /// The permissions of the role.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::{
            Account, AlertsManage, AlertsRead, ApprovalsGive, AuditRead, BrandManage, ChannelsManage, ClientsManage, ClientsRead, ContactHome, DevicesCommand,
            DevicesExport, DevicesManage, DevicesRead, EnrolmentManage, MonitoringManage, PatchingDecide, PatchingManage, PatchingRead, PeopleManage,
            ReportsManage, ReportsRead, RequestsManage, RequestsRead, RequestsWrite, ScriptsRun, SoftwareRead, StaffHome, UpdatesInstall, WindowsManage,
            WorkRead,
        };
        match self {
            Self::Owner | Self::Administrator => &[
                Account,
                DevicesRead,
                DevicesExport,
                ClientsRead,
                StaffHome,
                EnrolmentManage,
                AuditRead,
                ClientsManage,
                DevicesManage,
                SoftwareRead,
                PeopleManage,
                BrandManage,
                DevicesCommand,
                ScriptsRun,
                AlertsRead,
                AlertsManage,
                MonitoringManage,
                WindowsManage,
                ChannelsManage,
                PatchingRead,
                PatchingDecide,
                UpdatesInstall,
                PatchingManage,
                ReportsRead,
                ReportsManage,
                RequestsRead,
                RequestsWrite,
                RequestsManage,
            ],
            Self::Technician => &[
                Account,
                DevicesRead,
                DevicesExport,
                ClientsRead,
                StaffHome,
                AuditRead,
                DevicesManage,
                SoftwareRead,
                DevicesCommand,
                ScriptsRun,
                AlertsRead,
                AlertsManage,
                WindowsManage,
                PatchingRead,
                PatchingDecide,
                UpdatesInstall,
                ReportsRead,
                RequestsRead,
                RequestsWrite,
                RequestsManage,
            ],
            Self::Contact => &[Account, DevicesRead, DevicesExport, ContactHome, ReportsRead, RequestsRead, RequestsWrite, ApprovalsGive, WorkRead],
        }
    }

    /// Whether the role holds `permission`.
    pub fn holds(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// Whether somebody with this role may give `other` to somebody: only what they hold, and only owners make owners.
    pub fn may_grant(self, other: Role) -> bool {
        self.holds(Permission::PeopleManage) && (other != Self::Owner || self == Self::Owner)
    }

    /// Whether the role belongs to the MSP rather than to a client.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Contact)
    }

    /// The word that storage and pages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Administrator => "administrator",
            Self::Technician => "technician",
            Self::Contact => "contact",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Role {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_role_table_is_what_we_promise() {
        let held = |role: Role| Permission::ALL.map(|p| if role.holds(p) { 'x' } else { '.' }).iter().collect::<String>();
        assert_eq!(held(Role::Owner), "xxxxx.xxxxxxxxxxxxxxxxxxxxxxx..");
        assert_eq!(held(Role::Administrator), "xxxxx.xxxxxxxxxxxxxxxxxxxxxxx..");
        assert_eq!(held(Role::Technician), "xxxxx..x.xx..xxxx.x.xxx.x.xxx..");
        assert_eq!(held(Role::Contact), "xxx..x..................x.xx.xx");
    }

    #[test]
    fn nobody_grants_more_than_they_are() {
        let granted = |role: Role| Role::ALL.map(|other| if role.may_grant(other) { 'x' } else { '.' }).iter().collect::<String>();
        assert_eq!(granted(Role::Owner), "xxxx");
        assert_eq!(granted(Role::Administrator), ".xxx");
        assert_eq!(granted(Role::Technician), "....");
        assert_eq!(granted(Role::Contact), "....");
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(role));
        }
        assert_eq!("Owner".parse::<Role>(), Err(()));
    }
}

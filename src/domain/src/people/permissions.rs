//! The closed list of permissions.

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

//! The roles, and which permissions each holds.

use std::{fmt, str::FromStr};

use super::Permission;

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

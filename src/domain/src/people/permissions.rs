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
}

impl Permission {
    /// Each permission once.
    pub const ALL: [Permission; 8] =
        [Self::Account, Self::DevicesRead, Self::DevicesExport, Self::ClientsRead, Self::StaffHome, Self::ContactHome, Self::EnrolmentManage, Self::AuditRead];

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
        }
    }
}

/// What somebody is at a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Owns the MSP's account.
    Owner,
    /// Works for the MSP.
    Technician,
    /// Belongs to a client.
    Contact,
}

impl Role {
    /// Each role once.
    pub const ALL: [Role; 3] = [Self::Owner, Self::Technician, Self::Contact];

    /// The permissions of the role.
    pub const fn permissions(self) -> &'static [Permission] {
        use Permission::{Account, AuditRead, ClientsRead, ContactHome, DevicesExport, DevicesRead, EnrolmentManage, StaffHome};
        match self {
            Self::Owner => &[Account, DevicesRead, DevicesExport, ClientsRead, StaffHome, EnrolmentManage, AuditRead],
            Self::Technician => &[Account, DevicesRead, DevicesExport, ClientsRead, StaffHome],
            Self::Contact => &[Account, DevicesRead, DevicesExport, ContactHome],
        }
    }

    /// Whether the role holds `permission`.
    pub fn holds(self, permission: Permission) -> bool {
        self.permissions().contains(&permission)
    }

    /// Whether the role belongs to the MSP rather than to a client.
    pub const fn is_staff(self) -> bool {
        !matches!(self, Self::Contact)
    }

    /// The word that storage and pages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
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
        assert_eq!(held(Role::Owner), "xxxxx.xx");
        assert_eq!(held(Role::Technician), "xxxxx...");
        assert_eq!(held(Role::Contact), "xxx..x..");
    }

    #[test]
    fn words_read_back() {
        for role in Role::ALL {
            assert_eq!(role.word().parse(), Ok(role));
        }
        assert_eq!("Owner".parse::<Role>(), Err(()));
    }
}

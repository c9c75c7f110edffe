//! Where something holds: everywhere at a tenant, or at one client, site or device.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::ids::{ClientId, DeviceId, SiteId};

/// Where something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// At every client.
    Tenant,
    /// On every device of a client.
    Client(ClientId),
    /// On every device at a site.
    Site(SiteId),
    /// On one device.
    Device(DeviceId),
}

/// Where a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// Its client, once it has one.
    pub client: Option<ClientId>,
    /// Its site, where it has one.
    pub site: Option<SiteId>,
    /// The device.
    pub device: DeviceId,
}

/// Text that names no scope.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is neither tenant nor the id of a client, site or device")]
pub struct NotAScope;

impl Scope {
    /// Whether it holds for a device at `place`.
    pub fn covers(self, place: &Place) -> bool {
        match self {
            Self::Tenant => true,
            Self::Client(client) => place.client == Some(client),
            Self::Site(site) => place.site == Some(site),
            Self::Device(device) => place.device == device,
        }
    }

    /// The word for its level.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Client(_) => "client",
            Self::Site(_) => "site",
            Self::Device(_) => "device",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant => f.write_str("tenant"),
            Self::Client(id) => id.fmt(f),
            Self::Site(id) => id.fmt(f),
            Self::Device(id) => id.fmt(f),
        }
    }
}

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        match text.split_once('_').map_or(text, |(prefix, _)| prefix) {
            "tenant" if text == "tenant" => Ok(Self::Tenant),
            ClientId::PREFIX => text.parse().map(Self::Client).map_err(|_| NotAScope),
            SiteId::PREFIX => text.parse().map(Self::Site).map_err(|_| NotAScope),
            DeviceId::PREFIX => text.parse().map(Self::Device).map_err(|_| NotAScope),
            _ => Err(NotAScope),
        }
    }
}

impl TryFrom<String> for Scope {
    type Error = NotAScope;

    fn try_from(text: String) -> Result<Self, NotAScope> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;

    #[test]
    fn a_scope_covers_its_own_and_reads_back() {
        let id = Uuid::from_u128;
        let here = Place { client: Some(ClientId(id(1))), site: Some(SiteId(id(2))), device: DeviceId(id(3)) };
        let there = Place { client: Some(ClientId(id(4))), site: None, device: DeviceId(id(5)) };
        for scope in [Scope::Client(ClientId(id(1))), Scope::Site(SiteId(id(2))), Scope::Device(DeviceId(id(3)))] {
            assert!(scope.covers(&here) && !scope.covers(&there), "{scope}");
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        assert!(Scope::Tenant.covers(&here) && Scope::Tenant.covers(&there));
        assert_eq!("tenant".parse(), Ok(Scope::Tenant));
        for bad in ["", "tenant_1", "cli_1", "per_00000000000000000000000000000001", "platform"] {
            assert!(bad.parse::<Scope>().is_err(), "{bad}");
        }
    }
}

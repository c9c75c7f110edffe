//! Typed ids: a UUID with a prefix that says what it names, so that an id in a log explains itself.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
pub use uuid::Uuid;

/// Text that is not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id that starts with {0}_")]
pub struct NotAnId(pub &'static str);

macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(pub Uuid);

        impl $name {
            /// The letters before the underscore.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let hex = text.strip_prefix(concat!($prefix, "_")).filter(|hex| hex.len() == 32);
                hex.and_then(|hex| Uuid::try_parse(hex).ok()).map(Self).ok_or(NotAnId($prefix))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> $name {
                $name(id)
            }
        }
    )*};
}

typed_id! {
    /// One MSP.
    TenantId = "ten";
    /// An organisation that an MSP serves.
    ClientId = "cli";
    /// A place of a client.
    SiteId = "sit";
    /// A machine.
    DeviceId = "dev";
    /// Somebody who signs in at one tenant.
    PersonId = "per";
    /// A set of clients that a role may be used on.
    AccessGroupId = "grp";
    /// The credential that new devices present.
    EnrolmentKeyId = "enr";
    /// The public key of one device's own agent.
    AgentKeyId = "agk";
    /// Somebody who runs the platform.
    OperatorId = "opr";
    /// A signed-in browser, named without its secret.
    SessionId = "ses";
    /// A line of the audit.
    AuditId = "aud";
    /// A change seen on a device.
    ChangeId = "chg";
    /// A link that works once.
    LinkId = "lnk";
    /// Work that a device is asked to do.
    CommandId = "cmd";
    /// An update in a tenant's catalogue.
    UpdateId = "upd";
    /// A decision that somebody made about an update.
    DecisionId = "dec";
    /// A run that installs updates.
    RunId = "run";
    /// A rule that decides about updates.
    RuleId = "rul";
    /// When updates are installed, and how.
    PatchScheduleId = "psc";
    /// Something wrong on a device.
    AlertId = "alr";
    /// A monitoring policy of one level.
    PolicyId = "pol";
    /// A maintenance window.
    WindowId = "win";
    /// Where notices go.
    ChannelId = "chn";
    /// Which notices go to a channel.
    RouteId = "rte";
    /// One notice that was sent or not.
    DeliveryId = "dlv";
    /// A report as it was delivered.
    ReportId = "rep";
    /// When a report is made and sent.
    ReportScheduleId = "rsc";
    /// What a contact asks of the MSP.
    RequestId = "req";
    /// A message of a request.
    MessageId = "msg";
    /// A file of a request.
    AttachmentId = "att";
    /// Work that waits for a contact's yes.
    ApprovalId = "apr";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_and_refuses_another_kind() {
        let id = DeviceId(Uuid::from_u128(7));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().parse::<ClientId>(), Err(NotAnId("cli")));
        for bad in ["", "dev_", "dev_7", "7", "dev_00000000-0000-0000-0000-000000000007"] {
            assert!(bad.parse::<DeviceId>().is_err(), "{bad}");
        }
    }
}

//! What the pages of enrolment show.

use domain::{
    Fault, Moment,
    devices::report::Kind,
    enrolment::{
        KeyState,
        query::{KeyQuery, PendingQuery},
        wanted::Typed,
    },
    ids::{ClientId, DeviceId, EnrolmentKeyId},
};

use crate::{audit::AuditTail, devices::DeviceListRow};

/// One key; never its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// The key.
    pub id: EnrolmentKeyId,
    /// What people call it; untrusted text.
    pub name: String,
    /// Whose devices it enrols.
    pub client: (ClientId, String),
    /// The site they start at.
    pub site: String,
    /// Derived now.
    pub state: KeyState,
    /// How many devices it has enrolled.
    pub used: u64,
    /// How many it may enrol.
    pub most: Option<u64>,
    /// When it stops taking new devices.
    pub expires_at: Option<Moment>,
    /// Whether each device waits for approval.
    pub needs_approval: bool,
    /// When it was made.
    pub created_at: Moment,
    /// When a device last enrolled or reported under it, to the minute.
    pub last_used_at: Option<Moment>,
    /// When it was revoked.
    pub revoked_at: Option<Moment>,
}

/// The page `/settings/enrolment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysPage {
    /// The state of the list.
    pub query: KeyQuery,
    /// This page's rows.
    pub lines: Vec<KeyLine>,
    /// Keys that have the searched text, by state.
    pub by_state: Vec<(KeyState, u64)>,
    /// Keys the viewer may see, searched or not.
    pub total: u64,
    /// Devices that wait for approval.
    pub pending: u64,
    /// The page towards the newest.
    pub newer: Option<KeyQuery>,
    /// The page towards the oldest.
    pub older: Option<KeyQuery>,
    /// When the counts were taken.
    pub counted_at: Moment,
}

impl KeysPage {
    /// Keys that match text and state.
    pub fn matching(&self) -> u64 {
        let chosen = |state: KeyState| self.query.state.is_none_or(|wanted| wanted == state);
        self.by_state.iter().filter(|(state, _)| chosen(*state)).map(|(_, keys)| keys).sum()
    }
}

/// The page `/settings/enrolment/new`: a key to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyForm {
    /// The id that the key will have, so that a form sent twice makes one.
    pub id: EnrolmentKeyId,
    /// What was typed.
    pub typed: Typed,
    /// The chosen place.
    pub place: String,
    /// Every place one may enrol to: its value, and client and site as words.
    pub places: Vec<(String, String)>,
    /// What is wrong, by field.
    pub faults: Vec<Fault>,
}

impl KeyForm {
    /// What is wrong with `field`.
    pub fn fault(&self, field: &str) -> Option<String> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.message.clone())
    }
}

/// How agents reach this tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The address, without a final slash.
    pub address: String,
    /// Whether agents must be told to accept http.
    pub insecure: bool,
    /// The version of the agent that fits this server.
    pub version: String,
    /// The agent's packages that this server hands out, by file name.
    pub packages: Vec<String>,
}

/// The answer to a key that was made: the only page that ever shows its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeKey {
    /// The key.
    pub key: KeyLine,
    /// Its secret.
    pub secret: String,
    /// Where agents report to.
    pub server: Server,
}

/// How far the first device of a key has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    /// None has enrolled yet.
    None,
    /// This one has enrolled and said nothing yet.
    Enrolled(DeviceId, String),
    /// This one has reported.
    Reported(DeviceId, String, Option<Moment>),
}

/// The page `/settings/enrolment/{key}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPage {
    /// The key.
    pub key: KeyLine,
    /// Its newest devices.
    pub devices: Vec<DeviceListRow>,
    /// All its devices.
    pub total: u64,
    /// Those that have reported.
    pub reported: u64,
    /// Those that wait for approval.
    pub pending: u64,
    /// How far the first device has come.
    pub first: First,
    /// Whether the page asks again by itself.
    pub asks_again: bool,
    /// What people did to it; `None` for those who may not read the audit.
    pub acts: Option<AuditTail>,
}

impl KeyPage {
    /// Whether the first report is still to come and may come.
    pub const fn waits(&self) -> bool {
        matches!(self.key.state, KeyState::Active | KeyState::UsedUp) && !matches!(self.first, First::Reported(..))
    }
}

/// A device that waits for approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingLine {
    /// The device.
    pub id: DeviceId,
    /// Its host name; untrusted text.
    pub hostname: String,
    /// What kind of machine it is.
    pub kind: Kind,
    /// Whose it would be.
    pub client: String,
    /// The site it would start at.
    pub site: String,
    /// The key it came with.
    pub key: Option<String>,
    /// System, as far as it said so.
    pub os: Option<String>,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// When it enrolled.
    pub enrolled_at: Moment,
    /// Whether it has reported.
    pub reported: bool,
}

/// The page `/settings/enrolment/pending`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPage {
    /// The state of the list; `until` is when it was drawn, so that nobody decides about what came later.
    pub query: PendingQuery,
    /// This page's rows.
    pub lines: Vec<PendingLine>,
    /// Devices that match.
    pub matching: u64,
    /// Devices that wait, filtered or not.
    pub total: u64,
    /// The clients to filter by.
    pub clients: Vec<(ClientId, String)>,
    /// The name of the key that is filtered by.
    pub key_name: Option<String>,
    /// What is wrong with what was asked.
    pub fault: Option<String>,
    /// The page before.
    pub earlier: Option<PendingQuery>,
    /// The page after.
    pub later: Option<PendingQuery>,
    /// When the counts were taken.
    pub counted_at: Moment,
}

//! What our own agent signs, and what it exchanges at enrolment. Both sides build the text here.

use serde::{Deserialize, Serialize};

use crate::{
    Moment,
    alerts::Asked,
    ids::{AgentKeyId, DeviceId},
};

/// The largest difference between the two clocks, in milliseconds.
pub const SKEW: i64 = 5 * crate::time::MINUTE;

/// Request header: the [`AgentKeyId`].
pub const KEY_HEADER: &str = "portico-key";
/// Request header: milliseconds since 1970, by the server's clock as the agent knows it.
pub const TIME_HEADER: &str = "portico-time";
/// Request header: a number that grows with every report.
pub const SEQUENCE_HEADER: &str = "portico-sequence";
/// Request header: the signature, base64url without padding.
pub const SIGNATURE_HEADER: &str = "portico-signature";

/// Where a new device enrols, below the tenant's address.
pub const ENROLMENT_PATH: &str = "/agent/enrolment";
/// Where reports go, below the tenant's address.
pub const REPORTS_PATH: &str = "/agent/reports";

/// The bytes that are signed: method, path below the tenant's address, lower-case hex SHA-256 of the body as sent,
/// time, sequence; each on its own line.
pub fn message(method: &str, path: &str, body_sha256: &str, time: Moment, sequence: u64) -> String {
    format!("{method}\n{path}\n{body_sha256}\n{}\n{sequence}\n", time.0)
}

/// What an agent sends to [`ENROLMENT_PATH`], with the enrolment key as Bearer credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    /// The Ed25519 public key made on the device: 32 bytes, base64url without padding.
    pub public_key: String,
    /// The short host name, shown while the device waits.
    pub hostname: String,
}

/// The answer to an [`Enrolment`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device that was made.
    pub device: DeviceId,
    /// The name of the agent's key, for [`KEY_HEADER`].
    pub key: AgentKeyId,
    /// How often to report, in seconds.
    pub every_s: u32,
    /// The server's time.
    pub now: Moment,
}

/// The answer to a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Accepted {
    /// How long to wait for the next report, in seconds.
    pub every_s: u32,
    /// The server lacks a section that the report left out: send all sections next time.
    pub send_all: bool,
    /// The units and processes that policies ask about by name.
    #[serde(default)]
    pub asked: Asked,
}

/// The answer to anything that was refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refused {
    /// A short word: `clock`, `credential`, `revoked`, `expired`, `used_up`, `pending`, `invalid`, `too_large`, `busy`.
    pub error: String,
    /// What is wrong, as a sentence.
    pub message: String,
    /// The faulty fields.
    #[serde(default)]
    pub faults: Vec<crate::Fault>,
    /// The server's time, so that the agent can correct its offset.
    pub now: Moment,
}

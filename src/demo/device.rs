//! One device of the demo, as it is handed out.

use domain::devices::{Report, Standing};

use super::presence::Contact;

/// One device.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoDevice {
    /// Which of the tenant's clients it belongs to.
    pub client: usize,
    /// Which of the client's sites it stands at.
    pub site: usize,
    /// Its last report. One that never reported tells only which machine it is, as it did when it enrolled.
    pub report: Report,
    /// The number of its software set; the same number is the same list on every device.
    pub software_set: Option<u8>,
    /// How it keeps in touch.
    pub contact: Contact,
    /// How long ago it was last seen, in milliseconds.
    pub last_seen_ago_ms: Option<i64>,
    /// How often it reports, in seconds.
    pub every_s: i64,
    /// What people decided about it.
    pub standing: Standing,
    /// How long ago it was enrolled, in milliseconds.
    pub enrolled_ago_ms: i64,
    /// What changed on it, newest first.
    pub history: Vec<DemoChange>,
}

/// Something that changed on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoChange {
    /// How long ago, in milliseconds.
    pub ago_ms: i64,
    /// `restart`, `os`, `package`, `hardware` or `network`.
    pub kind: &'static str,
    /// What changed: a package's name, `Memory`, `Address`.
    pub subject: String,
    /// What it was.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
}

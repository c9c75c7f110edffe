//! What the pages of alerts show.

use domain::{
    Moment,
    alerts::{InboxQuery, Key, Rule, Severity, inbox::Show, state::State},
    ids::{AlertId, ClientId, DeviceId},
};

/// One alert in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertLine {
    /// Which.
    pub id: AlertId,
    /// How bad.
    pub severity: Severity,
    /// What is watched.
    pub key: Key,
    /// What was last seen: `92.4 %`, `failed`; untrusted text.
    pub value: Option<String>,
    /// Where it is.
    pub state: State,
    /// Whether the condition holds right now.
    pub breaching: bool,
    /// Whose device, with the names that people see; untrusted text.
    pub device: (DeviceId, String),
    /// The device's client.
    pub client: (ClientId, String),
    /// When it was raised.
    pub raised_at: Moment,
    /// When its state last changed.
    pub changed_at: Moment,
    /// Who acknowledged, snoozed, resolved or dismissed it.
    pub by: Option<String>,
    /// The name of the maintenance window that suppresses it; untrusted text.
    pub window: Option<String>,
}

/// What the inbox says after a bulk act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BulkDone {
    /// How many were changed.
    pub changed: u64,
    /// How many could not be, because of what somebody else did meanwhile.
    pub passed_over: u64,
}

/// `/alerts`.
#[derive(Debug, Clone, PartialEq)]
pub struct InboxPage {
    /// What is asked for.
    pub query: InboxQuery,
    /// How many there are of each quick filter, with the rest of the query.
    pub counts: Vec<(Show, u64)>,
    /// This page's alerts; by client and then as sorted, when the query groups.
    pub rows: Vec<AlertLine>,
    /// How many match.
    pub total: u64,
    /// The page before, if there is one.
    pub newer: Option<InboxQuery>,
    /// The page after, if there is one.
    pub older: Option<InboxQuery>,
    /// The clients to choose from.
    pub clients: Vec<(ClientId, String)>,
    /// Whether the person may acknowledge, snooze, resolve and dismiss.
    pub may_act: bool,
    /// What was wrong with a bulk act.
    pub error: Option<String>,
    /// What a bulk act did.
    pub done: Option<BulkDone>,
    /// What stood within reach when the list was read, to be compared with what the server tells later.
    pub version: String,
}

/// One line of an alert's timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineLine {
    /// When.
    pub at: Moment,
    /// Who; `None`: by itself.
    pub by: Option<String>,
    /// What: "acknowledged".
    pub words: String,
    /// What they wrote.
    pub note: Option<String>,
}

/// An act that the alert's state allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// Somebody looks after it.
    Acknowledge,
    /// Take that back.
    Unacknowledge,
    /// Not now.
    Snooze,
    /// End the snooze.
    Wake,
    /// It is over.
    Resolve,
    /// It never mattered; not raised again until the condition was clear once.
    Dismiss,
    /// It is not over after all.
    Reopen,
}

/// `/alerts/{alert}`.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertPage {
    /// What the list says of it.
    pub line: AlertLine,
    /// The rule that watches this condition now, with where each value comes from.
    pub rule: Rule,
    /// Everything that happened to it, newest first; at most 200 lines.
    pub timeline: Vec<TimelineLine>,
    /// What the person may do.
    pub offers: Vec<Offered>,
    /// Its version, sent back with each act so that two people who decide at once learn of each other.
    pub revision: i64,
    /// The note as it was typed, and what is wrong with it.
    pub note: (String, Option<String>),
    /// Other live alerts of the device.
    pub others: Vec<AlertLine>,
    /// Who was told of it and who was not, newest first.
    pub notices: Vec<super::NoticeLine>,
}

/// A device's condition on its page Effective policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The rule, with where each value comes from.
    pub rule: Rule,
    /// What was last seen.
    pub value: Option<String>,
    /// Since when it breaches, if it does.
    pub breaching_since: Option<Moment>,
    /// The live alert, if there is one.
    pub alert: Option<AlertId>,
}

/// Where a policy is kept; the word in its address: `tenant`, `cli_..`, `sit_..`, `dev_..`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyPlace {
    /// The word in the address.
    pub word: String,
    /// Its name: the client's, the site's, the device's; "All clients" for the tenant.
    pub name: String,
    /// How many values are set there.
    pub values: u64,
}

/// `/devices/{device}/policy`.
#[derive(Debug, Clone, PartialEq)]
pub struct EffectiveTab {
    /// The device.
    pub device: DeviceId,
    /// Everything that is watched, general rules first.
    pub watched: Vec<Watched>,
    /// Where values for this device can be set, nearest first; empty when the person may not.
    pub places: Vec<PolicyPlace>,
}

/// `/devices/{device}/alerts`.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertsTab {
    /// The device.
    pub device: DeviceId,
    /// Live ones first, newest first; at most 100.
    pub rows: Vec<AlertLine>,
    /// Whether older ones are left out.
    pub more: bool,
}

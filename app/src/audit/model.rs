//! What the audit shows, and nothing more.

use domain::{Moment, audit::AuditQuery, ids::ClientId};

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// `person`, `operator`, `agent`, `enrolment key`, `job`; anything else is nobody who was known.
    pub kind: String,
    /// Their name at that time; untrusted text.
    pub name: String,
    /// What the filter by this actor is set to.
    pub filter: String,
}

/// What something was done to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its kind, as a word.
    pub kind: String,
    /// Its name at that time; untrusted text. `None`: it has none.
    pub name: Option<String>,
    /// The path of its page, when it has one that the viewer may open.
    pub path: Option<String>,
}

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When.
    pub at: Moment,
    /// Who.
    pub actor: Actor,
    /// What, as a word: `device moved`.
    pub action: String,
    /// To what.
    pub object: Option<Object>,
    /// What it was.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
    /// What there is to add.
    pub detail: Option<String>,
    /// The client it belongs to, with its name as far as it is within reach.
    pub client: Option<(ClientId, Option<String>)>,
    /// The network address it came from.
    pub address: Option<String>,
}

/// What the filters offer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// Acts.
    pub actions: Vec<String>,
    /// Kinds of objects.
    pub kinds: Vec<String>,
    /// People, operators and programs: what the filter is set to, and the name.
    pub actors: Vec<(String, String)>,
    /// Clients within reach.
    pub clients: Vec<(ClientId, String)>,
}

/// The page `/settings/audit`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// The state of the list.
    pub query: AuditQuery,
    /// This page's acts, newest first.
    pub acts: Vec<Act>,
    /// Acts that match.
    pub total_matching: u64,
    /// When they were counted.
    pub counted_at: Moment,
    /// What the filters offer.
    pub choices: Choices,
    /// The page with newer acts.
    pub newer: Option<AuditQuery>,
    /// The page with older acts.
    pub older: Option<AuditQuery>,
}

/// The newest acts on one object, for its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditTail {
    /// The newest first.
    pub acts: Vec<Act>,
    /// The object's id, for the list of all of them.
    pub object: String,
}

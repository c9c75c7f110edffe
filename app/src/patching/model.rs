//! What the pages of patching show, and nothing more.

use domain::{
    Fault, Moment,
    ids::{ClientId, DeviceId, RuleId, UpdateId},
    patching::{
        Bucket, Class, Kind, Sentence, Source, Tally, Targets, Verdict,
        due::TypedTargets,
        groups::Devices,
        query::{PairsQuery, UpdatesQuery},
        rule::TypedRule,
        typed::TypedDecision,
    },
};

/// Figures of one day: when it began, installed, and past due in all.
pub type TrendDay = (Moment, u64, u64);

/// The page `/patching`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompliancePage {
    /// Everything within reach.
    pub total: (Tally, Devices),
    /// By client, in name order.
    pub clients: Vec<((ClientId, String), Tally, Devices)>,
    /// By class.
    pub classes: Vec<(Class, Tally)>,
    /// What the MSP holds itself to.
    pub targets: Targets,
    /// Past days, oldest first.
    pub trend: Vec<TrendDay>,
    /// When this was counted.
    pub counted_at: Moment,
}

/// An update in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdateLine {
    /// Which it is.
    pub id: UpdateId,
    /// The package; untrusted text.
    pub name: String,
    /// The version; untrusted text.
    pub version: String,
    /// The architecture; untrusted text.
    pub arch: String,
    /// The package system.
    pub source: Source,
    /// Where it comes from; untrusted text.
    pub origin: Option<String>,
    /// How much it matters.
    pub class: Class,
    /// When it was first seen.
    pub first_seen: Moment,
    /// Devices that need it.
    pub need: u64,
    /// Devices that have it.
    pub have: u64,
    /// Devices on which it failed.
    pub failed: u64,
    /// What holds for all clients.
    pub verdict: Option<Verdict>,
    /// The decision for all clients that is shown, and its revision.
    pub shown: String,
}

/// The page `/patching/updates`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatesPage {
    /// The state of the list.
    pub query: UpdatesQuery,
    /// This page's updates.
    pub rows: Vec<UpdateLine>,
    /// Updates that match.
    pub total: u64,
    /// The page before.
    pub newer: Option<UpdatesQuery>,
    /// The page after.
    pub older: Option<UpdatesQuery>,
    /// When this was counted.
    pub counted_at: Moment,
    /// What a decision about many did: how many it changed.
    pub done: Option<u64>,
    /// Why it was refused.
    pub error: Option<String>,
    /// What was typed beside the chosen.
    pub typed: TypedDecision,
}

/// An update on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairLine {
    /// The device.
    pub device: (DeviceId, String),
    /// Its client.
    pub client: (ClientId, String),
    /// The update.
    pub update: UpdateId,
    /// Name and version; untrusted text.
    pub name: (String, String),
    /// How much it matters.
    pub class: Class,
    /// How it stands.
    pub kind: Kind,
    /// In which part of a figure it counts.
    pub bucket: Option<Bucket>,
    /// Why.
    pub why: Sentence,
    /// When it is due.
    pub due: Moment,
}

/// The page `/patching/devices`: updates on devices, which every figure opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairsPage {
    /// The state of the list.
    pub query: PairsQuery,
    /// This page's rows.
    pub rows: Vec<PairLine>,
    /// The page before.
    pub newer: Option<PairsQuery>,
    /// The page after.
    pub older: Option<PairsQuery>,
    /// Clients to choose from.
    pub clients: Vec<(ClientId, String)>,
}

/// A decision that stands about an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The word of its place.
    pub place: String,
    /// The name of its place.
    pub name: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub who: String,
    /// When.
    pub at: Moment,
    /// Why.
    pub note: Option<String>,
    /// When it stops to hold.
    pub expires: Option<Moment>,
}

/// The page of one update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpdatePage {
    /// The update.
    pub line: UpdateLine,
    /// Why what holds for all clients holds.
    pub reason: Sentence,
    /// What was decided by hand, the tenant's first.
    pub decided: Vec<Decided>,
    /// The devices that need or have it: the first page of the list.
    pub devices: PairsPage,
    /// The place of the form: its word and name.
    pub place: (String, String),
    /// Places that may be chosen.
    pub places: Vec<(String, String)>,
    /// What the form holds.
    pub typed: TypedDecision,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// Whether something stands at the place of the form.
    pub stands: bool,
    /// Whether the viewer may decide there.
    pub may_decide: bool,
}

/// A rule in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// Which; `None` for the platform's own.
    pub id: Option<RuleId>,
    /// Where it holds.
    pub place: String,
    /// What it does.
    pub words: String,
}

/// The page `/patching/rules`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesPage {
    /// The rules.
    pub rules: Vec<RuleLine>,
    /// Whether they are the tenant's own.
    pub own: bool,
    /// Clients for which a rule can be made.
    pub clients: Vec<(ClientId, String)>,
    /// The rule that is typed, and the word of its place.
    pub typed: (TypedRule, String),
    /// The targets that are typed.
    pub targets: TypedTargets,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// The revision that the page shows.
    pub revision: i64,
    /// Whether the viewer may change them.
    pub may_change: bool,
}

//! What the pages of monitoring policies show.

use domain::alerts::{Key, Level, Part, Rule};

use super::PolicyPlace;

/// `/settings/monitoring`: where policies are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoliciesPage {
    /// The tenant's own, which holds for everybody.
    pub tenant: PolicyPlace,
    /// Clients, sites and devices that have values of their own, by name; at most 200.
    pub own: Vec<PolicyPlace>,
    /// Whether there are more than that.
    pub more: bool,
    /// Clients to choose from for a policy of their own: the word in the address, and the name.
    pub clients: Vec<(String, String)>,
}

/// One condition in a policy.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyRow {
    /// What holds here, with where each value comes from.
    pub rule: Rule,
    /// What is set at this very place.
    pub own: Part,
}

/// `/settings/monitoring/{place}`.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyPage {
    /// Which policy.
    pub place: PolicyPlace,
    /// Its level.
    pub level: Level,
    /// The places above it, nearest first, for the breadcrumb: the word in the address, and the name.
    pub above: Vec<(String, String)>,
    /// Every general condition, and those that are named here or above.
    pub rows: Vec<PolicyRow>,
    /// Whether the person may change it.
    pub may_change: bool,
    /// The new condition as it was typed: kind and subject, and what is wrong with either.
    pub new: (String, String, Vec<domain::Fault>),
}

/// `/settings/monitoring/{place}/{condition}`: the form for one condition.
#[derive(Debug, Clone, PartialEq)]
pub struct ConditionPage {
    /// Which policy.
    pub place: PolicyPlace,
    /// Its level.
    pub level: Level,
    /// Which condition.
    pub key: Key,
    /// What holds here, with where each value comes from.
    pub rule: Rule,
    /// What holds without this policy's own values.
    pub inherited: Rule,
    /// The fields as they were typed or stand: on, severity, raise, clear, lasts, clear_lasts; empty is inherited.
    pub typed: Vec<(&'static str, String)>,
    /// What is wrong, by field.
    pub faults: Vec<domain::Fault>,
    /// The policy's version, sent back so that two people who decide at once learn of each other.
    pub revision: i64,
}

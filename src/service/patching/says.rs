//! What is said about updates: decisions by hand, rules, and what the MSP holds itself to.

use std::collections::{BTreeSet, HashMap};

use domain::{
    Moment,
    ids::{ClientId, DeviceId, RuleId, Uuid},
    patching::{Class, Place, Rule, RuleKind, Say, Targets, Update, Verdict, decide, decision::Decision, rule::Looked},
};
use foundation::{Failure, Tenant};

/// Days after which the platform's own rule approves updates that close no security hole.
const OTHERS_AFTER: u16 = 7;

/// An update of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// What it is.
    pub update: Update,
    /// When the tenant first saw it.
    pub first_seen: Moment,
}

/// Everything that is said, within reach.
#[derive(Debug, Clone)]
pub struct Says {
    decisions: HashMap<Uuid, Vec<Decision>>,
    /// The rules that hold.
    pub rules: Vec<Rule>,
    /// Whether the rules are the tenant's own.
    pub own_rules: bool,
    /// What the MSP holds itself to.
    pub targets: Targets,
    /// The revision of rules and targets; 0: the platform's own hold.
    pub revision: i64,
    now: Moment,
}

/// The rules that hold until the tenant has its own.
pub fn platform_rules() -> Vec<Rule> {
    let rule = |kind| Rule { id: RuleId(Uuid::nil()), place: Place::Tenant, kind, at: Moment(0), revision: 1 };
    vec![rule(RuleKind::SecurityAtOnce), rule(RuleKind::OthersAfter { days: OTHERS_AFTER })]
}

impl Says {
    /// Reads what is said.
    pub async fn load(tenant: &Tenant, now: Moment) -> Result<Self, Failure> {
        let settings = tenant.patch_settings().await?;
        let own_rules = settings.as_ref().is_some_and(|settings| settings.own_rules);
        let stored = tenant.patch_rules().await?.iter().filter_map(|row| row.rule()).collect::<Vec<_>>();
        let rules = if own_rules { stored } else { platform_rules() };
        let mut decisions: HashMap<Uuid, Vec<Decision>> = HashMap::new();
        for row in tenant.decisions().await? {
            if let Some(decision) = row.decision() {
                decisions.entry(row.update_id).or_default().push(decision);
            }
        }
        let targets = settings.as_ref().map(|settings| settings.targets()).unwrap_or_default();
        Ok(Self { decisions, rules, own_rules, targets, revision: settings.map_or(0, |settings| settings.revision), now })
    }

    /// The decisions by hand about an update.
    pub fn by_hand(&self, update: Uuid) -> &[Decision] {
        self.decisions.get(&update).map(Vec::as_slice).unwrap_or_default()
    }

    /// Each device for which something was decided alone, with the update.
    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, Uuid)> {
        let all = self.decisions.iter().flat_map(|(update, decisions)| decisions.iter().map(|decision| (decision.place, *update)));
        all.filter_map(|(place, update)| if let Place::Device(id) = place { Some((id, update)) } else { None })
    }

    /// Each client for which something was decided alone, with the update.
    pub fn clients(&self) -> impl Iterator<Item = (Uuid, ClientId)> {
        let all = self.decisions.iter().flat_map(|(update, decisions)| decisions.iter().map(|decision| (*update, decision.place)));
        all.filter_map(|(update, place)| if let Place::Client(id) = place { Some((update, id)) } else { None })
    }

    /// Clients with rules of their own.
    pub fn ruled(&self) -> Vec<ClientId> {
        let ruled = self.rules.iter().filter_map(|rule| if let Place::Client(id) = rule.place { Some(id) } else { None });
        ruled.collect::<BTreeSet<ClientId>>().into_iter().collect()
    }

    /// All that is said about an update at the places of a device, or of any device of a client, or of any at all.
    pub fn about(&self, update: Uuid, known: &Known, client: Option<ClientId>, device: Option<DeviceId>) -> Vec<Say> {
        let here = |place: &Place| match place {
            Place::Tenant => true,
            Place::Client(id) => client == Some(*id),
            Place::Device(id) => device == Some(*id),
            Place::Site(_) => false,
        };
        let looked = Looked { name: &known.update.key.name, class: known.update.class(), first_seen: known.first_seen };
        let by_hand = self.by_hand(update).iter().filter(|decision| here(&decision.place)).map(Decision::say);
        let by_rule = self.rules.iter().filter(|rule| here(&rule.place)).filter_map(|rule| rule.say(looked, self.now));
        by_hand.chain(by_rule).collect()
    }

    /// What holds of it.
    pub fn verdict(&self, update: Uuid, known: &Known, client: Option<ClientId>, device: Option<DeviceId>) -> Option<Verdict> {
        decide(&self.about(update, known, client, device), self.now).verdict()
    }

    /// When this was read.
    pub const fn now(&self) -> Moment {
        self.now
    }
}

impl Known {
    /// Reads a row of the catalogue.
    pub fn of(row: &foundation::patching::rows::update::Model) -> Option<Self> {
        Some(Self { update: row.update()?, first_seen: Moment(row.first_seen_at) })
    }

    /// How much it matters.
    pub const fn class(&self) -> Class {
        self.update.class()
    }
}

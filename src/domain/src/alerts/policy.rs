//! Policies of five levels, and the one that holds on a device: each value with the level it comes from.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use super::{
    Key, Kind, Part, Severity,
    kind::Subject,
    setting::{Limits, Setting},
};
use crate::Fault;

/// The most conditions of one policy.
pub const CONDITIONS: usize = 200;

/// Where a policy stands; the later, the nearer to the device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// What Portico brings along.
    Platform,
    /// What the MSP says for all its clients.
    Tenant,
    /// What holds for a client.
    Client,
    /// What holds at a site.
    Site,
    /// What holds on one device.
    Device,
}

/// What one level says. An empty document inherits everything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document(BTreeMap<Key, Part>);

/// A value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// The level that says so.
    pub level: Level,
    /// Whether that level names the subject, rather than speaking of all of the kind.
    pub named: bool,
}

/// What holds for one condition on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The condition.
    pub key: Key,
    /// Whether some level names its subject; a unit that is named must run, any other must only not fail.
    pub named: bool,
    /// Whether it is watched.
    pub on: Sourced<bool>,
    /// How bad it is.
    pub severity: Sourced<Severity>,
    /// The limits, for conditions that compare a percentage.
    pub limits: Option<Sourced<Limits>>,
    /// For how many seconds it must be so.
    pub for_s: Sourced<u32>,
    /// For how many seconds it must be clear.
    pub clear_for_s: Sourced<u32>,
}

/// The policy that holds on a device.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effective<'a> {
    layers: Vec<(Level, &'a Document)>,
}

/// What an agent is to look at because a policy names it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// systemd units.
    pub units: Vec<String>,
    /// Processes.
    pub processes: Vec<String>,
    /// Scripts, by their ids.
    pub scripts: Vec<String>,
}

impl Level {
    /// Each once, from the farthest.
    pub const ALL: [Self; 5] = [Self::Platform, Self::Tenant, Self::Client, Self::Site, Self::Device];

    /// The word that URLs and storage use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Tenant => "tenant",
            Self::Client => "client",
            Self::Site => "site",
            Self::Device => "device",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|level| level.word() == word).ok_or(())
    }
}

impl Document {
    /// What it says about exactly `key`.
    pub fn get(&self, key: &Key) -> Option<&Part> {
        self.0.get(key)
    }

    /// Each condition it speaks of.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Part)> {
        self.0.iter()
    }

    /// Whether it inherits everything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says `part` about `key`; an empty part takes back what was said.
    ///
    /// # Errors
    /// A fault of `kind` when the part does not suit the condition or the document is full.
    pub fn set(&mut self, key: Key, part: Part) -> Result<(), Fault> {
        if part.is_empty() {
            self.0.remove(&key);
        } else if !part.fits(&key) || (key.kind().subject() == Subject::Named && key.subject().is_none()) {
            return Err(Fault::new("kind", format!("{} cannot be set like this", key.label())));
        } else if self.0.len() >= CONDITIONS && !self.0.contains_key(&key) {
            return Err(Fault::new("kind", format!("a policy holds at most {CONDITIONS} conditions")));
        } else {
            self.0.insert(key, part);
        }
        Ok(())
    }

    /// Inherits `key` again.
    pub fn remove(&mut self, key: &Key) {
        self.0.remove(key);
    }
}

impl<'a> Effective<'a> {
    /// What holds where these documents apply, in any order; the platform's own defaults lie beneath.
    pub fn new(layers: impl IntoIterator<Item = (Level, &'a Document)>) -> Self {
        let mut layers: Vec<_> = layers.into_iter().collect();
        layers.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        Self { layers }
    }

    /// What holds for `key`. The nearest level wins; within a level, what names the subject wins over what speaks of all.
    pub fn rule(&self, key: &Key) -> Rule {
        let usual = Setting::usual(key.kind());
        let general = Key::general(key.kind());
        let mut parts: Vec<(Level, bool, &Part)> = Vec::new();
        for (level, document) in &self.layers {
            let named = key.subject().and_then(|_| document.get(key));
            parts.extend(named.map(|part| (*level, true, part)));
            parts.extend(document.get(&general).map(|part| (*level, false, part)));
        }
        Rule {
            key: key.clone(),
            named: parts.iter().any(|(_, named, _)| *named),
            on: nearest(&parts, |part| part.on, usual.on),
            severity: nearest(&parts, |part| part.severity, usual.severity),
            limits: usual.limits.map(|limits| nearest(&parts, |part| part.limits, limits)),
            for_s: nearest(&parts, |part| part.for_s, usual.for_s),
            clear_for_s: nearest(&parts, |part| part.clear_for_s, usual.clear_for_s),
        }
    }

    /// Every condition of the page: each kind without a name that can stand alone, and all that some level names.
    pub fn rules(&self) -> Vec<Rule> {
        let general = Kind::ALL.into_iter().filter(|kind| kind.subject() != Subject::Named).map(Key::general);
        let keys: Vec<Key> = general.chain(self.named().into_iter().cloned()).collect();
        let place = |kind: Kind| Kind::ALL.iter().position(|each| *each == kind);
        let mut rules: Vec<Rule> = keys.iter().map(|key| self.rule(key)).collect();
        rules.sort_by(|a, b| place(a.key.kind()).cmp(&place(b.key.kind())).then_with(|| a.key.cmp(&b.key)));
        rules
    }

    /// The conditions that some level names with a subject.
    pub fn named(&self) -> BTreeSet<&'a Key> {
        self.layers.iter().flat_map(|(_, document)| document.0.keys()).filter(|key| key.subject().is_some()).collect()
    }

    /// What the agent is to look at because it is named and watched.
    pub fn asked(&self) -> Asked {
        let mut asked = Asked::default();
        for key in self.named().into_iter().filter(|key| self.rule(key).on.value) {
            let list = match key.kind() {
                Kind::Service => &mut asked.units,
                Kind::Process => &mut asked.processes,
                Kind::Script => &mut asked.scripts,
                _ => continue,
            };
            list.extend(key.subject().map(str::to_owned));
        }
        asked
    }
}

fn nearest<T>(parts: &[(Level, bool, &Part)], take: impl Fn(&Part) -> Option<T>, usual: T) -> Sourced<T> {
    let said = parts.iter().find_map(|(level, named, part)| take(part).map(|value| Sourced { value, level: *level, named: *named }));
    said.unwrap_or(Sourced { value: usual, level: Level::Platform, named: false })
}

impl Rule {
    /// Its values, without where they come from.
    pub fn setting(&self) -> Setting {
        Setting {
            on: self.on.value,
            severity: self.severity.value,
            limits: self.limits.map(|limits| limits.value),
            for_s: self.for_s.value,
            clear_for_s: self.clear_for_s.value,
        }
    }

    /// What it asks for, as a sentence without its full stop.
    pub fn sentence(&self) -> String {
        self.setting().sentence(&self.key, self.named)
    }
}

#[cfg(test)]
mod tests;

//! What differs between two policies, in words for the audit.

use std::collections::BTreeSet;

use super::{
    Key, Part,
    policy::Document,
    setting::{Limits, lasting},
};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The condition.
    pub key: Key,
    /// Which value of it: `watched`, `severity`, `limits`, `for` or `clear for`.
    pub what: &'static str,
    /// What it was; `None`: inherited.
    pub old: Option<String>,
    /// What it is; `None`: inherited.
    pub new: Option<String>,
}

impl Change {
    /// The change as one line: `Disk free: /var, severity: critical, was inherited`.
    pub fn line(&self) -> String {
        let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "inherited".to_owned());
        format!("{}, {}: {}, was {}", self.key.label(), self.what, word(&self.new), word(&self.old))
    }
}

/// Each value that `old` and `new` say differently, in the order of keys.
pub fn changes(old: &Document, new: &Document) -> Vec<Change> {
    let keys: BTreeSet<&Key> = old.iter().chain(new.iter()).map(|(key, _)| key).collect();
    let mut found = Vec::new();
    for key in keys {
        let (before, after) = (values(key, old.get(key)), values(key, new.get(key)));
        for ((what, old), (_, new)) in before.into_iter().zip(after).filter(|(old, new)| old.1 != new.1) {
            found.push(Change { key: key.clone(), what, old, new });
        }
    }
    found
}

fn values(key: &Key, part: Option<&Part>) -> [(&'static str, Option<String>); 5] {
    let part = part.copied().unwrap_or_default();
    [
        ("watched", part.on.map(|on| if on { "on" } else { "off" }.to_owned())),
        ("severity", part.severity.map(|severity| severity.to_string())),
        ("limits", part.limits.map(|limits| limits_words(key, limits))),
        ("for", part.for_s.map(lasting)),
        ("clear for", part.clear_for_s.map(lasting)),
    ]
}

/// Both limits in words: `above 90 %, clear at 85 %`.
pub fn limits_words(key: &Key, limits: Limits) -> String {
    let side = if key.kind().percent() == Some(true) { "below" } else { "above" };
    format!("{side} {} %, clear at {} %", limits.raise, limits.clear)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::Severity;

    #[test]
    fn what_changed_is_said_value_by_value() {
        let (mut old, mut new) = (Document::default(), Document::default());
        let limits = Some(Limits { raise: 90, clear: 85 });
        let cpu: Key = "cpu".parse().expect("a key");
        old.set(cpu.clone(), Part { on: Some(true), limits, for_s: Some(600), ..Part::default() }).expect("set");
        new.set(cpu, Part { on: Some(false), limits, severity: Some(Severity::High), ..Part::default() }).expect("set");
        new.set("disk:/var".parse().expect("a key"), Part { limits: Some(Limits { raise: 5, clear: 7 }), ..Part::default() }).expect("set");
        let lines: Vec<String> = changes(&old, &new).iter().map(Change::line).collect();
        assert_eq!(
            lines,
            [
                "CPU, watched: off, was on",
                "CPU, severity: high, was inherited",
                "CPU, for: inherited, was 10 min",
                "Disk free: /var, limits: below 5 %, clear at 7 %, was inherited",
            ]
        );
        assert!(changes(&new, &new).is_empty());
    }
}

//! What a sample says about each condition of a device: a breach, clear, or nothing that can be told.

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use super::{
    Effective, Key, Kind, Rule, Subject,
    clean::Checked,
    sample::{Outcome, Sample, Security, Services, UnitState},
};
use crate::{Moment, time::span};

/// The most conditions of one device.
pub const LOOKS: usize = 500;

/// What was measured, as pages show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// A percentage.
    Percent(f64),
    /// Words.
    Text(String),
}

/// What one look at a condition finds.
#[derive(Debug, Clone, PartialEq)]
pub enum Observation {
    /// It is as bad as the condition asks.
    Breach {
        /// What was measured.
        value: Value,
        /// Since when, where that is known better than from looking again and again.
        since: Option<Moment>,
    },
    /// It is not that bad.
    Clear {
        /// What was measured.
        value: Value,
    },
    /// It cannot be told; that raises nothing and resolves nothing.
    Unknown {
        /// Why, in words.
        reason: String,
    },
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent:.1} %"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// What a device that was last seen at `seen` is at `now`, when a timer looks. A report is [`Observation::seen`] instead.
pub fn not_seen(seen: Moment, now: Moment) -> Observation {
    Observation::breach(format!("not seen for {}", span(now.since(seen))), Some(seen))
}

/// What `sample` says, under the policy that holds, about every condition that it, the policy or `tracked` knows. `tracked` are the
/// conditions of this device with a state in storage: so what is no longer reported or watched is looked at once more. What is only
/// reported counts while there is room in [`LOOKS`], so that no device can raise alerts without end.
pub fn observe(sample: &Checked, effective: &Effective<'_>, tracked: &[Key]) -> Vec<(Rule, Observation)> {
    let sample = sample.sample();
    let mut keys: BTreeSet<Key> = effective.named().into_iter().chain(tracked).cloned().collect();
    keys.extend([Kind::Cpu, Kind::Memory, Kind::Reboot, Kind::SecurityUpdates].map(Key::general));
    let room = LOOKS.saturating_sub(keys.len());
    let new: Vec<Key> = reported(sample).difference(&keys).take(room).cloned().collect();
    keys.extend(new);
    let whole = |key: &Key| key.kind() != Kind::NotSeen && (key.subject().is_some() || key.kind().subject() == Subject::None);
    let looks = keys.iter().filter(|key| whole(key)).map(|key| {
        let rule = effective.rule(key);
        let found = look(sample, &rule);
        (rule, found)
    });
    looks.collect()
}

/// The conditions of what a sample lists.
fn reported(sample: &Sample) -> BTreeSet<Key> {
    let units = if let Some(Services::Listed { units }) = &sample.services { units.as_slice() } else { &[] };
    let units = units.iter().filter_map(|unit| Key::about(Kind::Service, &unit.name));
    let mounts = sample.volumes.iter().flatten().map(|space| space.mount.as_str());
    units.chain(mounts.flat_map(|mount| [Kind::Disk, Kind::DiskWarning].into_iter().filter_map(move |kind| Key::about(kind, mount)))).collect()
}

fn look(sample: &Sample, rule: &Rule) -> Observation {
    let subject = rule.key.subject().unwrap_or_default();
    match rule.key.kind() {
        Kind::NotSeen => Observation::seen(),
        Kind::Cpu => percent(rule, sample.cpu_percent, "The agent did not measure the processors."),
        Kind::Memory => percent(rule, sample.memory_percent, "The agent did not measure memory."),
        Kind::Disk | Kind::DiskWarning => disk(sample, rule, subject),
        Kind::Service => service(sample.services.as_ref(), subject, rule.named),
        Kind::Process => match sample.processes.iter().find(|process| process.name == subject).and_then(|process| process.found) {
            Some(true) => Observation::clear("running"),
            Some(false) => Observation::breach("not running", None),
            None => Observation::unknown("The agent did not look for this process."),
        },
        Kind::Reboot => match sample.reboot {
            Some(reboot) if reboot.required => Observation::breach("restart pending", reboot.since),
            Some(_) => Observation::clear("no restart pending"),
            None => Observation::unknown("The machine does not say whether it asks for a restart."),
        },
        Kind::SecurityUpdates => security(sample.security.as_ref()),
        Kind::Script => match sample.scripts.iter().rfind(|script| script.id == subject) {
            Some(script) if script.outcome == Outcome::Failed => Observation::breach(said("failed", &script.line), None),
            Some(script) if script.outcome == Outcome::Ok => Observation::clear(said("ok", &script.line)),
            Some(script) => Observation::unknown(said("The script did not run to its end", &script.line)),
            None => Observation::unknown("The script did not run since the last report."),
        },
    }
}

fn said(word: &str, line: &str) -> String {
    if line.is_empty() { word.to_owned() } else { format!("{word}: {line}") }
}

fn percent(rule: &Rule, value: Option<f64>, reason: &str) -> Observation {
    let (Some(measured), Some(limits), Some(low_is_bad)) = (value, rule.limits, rule.key.kind().percent()) else {
        return Observation::unknown(reason);
    };
    let value = Value::Percent((measured * 10.0).round() / 10.0);
    if limits.value.breached(measured, low_is_bad) { Observation::Breach { value, since: None } } else { Observation::Clear { value } }
}

fn disk(sample: &Sample, rule: &Rule, mount: &str) -> Observation {
    let Some(volumes) = &sample.volumes else { return Observation::unknown("The agent did not measure the disks.") };
    let space = volumes.iter().find(|space| space.mount == mount && space.total_bytes > 0);
    if space.is_none() && !rule.named {
        return Observation::clear("nothing is mounted there any more");
    }
    // Whole bytes of a disk fit a float well enough for a tenth of a percent.
    let free = space.map(|space| space.free_bytes as f64 * 100.0 / space.total_bytes as f64);
    percent(rule, free, "The agent reported nothing that is mounted there.")
}

fn service(services: Option<&Services>, name: &str, named: bool) -> Observation {
    let units = match services {
        None => return Observation::unknown("The agent did not look at systemd units."),
        Some(Services::Unknown { reason }) => return Observation::unknown(reason.as_str()),
        Some(Services::Listed { units }) => units,
    };
    match units.iter().find(|unit| unit.name == name).map(|unit| unit.state) {
        Some(UnitState::Failed) => Observation::breach("failed", None),
        Some(UnitState::Stopped) if named => Observation::breach("stopped", None),
        Some(UnitState::Stopped) => Observation::clear("stopped"),
        Some(UnitState::Ok) => Observation::clear("ok"),
        Some(UnitState::Unknown) => Observation::unknown("systemd did not say how this unit is."),
        None if named => Observation::unknown("The agent reported no such unit."),
        None => Observation::clear("not among the failed units"),
    }
}

fn security(security: Option<&Security>) -> Observation {
    match security {
        None => Observation::unknown("The agent did not look at updates."),
        Some(Security::Unknown { reason }) => Observation::unknown(reason.as_str()),
        Some(Security::Listed { waiting: 0, .. }) => Observation::clear("no security update waits"),
        Some(Security::Listed { waiting: 1, oldest }) => Observation::breach("1 security update waits", *oldest),
        Some(Security::Listed { waiting, oldest }) => Observation::breach(format!("{waiting} security updates wait"), *oldest),
    }
}

impl Observation {
    /// What a report itself says about [`Kind::NotSeen`].
    pub fn seen() -> Self {
        Self::clear("seen")
    }

    fn breach(text: impl Into<String>, since: Option<Moment>) -> Self {
        Self::Breach { value: Value::Text(text.into()), since }
    }

    fn clear(text: impl Into<String>) -> Self {
        Self::Clear { value: Value::Text(text.into()) }
    }

    fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown { reason: reason.into() }
    }
}

#[cfg(test)]
mod tests;

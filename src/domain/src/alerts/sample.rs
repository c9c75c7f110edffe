//! What an agent measures. Nothing of it is believed before it is cleaned: what makes no sense is dropped and named.

use serde::{Deserialize, Serialize};

use crate::Moment;

/// What one report says about how a device is doing. What is left out was not measured, which is not the same as fine.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sample {
    /// How busy the processors were since the last report, in percent of all of them.
    pub cpu_percent: Option<f64>,
    /// Memory that programs use, in percent.
    pub memory_percent: Option<f64>,
    /// Mounted file systems that hold data; `None` was not measured.
    pub volumes: Option<Vec<Space>>,
    /// systemd units; `None` was not looked at.
    pub services: Option<Services>,
    /// The processes that were asked for.
    pub processes: Vec<Process>,
    /// Whether a restart is asked for, and since when; `None` is unknown.
    pub reboot: Option<Reboot>,
    /// Security updates that wait; `None` was not looked at.
    pub security: Option<Security>,
    /// The scripts that ran since the last report.
    pub scripts: Vec<Script>,
}

/// The room on one file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    /// Where it is mounted.
    pub mount: String,
    /// Size in bytes.
    pub total_bytes: u64,
    /// Free bytes.
    pub free_bytes: u64,
}

/// systemd's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum Services {
    /// It answered: every unit that failed, and every unit that was asked for.
    Listed {
        /// Each unit once.
        units: Vec<Unit>,
    },
    /// It did not answer, or there is none.
    Unknown {
        /// Why, as a sentence.
        reason: String,
    },
}

/// One systemd unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its full name: `nginx.service`.
    pub name: String,
    /// How it is.
    pub state: UnitState,
}

/// How a systemd unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitState {
    /// It runs, or did its work.
    Ok,
    /// It does not run and did not fail; wrong only for a unit that a policy names.
    Stopped,
    /// It failed.
    Failed,
    /// It could not be told.
    Unknown,
}

/// A process that a policy names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Its name, as it was asked for.
    pub name: String,
    /// Whether it runs; `None` could not be told.
    pub found: Option<bool>,
}

/// Whether a restart is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reboot {
    /// Whether it is.
    pub required: bool,
    /// Since when, where the machine knows.
    #[serde(default)]
    pub since: Option<Moment>,
}

/// Security updates that wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum Security {
    /// The package lists answered.
    Listed {
        /// How many wait.
        waiting: u32,
        /// When the oldest of them was first seen.
        oldest: Option<Moment>,
    },
    /// They did not, or there are none.
    Unknown {
        /// Why, as a sentence.
        reason: String,
    },
}

/// What a script said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The script's id, as it was asked for.
    pub id: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What it printed, in one line.
    #[serde(default)]
    pub line: String,
}

/// How a script ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It ended with 0.
    Ok,
    /// It ended with another number.
    Failed,
    /// It did not run, or not to its end.
    Unknown,
}

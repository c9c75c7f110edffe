//! What a device says about itself, whichever agent says it. A section that is `None` is unchanged or was not sent.

use serde::{Deserialize, Serialize};

use crate::{Moment, alerts::Sample};

/// One report of one device.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// When the facts were taken, by the device's clock.
    pub taken_at: Moment,
    /// The program that took them.
    pub agent: Agent,
    /// Which machine this is.
    pub identity: Identity,
    /// The operating system.
    pub os: Os,
    /// What changes from hour to hour.
    pub state: State,
    /// Processors, memory, disks, network.
    pub hardware: Option<Hardware>,
    /// Installed packages, sorted by name and architecture.
    pub software: Option<Vec<Package>>,
    /// Updates that wait.
    pub updates: Option<Updates>,
    /// What was measured since the last report, for alerts; cleaned before it is used, and not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Sample>,
    /// What the door dropped before storage; counted, never kept.
    #[serde(default)]
    pub dropped: Dropped,
}

/// The reporting program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Agent {
    /// For example `portico-agent`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What tells one machine from another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// The short host name.
    pub hostname: String,
    /// The name with its domain, where there is one.
    pub fqdn: Option<String>,
    /// The machine's own UUID: from the firmware, else the operating system's machine id.
    pub machine_uuid: Option<String>,
    /// The maker's serial number.
    pub serial: Option<String>,
    /// The maker.
    pub maker: Option<String>,
    /// The maker's name for the model.
    pub model: Option<String>,
    /// What kind of machine it is.
    pub kind: Kind,
}

/// The kind of a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A server, physical or virtual.
    Server,
    /// A computer that stays on its desk.
    Workstation,
    /// A computer that is carried.
    Laptop,
    /// Could not be told.
    #[default]
    Unknown,
}

impl Kind {
    /// The word that storage uses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Workstation => "workstation",
            Self::Laptop => "laptop",
            Self::Unknown => "unknown",
        }
    }
}

impl From<&str> for Kind {
    fn from(word: &str) -> Self {
        [Self::Server, Self::Workstation, Self::Laptop].into_iter().find(|kind| kind.word() == word).unwrap_or_default()
    }
}

/// The operating system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Os {
    /// The family in one lower-case word: `debian`, `ubuntu`, `fedora`, `windows`, `macos`.
    pub family: String,
    /// The full name: `Debian GNU/Linux 12 (bookworm)`.
    pub name: String,
    /// The version: `12`.
    pub version: Option<String>,
    /// The kernel's release: `6.1.0-28-amd64`.
    pub kernel: Option<String>,
    /// The architecture: `x86_64`.
    pub arch: Option<String>,
}

/// What changes from hour to hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// When the machine started.
    pub booted_at: Option<Moment>,
    /// How many people are logged in; a number, never names.
    pub users_logged_in: Option<u32>,
    /// Whether a restart is asked for; `None` is unknown.
    pub reboot_required: Option<bool>,
}

/// Processors, memory, disks, network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Hardware {
    /// The processors.
    pub cpus: Vec<Cpu>,
    /// Memory in bytes.
    pub memory_bytes: Option<u64>,
    /// Swap in bytes.
    pub swap_bytes: Option<u64>,
    /// Mounted file systems.
    pub volumes: Vec<Volume>,
    /// Network interfaces.
    pub interfaces: Vec<Interface>,
    /// The firmware's version.
    pub firmware: Option<String>,
}

/// One processor package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Cpu {
    /// The model's name.
    pub name: String,
    /// Physical cores.
    pub cores: Option<u32>,
    /// Threads.
    pub threads: Option<u32>,
    /// Nominal speed in MHz.
    pub mhz: Option<f64>,
}

/// One mounted file system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Where it is mounted: `/`, `C:`.
    pub mount: String,
    /// The device behind it.
    pub device: Option<String>,
    /// The file system: `ext4`.
    pub filesystem: Option<String>,
    /// Size in bytes.
    pub total_bytes: u64,
    /// Free bytes.
    pub free_bytes: Option<u64>,
}

/// One network interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Interface {
    /// The system's name for it.
    pub name: String,
    /// The hardware address, lower case with colons.
    pub mac: Option<String>,
    /// Addresses, IPv4 and IPv6, without the prefix length.
    pub addresses: Vec<String>,
}

/// One installed package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// The installed version.
    pub version: String,
    /// Its architecture, where the system has one per package.
    pub arch: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The package system: `deb`, `rpm`, `msi`.
    pub source: Option<String>,
}

/// The updates that wait. Without package lists nothing is known, which is not the same as none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "known", rename_all = "snake_case", deny_unknown_fields)]
pub enum Updates {
    /// The package lists answered.
    Listed {
        /// When the lists were last refreshed.
        lists_at: Option<Moment>,
        /// Each update once.
        items: Vec<Update>,
    },
    /// It could not be told.
    Unknown {
        /// Why, as a sentence.
        reason: String,
    },
}

/// One update that waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// The package.
    pub name: String,
    /// Its architecture.
    pub arch: Option<String>,
    /// The version that is installed.
    pub installed: String,
    /// The version that would be installed.
    pub candidate: String,
    /// Where it comes from: `Debian-Security:12/stable-security`.
    pub origin: Option<String>,
    /// Whether it closes a security hole; `None` is unknown.
    pub security: Option<bool>,
}

/// How much of what arrived was dropped at the door, for privacy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    /// Environment variables.
    pub environment: u32,
    /// Running processes.
    pub processes: u32,
    /// Local users and groups.
    pub users: u32,
}

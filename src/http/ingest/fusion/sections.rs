//! The wanted sections of an inventory, named as the agents name them. What is not listed here is never kept.

use domain::devices::limits::{PACKAGES, PARTS};
use serde::Deserialize;

use super::values::{Count, Many, Texts, Word};

/// An agent sends an entry for each address, so there are more entries than interfaces.
const ADDRESSES: usize = 4 * PARTS;

macro_rules! section {
    ($name:ident { $($field:ident: $tag:literal $(| $other:literal)?),+ $(; $($inner:ident: $kind:ty),+)? }) => {
        #[derive(Debug, Default, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(#[serde(rename = $tag $(, alias = $other)?)] pub $field: Word,)+
            $($(pub $inner: $kind,)+)?
        }

        impl $name {
            /// Where the text of the XML element `tag` goes.
            pub fn slot(&mut self, tag: &str) -> Option<&mut Word> {
                $(if tag.eq_ignore_ascii_case($tag) $(|| tag.eq_ignore_ascii_case($other))? {
                    return Some(&mut self.$field);
                })+
                None
            }
        }
    };
}

section!(AccessLog { logdate: "logdate" });
section!(Bios { serial: "ssn", maker: "smanufacturer", model: "smodel", version: "bversion", chassis: "type" });
section!(Hardware {
    name: "name",
    uuid: "uuid",
    memory: "memory",
    swap: "swap",
    os_name: "osname",
    os_version: "osversion",
    chassis: "chassis_type",
    vm: "vmsystem"
});
section!(OperatingSystem {
    name: "name", full_name: "full_name", version: "version", kernel: "kernel_name", kernel_version: "kernel_version", fqdn: "fqdn", boot: "boot_time", arch: "arch";
    timezone: Timezone
});
section!(Timezone { offset: "offset" });
section!(Cpu { name: "name", cores: "core", threads: "thread", speed: "speed" });
section!(Drive { letter: "letter", device: "volumn", mount: "type", filesystem: "filesystem", total: "total", free: "free" });
section!(Network { name: "description", mac: "mac" | "macaddr", made_up: "virtualdev"; ipaddress: Texts, ipaddress6: Texts });
section!(Software { name: "name", version: "version", arch: "arch", publisher: "publisher", source: "from" });

/// One inventory as it was sent, without what nobody asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sections {
    pub versionclient: Word,
    pub accesslog: AccessLog,
    pub bios: Bios,
    pub hardware: Hardware,
    pub operatingsystem: OperatingSystem,
    pub cpus: Many<Cpu, PARTS>,
    pub drives: Many<Drive, PARTS>,
    pub networks: Many<Network, ADDRESSES>,
    pub softwares: Many<Software, PACKAGES>,
    pub envs: Count,
    pub processes: Count,
    pub users: Count,
    pub local_users: Count,
    pub local_groups: Count,
}

impl Sections {
    /// The XML element `section` begins.
    ///
    /// # Errors
    /// The most entries that are taken, when this is one more.
    pub fn open(&mut self, section: &str) -> Result<(), usize> {
        match section {
            "CPUS" => return self.cpus.open(),
            "DRIVES" => return self.drives.open(),
            "NETWORKS" => return self.networks.open(),
            "SOFTWARES" => return self.softwares.open(),
            "ENVS" => self.envs.add(),
            "PROCESSES" => self.processes.add(),
            "USERS" => self.users.add(),
            "LOCAL_USERS" => self.local_users.add(),
            "LOCAL_GROUPS" => self.local_groups.add(),
            _ => {}
        }
        Ok(())
    }

    /// Where the text of the XML element `tag` of the open `section` goes.
    pub fn slot(&mut self, section: &str, tag: &str) -> Option<&mut Word> {
        match section {
            "ACCESSLOG" => self.accesslog.slot(tag),
            "BIOS" => self.bios.slot(tag),
            "HARDWARE" => self.hardware.slot(tag),
            "OPERATINGSYSTEM" => self.operatingsystem.slot(tag),
            "CPUS" => self.cpus.last()?.slot(tag),
            "DRIVES" => self.drives.last()?.slot(tag),
            "NETWORKS" => match (self.networks.last()?, tag) {
                (network, "IPADDRESS") => Some(&mut network.ipaddress.0),
                (network, "IPADDRESS6") => Some(&mut network.ipaddress6.0),
                (network, _) => network.slot(tag),
            },
            "SOFTWARES" => self.softwares.last()?.slot(tag),
            _ => None,
        }
    }
}

/// Whether an inventory holds `section` at most once.
pub fn is_single(section: &str) -> bool {
    matches!(section, "ACCESSLOG" | "BIOS" | "HARDWARE" | "OPERATINGSYSTEM")
}

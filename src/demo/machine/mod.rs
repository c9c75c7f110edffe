//! One machine: its model, its serial number, and its hardware section.

mod models;
mod network;
mod volumes;

use domain::devices::report::{Cpu, Hardware, Kind};
pub use models::Model;
use models::{DESKTOPS, LAPTOPS, MACS, OLD, RACKS, Serial, VIRTUAL};
pub use network::Address;

use super::{rng::Rng, software::Purpose};

/// Bytes of one GB of memory.
const GIB: u64 = 1 << 30;

/// A machine before it is described.
#[derive(Debug, Clone, Copy)]
pub struct Machine {
    /// Its model.
    pub model: Model,
    /// Its memory in GB.
    pub memory: u64,
    /// Whether it is too old for Windows 11.
    pub old: bool,
    disk: u64,
}

impl Machine {
    /// A machine of `kind` for `purpose`; `solid` servers are not virtual.
    pub fn pick(kind: Kind, purpose: Purpose, solid: bool, rng: &mut Rng) -> Self {
        let old = kind == Kind::Workstation && rng.percent(28);
        let model = *match (kind, purpose) {
            (_, Purpose::Mac) => rng.pick(&MACS),
            (Kind::Server, _) if solid => rng.pick(&RACKS),
            (Kind::Server, _) => rng.pick(&VIRTUAL),
            (Kind::Laptop, _) => rng.pick(&LAPTOPS),
            _ if old => rng.pick(&OLD),
            _ => rng.pick(&DESKTOPS),
        };
        Self { model, memory: *rng.pick(model.memory), disk: *rng.pick(model.disks), old }
    }

    /// A serial number in the maker's form, unique for each `index` of a tenant.
    pub fn serial(&self, index: u64) -> String {
        match self.model.serial {
            Serial::Dell => base32(index, 7),
            Serial::Hp => format!("5CG4{}", base32(index, 6)),
            Serial::Lenovo => format!("PF{}", base32(index, 6)),
            Serial::Supermicro => format!("E{:08}X{}", (index * 7_919 + 51_003_411) % 100_000_000, base32(index, 5)),
            Serial::Apple => format!("HX{}Q6", base32(index, 6)),
            Serial::Virtual => {
                let [a, b, c, d] = (index as u32).wrapping_mul(0x9e37_79b1).wrapping_add(0x3c6e_f372).to_be_bytes();
                format!("VMware-56 4d {a:02x} {b:02x} {c:02x} {d:02x}")
            }
        }
    }

    /// The hardware section at `address`.
    pub fn hardware(&self, purpose: Purpose, address: &Address, rng: &mut Rng) -> Hardware {
        let cpu = Cpu { name: self.model.cpu.into(), cores: Some(self.model.cores), threads: Some(self.model.threads), mhz: Some(f64::from(self.model.mhz)) };
        let windows = matches!(purpose, Purpose::Desk(_) | Purpose::Windows(_));
        Hardware {
            cpus: vec![cpu; self.model.sockets],
            memory_bytes: Some(self.memory * GIB),
            swap_bytes: Some(if windows { (self.memory / 4).max(2) * GIB } else { 2 * GIB }),
            volumes: volumes::of(purpose, self.disk, rng),
            interfaces: network::of(purpose, self.model.serial, address, rng),
            firmware: Some(self.model.firmware.into()),
        }
    }
}

/// The lowest `5 * digits` bits of `index`, scrambled one to one, without the letters that look like digits.
fn base32(index: u64, digits: u32) -> String {
    const LETTERS: &[u8; 32] = b"0123456789BCDFGHJKLMNPQRSTVWXYZA";
    let bits = 5 * digits;
    let number = (index.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x12_d687) & ((1 << bits) - 1);
    (0..digits).map(|place| char::from(LETTERS[(number >> (5 * place) & 31) as usize])).collect()
}

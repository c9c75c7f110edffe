//! The network interfaces of a machine: private addresses, and hardware addresses that are unique within a tenant.

use domain::devices::report::Interface;

use super::models::Serial;
use crate::demo::{rng::Rng, software::Purpose};

/// Where in a tenant's networks a machine is.
#[derive(Debug, Clone, Copy)]
pub struct Address {
    /// Its number within the tenant.
    pub index: u64,
    /// Its client's number.
    pub client: usize,
    /// Its site's number.
    pub site: usize,
    /// Its number within the client.
    pub place: usize,
}

impl Address {
    /// The IPv4 address of a machine that is `moved` places from its own.
    pub fn ip(&self, moved: usize) -> String {
        let place = self.place + moved;
        format!("10.{}.{}.{}", 40 + self.client, (self.site * 64 + place / 240 % 64) % 256, 10 + place % 240)
    }

    /// The hardware address of interface `number`, of up to four.
    fn mac(&self, serial: Serial, number: u64) -> String {
        let maker = match serial {
            Serial::Dell => "d0:94:66",
            Serial::Hp => "3c:52:82",
            Serial::Lenovo => "54:e1:ad",
            Serial::Supermicro => "ac:1f:6b",
            Serial::Apple => "a4:83:e7",
            Serial::Virtual => "00:50:56",
        };
        // An odd factor is one to one over 24 bits.
        let low = (self.index * 4 + number).wrapping_mul(0x9e_3779).wrapping_add(0x1c_4b2f) & 0xff_ffff;
        format!("{maker}:{:02x}:{:02x}:{:02x}", low >> 16, low >> 8 & 255, low & 255)
    }
}

/// The interfaces of a machine for `purpose` at `address`.
pub fn of(purpose: Purpose, serial: Serial, address: &Address, rng: &mut Rng) -> Vec<Interface> {
    let names: &[&str] = match purpose {
        Purpose::Desk(_) if serial != Serial::Virtual => &["Ethernet", "Wi-Fi"],
        Purpose::Desk(_) => &["Ethernet"],
        Purpose::Mac => &["en0"],
        Purpose::Windows(_) if serial == Serial::Virtual => &["Ethernet0"],
        Purpose::Windows(_) => &["Embedded NIC 1", "Embedded NIC 2"],
        Purpose::Linux { .. } if serial == Serial::Virtual => &["ens192"],
        Purpose::Linux { .. } => &["eno1", "eno2"],
    };
    let in_use = if names.contains(&"Wi-Fi") { usize::from(rng.percent(60)) } else { 0 };
    let interface = |(number, name): (usize, &&str)| {
        let addresses = if number == in_use { vec![address.ip(0), link_local(address.index)] } else { Vec::new() };
        Interface { name: (*name).into(), mac: Some(address.mac(serial, number as u64)), addresses }
    };
    names.iter().enumerate().map(interface).collect()
}

fn link_local(index: u64) -> String {
    let low = (index + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("fe80::{:x}:{:x}:{:x}:{:x}", low >> 48 | 0x1000, low >> 32 & 0xffff, low >> 16 & 0xffff, low & 0xffff | 1)
}

//! What a device is for at its client, and so what it is called.

use domain::devices::report::Kind;

use super::{
    rng::Rng,
    software::{Distro, Purpose, WindowsRole},
    tenant::DemoClient,
};

/// A device's place at a client.
#[derive(Debug, Clone)]
pub struct Post {
    pub kind: Kind,
    pub purpose: Purpose,
    pub hostname: String,
    pub site: usize,
    /// A server that is a machine of its own.
    pub solid: bool,
}

/// The servers of a client, in the order they are bought; the trade's own server stands at `""`.
const SERVERS: [&str; 10] = ["DC", "WEB", "SQL", "FS", "APP", "", "MON", "HV", "RDS", "BKP"];

/// Post `place` of the `count` posts of `client`: servers first, then desks.
pub fn post(client: &DemoClient, place: usize, count: usize, rng: &mut Rng) -> Post {
    // The first site gets two shares, each other one.
    let site = (place % (client.sites.len() + 1)).saturating_sub(1);
    if place < (count * 12 / 100).max(1) { server(client, place, site, rng) } else { desk(client, place, site, rng) }
}

fn server(client: &DemoClient, place: usize, site: usize, rng: &mut Rng) -> Post {
    let role = SERVERS[place % SERVERS.len()];
    // Each client starts with another distribution, so that few servers already show all of them.
    let turn = place + client.prefix.bytes().map(usize::from).sum::<usize>();
    let distro = Distro::ALL[turn % Distro::ALL.len()];
    let purpose = match role {
        "DC" | "FS" => Purpose::Windows(WindowsRole::Directory),
        "SQL" => Purpose::Windows(WindowsRole::Database),
        "RDS" => Purpose::Windows(WindowsRole::Session),
        "" | "HV" => Purpose::Windows(WindowsRole::Application),
        _ => Purpose::Linux { distro, services: matches!(role, "WEB" | "APP") },
    };
    let name = if role.is_empty() { client.trade.server() } else { role };
    let hostname = format!("{}-SRV-{name}{:02}", client.prefix, place / SERVERS.len() + 1);
    Post { kind: Kind::Server, purpose, hostname, site, solid: matches!(role, "HV" | "BKP") || role == "SQL" && rng.percent(60) }
}

fn desk(client: &DemoClient, place: usize, site: usize, rng: &mut Rng) -> Post {
    let (laptops, macs) = client.trade.laptops();
    let laptop = rng.percent(laptops);
    let mac = laptop && rng.percent(macs);
    let letters = match (laptop, mac) {
        (_, true) => "MB",
        (true, false) => "LT",
        _ => "WS",
    };
    let kind = if laptop { Kind::Laptop } else { Kind::Workstation };
    let purpose = if mac { Purpose::Mac } else { Purpose::Desk(client.trade) };
    Post { kind, purpose, hostname: format!("{}-{letters}-{:04}", client.prefix, place + 1), site, solid: true }
}

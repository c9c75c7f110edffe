//! What a demo tenant is made of. Every name and number is invented.

use domain::{brand::BrandTokens, people::Role};

/// One MSP of the demo.
#[derive(Debug, Clone)]
pub struct DemoTenant {
    /// The label in its host name.
    pub slug: &'static str,
    /// The name people see.
    pub name: &'static str,
    /// The host it answers on, without a port.
    pub host: &'static str,
    /// Where it works: an IANA time zone.
    pub time_zone: &'static str,
    /// How it looks.
    pub brand: BrandTokens,
    /// The mark for light grounds; SVG without text, script or reference.
    pub logo_light_svg: &'static str,
    /// The mark for dark grounds.
    pub logo_dark_svg: &'static str,
    /// The icon of its pages.
    pub favicon_svg: &'static str,
    /// What stands beside the sign-in form.
    pub sign_in: SignInLine,
    /// Its clients.
    pub clients: Vec<DemoClient>,
    /// Its staff, then one contact for each client.
    pub people: Vec<DemoPerson>,
    /// How many devices a usual demo has.
    pub devices: usize,
}

/// What stands beside the sign-in form.
#[derive(Debug, Clone, Copy)]
pub struct SignInLine {
    /// Two lines.
    pub headline: [&'static str; 2],
    /// A telephone number as it is spoken.
    pub phone: &'static str,
    /// When somebody answers.
    pub hours: &'static str,
}

/// One client.
#[derive(Debug, Clone, Copy)]
pub struct DemoClient {
    /// The name people see.
    pub name: &'static str,
    /// The name in addresses.
    pub slug: &'static str,
    /// What its host names start with.
    pub prefix: &'static str,
    /// What it does, which decides what is installed.
    pub trade: Trade,
    /// Its share of the tenant's devices, relative to the others.
    pub weight: usize,
    /// How many of 100 devices have updates waiting.
    pub behind: i64,
    /// Its sites; the first is the largest.
    pub sites: &'static [DemoSite],
}

/// One site.
#[derive(Debug, Clone, Copy)]
pub struct DemoSite {
    /// The name people see.
    pub name: &'static str,
    /// The town it is in.
    pub city: &'static str,
}

/// What a client does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trade {
    Freight,
    Legal,
    Office,
    Hotel,
    School,
    Clinic,
    Workshop,
}

impl Trade {
    /// Each trade once, in the order of software sets.
    pub const ALL: [Trade; 7] = [Self::Freight, Self::Legal, Self::Office, Self::Hotel, Self::School, Self::Clinic, Self::Workshop];

    /// The role of its programs in `data/programs.txt`.
    pub const fn role(self) -> &'static str {
        match self {
            Self::Freight => "freight",
            Self::Legal => "legal",
            Self::Office => "office",
            Self::Hotel => "hotel",
            Self::School => "school",
            Self::Clinic => "clinic",
            Self::Workshop => "workshop",
        }
    }

    /// What its own server is called in host names.
    pub const fn server(self) -> &'static str {
        match self {
            Self::Freight => "WMS",
            Self::Legal => "DMS",
            Self::Office => "TAX",
            Self::Hotel => "PMS",
            Self::School => "SIMS",
            Self::Clinic => "EMIS",
            Self::Workshop => "CAD",
        }
    }

    /// Of 100 computers that are no servers: how many are laptops, and how many of those are Macs.
    pub const fn laptops(self) -> (i64, i64) {
        match self {
            Self::Freight => (35, 2),
            Self::Legal => (80, 10),
            Self::Office => (65, 6),
            Self::Hotel => (30, 4),
            Self::School => (60, 8),
            Self::Clinic => (25, 2),
            Self::Workshop => (45, 30),
        }
    }
}

/// Somebody who signs in.
#[derive(Debug, Clone)]
pub struct DemoPerson {
    /// First and last name.
    pub name: &'static str,
    /// The address they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Which clients they may do it to.
    pub scope: DemoScope,
    /// Where they are: an IANA time zone.
    pub time_zone: &'static str,
}

/// Which clients somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoScope {
    /// All of them.
    All,
    /// Those with these names, through an access group.
    Clients(&'static [&'static str]),
    /// The one they belong to, by name.
    Contact(&'static str),
}

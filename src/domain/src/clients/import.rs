//! What a file of clients, sites and contacts would change. Nothing is read or written here.

use std::collections::HashMap;

use super::{name, same};
use crate::{Fault, devices::limits::is_plain};

/// The columns of the file, in their usual order.
pub const COLUMNS: [&str; 4] = ["client", "site", "contact_name", "contact_email"];
/// The most rows of one file.
pub const ROWS: usize = 5_000;
/// The largest file, in bytes.
pub const BYTES: usize = 2 * 1024 * 1024;

/// One row of the file, in the order of [`COLUMNS`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its line in the file, from 1.
    pub number: u64,
    /// What its cells say.
    pub cells: [String; 4],
    /// What is wrong with its shape.
    pub fault: Option<Fault>,
}

/// Where something that a row names is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It was there before.
    Stored,
    /// It was there before, and is archived.
    Archived,
    /// An earlier row makes it.
    Line(u64),
}

/// Whose e-mail it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A contact of the client with this key.
    Contact(String, Origin),
    /// Somebody else.
    Other,
}

/// A client that is known, with its sites by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownClient {
    /// Where it is from.
    pub origin: Origin,
    /// Its sites.
    pub sites: HashMap<String, Origin>,
}

/// What is there already; names under their keys, see [`same`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Clients.
    pub clients: HashMap<String, KnownClient>,
    /// People, by their e-mail.
    pub people: HashMap<String, Owner>,
}

/// What comes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It makes something.
    Make {
        /// A client.
        client: bool,
        /// A site.
        site: bool,
        /// A contact.
        contact: bool,
    },
    /// Everything it names is there; the number is the earlier row that makes it.
    Nothing(Option<u64>),
    /// It cannot be used.
    Faulty(Vec<Fault>),
}

/// A row with what comes of it. Its texts are cleaned, unless it is faulty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its line in the file.
    pub number: u64,
    /// In the order of [`COLUMNS`].
    pub cells: [String; 4],
    /// What comes of it.
    pub outcome: Outcome,
}

/// How many of each kind a plan holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows.
    pub rows: u64,
    /// Clients to make.
    pub clients: u64,
    /// Sites to make.
    pub sites: u64,
    /// Contacts to make.
    pub contacts: u64,
    /// Rows that change nothing.
    pub nothing: u64,
    /// Rows that cannot be used.
    pub faulty: u64,
}

impl Totals {
    /// How many things would be made.
    pub const fn made(&self) -> u64 {
        self.clients + self.sites + self.contacts
    }
}

/// What comes of each of `lines`, given what is `known`.
pub fn plan(lines: Vec<Line>, mut known: Known) -> (Vec<Planned>, Totals) {
    let mut totals = Totals { rows: lines.len() as u64, ..Totals::default() };
    let planned = lines.into_iter().map(|line| known.take(line)).collect::<Vec<_>>();
    for row in &planned {
        match row.outcome {
            Outcome::Make { client, site, contact } => {
                totals.clients += u64::from(client);
                totals.sites += u64::from(site);
                totals.contacts += u64::from(contact);
            }
            Outcome::Nothing(_) => totals.nothing += 1,
            Outcome::Faulty(_) => totals.faulty += 1,
        }
    }
    (planned, totals)
}

impl Known {
    fn take(&mut self, line: Line) -> Planned {
        let Line { number, cells, fault } = line;
        let read = match fault {
            Some(fault) => Err(vec![fault]),
            None => read(&cells).and_then(|clean| self.allows(&clean).map(|()| clean)),
        };
        match read {
            Err(faults) => Planned { number, cells, outcome: Outcome::Faulty(faults) },
            Ok(cells) => Planned { number, outcome: self.add(&cells, number), cells },
        }
    }

    /// Whether what is there leaves room for a row.
    fn allows(&self, [client, site, _, email]: &[String; 4]) -> Result<(), Vec<Fault>> {
        let mut faults = Vec::new();
        let found = self.clients.get(&same(client));
        if found.is_some_and(|found| found.origin == Origin::Archived) {
            faults.push(Fault::new(COLUMNS[0], "is an archived client; restore it first"));
        }
        if found.is_some_and(|found| found.sites.get(&same(site)) == Some(&Origin::Archived)) {
            faults.push(Fault::new(COLUMNS[1], "is an archived site; restore it first"));
        }
        match self.people.get(email) {
            Some(Owner::Other) => faults.push(Fault::new(COLUMNS[3], "belongs to somebody of this portal already")),
            Some(Owner::Contact(of, Origin::Line(line))) if *of != same(client) => {
                faults.push(Fault::new(COLUMNS[3], format!("is a contact of another client on line {line}")));
            }
            Some(Owner::Contact(of, _)) if *of != same(client) => faults.push(Fault::new(COLUMNS[3], "is a contact of another client already")),
            _ => {}
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn add(&mut self, [client, site, _, email]: &[String; 4], number: u64) -> Outcome {
        let mut origins = Vec::new();
        let mut place = |origin: Option<Origin>| {
            origins.extend(origin);
            origin.is_none()
        };
        let key = same(client);
        let new_client = place(self.clients.get(&key).map(|found| found.origin));
        let entry = self.clients.entry(key.clone()).or_insert_with(|| KnownClient { origin: Origin::Line(number), sites: HashMap::new() });
        let new_site = !site.is_empty() && place(entry.sites.get(&same(site)).copied());
        if new_site {
            entry.sites.insert(same(site), Origin::Line(number));
        }
        let owner = self.people.get(email).map(|owner| if let Owner::Contact(_, origin) = owner { *origin } else { Origin::Stored });
        let new_contact = !email.is_empty() && place(owner);
        if new_contact {
            self.people.insert(email.clone(), Owner::Contact(key, Origin::Line(number)));
        }
        if new_client || new_site || new_contact {
            return Outcome::Make { client: new_client, site: new_site, contact: new_contact };
        }
        Outcome::Nothing(origins.into_iter().rev().find_map(|origin| if let Origin::Line(line) = origin { Some(line) } else { None }))
    }
}

/// The cells of a row, cleaned.
fn read([client, site, person, email]: &[String; 4]) -> Result<[String; 4], Vec<Fault>> {
    let mut faults = Vec::new();
    let mut take = |column: usize, read: Result<String, &'static str>| {
        read.unwrap_or_else(|message| {
            faults.push(Fault::new(COLUMNS[column], message));
            String::new()
        })
    };
    let has_contact = !person.trim().is_empty() || !email.trim().is_empty();
    let maybe = |text: &str, wanted: bool| if wanted { named(text) } else { Ok(String::new()) };
    let cells = [
        take(0, named(client)),
        take(1, maybe(site, !site.trim().is_empty())),
        take(2, maybe(person, has_contact)),
        take(3, if has_contact { address(email) } else { Ok(String::new()) }),
    ];
    if faults.is_empty() { Ok(cells) } else { Err(faults) }
}

fn named(text: &str) -> Result<String, &'static str> {
    if is_formula(text) { Err("starts like a formula, with = + - or @") } else { name(text) }
}

/// Whether a spreadsheet would run `text`.
fn is_formula(text: &str) -> bool {
    matches!(text.trim_start().chars().next(), Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'))
}

/// `text` as an e-mail address, in lower case.
fn address(text: &str) -> Result<String, &'static str> {
    let email = text.trim().to_lowercase();
    if email.is_empty() {
        return Err("is missing");
    }
    if is_formula(&email) {
        return Err("starts like a formula, with = + - or @");
    }
    let plain = email.len() <= 254 && is_plain(&email) && email.chars().all(|c| !c.is_whitespace() && !"<>()[],;:\\\"'".contains(c));
    let parts = email.split_once('@').filter(|(local, domain)| !local.is_empty() && local.len() <= 64 && !domain.contains('@'));
    let real = parts.is_some_and(|(_, domain)| domain.contains('.') && domain.split('.').all(|label| !label.is_empty()));
    if plain && real { Ok(email) } else { Err("is not an e-mail address") }
}

#[cfg(test)]
mod tests;

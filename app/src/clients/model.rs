//! What the list of clients shows, and its state in the URL.

use std::fmt::Write as _;

use domain::{Fault, Moment, Refusal, devices::query::encode, ids::ClientId};

use crate::devices::Share;

/// Rows of one page.
pub const PAGE: u64 = 50;

/// One client in a list. Retired devices are counted nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientRow {
    /// The client.
    pub id: ClientId,
    /// Its name; untrusted text.
    pub name: String,
    /// Its sites.
    pub sites: u64,
    /// All its devices that are not retired: `online + late + offline + pending + quarantined`.
    pub devices: u64,
    /// Online now.
    pub online: u64,
    /// Late now.
    pub late: u64,
    /// Offline now.
    pub offline: u64,
    /// Waiting for approval.
    pub pending: u64,
    /// Quarantined.
    pub quarantined: u64,
    /// Devices with waiting security updates, of those whose updates are known.
    pub security: Share,
    /// Devices that ask for a restart, of those that know.
    pub restart: Share,
    /// The newest contact of any of its devices; `None` is never.
    pub last_contact: Option<Moment>,
    /// When it was archived; `None`: it is not.
    pub archived: Option<Moment>,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClientSort {
    /// The largest number of offline and late devices first, then security updates, then name.
    #[default]
    Failing,
    /// By name.
    Name,
}

/// The state of the list. Paging is by row number: tenants have tens to hundreds of clients, and "failing first" has no stable key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientQuery {
    /// Part of a name.
    pub q: String,
    /// Archived clients instead of the others.
    pub archived: bool,
    /// The order.
    pub sort: ClientSort,
    /// Rows to leave out before the page, a multiple of [`PAGE`].
    pub skip: u64,
}

impl ClientQuery {
    /// Reads the pairs of a query string; unknown names are ignored.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] naming each parameter whose value is none of its own.
    pub fn parse<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, Refusal> {
        let (mut query, mut faults) = (Self::default(), Vec::new());
        for (name, value) in pairs.into_iter().filter(|(_, value)| !value.is_empty()) {
            let taken = match name {
                "q" => (value.chars().count() <= 100).then(|| query.q = value.trim().to_owned()),
                "state" => (value == "archived").then(|| query.archived = true),
                "sort" => [("failing", ClientSort::Failing), ("name", ClientSort::Name)]
                    .into_iter()
                    .find(|(word, _)| *word == value)
                    .map(|(_, sort)| query.sort = sort),
                "skip" => value.parse().ok().filter(|skip| *skip <= 1_000_000).map(|skip: u64| query.skip = skip / PAGE * PAGE),
                _ => Some(()),
            };
            if taken.is_none() {
                faults.push(Fault::new(name, "is not a value this list knows"));
            }
        }
        if faults.is_empty() { Ok(query) } else { Err(Refusal::Invalid(faults)) }
    }

    /// The query string, with its `?` when it is not empty; defaults are left out.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        let mut put = |name: &str, value: &str| {
            let _ = write!(out, "{}{name}={}", if out.is_empty() { '?' } else { '&' }, encode(value));
        };
        if !self.q.is_empty() {
            put("q", &self.q);
        }
        if self.archived {
            put("state", "archived");
        }
        if self.sort == ClientSort::Name {
            put("sort", "name");
        }
        if self.skip > 0 {
            put("skip", &self.skip.to_string());
        }
        out
    }
}

/// The page `/clients`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientsPage {
    /// The state of the list.
    pub query: ClientQuery,
    /// This page's rows.
    pub rows: Vec<ClientRow>,
    /// Clients that match.
    pub total_matching: u64,
    /// Clients the viewer may see that are not archived.
    pub total: u64,
    /// Archived ones.
    pub total_archived: u64,
    /// When the counts were taken.
    pub counted_at: Moment,
}

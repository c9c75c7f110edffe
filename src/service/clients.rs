//! The list of clients with the state of each one's devices.

use app::{
    clients::{ClientQuery, ClientRow, ClientSort, ClientsPage, PAGE},
    devices::Share,
};
use domain::{Moment, ids::ClientId};
use foundation::{Failure, Tenant, clients::Figures};

use super::counts::{Counted, CountsCache, Overview, count};

/// A share of what is known, from counts of the part and of the unknown.
pub fn share(part: i64, unknown: i64, all: i64) -> Share {
    Share { part: count(part), known: count(all - unknown), unknown: count(unknown) }
}

/// Every client within reach, worst first; `sites` by client.
pub fn rows(overview: &Overview, sites: &[(ClientId, u64)]) -> Vec<ClientRow> {
    let mut rows: Vec<ClientRow> = overview.clients.iter().map(|(id, name)| row(*id, name, overview, sites)).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse((row.offline + row.late + row.quarantined, row.security.part)), row.name.to_lowercase()));
    rows
}

fn row(id: ClientId, name: &str, overview: &Overview, sites: &[(ClientId, u64)]) -> ClientRow {
    let none = Figures::default();
    let figures = overview.by_client.iter().find(|figures| figures.client_id == id.0).unwrap_or(&none);
    ClientRow {
        id,
        name: name.to_owned(),
        sites: sites.iter().find(|(of, _)| *of == id).map_or(0, |(_, number)| *number),
        devices: count(figures.devices),
        online: count(figures.online),
        late: count(figures.late),
        offline: count(figures.offline),
        pending: count(figures.pending),
        quarantined: count(figures.quarantined),
        security: share(figures.security, figures.updates_unknown, figures.devices),
        restart: share(figures.restart, figures.restart_unknown, figures.devices),
        last_contact: (figures.last_seen_at > 0).then_some(Moment(figures.last_seen_at)),
    }
}

/// How many sites each client has.
///
/// # Errors
/// When the database fails.
pub async fn sites(tenant: &Tenant) -> Result<Vec<(ClientId, u64)>, Failure> {
    let mut numbers: std::collections::BTreeMap<ClientId, u64> = std::collections::BTreeMap::new();
    for site in tenant.sites().await? {
        *numbers.entry(ClientId(site.client_id)).or_default() += 1;
    }
    Ok(numbers.into_iter().collect())
}

/// The page that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, counts: &CountsCache, query: ClientQuery, now: Moment) -> Result<ClientsPage, Failure> {
    let Counted { value: overview, at } = counts.overview(tenant, now).await?;
    let mut rows = rows(&overview, &sites(tenant).await?);
    let total = rows.len() as u64;
    let wanted = query.q.to_lowercase();
    rows.retain(|row| row.name.to_lowercase().contains(&wanted));
    if query.sort == ClientSort::Name {
        rows.sort_by_key(|row| row.name.to_lowercase());
    }
    let total_matching = rows.len() as u64;
    let from = usize::try_from(query.skip.min(total_matching)).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(from).take(usize::try_from(PAGE).unwrap_or(usize::MAX)).collect();
    Ok(ClientsPage { query, rows, total_matching, total, counted_at: at })
}

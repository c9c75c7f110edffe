//! Clients: the list with the state of each one's devices; the page of one, its acts and the import are below.

pub mod file;
pub mod import;
pub mod keeping;
pub mod one;

use app::{
    clients::{ClientQuery, ClientRow, ClientSort, ClientsPage, PAGE},
    devices::Share,
};
use domain::{Moment, ids::ClientId};
use foundation::{
    Failure, Tenant,
    clients::{Figures, rows::client},
};

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
        archived: None,
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

/// The clients that `query` lists, all of them; then how many live and how many are archived, and when they were counted.
///
/// # Errors
/// When the database fails.
pub async fn found(tenant: &Tenant, counts: &CountsCache, query: &ClientQuery, now: Moment) -> Result<(Vec<ClientRow>, [u64; 2], Moment), Failure> {
    let Counted { value: overview, at } = counts.overview(tenant, now).await?;
    let (sites, archived) = (sites(tenant).await?, tenant.archived_clients().await?);
    let totals = [overview.clients.len() as u64, archived.len() as u64];
    let mut rows = if query.archived { archived.iter().map(|client| gone(client, &overview, &sites)).collect() } else { rows(&overview, &sites) };
    let wanted = query.q.to_lowercase();
    rows.retain(|row| row.name.to_lowercase().contains(&wanted));
    if query.sort == ClientSort::Name || query.archived {
        rows.sort_by_key(|row| row.name.to_lowercase());
    }
    Ok((rows, totals, at))
}

fn gone(client: &client::Model, overview: &Overview, sites: &[(ClientId, u64)]) -> ClientRow {
    ClientRow { archived: client.archived_at.map(Moment), ..row(ClientId(client.id), &client.name, overview, sites) }
}

/// The page that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, counts: &CountsCache, query: ClientQuery, now: Moment) -> Result<ClientsPage, Failure> {
    let (rows, [total, total_archived], counted_at) = found(tenant, counts, &query, now).await?;
    let total_matching = rows.len() as u64;
    let from = usize::try_from(query.skip.min(total_matching)).unwrap_or(usize::MAX);
    let rows = rows.into_iter().skip(from).take(usize::try_from(PAGE).unwrap_or(usize::MAX)).collect();
    Ok(ClientsPage { query, rows, total_matching, total, total_archived, counted_at })
}

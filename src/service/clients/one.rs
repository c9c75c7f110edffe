//! One client: from rows to what its page shows.

use app::clients::{ClientPage, ClientRow, Contact, DeviceChange, SiteRow};
use domain::{
    Moment,
    devices::query::{DeviceQuery, Sort},
    ids::{ClientId, DeviceId, SiteId},
    time::DAY,
};
use foundation::{
    Failure, Tenant,
    clients::{
        ContactRow, SiteFigures,
        rows::{client, site},
    },
    devices::Counts,
    tenancy::Client,
};

use super::share;
use crate::service::{
    audit::{self, TAIL},
    counts::{CountsCache, count},
    devices,
};

/// Changes that the page shows.
const CHANGES: u64 = 12;
/// Devices that the page shows.
const RECENT: u64 = 8;

/// The page of the client `id`.
///
/// # Errors
/// [`domain::Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, counts: &CountsCache, id: ClientId, now: Moment) -> Result<ClientPage, Failure> {
    let client = tenant.client(id)?;
    let row = client.row().await?;
    let of = DeviceQuery { client: Some(id), ..DeviceQuery::default() };
    let counted = counts.list(tenant, &of, now).await?;
    let recent = DeviceQuery { sort: Sort::Seen, descending: true, ..of };
    let recent = tenant.device_lines(&recent, now, RECENT).await?;
    let (contacts, contacts_total) = client.contacts().await?;
    let sites = sites(&client, &tenant.site_figures(now).await?).await?;
    Ok(ClientPage {
        unseen: count(counted.value.unseen),
        counted_at: counted.at,
        client: counted_row(row, &counted.value, &sites),
        sites,
        contacts: contacts.into_iter().map(contact).collect(),
        contacts_total,
        changes: changes(&client, now).await?,
        recent: recent.into_iter().map(|row| devices::line(row, now)).collect(),
        approvals: crate::service::approvals::of_client(tenant, id).await?,
        acts: audit::tail(tenant, "client", &id.to_string(), TAIL).await?,
    })
}

fn counted_row(row: client::Model, counts: &Counts, sites: &[SiteRow]) -> ClientRow {
    ClientRow {
        id: ClientId(row.id),
        name: row.name,
        sites: sites.iter().filter(|site| !site.archived).count() as u64,
        devices: count(counts.matching),
        online: count(counts.online),
        late: count(counts.late),
        offline: count(counts.offline),
        pending: count(counts.pending),
        quarantined: count(counts.quarantined),
        security: share(counts.security, counts.unknown, counts.matching),
        restart: share(counts.restart, counts.restart_unknown, counts.matching),
        last_contact: None,
        archived: row.archived_at.map(Moment),
    }
}

/// Sites in name order, archived ones last.
async fn sites(client: &Client<'_>, figures: &[SiteFigures]) -> Result<Vec<SiteRow>, Failure> {
    let of = |id| figures.iter().find(|figures| figures.site_id == id).map_or((0, 0), |figures| (count(figures.devices), count(figures.online)));
    let row = |row: site::Model| {
        let (devices, online) = of(row.id);
        SiteRow { id: SiteId(row.id), name: row.name, devices, online, archived: row.archived_at.is_some() }
    };
    let mut sites: Vec<SiteRow> = client.sites().await?.into_iter().map(row).collect();
    sites.sort_by_key(|site| site.archived);
    Ok(sites)
}

fn contact(row: ContactRow) -> Contact {
    Contact { name: row.name, email: row.email, signed_in: row.signed_in_at, disabled: row.disabled }
}

async fn changes(client: &Client<'_>, now: Moment) -> Result<Vec<DeviceChange>, Failure> {
    let found = client.changes(now - 7 * DAY, CHANGES).await?.into_iter();
    let known = found.filter_map(|(row, device)| device.map(|device| (row, device)));
    Ok(known.map(|(row, device)| DeviceChange { device: DeviceId(device.id), hostname: device.hostname, change: devices::change(row) }).collect())
}

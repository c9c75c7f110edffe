//! Devices: from rows to what the pages show.

mod acts;
mod detail;
mod ends;
mod history;
mod manage;
mod software;

use app::devices::{Chips, DeviceListRow, DevicesPage, OsChoice};
use domain::{
    Moment,
    devices::{query::DeviceQuery, status::Status},
    ids::SiteId,
    people::Permission,
};
use foundation::{
    Failure, Tenant,
    devices::{Counts, DeviceRow},
};

pub use self::{
    acts::{By, note, relocate, rename, retire, tag, untag},
    detail::{hardware, head, summary, updates},
    ends::{remove, renew_key, revoke_key},
    history::{change, history},
    manage::manage,
    software::software,
};
use super::{
    counts::{CountsCache, count},
    os,
};

/// A line of a list.
pub fn line(row: DeviceRow, now: Moment) -> DeviceListRow {
    let (updates, security) = row.updates();
    DeviceListRow {
        id: row.id(),
        kind: row.kind(),
        client: (row.client(), row.client_name.clone()),
        status: row.status(now),
        security,
        updates,
        reboot: row.reboot(),
        last_seen: row.last_seen(),
        os_name: os::short(&row.os_name, row.os_version.as_deref()),
        hostname: row.name().to_owned(),
        reported: row.display_name.is_some().then_some(row.hostname),
        site: Some(row.site_name),
        os_version: row.os_version,
    }
}

/// Devices in service, by status.
pub fn by_status(counts: &Counts) -> Vec<(Status, u64)> {
    let all = [
        (Status::Online, counts.online),
        (Status::Late, counts.late),
        (Status::Offline, counts.offline),
        (Status::Pending, counts.pending),
        (Status::Quarantined, counts.quarantined),
    ];
    all.into_iter().map(|(status, devices)| (status, count(devices))).filter(|(_, devices)| *devices > 0).collect()
}

/// The page that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, counts: &CountsCache, query: DeviceQuery, now: Moment) -> Result<DevicesPage, Failure> {
    let overview = counts.overview(tenant, now).await?;
    let sites = sites(tenant, &query).await?;
    let query = DeviceQuery { site: query.site.filter(|site| sites.iter().any(|(id, _)| id == site)), ..query };
    let counted = counts.list(tenant, &query, now).await?;
    let page = tenant.device_page(&query, now).await?;
    let staff = tenant.who().client().is_none();
    let turn = |row: Option<&DeviceRow>, backwards: bool| row.map(|row| DeviceQuery { cursor: Some(row.cursor(query.sort, backwards)), ..query.clone() });
    let (newer, older) = (turn(page.rows.first(), true).filter(|_| page.before > 0), turn(page.rows.last(), false).filter(|_| page.more));
    let systems = overview.value.systems.iter().filter(|system| !system.os_family.is_empty());
    Ok(DevicesPage {
        first_row: if page.rows.is_empty() { 0 } else { page.before + 1 },
        total_matching: count(counted.value.matching),
        total: overview.value.by_client.iter().map(|figures| count(figures.devices)).sum(),
        total_clients: overview.value.by_client.len() as u64,
        counted_at: counted.at,
        chips: chips(&counted.value, &query),
        clients: if staff { overview.value.clients.clone() } else { Vec::new() },
        sites,
        oses: systems.map(|system| OsChoice { family: system.os_family.clone(), label: os::label(&system.os_family), count: count(system.devices) }).collect(),
        rows: page.rows.into_iter().map(|row| line(row, now)).collect(),
        tags: if staff { overview.value.tags.iter().map(|tag| (tag.tag.clone(), count(tag.devices))).collect() } else { Vec::new() },
        newer,
        older,
        show_client: staff,
        export: format!("/devices/export{}", query.first_page().to_query()),
        enrol: tenant.require(Permission::EnrolmentManage).is_ok().then(|| "/settings/enrolment/new".to_owned()),
        query,
    })
}

/// The sites to filter by: those of the chosen client, or of the caller's own.
async fn sites(tenant: &Tenant, query: &DeviceQuery) -> Result<Vec<(SiteId, String)>, Failure> {
    let Some(client) = query.client.or_else(|| tenant.who().client()) else { return Ok(Vec::new()) };
    let Ok(client) = tenant.client(client) else { return Ok(Vec::new()) };
    let listed = client.sites().await?.into_iter().filter(|site| site.archived_at.is_none() || query.site == Some(SiteId(site.id)));
    Ok(listed.map(|site| (SiteId(site.id), site.name)).collect())
}

/// Retired devices have a chip only while they are asked for; no other count holds them.
fn chips(counts: &Counts, query: &DeviceQuery) -> Chips {
    let mut statuses = by_status(counts);
    if query.status == Some(Status::Retired) {
        statuses.push((Status::Retired, count(counts.retired)));
    }
    Chips {
        by_status: statuses,
        updates: count(counts.updates),
        security: count(counts.security),
        unknown: count(counts.unknown),
        restart: count(counts.restart),
        unseen: count(counts.unseen),
    }
}

/// The next lines of an export, and the query that goes on after them.
///
/// # Errors
/// When the database fails.
pub async fn export(tenant: &Tenant, query: &DeviceQuery, now: Moment, most: u64) -> Result<(Vec<DeviceListRow>, Option<DeviceQuery>), Failure> {
    let rows = tenant.device_lines(query, now, most).await?;
    let more = (rows.len() as u64 == most).then(|| rows.last()).flatten();
    let next = more.map(|row| DeviceQuery { cursor: Some(row.cursor(query.sort, false)), ..query.clone() });
    Ok((rows.into_iter().map(|row| line(row, now)).collect(), next))
}

//! The first page: for staff across their clients, for contacts about their own.

use app::{
    clients::ClientRow,
    devices::{DeviceListRow, Share},
    home::{CheckInHour, CheckIns, ContactHome, Figure, Figures, OsShare, SiteLine, StaffHome},
};
use domain::{
    Moment,
    devices::{
        query::{DeviceQuery, Sort, Waiting},
        status::Status,
    },
    requests::{RequestQuery, Show},
    time::HOUR,
    windows::Occurrence,
};
use foundation::{Failure, Tenant};

use super::{
    approvals, clients,
    counts::{Counted, CountsCache, Overview, count},
    devices, os, requests, told,
};

/// Devices and clients that Home shows of each kind.
const FEW: usize = 8;
/// Devices that were seen last.
const RECENT: usize = 10;

/// Home for staff.
///
/// # Errors
/// When the database fails.
pub async fn staff(tenant: &Tenant, counts: &CountsCache, now: Moment) -> Result<StaffHome, Failure> {
    let Counted { value: overview, at } = counts.overview(tenant, now).await?;
    let rows = clients::rows(&overview, &clients::sites(tenant).await?);
    let failing: Vec<ClientRow> = rows.iter().filter(|row| row.offline + row.late + row.quarantined + row.security.part > 0).cloned().collect();
    Ok(StaffHome {
        figures: figures(&overview, at),
        os_mix: systems(&overview),
        check_ins: check_ins(tenant, &overview, now).await?,
        recent: seen_last(tenant, now).await?,
        failing_total: failing.len() as u64,
        failing: failing.into_iter().take(FEW).collect(),
        clients_total: rows.len() as u64,
        steps: Vec::new(),
    })
}

fn figures(overview: &Overview, at: Moment) -> Figures {
    let sum = |of: fn(&foundation::clients::Figures) -> i64| overview.by_client.iter().map(of).sum::<i64>();
    let all = sum(|f| f.devices);
    let figure = |share: Share, change: fn(&mut DeviceQuery)| Figure { share, measured_at: (all > 0).then_some(at), link: DeviceQuery::default().with(change) };
    let by_status = [
        (Status::Online, sum(|f| f.online)),
        (Status::Late, sum(|f| f.late)),
        (Status::Offline, sum(|f| f.offline)),
        (Status::Pending, sum(|f| f.pending)),
        (Status::Quarantined, sum(|f| f.quarantined)),
    ];
    let unknown = sum(|f| f.updates_unknown);
    Figures {
        by_status: by_status.map(|(status, devices)| (status, count(devices))).into_iter().filter(|(_, devices)| *devices > 0).collect(),
        measured_at: at,
        updates: figure(clients::share(sum(|f| f.updates), unknown, all), |query| query.updates = Some(Waiting::Any)),
        security: figure(clients::share(sum(|f| f.security), unknown, all), |query| query.updates = Some(Waiting::Security)),
        restart: figure(clients::share(sum(|f| f.restart), sum(|f| f.restart_unknown), all), |query| query.restart = true),
        unseen: figure(clients::share(sum(|f| f.unseen), 0, all), |query| query.unseen = true),
    }
}

fn systems(overview: &Overview) -> Vec<OsShare> {
    let share = |system: &foundation::clients::OsFigures| OsShare {
        label: os::label(&system.os_family),
        count: count(system.devices),
        link: (!system.os_family.is_empty()).then(|| DeviceQuery::default().with(|query| query.os = Some(system.os_family.clone()))),
    };
    overview.systems.iter().map(share).collect()
}

/// The last 24 complete hours. In an hour without any report nobody counted: the server did not run.
async fn check_ins(tenant: &Tenant, overview: &Overview, now: Moment) -> Result<CheckIns, Failure> {
    let first = now.hour() - 24 * HOUR;
    let counted = tenant.check_ins_since(first).await?;
    let hours = (0..24).map(|n| first + n * HOUR).map(|hour| {
        let found = counted.iter().find(|(of, _)| *of == hour).map(|(_, reports)| count(*reports));
        CheckInHour { hour, count: found }
    });
    let active: i64 = overview.by_client.iter().map(|figures| figures.online + figures.late).sum();
    Ok(CheckIns { hours: hours.collect(), expected: (active > 0).then(|| count(active) * 12) })
}

async fn seen_last(tenant: &Tenant, now: Moment) -> Result<Vec<DeviceListRow>, Failure> {
    let query = DeviceQuery { sort: Sort::Seen, descending: true, ..DeviceQuery::default() };
    let rows = tenant.device_lines(&query, now, RECENT as u64).await?;
    Ok(rows.into_iter().filter(|row| row.last_seen_at > 0).map(|row| devices::line(row, now)).collect())
}

/// Home for a contact.
///
/// # Errors
/// When the database fails.
pub async fn contact(tenant: &Tenant, counts: &CountsCache, now: Moment) -> Result<ContactHome, Failure> {
    let Counted { value: overview, at } = counts.overview(tenant, now).await?;
    let figures = figures(&overview, at);
    let without = |figure: &Figure| Share { part: figure.share.rest(), ..figure.share };
    Ok(ContactHome {
        client: overview.clients.first().map(|(_, name)| name.clone()).unwrap_or_default(),
        measured_at: at,
        protected: without(&figures.security),
        started: without(&figures.restart),
        by_status: figures.by_status,
        devices: worst_first(tenant, now).await?,
        sites: sites(tenant, now).await?,
        approvals: approvals::list(tenant, None).await?.waiting,
        requests: open_requests(tenant).await?,
        maintenance: maintenance(tenant, now).await?,
        lately: told::lately(tenant).await?,
    })
}

/// The open or the next window that covers the whole client.
async fn maintenance(tenant: &Tenant, now: Moment) -> Result<Option<(String, String, Occurrence)>, Failure> {
    let Some(client) = tenant.who().client() else { return Ok(None) };
    let next = tenant.windows_over_client(client, now).await?.into_iter().next();
    Ok(next.map(|kept| (kept.window.name, kept.window.zone, kept.occurrence)))
}

/// The requests that are neither solved nor closed: some, and how many there are.
async fn open_requests(tenant: &Tenant) -> Result<(Vec<app::requests::Line>, u64), Failure> {
    let page = requests::list(tenant, RequestQuery { show: Show::Live, ..RequestQuery::default() }).await?;
    Ok((page.rows.into_iter().take(FEW).collect(), page.total))
}

/// Devices that need a look, then others.
async fn worst_first(tenant: &Tenant, now: Moment) -> Result<Vec<DeviceListRow>, Failure> {
    let mut rows: Vec<DeviceListRow> = Vec::new();
    for query in [
        DeviceQuery { status: Some(Status::Offline), ..DeviceQuery::default() },
        DeviceQuery { updates: Some(Waiting::Security), sort: Sort::Security, descending: true, ..DeviceQuery::default() },
        DeviceQuery::default(),
    ] {
        let found = tenant.device_lines(&query, now, FEW as u64).await?;
        rows.extend(found.into_iter().map(|row| devices::line(row, now)).filter(|row| rows.iter().all(|known| known.id != row.id)).collect::<Vec<_>>());
        rows.truncate(FEW);
    }
    Ok(rows)
}

async fn sites(tenant: &Tenant, now: Moment) -> Result<Vec<SiteLine>, Failure> {
    let figures = tenant.site_figures(now).await?;
    let of = |id| figures.iter().find(|figures| figures.site_id == id).map_or((0, 0), |figures| (count(figures.devices), count(figures.online)));
    Ok(tenant
        .sites()
        .await?
        .into_iter()
        .map(|site| {
            let (devices, online) = of(site.id);
            SiteLine { name: site.name, devices, online }
        })
        .collect())
}

//! Devices: from rows to what the pages show.

use app::devices::{Chips, DeviceListRow, DevicesPage, OsChoice, detail::*};
use domain::{
    Moment, Refusal,
    devices::{
        query::DeviceQuery,
        report::{Dropped, Hardware, Package, Updates},
        status::{Standing, Status},
    },
    ids::{ChangeId, ClientId, DeviceId},
};
use foundation::{
    Failure, Tenant,
    devices::{ChangeRow, Counts, DeviceRow, Section},
    tenancy::SeenDevice,
};

use super::{
    counts::{CountsCache, count},
    os,
};

/// Packages of one page.
const PACKAGES: usize = 200;

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
        site: Some(row.site_name),
        hostname: row.hostname,
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
    let counted = counts.list(tenant, &query, now).await?;
    let overview = counts.overview(tenant, now).await?;
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
        oses: systems.map(|system| OsChoice { family: system.os_family.clone(), label: os::label(&system.os_family), count: count(system.devices) }).collect(),
        rows: page.rows.into_iter().map(|row| line(row, now)).collect(),
        newer,
        older,
        show_client: staff,
        export: format!("/devices/export{}", query.first_page().to_query()),
        enrol: None,
        query,
    })
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

/// What stands above every page of `device`.
///
/// # Errors
/// When the database fails.
pub async fn head(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<DeviceHead, Failure> {
    let row = &device.row;
    let standing: Standing = row.standing.parse().unwrap_or(Standing::Quarantined);
    let last_seen = (row.last_seen_at > 0).then_some(Moment(row.last_seen_at));
    let told = |stored: i32| u64::try_from(stored).ok();
    Ok(DeviceHead {
        id: device.id(),
        hostname: row.hostname.clone(),
        kind: row.kind.as_str().into(),
        client: (
            ClientId(row.client_id),
            name_of(tenant.clients().await?.into_iter().map(|client| (client.id, client.name)), row.client_id).unwrap_or_default(),
        ),
        site: name_of(tenant.sites().await?.into_iter().map(|site| (site.id, site.name)), row.site_id),
        status: Status::at(now, standing, last_seen, row.every_s),
        last_seen,
        duplicate: tenant.duplicate_of(device).await?.map(|twin| (DeviceId(twin.id), twin.hostname)),
        agent: (!row.agent_name.is_empty()).then(|| (row.agent_name.clone(), row.agent_version.clone())),
        enrolled_at: Moment(row.enrolled_at),
        quarantine_reason: row.standing_reason.clone().filter(|_| standing == Standing::Quarantined),
        packages: tenant.software_count(device).await?,
        updates: told(row.updates_pending),
        security: told(row.updates_security),
        reboot: u8::try_from(row.reboot_required).ok().map(|asks| asks == 1),
    })
}

fn name_of(names: impl Iterator<Item = (uuid::Uuid, String)>, id: uuid::Uuid) -> Option<String> {
    names.into_iter().find(|(of, _)| *of == id).map(|(_, name)| name)
}

/// What matters first about `device`.
///
/// # Errors
/// When the database fails.
pub async fn summary(tenant: &Tenant, device: &SeenDevice) -> Result<SummaryTab, Failure> {
    let hardware = tenant.hardware(device).await?;
    let row = &device.row;
    let small = |stored: i64| u32::try_from(stored).unwrap_or(0);
    let dropped = Dropped { environment: small(row.dropped_environment), processes: small(row.dropped_processes), users: small(row.dropped_users) };
    Ok(SummaryTab {
        updates: waiting(tenant, device).await?,
        changes: tenant.recent_changes(device, 6).await?.into_iter().map(change).collect(),
        volumes: hardware.as_ref().map(|section| section.content.volumes.clone()),
        facts: facts(device, hardware.as_ref()),
        dropped: (row.inventory_at > 0).then_some(dropped),
    })
}

async fn waiting(tenant: &Tenant, device: &SeenDevice) -> Result<WaitingUpdates, Failure> {
    Ok(match tenant.waiting_updates(device).await? {
        None => WaitingUpdates::NeverReported,
        Some(Updates::Unknown { reason }) => WaitingUpdates::Unknown { reason },
        Some(Updates::Listed { lists_at, items }) => WaitingUpdates::Listed { lists_at, items },
    })
}

fn facts(device: &SeenDevice, hardware: Option<&Section<Hardware>>) -> Facts {
    let row = &device.row;
    let parts = hardware.map(|section| &section.content);
    let addresses = parts
        .map(|parts| parts.interfaces.iter().filter(|interface| interface.name != "lo").flat_map(|interface| interface.addresses.clone()).take(4).collect());
    Facts {
        model: model(device),
        serial: row.serial.clone(),
        os: (!row.os_name.is_empty()).then(|| row.os_name.clone()),
        kernel: row.kernel.clone(),
        arch: row.arch.clone(),
        cpu: parts.and_then(cpu),
        memory_bytes: parts.and_then(|parts| parts.memory_bytes),
        addresses: addresses.unwrap_or_default(),
        booted_at: row.booted_at.map(Moment),
        users: row.users_logged_in.and_then(|users| u32::try_from(users).ok()),
        inventory_at: inventory_at(device),
    }
}

fn inventory_at(device: &SeenDevice) -> Option<Moment> {
    (device.row.inventory_at > 0).then_some(Moment(device.row.inventory_at))
}

fn model(device: &SeenDevice) -> Option<String> {
    let words: Vec<&str> = [device.row.maker.as_deref(), device.row.model.as_deref()].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// `2 x Xeon Silver 4314, 32 cores`.
fn cpu(hardware: &Hardware) -> Option<String> {
    let first = hardware.cpus.first()?;
    let many = if hardware.cpus.len() > 1 { format!("{} x ", hardware.cpus.len()) } else { String::new() };
    let cores: u64 = hardware.cpus.iter().filter_map(|cpu| cpu.cores).map(u64::from).sum();
    let cores = match cores {
        0 => String::new(),
        1 => ", 1 core".to_owned(),
        n => format!(", {n} cores"),
    };
    Some(format!("{many}{}{cores}", first.name))
}

/// Processors, memory, volumes and network of `device`.
///
/// # Errors
/// When the database fails.
pub async fn hardware(tenant: &Tenant, device: &SeenDevice) -> Result<HardwareTab, Failure> {
    let section = tenant.hardware(device).await?;
    Ok(HardwareTab {
        model: model(device),
        serial: device.row.serial.clone(),
        machine_uuid: device.row.machine_uuid.clone(),
        taken_at: section.as_ref().and_then(|_| inventory_at(device)),
        hardware: section.map(|section| section.content),
    })
}

/// A page of the packages of `device`.
///
/// # Errors
/// When the database fails.
pub async fn software(tenant: &Tenant, device: &SeenDevice, query: SoftwareQuery) -> Result<SoftwareTab, Failure> {
    let section = tenant.software(device).await?;
    let all = section.as_ref().map_or(0, |section| section.content.len() as u64);
    let wanted = query.q.to_lowercase();
    let matching = section.map(|section| section.content.into_iter().filter(|package| package.name.to_lowercase().contains(&wanted)).collect::<Vec<_>>());
    let found = matching.as_deref().unwrap_or_default();
    let (from, to) = window(found, &query);
    let turn = |after: Option<String>, before: Option<String>| SoftwareQuery { q: query.q.clone(), after, before };
    let shown = found.get(from..to).unwrap_or_default();
    Ok(SoftwareTab {
        first_row: if shown.is_empty() { 0 } else { from as u64 + 1 },
        total_matching: found.len() as u64,
        total: all,
        taken_at: matching.as_ref().and_then(|_| inventory_at(device)),
        newer: (from > 0).then(|| turn(None, shown.first().map(package_key))),
        older: (to < found.len()).then(|| turn(shown.last().map(package_key), None)),
        packages: matching.as_ref().map(|_| shown.to_vec()),
        query,
    })
}

/// The rows of the page that `query` asks for.
fn window(found: &[Package], query: &SoftwareQuery) -> (usize, usize) {
    let place = |key: &String| found.iter().position(|package| package_key(package) == *key);
    match (query.after.as_ref().and_then(place), query.before.as_ref().and_then(place)) {
        (Some(last), _) => (last + 1, (last + 1 + PACKAGES).min(found.len())),
        (None, Some(first)) => (first.saturating_sub(PACKAGES), first),
        (None, None) => (0, PACKAGES.min(found.len())),
    }
}

/// The updates that wait on `device`.
///
/// # Errors
/// When the database fails.
pub async fn updates(tenant: &Tenant, device: &SeenDevice) -> Result<UpdatesTab, Failure> {
    Ok(UpdatesTab { updates: waiting(tenant, device).await?, taken_at: inventory_at(device) })
}

/// A page of what changed on `device`.
///
/// # Errors
/// [`Refusal::Invalid`] for a cursor that is none.
pub async fn history(tenant: &Tenant, device: &SeenDevice, after: Option<&str>, before: Option<&str>) -> Result<HistoryTab, Failure> {
    let place = match (after, before) {
        (Some(after), _) => Some((place_of(after).ok_or_else(|| Refusal::invalid("after", "is not a place in this list"))?, false)),
        (None, Some(before)) => Some((place_of(before).ok_or_else(|| Refusal::invalid("before", "is not a place in this list"))?, true)),
        (None, None) => None,
    };
    let page = tenant.changes(device, place.map(|((at, id), newer)| (at, id, newer))).await?;
    let cursor = |row: Option<&ChangeRow>| row.map(|row| format!("{}.{}", row.at, ChangeId(row.id)));
    Ok(HistoryTab {
        older: cursor(page.rows.last()).filter(|_| page.older),
        newer: cursor(page.rows.first()).filter(|_| page.newer),
        changes: page.rows.into_iter().map(change).collect(),
    })
}

fn place_of(cursor: &str) -> Option<(Moment, ChangeId)> {
    let (at, id) = cursor.split_once('.')?;
    Some((Moment(at.parse().ok()?), id.parse().ok()?))
}

fn change(row: ChangeRow) -> Change {
    let kind = match row.kind.as_str() {
        "software" => ChangeKind::Software,
        "hardware" => ChangeKind::Hardware,
        "network" => ChangeKind::Network,
        "restart" => ChangeKind::Restart,
        "agent" => ChangeKind::Agent,
        "standing" => ChangeKind::Standing,
        _ => ChangeKind::System,
    };
    Change { id: ChangeId(row.id), at: Moment(row.at), kind, subject: row.subject, before: row.old, after: row.new }
}

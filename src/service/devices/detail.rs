//! One device: from rows to what its pages show.

use app::devices::detail::*;
use domain::{
    Moment,
    devices::{
        report::{Dropped, Hardware, Updates},
        status::{Standing, Status},
    },
    ids::{ClientId, DeviceId, SiteId},
    people::Permission,
};
use foundation::{Failure, Tenant, devices::Section, tenancy::SeenDevice};

use super::history::change;
use crate::service::{audit, patching, windows};

/// What stands above every page of `device`.
///
/// # Errors
/// When the database fails.
pub async fn head(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<DeviceHead, Failure> {
    let row = &device.row;
    let standing: Standing = row.standing.parse().unwrap_or(Standing::Quarantined);
    let last_seen = (row.last_seen_at > 0).then_some(Moment(row.last_seen_at));
    let client = tenant.client(ClientId(row.client_id))?;
    let told = |stored: i32| u64::try_from(stored).ok();
    Ok(DeviceHead {
        id: device.id(),
        hostname: row.hostname.clone(),
        display_name: row.display_name.clone(),
        tags: tenant.tags_of(device).await?,
        kind: row.kind.as_str().into(),
        client: (ClientId(row.client_id), client.row().await?.name),
        site: Some(client.site(SiteId(row.site_id)).await?.name),
        status: Status::at(now, standing, last_seen, row.every_s),
        last_seen,
        duplicate: tenant.duplicate_of(device).await?.map(|twin| (DeviceId(twin.id), twin.name().to_owned())),
        agent: (!row.agent_name.is_empty()).then(|| (row.agent_name.clone(), row.agent_version.clone())),
        enrolled_at: Moment(row.enrolled_at),
        quarantine_reason: row.standing_reason.clone().filter(|_| standing == Standing::Quarantined),
        packages: tenant.software_count(device).await?,
        updates: told(row.updates_pending),
        security: told(row.updates_security),
        reboot: u8::try_from(row.reboot_required).ok().map(|asks| asks == 1),
        inventory_at: inventory_at(device),
        maintenance: windows::maintenance(tenant, device, now).await?,
        lists_at: row.updates_lists_at.map(Moment),
    })
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
        note: row.note.clone().filter(|_| tenant.who().client().is_none()),
        acts: audit::tail(tenant, "device", &device.id().to_string(), audit::TAIL).await?,
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

pub(super) fn inventory_at(device: &SeenDevice) -> Option<Moment> {
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

/// The updates that wait on `device`.
///
/// # Errors
/// When the database fails.
pub async fn updates(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<UpdatesTab, Failure> {
    let reads = tenant.require(Permission::PatchingRead).is_ok();
    let patching = if reads { patching::of_device(tenant, device, now).await? } else { Vec::new() };
    Ok(UpdatesTab { id: device.id(), patching, updates: waiting(tenant, device).await?, taken_at: inventory_at(device) })
}

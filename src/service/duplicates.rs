//! Two devices that look like one machine: compared, merged, kept apart.

use app::devices::duplicate::{DuplicatePage, Told, Twin};
use domain::{
    Moment, Refusal,
    devices::status::{Standing, Status},
    ids::{DeviceId, SiteId},
    people::Permission,
};
use foundation::{Failure, Tenant, Writing, audit::Act, devices::stays_foreign, tenancy::SeenDevice};

/// The page that compares `device` with its twin.
///
/// # Errors
/// Without the permission, or when the database fails.
pub async fn page(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<DuplicatePage, Failure> {
    tenant.require(Permission::DevicesManage)?;
    let Some(row) = tenant.duplicate_of(device).await? else {
        return Ok(DuplicatePage { this: twin(device, Vec::new(), now), other: None, fields: Vec::new(), stands_against: None });
    };
    let other = tenant.device(DeviceId(row.id)).await?;
    let (here, there) = (facts(tenant, device).await?, facts(tenant, &other).await?);
    let fields = here.into_iter().zip(there).map(|((label, here), (_, there))| (label, here, there)).collect();
    let held = [device, &other].into_iter().find(|device| device.row.standing == Standing::Quarantined.word());
    let stands_against = held.map(|held| format!("{} is quarantined: settle that before the two are merged.", held.row.hostname));
    let (this_kept, other_kept) = (consequences(tenant, device, &other).await?, consequences(tenant, &other, device).await?);
    Ok(DuplicatePage { this: twin(device, this_kept, now), other: Some(twin(&other, other_kept, now)), fields, stands_against })
}

fn twin(device: &SeenDevice, when_kept: Vec<String>, now: Moment) -> Twin {
    let row = &device.row;
    let last_seen = (row.last_seen_at > 0).then_some(Moment(row.last_seen_at));
    let standing = row.standing.parse().unwrap_or(Standing::Quarantined);
    Twin { id: device.id(), hostname: row.hostname.clone(), status: Status::at(now, standing, last_seen, row.every_s), last_seen, when_kept }
}

/// What people give a device, or do not.
fn given(text: Option<String>) -> Told {
    text.filter(|text| !text.is_empty()).map_or(Told::Nothing, Told::Text)
}

/// What is known of one of the two, in the order of the page.
async fn facts(tenant: &Tenant, device: &SeenDevice) -> Result<Vec<(&'static str, Told)>, Failure> {
    let row = &device.row;
    let at = |at: i64| if at > 0 { Told::At(Moment(at)) } else { Told::Unknown };
    let joined = |words: [Option<&str>; 2]| Some(words.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let own = tenant.has_own_agent(device).await?;
    let identity = match (&row.foreign_id, own) {
        (Some(id), true) => Some(format!("signing key, and {id}")),
        (Some(id), false) => Some(id.clone()),
        (None, true) => Some("signing key".to_owned()),
        (None, false) => None,
    };
    let site = tenant.sites().await?.into_iter().find(|site| SiteId(site.id) == SiteId(row.site_id)).map(|site| site.name);
    let packages = tenant.software_count(device).await?.map(|packages| packages.to_string());
    Ok(vec![
        ("Name", Some(row.hostname.clone()).into()),
        ("Given name", given(row.display_name.clone())),
        ("Site", site.into()),
        ("Agent", joined([Some(&row.agent_name), Some(&row.agent_version)]).map(|text| text.trim().to_owned()).into()),
        ("Known by", identity.into()),
        ("Enrolled", at(row.enrolled_at)),
        ("Last report", at(row.last_seen_at)),
        ("Inventory of", at(row.inventory_at)),
        ("System", Some(row.os_name.clone()).into()),
        ("Kernel", row.kernel.clone().into()),
        ("Model", joined([row.maker.as_deref(), row.model.as_deref()]).into()),
        ("Serial number", row.serial.clone().into()),
        ("Hardware UUID", row.machine_uuid.clone().into()),
        ("Address", row.address.clone().into()),
        ("Packages", packages.into()),
        ("Tags", given(Some(tenant.words_on(device).await?.join(", ")))),
        ("Note", given(row.note.clone())),
    ])
}

/// What merging `other` into `kept` does, sentence by sentence.
async fn consequences(tenant: &Tenant, kept: &SeenDevice, other: &SeenDevice) -> Result<Vec<String>, Failure> {
    let mut lines = vec![
        "It keeps its address in this portal, its site, its name and the day it enrolled.".to_owned(),
        "The other one's history, tags and note move to it.".to_owned(),
    ];
    if other.row.inventory_at > kept.row.inventory_at {
        lines.push("The other one's inventory is newer and takes the place of its own.".to_owned());
    }
    if tenant.has_own_agent(other).await? {
        lines.push("The other one's portico-agent reports for it from now on.".to_owned());
    }
    match (&kept.row.foreign_id, &other.row.foreign_id) {
        (_, None) => {}
        (None, Some(id)) => lines.push(format!("Reports of the agent {id} count for it from now on.")),
        (Some(mine), Some(theirs)) => {
            let (stays, goes) = if stays_foreign(&kept.row, &other.row) { (mine, theirs) } else { (theirs, mine) };
            lines.push(format!("Reports of the agent {stays} count for it; {goes} is forgotten, and an agent that still uses it comes back as a new device."));
        }
    }
    lines.push("The other one is deleted.".to_owned());
    Ok(lines)
}

async fn twins(tenant: &Tenant, one: DeviceId, other: DeviceId) -> Result<(SeenDevice, SeenDevice), Failure> {
    let (one, other) = (tenant.device(one).await?, tenant.device(other).await?);
    if tenant.are_twins(&one, &other).await? {
        Ok((one, other))
    } else {
        Err(Refusal::Conflict("These two no longer look like one machine. Nothing was changed.".into()).into())
    }
}

/// The two as they are now and stay until the end, locked in the order of their ids.
async fn twins_to_change(writing: &Writing, one: DeviceId, other: DeviceId) -> Result<(SeenDevice, SeenDevice), Failure> {
    writing.device_to_change(one.min(other)).await?;
    writing.device_to_change(one.max(other)).await?;
    twins(writing, one, other).await
}

fn act(action: &'static str, device: &SeenDevice, other: &SeenDevice, address: String) -> Act {
    Act {
        action,
        object: Some(("device", device.id().to_string())),
        name: Some(device.row.hostname.clone()),
        client: Some(device.row.client_id.into()),
        detail: Some(format!("{} ({})", other.row.hostname, other.id())),
        address: Some(address),
        ..Act::default()
    }
}

/// Makes one device of two: `kept` stays.
///
/// # Errors
/// [`Refusal::NotFound`] when one is not within reach, [`Refusal::Conflict`] when they are no twins or one is quarantined.
pub async fn merge(tenant: &Tenant, kept: DeviceId, other: DeviceId, address: String, now: Moment) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::DevicesManage)?;
    let (kept, other) = twins_to_change(&writing, kept, other).await?;
    writing.merge_devices(&kept, &other, now).await?;
    let described = |device: &SeenDevice| format!("{} {}", device.row.agent_name, device.row.agent_version).trim().to_owned();
    let merged = Act { before: Some("two devices".into()), after: Some("one device".into()), ..act("devices merged", &kept, &other, address.clone()) };
    let gone = Act { before: Some(described(&other)), after: Some("deleted".into()), ..act("device deleted by a merger", &other, &kept, address) };
    writing.record_all(now, [merged, gone]).await?;
    writing.commit().await
}

/// Notes that two devices are two.
///
/// # Errors
/// [`Refusal::NotFound`] when one is not within reach, [`Refusal::Conflict`] when they are no twins.
pub async fn keep_both(tenant: &Tenant, device: DeviceId, other: DeviceId, address: String, now: Moment) -> Result<(), Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::DevicesManage)?;
    let (device, other) = twins(&writing, device, other).await?;
    writing.keep_apart(&device, &other, now).await?;
    writing.record_all(now, [act("duplicates kept apart", &device, &other, address.clone()), act("duplicates kept apart", &other, &device, address)]).await?;
    writing.commit().await
}

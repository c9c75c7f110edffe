//! What people do to a device. Each act is one transaction, in which the device is locked: permission, rule, change, history, audit.
//! An act that is asked for twice is done once, and is no fault.

use domain::{
    Moment, Refusal,
    devices::{given, status::Standing},
    ids::{ClientId, DeviceId, SiteId},
    people::Permission,
};
use foundation::{Failure, Tenant, Writing, audit::Act, devices::Whereabouts, tenancy::SeenDevice};

/// When somebody acts, and from where.
#[derive(Debug, Clone)]
pub struct By {
    /// The instant.
    pub now: Moment,
    /// The network address.
    pub address: String,
}

/// What an act leaves behind: the word of the audit, and of the history unless it is nothing for it.
pub(super) struct Trace {
    pub(super) action: &'static str,
    pub(super) told: Option<&'static str>,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Starts an act on a device.
pub(super) async fn begin(tenant: &Tenant, id: DeviceId) -> Result<(Writing, SeenDevice), Failure> {
    let writing = tenant.writing().await?;
    let device = writing.device_to_change(id).await?;
    writing.require(Permission::DevicesManage)?;
    Ok((writing, device))
}

/// The audit entry of an act.
pub(super) fn entry(device: &SeenDevice, by: &By, action: &'static str) -> Act {
    Act {
        action,
        object: Some(("device", device.id().to_string())),
        name: Some(device.row.name().to_owned()),
        client: Some(ClientId(device.row.client_id)),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// Writes what was done, and keeps it.
pub(super) async fn keep(writing: Writing, device: &SeenDevice, by: &By, trace: Trace) -> Result<(), Failure> {
    if let Some(told) = trace.told {
        let subject = format!("{told} by {}", writing.who().name);
        writing.note_act(device, subject, trace.before.clone(), trace.after.clone(), by.now).await?;
    }
    let act = Act { before: trace.before, after: trace.after, ..entry(device, by, trace.action) };
    writing.record(by.now, act).await?;
    writing.commit().await
}

/// Gives a device a name; an empty one takes the reported one back.
///
/// # Errors
/// [`Refusal::Invalid`] for `name`, or when the device is not within reach.
pub async fn rename(tenant: &Tenant, id: DeviceId, typed: &str, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    let name = given::name(typed)?.filter(|name| *name != device.row.hostname);
    if name == device.row.display_name {
        return Ok(());
    }
    writing.name_device(&device, name.as_deref()).await?;
    let before = Some(device.row.name().to_owned());
    let after = Some(name.unwrap_or_else(|| device.row.hostname.clone()));
    keep(writing, &device, by, Trace { action: "device renamed", told: Some("Renamed"), before, after }).await
}

/// Puts a device at another site, of the same client or another.
///
/// # Errors
/// [`Refusal::Invalid`] for `site` when it is not one that the caller may choose, or when the device is not within reach.
pub async fn relocate(tenant: &Tenant, id: DeviceId, typed: &str, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    let unknown = || Refusal::invalid("site", "Choose one of the sites in the list.");
    let wanted: SiteId = typed.parse().map_err(|_| unknown())?;
    let to = writing.whereabouts(wanted).await?.ok_or_else(unknown)?;
    if to.site.id == device.row.site_id {
        return Ok(());
    }
    if to.client.archived_at.is_some() || to.site.archived_at.is_some() {
        return Err(Refusal::invalid("site", "This client or site is archived. Choose another one.").into());
    }
    let from = writing.whereabouts(SiteId(device.row.site_id)).await?.ok_or(Refusal::NotFound)?;
    writing.place_device(&device, &to, by.now).await?;
    if to.client.id == from.client.id {
        let (before, after) = (Some(from.site.name), Some(to.site.name));
        return keep(writing, &device, by, Trace { action: "device moved", told: Some("Moved"), before, after }).await;
    }
    // Who sees only one of the two clients learns nothing of the other: history and audit name each to its own people.
    writing.note_act(&device, format!("Moved here by {}", writing.who().name), None, None, by.now).await?;
    let elsewhere = || Some("another client".to_owned());
    let named = |place: &Whereabouts| Some(format!("{}, {}", place.client.name, place.site.name));
    writing.record(by.now, Act { before: named(&from), after: elsewhere(), ..entry(&device, by, "device moved") }).await?;
    let there = Some(ClientId(to.client.id));
    writing.record(by.now, Act { before: elsewhere(), after: named(&to), client: there, ..entry(&device, by, "device moved") }).await?;
    writing.commit().await
}

/// Adds a tag.
///
/// # Errors
/// [`Refusal::Invalid`] for `tag`, or when the device is not within reach.
pub async fn tag(tenant: &Tenant, id: DeviceId, typed: &str, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    let tag = given::tag(typed)?;
    if !writing.tag_device(&device, &tag).await? {
        return Ok(());
    }
    keep(writing, &device, by, Trace { action: "tag added", told: None, before: None, after: Some(tag) }).await
}

/// Removes a tag.
///
/// # Errors
/// When the device is not within reach.
pub async fn untag(tenant: &Tenant, id: DeviceId, tag: &str, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    if !writing.untag_device(&device, tag).await? {
        return Ok(());
    }
    keep(writing, &device, by, Trace { action: "tag removed", told: None, before: Some(tag.to_owned()), after: None }).await
}

/// Writes the note of a device.
///
/// # Errors
/// [`Refusal::Invalid`] for `note`, or when the device is not within reach.
pub async fn note(tenant: &Tenant, id: DeviceId, typed: &str, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    let note = given::note(typed)?;
    if note == device.row.note {
        return Ok(());
    }
    writing.note_device(&device, note.as_deref()).await?;
    keep(writing, &device, by, Trace { action: "note changed", told: None, before: device.row.note.clone(), after: note }).await
}

/// Takes a device out of service, or returns it.
///
/// # Errors
/// When the device is not within reach.
pub async fn retire(tenant: &Tenant, id: DeviceId, out: bool, by: &By) -> Result<(), Failure> {
    let (writing, device) = begin(tenant, id).await?;
    if out == (device.row.standing == Standing::Retired.word()) {
        return Ok(());
    }
    writing.settle_device(&device, if out { Standing::Retired } else { Standing::Active }).await?;
    if out {
        writing.end_alerts_of(&device, by.now).await?;
    }
    let (action, told) = if out { ("device retired", "Retired") } else { ("device returned to service", "Returned to service") };
    keep(writing, &device, by, Trace { action, told: Some(told), before: None, after: None }).await
}

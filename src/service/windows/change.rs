//! What people plan, change and remove.

use app::windows::WindowTyped;
use domain::{
    Fault, Moment, Refusal,
    ids::{ClientId, DeviceId, SiteId, WindowId},
    people::Permission,
    time::HOUR,
    windows::{Calendar, Rhythm, Scope, Typed, Window, ZONES, parse},
};
use foundation::{Failure, Tenant, Writing, audit::Act, windows::Scoped};

use super::everywhere;
use crate::service::devices::By;

/// Hours that a device may be put into maintenance for.
const HOURS: [i64; 4] = [1, 2, 4, 8];

/// The window that was typed.
pub(super) fn parsed(typed: &WindowTyped, scope: Scope, now: Moment) -> Result<Window, Vec<Fault>> {
    let typed = Typed {
        name: &typed.name,
        zone: &typed.zone,
        kind: &typed.kind,
        from: &typed.from,
        until: &typed.until,
        days: typed.days.iter().map(String::as_str).collect(),
        start: &typed.start,
        minutes: &typed.minutes,
        alerts: typed.alerts,
        patching: typed.patching,
    };
    parse(&typed, scope, &ZONES, now)
}

/// The client of a place within reach.
async fn client_of(tenant: &Tenant, scope: Scope) -> Result<Option<ClientId>, Failure> {
    Ok(match scope {
        Scope::Tenant => None,
        Scope::Client(id) => Some(tenant.client(id)?.row().await?.id.into()),
        Scope::Site(id) => {
            let site = tenant.sites().await?.into_iter().find(|row| SiteId(row.id) == id).ok_or(Refusal::NotFound)?;
            Some(site.client_id.into())
        }
        Scope::Device(id) => Some(tenant.device(id).await?.row.client_id.into()),
    })
}

/// Reads what was typed. A place out of reach is as if it were not there.
async fn read(tenant: &Tenant, typed: &WindowTyped, now: Moment) -> Result<Scoped, Failure> {
    let nowhere = || Refusal::Invalid(vec![Fault::new("place", "Choose where it holds.")]);
    let scope: Scope = typed.place.parse().map_err(|_| nowhere())?;
    let client = match client_of(tenant, scope).await {
        Err(Failure::Refused(Refusal::NotFound)) => return Err(nowhere().into()),
        found => found?,
    };
    let window = parsed(typed, scope, now).map_err(Refusal::Invalid)?;
    if client.is_none() && !everywhere(tenant) {
        return Err(Refusal::Forbidden("windows: manage, for all clients").into());
    }
    Ok(Scoped { window, client })
}

async fn begin(tenant: &Tenant) -> Result<Writing, Failure> {
    let writing = tenant.writing().await?;
    writing.require(Permission::WindowsManage)?;
    Ok(writing)
}

fn told(window: &Window) -> String {
    let sentence = Calendar::of(window).map(|calendar| calendar.sentence()).unwrap_or_default();
    format!("{sentence}; {}", window.effect())
}

async fn record(writing: &Writing, action: &'static str, id: WindowId, of: &Scoped, before: Option<String>, by: &By) -> Result<(), Failure> {
    let act = Act {
        action,
        object: Some(("window", id.to_string())),
        name: Some(of.window.name.clone()),
        client: of.client,
        before,
        after: Some(told(&of.window)),
        address: Some(by.address.clone()),
        ..Act::default()
    };
    writing.record(by.now, act).await
}

/// Plans what was typed.
///
/// # Errors
/// [`Refusal::Invalid`] naming each field; [`Refusal::Forbidden`] for all clients without all of them in reach.
pub async fn add(tenant: &Tenant, typed: &WindowTyped, by: &By) -> Result<WindowId, Failure> {
    let writing = begin(tenant).await?;
    let new = read(&writing, typed, by.now).await?;
    let id = writing.add_window(&new, by.now).await?;
    record(&writing, "window planned", id, &new, None, by).await?;
    writing.commit().await?;
    Ok(id)
}

/// A window that the caller may change, as it stands.
async fn mine(writing: &Writing, id: WindowId, now: Moment) -> Result<Scoped, Failure> {
    let kept = writing.window(id, now).await?;
    if kept.client.is_none() && !everywhere(writing) {
        return Err(Refusal::Forbidden("windows: manage, for all clients").into());
    }
    Ok(Scoped { window: kept.window, client: kept.client })
}

fn version(revision: &str) -> Result<i64, Refusal> {
    revision.parse().map_err(|_| Refusal::invalid("revision", "is no version"))
}

/// Changes a window to what was typed.
///
/// # Errors
/// As [`add`]; [`Refusal::Conflict`] when somebody changed it meanwhile.
pub async fn change(tenant: &Tenant, id: WindowId, typed: &WindowTyped, revision: &str, by: &By) -> Result<(), Failure> {
    let writing = begin(tenant).await?;
    let before = mine(&writing, id, by.now).await?;
    let (seen, new) = (version(revision)?, read(&writing, typed, by.now).await?);
    // What is installed by itself goes with the window, so whoever moves it has to be one who may say that.
    let same = (&before.window.rhythm, &before.window.zone, before.window.scope) == (&new.window.rhythm, &new.window.zone, new.window.scope);
    if !same && !writing.schedules_in(id).await?.is_empty() && writing.require(Permission::PatchingManage).is_err() {
        return Err(Refusal::Forbidden("patching: manage, because a patch schedule uses this window").into());
    }
    writing.change_window(id, &new, seen, by.now).await?;
    record(&writing, "window changed", id, &new, Some(told(&before.window)), by).await?;
    writing.commit().await
}

/// Removes a window; one that is open ends.
///
/// # Errors
/// [`Refusal::Conflict`] when somebody changed it meanwhile.
pub async fn remove(tenant: &Tenant, id: WindowId, revision: &str, by: &By) -> Result<(), Failure> {
    let writing = begin(tenant).await?;
    let gone = mine(&writing, id, by.now).await?;
    writing.remove_window(id, version(revision)?, by.now).await?;
    record(&writing, "window removed", id, &gone, None, by).await?;
    writing.commit().await
}

/// Puts a device into maintenance from now on.
///
/// # Errors
/// [`Refusal::Invalid`] for hours that are not offered.
pub async fn start(tenant: &Tenant, device: DeviceId, hours: &str, by: &By) -> Result<WindowId, Failure> {
    let hours = hours.parse::<i64>().ok().filter(|hours| HOURS.contains(hours)).ok_or_else(|| Refusal::invalid("hours", "Choose how long."))?;
    let writing = begin(tenant).await?;
    let device = writing.device(device).await?;
    let rhythm = Rhythm::Once { from: by.now, until: by.now + hours * HOUR };
    let name: String = format!("Maintenance of {}", device.row.name()).chars().take(domain::windows::NAME).collect();
    let zone = Some(writing.who().time_zone.clone()).filter(|zone| ZONES.get(zone).is_ok()).unwrap_or_else(|| "UTC".into());
    let window = Window { name, zone, rhythm, scope: Scope::Device(device.id()), suppresses_alerts: true, patching: true };
    let new = Scoped { window, client: Some(device.row.client_id.into()) };
    let id = writing.add_window(&new, by.now).await?;
    record(&writing, "window planned", id, &new, None, by).await?;
    writing.commit().await?;
    Ok(id)
}

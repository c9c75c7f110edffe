//! Maintenance windows: the list, the page of one, and what people plan. Each change is a transaction: permission, rule, change, audit.

mod change;
mod one;

use std::collections::HashMap;

use app::windows::{Maintenance, WindowLine, WindowsPage};
use domain::{
    Moment, Refusal,
    ids::{SiteId, WindowId},
    people::{Permission, Scope as Reach},
    windows::{Calendar, Scope},
};
use foundation::{
    Failure, Tenant,
    tenancy::SeenDevice,
    windows::{KeptWindow, WindowCursor},
};

pub use change::{add, change, remove, start};
pub use one::{new, page, preview};

/// Windows of one page.
const PAGE: u64 = 100;
/// Windows that are over, below the others.
const PAST: u64 = 10;

/// Whether the caller may plan windows that hold at every client.
fn everywhere(tenant: &Tenant) -> bool {
    matches!(tenant.who().scope, Reach::AllClients)
}

/// Whether the caller may change `kept`.
fn may_change(tenant: &Tenant, kept: &KeptWindow) -> bool {
    tenant.require(Permission::WindowsManage).is_ok() && (kept.client.is_some() || everywhere(tenant))
}

/// The name of a place: "All clients", or a client, a site or a device within reach.
async fn name_of(tenant: &Tenant, scope: Scope) -> Result<String, Failure> {
    Ok(match scope {
        Scope::Tenant => "All clients".to_owned(),
        Scope::Client(id) => tenant.client(id)?.row().await?.name,
        Scope::Site(id) => {
            let site = tenant.sites().await?.into_iter().find(|row| SiteId(row.id) == id).ok_or(Refusal::NotFound)?;
            format!("{} › {}", tenant.client(site.client_id.into())?.row().await?.name, site.name)
        }
        Scope::Device(id) => tenant.device(id).await?.row.name().to_owned(),
    })
}

/// A line whose place is called `place`; none when that is gone.
fn line(kept: &KeptWindow, place: Option<String>) -> WindowLine {
    WindowLine {
        id: kept.id,
        name: kept.window.name.clone(),
        place: place.unwrap_or_else(|| "Nowhere any more".to_owned()),
        sentence: Calendar::of(&kept.window).map(|calendar| calendar.sentence()).unwrap_or_default(),
        effect: kept.window.effect(),
        occurrence: kept.occurrence,
        zone: kept.window.zone.clone(),
    }
}

/// The lines of a list; the names of all their places are read at once.
async fn lines(tenant: &Tenant, kept: &[KeptWindow]) -> Result<Vec<WindowLine>, Failure> {
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    let clients: HashMap<_, _> = tenant.clients().await?.into_iter().map(|row| (row.id, row.name)).collect();
    let sites: HashMap<_, _> = tenant.sites().await?.into_iter().map(|row| (row.id, (row.client_id, row.name))).collect();
    let device = |kept: &KeptWindow| if let Scope::Device(id) = kept.window.scope { Some(id.0) } else { None };
    let devices: HashMap<_, _> = tenant.device_names(kept.iter().filter_map(device).collect()).await?.into_iter().collect();
    let place = |scope: Scope| match scope {
        Scope::Tenant => Some("All clients".to_owned()),
        Scope::Client(id) => clients.get(&id.0).cloned(),
        Scope::Site(id) => sites.get(&id.0).and_then(|(client, name)| Some(format!("{} › {name}", clients.get(client)?))),
        Scope::Device(id) => devices.get(&id.0).cloned(),
    };
    Ok(kept.iter().map(|kept| line(kept, place(kept.window.scope))).collect())
}

/// Reads the cursor of an address: when the last window begins, and which it is.
///
/// # Errors
/// [`Refusal::Invalid`] for anything else.
pub fn cursor(text: &str) -> Result<WindowCursor, Refusal> {
    let read = text.split_once('.').and_then(|(begins, id)| Some(WindowCursor(Moment(begins.parse().ok()?), id.parse::<WindowId>().ok()?)));
    read.ok_or_else(|| Refusal::invalid("after", "is not a value this list knows"))
}

fn after(kept: &[KeptWindow]) -> Option<String> {
    kept.last().map(KeptWindow::cursor).map(|WindowCursor(begins, id)| format!("after={}.{id}", begins.0))
}

/// The list; with `over`, of those that are over alone.
///
/// # Errors
/// When the database fails.
pub async fn list(tenant: &Tenant, over: bool, from: Option<WindowCursor>, now: Moment) -> Result<WindowsPage, Failure> {
    let (coming, more) = if over { (Vec::new(), false) } else { tenant.coming_windows(from, PAGE, now).await? };
    let (past, more_past) = match (over, more) {
        (true, _) => tenant.past_windows(from, PAGE, now).await?,
        (false, true) => (Vec::new(), false),
        (false, false) => tenant.past_windows(None, PAST, now).await?,
    };
    let older = match (over, more, more_past) {
        (false, true, _) => after(&coming).map(|after| format!("?{after}")),
        (true, _, true) => after(&past).map(|after| format!("?show=over&{after}")),
        _ => None,
    };
    Ok(WindowsPage {
        coming: lines(tenant, &coming).await?,
        past: lines(tenant, &past).await?,
        more_past: (!over && more_past).then(|| "?show=over".to_owned()),
        older,
        follows: over || from.is_some(),
        may_change: tenant.require(Permission::WindowsManage).is_ok(),
    })
}

/// The window that `device` is in: of several, the one that ends last.
///
/// # Errors
/// When the database fails.
pub async fn maintenance(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<Option<Maintenance>, Failure> {
    let open = tenant.windows_over(device, now).await?.into_iter().filter(|kept| kept.is_open(now));
    let last = open.max_by_key(|kept| (kept.occurrence.until, kept.id));
    Ok(last.map(|kept| Maintenance { id: kept.id, name: kept.window.name, until: kept.occurrence.until }))
}

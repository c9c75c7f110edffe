//! The page of one window, and of a new one.

use app::windows::{WindowPage, WindowTyped};
use domain::{
    Moment, Refusal,
    ids::{ClientId, SiteId, WindowId},
    people::Permission,
    windows::{Calendar, Day, Rhythm, Scope, Window, ZONES},
};
use foundation::{Failure, Tenant};

use super::{change::parsed, everywhere, lines, may_change, name_of};
use crate::service::people::own::zones;

/// Times that the page shows.
const TIMES: usize = 4;

/// The form for a new window at `place`, filled as most windows are.
///
/// # Errors
/// [`Refusal::Forbidden`] for whoever may not plan, [`Refusal::NotFound`] for a place out of reach.
pub async fn new(tenant: &Tenant, place: &str, now: Moment) -> Result<WindowPage, Failure> {
    tenant.require(Permission::WindowsManage)?;
    let typed = WindowTyped {
        place: place.to_owned(),
        kind: "weekly".into(),
        days: vec![Day::Saturday.word().into()],
        start: "22:00".into(),
        minutes: "240".into(),
        zone: Some(tenant.who().time_zone.clone()).filter(|zone| !zone.is_empty()).unwrap_or_else(|| "UTC".into()),
        alerts: true,
        patching: true,
        ..WindowTyped::default()
    };
    let places = places(tenant, place).await?;
    let page = WindowPage {
        line: None,
        typed: typed.clone(),
        faults: Vec::new(),
        coming: Vec::new(),
        zone: String::new(),
        places,
        zones: zones(),
        revision: 0,
        may_change: true,
    };
    // Without its name, which nobody has typed yet, it could not be read.
    let named = WindowTyped { name: "New".into(), ..typed.clone() };
    Ok(WindowPage { typed, faults: Vec::new(), ..preview(page, named, now) })
}

/// The page of a window as it stands.
///
/// # Errors
/// [`Refusal::NotFound`] when it is not within reach.
pub async fn page(tenant: &Tenant, id: WindowId, now: Moment) -> Result<WindowPage, Failure> {
    let kept = tenant.window(id, now).await?;
    let may = may_change(tenant, &kept);
    let coming = Calendar::of(&kept.window).map(|calendar| calendar.coming(now, TIMES)).unwrap_or_default();
    Ok(WindowPage {
        line: lines(tenant, std::slice::from_ref(&kept)).await?.pop(),
        typed: stands(&kept.window),
        faults: Vec::new(),
        coming,
        zone: kept.window.zone.clone(),
        places: if may { places(tenant, &kept.window.scope.to_string()).await? } else { Vec::new() },
        zones: if may { zones() } else { Vec::new() },
        revision: kept.revision,
        may_change: may,
    })
}

/// `page` with what was typed, what is wrong with it, and when it would be.
pub fn preview(page: WindowPage, typed: WindowTyped, now: Moment) -> WindowPage {
    let scope = typed.place.parse().unwrap_or(Scope::Tenant);
    let (coming, zone, faults) = match parsed(&typed, scope, now) {
        Ok(window) => (Calendar::of(&window).map(|calendar| calendar.coming(now, TIMES)).unwrap_or_default(), window.zone, Vec::new()),
        Err(faults) => (Vec::new(), String::new(), faults),
    };
    WindowPage { coming, zone, faults, typed, ..page }
}

/// A window as the form's fields.
fn stands(window: &Window) -> WindowTyped {
    let zone = ZONES.get(&window.zone).ok();
    let wall = |at: Moment| {
        let at = jiff::Timestamp::from_millisecond(at.0).ok().zip(zone.as_ref());
        at.map(|(at, zone)| zone.to_datetime(at).strftime("%Y-%m-%dT%H:%M").to_string()).unwrap_or_default()
    };
    let typed = WindowTyped {
        name: window.name.clone(),
        place: window.scope.to_string(),
        kind: window.rhythm.word().into(),
        zone: window.zone.clone(),
        alerts: window.suppresses_alerts,
        patching: window.patching,
        ..WindowTyped::default()
    };
    match &window.rhythm {
        Rhythm::Once { from, until } => WindowTyped { from: wall(*from), until: wall(*until), ..typed },
        Rhythm::Weekly { days, start, minutes } => WindowTyped {
            days: days.iter().map(|day| day.word().to_owned()).collect(),
            start: format!("{:02}:{:02}", start / 60, start % 60),
            minutes: minutes.to_string(),
            ..typed
        },
    }
}

/// The places that the caller may plan for: all clients, each client, each site; and `chosen`, which may be a device.
async fn places(tenant: &Tenant, chosen: &str) -> Result<Vec<(String, String)>, Failure> {
    let mut places = Vec::new();
    if everywhere(tenant) {
        places.push((Scope::Tenant.to_string(), "All clients".to_owned()));
    }
    if let Ok(scope @ Scope::Device(_)) = chosen.parse::<Scope>() {
        match name_of(tenant, scope).await {
            Ok(name) => places.push((chosen.to_owned(), name)),
            Err(Failure::Refused(Refusal::NotFound)) => {}
            Err(failure) => return Err(failure),
        }
    }
    let sites = tenant.sites().await?;
    let mut clients: Vec<_> = tenant.clients().await?.into_iter().filter(|client| client.archived_at.is_none()).collect();
    clients.sort_by_cached_key(|client| client.name.to_lowercase());
    for client in clients {
        places.push((ClientId(client.id).to_string(), client.name.clone()));
        let here = sites.iter().filter(|site| site.client_id == client.id);
        places.extend(here.map(|site| (SiteId(site.id).to_string(), format!("{} › {}", client.name, site.name))));
    }
    // A place that is gone stays chosen by nobody, and least of all becomes the first of the list, which is all clients.
    if !places.iter().any(|(place, _)| place == chosen) {
        places.insert(0, (chosen.to_owned(), if chosen.is_empty() { "Choose a place" } else { "A place that is archived or gone" }.to_owned()));
    }
    Ok(places)
}

//! `/devices`: the list, its export, and the pages of one device.

pub mod commands;
pub mod manage;

use app::devices::detail::{DevicePage, DeviceTab, SoftwareQuery};
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use domain::{Refusal, devices::query::DeviceQuery, ids::DeviceId, people::Permission};
use foundation::{Failure, tenancy::SeenDevice};

use super::{caller::Caller, errors::Answer, export, router::Shared};
use crate::service::{alerts, devices};

/// The names and values of a query string.
pub fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    serde_urlencoded::from_str(query.unwrap_or_default()).unwrap_or_default()
}

fn read(query: Option<&str>) -> Result<DeviceQuery, Refusal> {
    let pairs = pairs(query);
    DeviceQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// `GET /devices`.
pub async fn list(State(app): State<Shared>, caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::DevicesRead)?;
    let list = devices::list(&caller.tenant, &app.counts, read(query.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /devices/export`: everything that matches, as CSV.
pub async fn export(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::DevicesExport)?;
    export::devices(&caller, read(query.as_deref())?.first_page()).await
}

/// A device that the caller may see.
async fn seen(caller: &Caller, id: &str) -> Result<SeenDevice, Failure> {
    caller.require(Permission::DevicesRead)?;
    caller.tenant.device(id.parse::<DeviceId>().map_err(|_| Refusal::NotFound)?).await
}

async fn show(caller: &Caller, device: &SeenDevice, tab: DeviceTab) -> Answer {
    draw(caller, device, tab, StatusCode::OK).await
}

async fn draw(caller: &Caller, device: &SeenDevice, tab: DeviceTab, status: StatusCode) -> Answer {
    let head = devices::head(&caller.tenant, device, caller.now).await?;
    let page = DevicePage { head, tab, show_client: caller.tenant.who().client().is_none() };
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// `GET /devices/{device}`.
pub async fn summary(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = seen(&caller, &id).await?;
    let tab = DeviceTab::Summary(devices::summary(&caller.tenant, &device).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/hardware`.
pub async fn hardware(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = seen(&caller, &id).await?;
    let tab = DeviceTab::Hardware(devices::hardware(&caller.tenant, &device).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/software`.
pub async fn software(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let device = seen(&caller, &id).await?;
    let asked = pairs(query.as_deref());
    let of = |wanted: &str| asked.iter().find(|(name, value)| name == wanted && !value.is_empty()).map(|(_, value)| value.clone());
    let query = SoftwareQuery { q: of("q").map(|q| q.trim().to_owned()).unwrap_or_default(), after: of("after"), before: of("before") };
    if query.q.chars().count() > domain::devices::query::SEARCH {
        return Err(Refusal::invalid("q", "is longer than 100 characters").into());
    }
    let tab = DeviceTab::Software(devices::software(&caller.tenant, &device, query).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/updates`.
pub async fn updates(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = seen(&caller, &id).await?;
    let tab = DeviceTab::Updates(devices::updates(&caller.tenant, &device, caller.now).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/alerts`.
pub async fn alerts(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = seen(&caller, &id).await?;
    caller.require(Permission::AlertsRead)?;
    let tab = DeviceTab::Alerts(alerts::tab(&caller.tenant, &device).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/policy`.
pub async fn policy(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = seen(&caller, &id).await?;
    caller.require(Permission::AlertsRead)?;
    let tab = DeviceTab::Policy(alerts::effective(&caller.tenant, &device).await?);
    show(&caller, &device, tab).await
}

/// `GET /devices/{device}/history`.
pub async fn history(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let device = seen(&caller, &id).await?;
    let asked = pairs(query.as_deref());
    let of = |wanted: &str| asked.iter().find(|(name, value)| name == wanted && !value.is_empty()).map(|(_, value)| value.as_str());
    let tab = DeviceTab::History(devices::history(&caller.tenant, &device, of("kind"), of("after"), of("before")).await?);
    show(&caller, &device, tab).await
}

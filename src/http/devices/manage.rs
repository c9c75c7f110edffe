//! `/devices/{device}/manage`, and the acts it offers. A refused one shows the page again, with what was typed.

use app::devices::detail::{
    DeviceTab,
    manage::{ManageTab, Renewal, Typed},
};
use axum::{
    Form,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Fault, Refusal, ids::DeviceId, people::Permission};
use foundation::{Failure, tenancy::SeenDevice};
use serde::Deserialize;

use super::{draw, seen};
use crate::{
    http::{caller::Caller, errors::Answer},
    service::devices::{self, By},
};

/// The fields of the page's forms; each form sends its own.
#[derive(Debug, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    site: String,
    #[serde(default)]
    tag: String,
    #[serde(default)]
    note: String,
}

/// A device that the caller may change.
async fn mine(caller: &Caller, id: &str) -> Result<SeenDevice, Failure> {
    let device = seen(caller, id).await?;
    caller.require(Permission::DevicesManage)?;
    Ok(device)
}

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

/// Back to the page, which says what was done; or the page again with what is wrong.
async fn answer(caller: &Caller, device: &SeenDevice, done: &str, outcome: Result<(), Failure>, typed: impl FnOnce(&mut ManageTab)) -> Answer {
    match outcome {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/devices/{}/manage?done={done}", device.id()))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let mut tab = devices::manage(&caller.tenant, device).await?;
            typed(&mut tab);
            wrong(&mut tab, &faults);
            draw(caller, device, DeviceTab::Manage(tab), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Puts each fault beside its field.
fn wrong(tab: &mut ManageTab, faults: &[Fault]) {
    for fault in faults {
        let field = match fault.field.as_str() {
            "name" => &mut tab.name,
            "site" => &mut tab.site,
            "tag" => &mut tab.tag,
            _ => &mut tab.note,
        };
        field.error = Some(fault.message.clone());
    }
}

/// `GET /devices/{device}/manage`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = mine(&caller, &id).await?;
    let tab = DeviceTab::Manage(devices::manage(&caller.tenant, &device).await?);
    draw(&caller, &device, tab, StatusCode::OK).await
}

/// `POST /devices/{device}/name`.
pub async fn name(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::rename(&caller.tenant, device.id(), &fields.name, &by(&caller)).await;
    answer(&caller, &device, "device-renamed", outcome, |tab| tab.name = Typed::of(fields.name)).await
}

/// `POST /devices/{device}/site`.
pub async fn site(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::relocate(&caller.tenant, device.id(), &fields.site, &by(&caller)).await;
    answer(&caller, &device, "device-moved", outcome, |_| ()).await
}

/// `POST /devices/{device}/tags`.
pub async fn tag(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::tag(&caller.tenant, device.id(), &fields.tag, &by(&caller)).await;
    answer(&caller, &device, "device-tagged", outcome, |tab| tab.tag = Typed::of(fields.tag)).await
}

/// `POST /devices/{device}/tags/removal`.
pub async fn untag(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::untag(&caller.tenant, device.id(), &fields.tag, &by(&caller)).await;
    answer(&caller, &device, "device-untagged", outcome, |_| ()).await
}

/// `POST /devices/{device}/note`.
pub async fn note(caller: Caller, Path(id): Path<String>, Form(fields): Form<Fields>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::note(&caller.tenant, device.id(), &fields.note, &by(&caller)).await;
    answer(&caller, &device, "device-noted", outcome, |tab| tab.note = Typed::of(fields.note)).await
}

/// `POST /devices/{device}/retirement`.
pub async fn retire(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::retire(&caller.tenant, device.id(), true, &by(&caller)).await;
    answer(&caller, &device, "device-retired", outcome, |_| ()).await
}

/// `POST /devices/{device}/retirement/removal`.
pub async fn restore(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::retire(&caller.tenant, device.id(), false, &by(&caller)).await;
    answer(&caller, &device, "device-returned", outcome, |_| ()).await
}

/// `POST /devices/{device}/key/revocation`.
pub async fn revoke(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = mine(&caller, &id).await?;
    let outcome = devices::revoke_key(&caller.tenant, device.id(), &by(&caller)).await;
    answer(&caller, &device, "device-key-revoked", outcome, |_| ()).await
}

/// `POST /devices/{device}/key/renewal`: shows, once, how the agent enrols again.
pub async fn renew(caller: Caller, Path(id): Path<String>) -> Answer {
    let device = mine(&caller, &id).await?;
    let (token, until) = devices::renew_key(&caller.tenant, device.id(), &by(&caller)).await?;
    let mut tab = devices::manage(&caller.tenant, &device).await?;
    tab.renewal = Some(Renewal { server: caller.portal(), token, until });
    draw(&caller, &device, DeviceTab::Manage(tab), StatusCode::OK).await
}

/// `POST /devices/{device}/removal`.
pub async fn remove(caller: Caller, Path(id): Path<String>) -> Answer {
    let device: DeviceId = mine(&caller, &id).await?.id();
    devices::remove(&caller.tenant, device, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href("/devices?done=device-deleted")).into_response())
}

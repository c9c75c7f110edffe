//! `/settings/windows`: maintenance windows, and the quick start of one on a device.

use app::windows::{WindowPage, WindowTyped};
use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    ids::{DeviceId, WindowId},
    people::Permission,
};
use foundation::Failure;

use super::{caller::Caller, devices::pairs, errors::Answer, sent::Sent};
use crate::service::{devices::By, windows};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn window(id: &str) -> Result<WindowId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// The fields of the form, which travel in a query for a preview.
fn typed(sent: &Sent) -> WindowTyped {
    WindowTyped {
        name: sent.one("name"),
        place: sent.one("place"),
        kind: sent.one("kind"),
        from: sent.one("from"),
        until: sent.one("until"),
        days: sent.all("days"),
        start: sent.one("start"),
        minutes: sent.one("minutes"),
        zone: sent.one("zone"),
        alerts: !sent.one("alerts").is_empty(),
        patching: !sent.one("patching").is_empty(),
    }
}

/// What a query holds, when it is a preview.
fn previewed(query: Option<&str>) -> Option<WindowTyped> {
    let sent = Sent::of(pairs(query));
    (!sent.one("kind").is_empty()).then(|| typed(&sent))
}

/// `GET /settings/windows`.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let sent = Sent::of(pairs(query.as_deref()));
    let after = Some(sent.one("after")).filter(|after| !after.is_empty()).map(|after| windows::cursor(&after)).transpose()?;
    let page = windows::list(&caller.tenant, sent.one("show") == "over", after, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/windows/new`; with fields, a preview.
pub async fn new(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::WindowsManage)?;
    let place = Sent::of(pairs(query.as_deref())).one("place");
    let page = windows::new(&caller.tenant, &place, caller.now).await?;
    let page = match previewed(query.as_deref()) {
        Some(typed) => windows::preview(page, typed, caller.now),
        None => page,
    };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/windows/{window}`; with fields, a preview.
pub async fn show(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let page = windows::page(&caller.tenant, window(&id)?, caller.now).await?;
    let page = match previewed(query.as_deref()).filter(|_| page.may_change) {
        Some(typed) => WindowPage { revision: looked_at(&Sent::of(pairs(query.as_deref()))), ..windows::preview(page, typed, caller.now) },
        None => page,
    };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// The version that the form was made of, so that a look at it again does not hide what somebody else saved meanwhile.
fn looked_at(sent: &Sent) -> i64 {
    sent.one("revision").parse().unwrap_or_default()
}

/// Back to the list, or the page again with what was typed and what is wrong.
async fn answer(caller: &Caller, outcome: Result<(), Failure>, done: &str, page: WindowPage, typed: WindowTyped) -> Answer {
    match outcome {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/settings/windows?done={done}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = WindowPage { faults, ..windows::preview(page, typed, caller.now) };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /settings/windows`.
pub async fn add(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::WindowsManage)?;
    let typed = typed(&sent);
    let outcome = windows::add(&caller.tenant, &typed, &by(&caller)).await.map(drop);
    let page = windows::new(&caller.tenant, &typed.place, caller.now).await?;
    answer(&caller, outcome, "window-planned", page, typed).await
}

/// `POST /settings/windows/{window}`.
pub async fn change(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let id = window(&id)?;
    // Whoever may not see it learns nothing of what may be done to it.
    let page = windows::page(&caller.tenant, id, caller.now).await?;
    caller.require(Permission::WindowsManage)?;
    let typed = typed(&sent);
    let outcome = windows::change(&caller.tenant, id, &typed, &sent.one("revision"), &by(&caller)).await;
    let page = WindowPage { revision: looked_at(&sent), ..page };
    answer(&caller, outcome, "window-changed", page, typed).await
}

/// `POST /settings/windows/{window}/removal`.
pub async fn remove(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let id = window(&id)?;
    let page = windows::page(&caller.tenant, id, caller.now).await?;
    caller.require(Permission::WindowsManage)?;
    let outcome = windows::remove(&caller.tenant, id, &sent.one("revision"), &by(&caller)).await;
    let typed = page.typed.clone();
    answer(&caller, outcome, "window-removed", page, typed).await
}

/// `POST /devices/{device}/maintenance`.
pub async fn start(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::DevicesRead)?;
    let device: DeviceId = id.parse().map_err(|_| Refusal::NotFound)?;
    caller.tenant.device(device).await?;
    caller.require(Permission::WindowsManage)?;
    windows::start(&caller.tenant, device, &sent.one("hours"), &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/devices/{device}?done=maintenance"))).into_response())
}

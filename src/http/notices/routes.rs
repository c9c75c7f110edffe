//! `/settings/channels/routes`: which alerts go to a channel.

use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::RouteId, people::Permission};

use super::by;
use crate::{
    http::{caller::Caller, errors::Answer, people::faults, sent::Sent},
    service::notices::{self, RouteForm},
};

fn route_id(id: &str) -> Result<RouteId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn typed(sent: &Sent) -> RouteForm {
    let (one, ticked) = (|field: &str| sent.one(field), |field: &str| !sent.one(field).is_empty());
    RouteForm {
        name: one("name"),
        on: ticked("on"),
        least: one("least"),
        clients: one("clients"),
        listed: sent.all("listed"),
        on_raise: ticked("on_raise"),
        on_resolve: ticked("on_resolve"),
        channel: one("channel"),
        revision: one("revision"),
    }
}

/// `GET /settings/channels/routes/new`.
pub async fn new_route(caller: Caller) -> Answer {
    let page = notices::new_route(&caller.tenant).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels/routes`.
pub async fn add_route(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let form = typed(&sent);
    if let Err(failure) = notices::add_route(&caller.tenant, &form, &by(&caller)).await {
        return wrong(caller, form, None, failure).await;
    }
    Ok(Redirect::to(&caller.href("/settings/channels?done=saved")).into_response())
}

/// `GET /settings/channels/routes/{route}`.
pub async fn route(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let page = notices::route_page(&caller.tenant, route_id(&id)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels/routes/{route}`.
pub async fn change_route(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let (id, form) = (route_id(&id)?, typed(&sent));
    if let Err(failure) = notices::change_route(&caller.tenant, id, &form, &by(&caller)).await {
        return wrong(caller, form, Some(id), failure).await;
    }
    Ok(Redirect::to(&caller.href(&format!("/settings/channels/routes/{id}?done=saved"))).into_response())
}

async fn wrong(caller: Caller, form: RouteForm, id: Option<RouteId>, failure: foundation::Failure) -> Answer {
    let page = form.page(&caller.tenant, id, faults(failure)?).await?;
    Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
}

/// `POST /settings/channels/routes/{route}/removal`.
pub async fn remove_route(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    notices::remove_route(&caller.tenant, route_id(&id)?, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href("/settings/channels?done=route-removed")).into_response())
}

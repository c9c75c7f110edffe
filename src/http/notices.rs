//! `/settings/channels`: channels, routes, and the log of what left.

mod deliveries;
mod routes;

pub use self::{
    deliveries::{deliveries, delivery, export, retry},
    routes::{add_route, change_route, new_route, remove_route, route},
};

use app::notices::SecretPage;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::ChannelId, people::Permission};

use super::{caller::Caller, errors::Answer, people::faults, router::Shared, sent::Sent};
use crate::service::{
    devices::By,
    notices::{self, ChannelForm, Portal},
};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn channel_id(id: &str) -> Result<ChannelId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn typed(sent: &Sent) -> ChannelForm {
    let one = |field: &str| sent.one(field);
    ChannelForm { name: one("name"), on: !one("on").is_empty(), kind: one("kind"), to: one("to"), url: one("url"), revision: one("revision") }
}

/// `GET /settings/channels`.
pub async fn list(State(app): State<Shared>, caller: Caller) -> Answer {
    let page = notices::overview(&caller.tenant, &app.senders).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/channels/new`.
pub async fn new(caller: Caller) -> Answer {
    let page = notices::new_channel(&caller.tenant)?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels`: a webhook's secret is shown once, in the answer.
pub async fn add(State(app): State<Shared>, caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let form = typed(&sent);
    match notices::add_channel(&caller.tenant, &form, &app.senders, &by(&caller)).await {
        Ok((id, None)) => Ok(Redirect::to(&caller.href(&format!("/settings/channels/{id}?done=saved"))).into_response()),
        Ok((id, Some(secret))) => {
            let page = SecretPage { name: form.name.trim().to_owned(), secret, next: format!("/settings/channels/{id}") };
            Ok(caller.page().await?.show(|frame| page.render(frame)))
        }
        Err(failure) => {
            let page = form.page(None, faults(failure)?);
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
    }
}

/// `GET /settings/channels/{channel}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let page = notices::channel_page(&caller.tenant, channel_id(&id)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels/{channel}`.
pub async fn change(State(app): State<Shared>, caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let (id, form) = (channel_id(&id)?, typed(&sent));
    let known = notices::channel_page(&caller.tenant, id).await?;
    if let Err(failure) = notices::change_channel(&caller.tenant, id, &form, &app.senders, &by(&caller)).await {
        let page = ChannelForm { kind: known.kind, ..form }.page(Some(id), faults(failure)?);
        return Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)));
    }
    Ok(Redirect::to(&caller.href(&format!("/settings/channels/{id}?done=saved"))).into_response())
}

/// `POST /settings/channels/{channel}/test`.
pub async fn test(State(app): State<Shared>, caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let portal = Portal::of(&caller.tenant, &app.config).await?;
    let delivery = notices::send_test(&caller.tenant, channel_id(&id)?, &portal, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/channels/deliveries/{delivery}"))).into_response())
}

/// `POST /settings/channels/{channel}/secret`: the new one is shown once, in the answer.
pub async fn renew(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let id = channel_id(&id)?;
    let (name, secret) = notices::renew_secret(&caller.tenant, id, &by(&caller)).await?;
    let page = SecretPage { name, secret, next: format!("/settings/channels/{id}") };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels/{channel}/removal`.
pub async fn remove(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    notices::remove_channel(&caller.tenant, channel_id(&id)?, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href("/settings/channels?done=channel-removed")).into_response())
}

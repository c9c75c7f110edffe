//! `/settings/channels/deliveries`: what left, and the same as a file.

use axum::{
    extract::{Path, RawQuery},
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::DeliveryId, notices::DeliveryQuery, people::Permission};

use super::by;
use crate::{
    http::{caller::Caller, devices::pairs, errors::Answer, export},
    service::notices,
};

fn read(query: Option<&str>) -> Result<DeliveryQuery, Refusal> {
    let pairs = pairs(query);
    DeliveryQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn delivery_id(id: &str) -> Result<DeliveryId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /settings/channels/deliveries`.
pub async fn deliveries(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let page = notices::deliveries(&caller.tenant, read(query.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/channels/deliveries/export`.
pub async fn export(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    export::deliveries(&caller, read(query.as_deref())?.first_page()).await
}

/// `GET /settings/channels/deliveries/{delivery}`.
pub async fn delivery(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let page = notices::delivery_page(&caller.tenant, delivery_id(&id)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/channels/deliveries/{delivery}/retry`.
pub async fn retry(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::ChannelsManage)?;
    let id = delivery_id(&id)?;
    notices::retry(&caller.tenant, id, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/channels/deliveries/{id}?done=delivery-retried"))).into_response())
}

//! `/devices/{device}/duplicate`: two devices that look like one machine.

use axum::{
    Form,
    extract::Path,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::DeviceId, people::Permission};
use serde::Deserialize;

use super::{caller::Caller, errors::Answer};
use crate::service::duplicates;

/// The two devices of a decision.
#[derive(Debug, Deserialize)]
pub struct Pair {
    #[serde(default)]
    keep: String,
    #[serde(default)]
    other: String,
}

fn device(text: &str) -> Result<DeviceId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

fn named(field: &str, text: &str) -> Result<DeviceId, Refusal> {
    text.parse().map_err(|_| Refusal::invalid(field, "is not a device"))
}

/// `GET /devices/{device}/duplicate`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::DevicesManage)?;
    let seen = caller.tenant.device(device(&id)?).await?;
    let page = duplicates::page(&caller.tenant, &seen, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /devices/{device}/duplicate/merger`.
pub async fn merge(caller: Caller, Path(id): Path<String>, Form(pair): Form<Pair>) -> Answer {
    caller.require(Permission::DevicesManage)?;
    let opened = caller.tenant.device(device(&id)?).await?.id();
    let (keep, other) = (named("keep", &pair.keep)?, named("other", &pair.other)?);
    if keep != opened && other != opened {
        return Err(Refusal::invalid("keep", "is neither of the two").into());
    }
    duplicates::merge(&caller.tenant, keep, other, caller.address(), caller.now).await?;
    Ok(Redirect::to(&caller.href(&format!("/devices/{keep}?done=devices-merged"))).into_response())
}

/// `POST /devices/{device}/duplicate/separation`.
pub async fn keep_both(caller: Caller, Path(id): Path<String>, Form(pair): Form<Pair>) -> Answer {
    caller.require(Permission::DevicesManage)?;
    let opened = caller.tenant.device(device(&id)?).await?.id();
    duplicates::keep_both(&caller.tenant, opened, named("other", &pair.other)?, caller.address(), caller.now).await?;
    Ok(Redirect::to(&caller.href(&format!("/devices/{opened}?done=devices-kept-apart"))).into_response())
}

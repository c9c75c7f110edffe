//! `/settings/monitoring`: policies at the tenant, a client, a site or a device.

use app::alerts::ConditionPage;
use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    alerts::{Key, part},
    devices::query::encode,
    people::Permission,
};
use foundation::Failure;

use super::{caller::Caller, devices::pairs, errors::Answer, sent::Sent};
use crate::service::{
    alerts::{self, Place},
    devices::By,
};

/// The fields of the form for one condition.
const FIELDS: [&str; 6] = ["on", "severity", "raise", "clear", "lasts", "clear_lasts"];

async fn place(caller: &Caller, word: &str) -> Result<Place, Failure> {
    caller.require(Permission::AlertsRead)?;
    alerts::place(&caller.tenant, word).await
}

/// `GET /settings/monitoring`; with `place`, whoever chose one in the form is led there.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AlertsRead)?;
    if let Some((_, word)) = pairs(query.as_deref()).into_iter().find(|(name, value)| name == "place" && !value.is_empty()) {
        let place = alerts::place(&caller.tenant, &word).await?;
        return Ok(Redirect::to(&caller.href(&format!("/settings/monitoring/{}", place.word()))).into_response());
    }
    let page = alerts::list(&caller.tenant).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/monitoring/{place}`.
pub async fn show(caller: Caller, Path(word): Path<String>) -> Answer {
    let place = place(&caller, &word).await?;
    let page = alerts::policy(&caller.tenant, &place).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/monitoring/{place}`: leads to the form of a condition that is named.
pub async fn add(caller: Caller, Path(word): Path<String>, sent: Sent) -> Answer {
    let place = place(&caller, &word).await?;
    let (kind, subject) = (sent.one("kind"), sent.one("subject"));
    match alerts::add(&caller.tenant, &place, &kind, &subject) {
        Ok(key) => Ok(Redirect::to(&caller.href(&format!("/settings/monitoring/{word}/{}", encode(&key.to_string())))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let mut page = alerts::policy(&caller.tenant, &place).await?;
            page.new = (kind, subject, faults);
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn key(text: &str) -> Result<Key, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /settings/monitoring/{place}/{condition}`.
pub async fn condition(caller: Caller, Path((word, condition)): Path<(String, String)>) -> Answer {
    let place = place(&caller, &word).await?;
    caller.require(Permission::MonitoringManage)?;
    let page = alerts::condition(&caller.tenant, &place, &key(&condition)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

async fn keep(caller: Caller, word: &str, condition: &str, fields: Vec<(&'static str, String)>, revision: String) -> Answer {
    let place = place(&caller, word).await?;
    caller.require(Permission::MonitoringManage)?;
    let key = key(condition)?;
    let of = |name: &str| fields.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str());
    let typed =
        part::Typed { on: of("on"), severity: of("severity"), raise: of("raise"), clear: of("clear"), lasts: of("lasts"), clear_lasts: of("clear_lasts") };
    let by = By { now: caller.now, address: caller.address() };
    match alerts::change(&caller.tenant, &place, &key, typed, &revision, &by).await {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/settings/monitoring/{word}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = ConditionPage { typed: fields, faults, ..alerts::condition(&caller.tenant, &place, &key).await? };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /settings/monitoring/{place}/{condition}`.
pub async fn change(caller: Caller, Path((word, condition)): Path<(String, String)>, sent: Sent) -> Answer {
    let fields = FIELDS.map(|name| (name, sent.one(name))).to_vec();
    keep(caller, &word, &condition, fields, sent.one("revision")).await
}

/// `POST /settings/monitoring/{place}/{condition}/removal`: what is inherited holds again.
pub async fn remove(caller: Caller, Path((word, condition)): Path<(String, String)>, sent: Sent) -> Answer {
    keep(caller, &word, &condition, Vec::new(), sent.one("revision")).await
}

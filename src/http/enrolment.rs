//! `/settings/enrolment`: keys, and the one page that shows a key's secret.

use app::enrolment::MadeKey;
use axum::{
    extract::{Path, RawForm, RawQuery},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    enrolment::{query::KeyQuery, wanted::Typed},
    ids::EnrolmentKeyId,
    people::Permission,
};
use foundation::Failure;

use super::{caller::Caller, devices::pairs, errors::Answer};
use crate::service::enrolment::{
    keys,
    making::{self, Order, Outcome},
};

/// How often a page looks for the first report by itself; a quarter of an hour.
const ROUNDS: u32 = 180;

/// The days and the number of devices that a new form proposes.
const PROPOSED: (&str, &str) = ("30", "");

/// `GET /settings/enrolment`.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::EnrolmentManage)?;
    let asked = pairs(query.as_deref());
    let query = KeyQuery::parse(asked.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    let page = keys::list(&caller.tenant, query, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /settings/enrolment/new`: with `?client=`, for that client.
pub async fn form(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::EnrolmentManage)?;
    let client = of(&pairs(query.as_deref()), "client");
    let typed = Typed { days: PROPOSED.0.into(), most: PROPOSED.1.into(), needs_approval: true, ..Typed::default() };
    let form = keys::form(&caller.tenant, keys::fresh(), typed, client, Vec::new()).await?;
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

fn of(pairs: &[(String, String)], wanted: &str) -> String {
    pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn order(caller: &Caller, sent: &[u8]) -> Order {
    let sent: Vec<(String, String)> = serde_urlencoded::from_bytes(sent).unwrap_or_default();
    let typed = Typed { name: of(&sent, "name"), days: of(&sent, "days"), most: of(&sent, "most"), needs_approval: !of(&sent, "approval").is_empty() };
    Order { id: of(&sent, "key").parse().unwrap_or_else(|_| keys::fresh()), typed, place: of(&sent, "place"), address: caller.address() }
}

/// `POST /settings/enrolment`: makes a key, and answers with the only page that ever shows its secret.
pub async fn make(caller: Caller, RawForm(sent): RawForm) -> Answer {
    caller.require(Permission::EnrolmentManage)?;
    let order = order(&caller, &sent);
    match making::make(&caller.tenant, &order, caller.now).await {
        Ok(Outcome::Made(key, secret)) => {
            let made = MadeKey { key, secret, server: caller.server() };
            let mut answer = caller.page().await?.show(|frame| made.render(frame));
            answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Ok(Outcome::MadeBefore(id)) => Ok(Redirect::to(&caller.href(&format!("/settings/enrolment/{id}?done=key-made-before"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let form = keys::form(&caller.tenant, order.id, order.typed, order.place, faults).await?;
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| form.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn id(text: &str) -> Result<EnrolmentKeyId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /settings/enrolment/{key}`: asks again by itself until the first report is there, for a while.
pub async fn show(caller: Caller, Path(key): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::EnrolmentManage)?;
    let id = id(&key)?;
    let waited = of(&pairs(query.as_deref()), "waited");
    let round: u32 = if waited.is_empty() { 0 } else { waited.parse().unwrap_or(ROUNDS) };
    let page = keys::page(&caller.tenant, id, round < ROUNDS, caller.now).await?;
    let again = page.asks_again.then(|| caller.href(&format!("/settings/enrolment/{id}?waited={}", round + 1)));
    let mut answer = caller.page().await?.show(|frame| page.render(frame));
    if let Some(value) = again.and_then(|next| HeaderValue::from_str(&format!("5; url={next}")).ok()) {
        answer.headers_mut().insert(header::REFRESH, value);
    }
    Ok(answer)
}

/// `POST /settings/enrolment/{key}/revocation`.
pub async fn revoke(caller: Caller, Path(key): Path<String>) -> Answer {
    caller.require(Permission::EnrolmentManage)?;
    let id = id(&key)?;
    keys::revoke(&caller.tenant, id, caller.address(), caller.now).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/enrolment/{id}?done=key-revoked"))).into_response())
}

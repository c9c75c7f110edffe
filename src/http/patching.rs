//! `/patching`: compliance, updates, updates on devices, rules and runs.

mod rules;
mod runs;
pub mod schedules;

use app::patching::UpdatesPage;
use axum::{
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    ids::UpdateId,
    patching::{
        query::{PairsQuery, UpdatesQuery},
        typed::TypedDecision,
    },
    people::Permission,
};
use foundation::Failure;

pub use self::{
    rules::{add as add_rule, list as rules, remove as remove_rule, targets},
    runs::{cancel, list as runs, plan, retry, show as run, start},
};
use super::{caller::Caller, devices::pairs, errors::Answer, export, router::Shared, sent::Sent};
use crate::service::{devices::By, patching};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn updates_query(query: Option<&str>) -> Result<UpdatesQuery, Refusal> {
    let pairs = pairs(query);
    UpdatesQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn pairs_query(query: Option<&str>) -> Result<PairsQuery, Refusal> {
    let pairs = pairs(query);
    PairsQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The value of one parameter; empty when it is missing.
fn of(query: Option<&str>, wanted: &str) -> String {
    pairs(query).into_iter().find(|(name, _)| name == wanted).map(|(_, value)| value).unwrap_or_default()
}

/// `GET /patching`.
pub async fn compliance(State(app): State<Shared>, caller: Caller) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let page = app.counts.compliance(&caller.tenant, caller.now).await?.value;
    Ok(caller.page().await?.show(|frame| page.as_ref().clone().render(frame)))
}

/// `GET /patching/updates`. What a decision about many did stands in the address.
pub async fn updates(State(app): State<Shared>, caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let done = of(query.as_deref(), "decided_now").parse().ok();
    let page = patching::updates(&caller.tenant, &app.counts, updates_query(query.as_deref())?, caller.now).await?;
    let page = UpdatesPage { done, ..page };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /patching/updates/export`.
pub async fn export_updates(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    caller.require(Permission::DevicesExport)?;
    export::updates(&caller, updates_query(query.as_deref())?.with(|_| ())).await
}

/// `GET /patching/devices`.
pub async fn on_devices(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let page = patching::pairs(&caller.tenant, pairs_query(query.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /patching/devices/export`.
pub async fn export_pairs(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    caller.require(Permission::DevicesExport)?;
    export::pairs(&caller, pairs_query(query.as_deref())?.with(|_| ())).await
}

fn update_id(id: &str) -> Result<UpdateId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /patching/updates/{update}`; `at` names the place of the form.
pub async fn update(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let spot = patching::place(&caller.tenant, &of(query.as_deref(), "at")).await?;
    let page = patching::update(&caller.tenant, update_id(&id)?, spot, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

fn typed(sent: &Sent) -> TypedDecision {
    TypedDecision { verdict: sent.one("verdict"), until: sent.one("until"), expires: sent.one("expires"), note: sent.one("note"), shown: sent.one("shown") }
}

/// `POST /patching/updates/{update}/decisions/{place}`.
pub async fn decide(caller: Caller, Path((id, place)): Path<(String, String)>, sent: Sent) -> Answer {
    caller.require(Permission::PatchingDecide)?;
    let (id, spot) = (update_id(&id)?, patching::place(&caller.tenant, &place).await?);
    // Whoever may not see it learns nothing of what may be decided.
    let page = patching::update(&caller.tenant, id, spot.clone(), caller.now).await?;
    let typed = typed(&sent);
    let name = format!("{} {}", page.line.name, page.line.version);
    match patching::decide(&caller.tenant, id, spot.0, &name, &typed, &by(&caller)).await {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/patching/updates/{id}?at={place}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = app::patching::UpdatePage { typed, faults, ..page };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /patching/updates/{update}/decisions/{place}/removal`.
pub async fn take_back(caller: Caller, Path((id, place)): Path<(String, String)>, sent: Sent) -> Answer {
    caller.require(Permission::PatchingDecide)?;
    let (id, spot) = (update_id(&id)?, patching::place(&caller.tenant, &place).await?);
    let page = patching::update(&caller.tenant, id, spot.clone(), caller.now).await?;
    let name = format!("{} {}", page.line.name, page.line.version);
    patching::take_back(&caller.tenant, id, spot.0, &name, &sent.one("shown"), &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/patching/updates/{id}?at={place}"))).into_response())
}

/// `POST /patching/updates/decisions`: decides about the chosen updates for all clients.
pub async fn decide_many(State(app): State<Shared>, caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::PatchingDecide)?;
    let query = updates_query(Some(sent.one("back").trim_start_matches('?')))?;
    let typed = typed(&sent);
    match patching::decide_many(&caller.tenant, &sent.all("update"), &typed, &by(&caller)).await {
        Ok(n) => {
            let list = query.to_query();
            let joint = if list.is_empty() { '?' } else { '&' };
            Ok(Redirect::to(&caller.href(&format!("/patching/updates{list}{joint}decided_now={n}"))).into_response())
        }
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let error = faults.first().map(|fault| fault.message.clone());
            let page = UpdatesPage { error, typed, ..patching::updates(&caller.tenant, &app.counts, query, caller.now).await? };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

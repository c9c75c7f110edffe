//! `/alerts`: the inbox, one alert, and what people do to them.

pub mod live;

use app::alerts::{AlertPage, BulkDone};
use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, alerts::InboxQuery, ids::AlertId, people::Permission};
use foundation::Failure;

use super::{caller::Caller, devices::pairs, errors::Answer, sent::Sent};
use crate::service::{
    alerts::{self, Typed},
    devices::By,
};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn read(query: &str) -> Result<InboxQuery, Refusal> {
    let pairs = pairs(Some(query.trim_start_matches('?')));
    InboxQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// `GET /alerts`. What a bulk act did stands in the address, so that the page can be loaded again.
pub async fn inbox(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let query = query.unwrap_or_default();
    let number = |name: &str| pairs(Some(&query)).into_iter().find(|(known, _)| known == name).and_then(|(_, value)| value.parse().ok());
    let done = number("changed").map(|changed| BulkDone { changed, passed_over: number("passed").unwrap_or(0) });
    let page = app::alerts::InboxPage { done, ..alerts::inbox(&caller.tenant, read(&query)?).await? };
    Ok(caller.page().await?.with_inbox()?.show(|frame| page.render(frame)))
}

/// `POST /alerts/acts`.
pub async fn many(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::AlertsManage)?;
    let typed = Typed { act: sent.one("act"), snooze: sent.one("snooze"), note: sent.one("note"), revision: String::new() };
    let query = read(&sent.one("back"))?;
    match alerts::act_on_many(&caller.tenant, &sent.all("alert"), &typed, &by(&caller)).await {
        Ok(done) => {
            let list = query.to_query();
            let joint = if list.is_empty() { '?' } else { '&' };
            let told = format!("/alerts{list}{joint}changed={}&passed={}", done.changed, done.passed_over);
            Ok(Redirect::to(&caller.href(&told)).into_response())
        }
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let error = faults.first().map(|fault| fault.message.clone());
            let page = app::alerts::InboxPage { error, ..alerts::inbox(&caller.tenant, query).await? };
            Ok(caller.page().await?.with_inbox()?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn alert(id: &str) -> Result<AlertId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /alerts/{alert}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let page = alerts::page(&caller.tenant, alert(&id)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

async fn act(caller: Caller, id: &str, act: &str, sent: Sent) -> Answer {
    caller.require(Permission::AlertsRead)?;
    let id = alert(id)?;
    // Whoever may not see it learns nothing of what may be done to it.
    let page = alerts::page(&caller.tenant, id).await?;
    caller.require(Permission::AlertsManage)?;
    let typed = Typed { act: act.into(), snooze: sent.one("snooze"), note: sent.one("note"), revision: sent.one("revision") };
    match alerts::act(&caller.tenant, id, &typed, &by(&caller)).await {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/alerts/{id}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let fault = faults.first().map(|fault| fault.message.clone());
            let page = AlertPage { note: (typed.note, fault), ..page };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /alerts/{alert}/acknowledgement`.
pub async fn acknowledge(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "acknowledge", sent).await
}

/// `POST /alerts/{alert}/acknowledgement/removal`.
pub async fn unacknowledge(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "unacknowledge", sent).await
}

/// `POST /alerts/{alert}/snooze`.
pub async fn snooze(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "snooze", sent).await
}

/// `POST /alerts/{alert}/snooze/removal`.
pub async fn wake(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "wake", sent).await
}

/// `POST /alerts/{alert}/resolution`.
pub async fn resolve(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "resolve", sent).await
}

/// `POST /alerts/{alert}/resolution/removal`.
pub async fn reopen(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "reopen", sent).await
}

/// `POST /alerts/{alert}/dismissal`.
pub async fn dismiss(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    act(caller, &id, "dismiss", sent).await
}

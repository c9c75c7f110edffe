//! `/approvals`: what waits for a contact's yes, and the answer.

use app::approvals::ApprovalPage;
use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Moment, Refusal, approvals::Act, ids::ApprovalId, people::Permission};
use foundation::Failure;

use super::{caller::Caller, devices::pairs, errors::Answer, sent::Sent};
use crate::service::{approvals, devices::By};

/// The place that `after` names: when the last one was asked, and which it is.
fn place(query: Option<&str>) -> Result<Option<(Moment, ApprovalId)>, Refusal> {
    let Some((_, value)) = pairs(query).into_iter().find(|(name, _)| name == "after") else { return Ok(None) };
    let read = || value.split_once('.').and_then(|(at, id)| Some((Moment(at.parse().ok()?), id.parse().ok()?)));
    read().map(Some).ok_or_else(|| Refusal::invalid("after", "is not a place in this list"))
}

/// `GET /approvals`.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    let page = approvals::list(&caller.tenant, place(query.as_deref())?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /approvals/{approval}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    let page = approvals::page(&caller.tenant, id.parse().map_err(|_| Refusal::NotFound)?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

async fn decide(caller: Caller, id: &str, act: Act, sent: Sent) -> Answer {
    let id: ApprovalId = id.parse().map_err(|_| Refusal::NotFound)?;
    // Whoever may not see it learns nothing of what may be done to it.
    let page = approvals::page(&caller.tenant, id, caller.now).await?;
    caller.require(if act == Act::Withdraw { Permission::RequestsManage } else { Permission::ApprovalsGive })?;
    let note = sent.one("note");
    match approvals::decide(&caller.tenant, id, act, &note, &By { now: caller.now, address: caller.address() }).await {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/approvals/{id}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = ApprovalPage { typed: (note, faults.first().map(|fault| fault.message.clone())), ..page };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(Failure::Refused(Refusal::Conflict(what))) => {
            let page = ApprovalPage { typed: (note, Some(what)), ..approvals::page(&caller.anew().await?, id, caller.now).await? };
            Ok(caller.page().await?.with_status(StatusCode::CONFLICT).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /approvals/{approval}/yes`.
pub async fn approve(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    decide(caller, &id, Act::Approve, sent).await
}

/// `POST /approvals/{approval}/no`.
pub async fn refuse(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    decide(caller, &id, Act::Refuse, sent).await
}

/// `POST /approvals/{approval}/withdrawal`.
pub async fn withdraw(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    decide(caller, &id, Act::Withdraw, sent).await
}

//! `/settings/enrolment/pending`: the devices that wait for approval.

use axum::{
    extract::{RawForm, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, enrolment::query::PendingQuery, people::Permission};

use super::{caller::Caller, devices::pairs, errors::Answer};
use crate::service::enrolment::pending::{self, Decision};

fn query(pairs: &[(String, String)]) -> Result<PendingQuery, Refusal> {
    PendingQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// `GET /settings/enrolment/pending`.
pub async fn list(caller: Caller, RawQuery(asked): RawQuery) -> Answer {
    caller.require(Permission::DevicesManage)?;
    let page = pending::list(&caller.tenant, query(&pairs(asked.as_deref()))?, None, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/enrolment/pending/approval`.
pub async fn approve(caller: Caller, RawForm(sent): RawForm) -> Answer {
    decide(&caller, &sent, Decision::Approve, "devices-approved").await
}

/// `POST /settings/enrolment/pending/refusal`.
pub async fn refuse(caller: Caller, RawForm(sent): RawForm) -> Answer {
    decide(&caller, &sent, Decision::Refuse, "devices-refused").await
}

async fn decide(caller: &Caller, sent: &[u8], decision: Decision, done: &str) -> Answer {
    caller.require(Permission::DevicesManage)?;
    let sent: Vec<(String, String)> = serde_urlencoded::from_bytes(sent).unwrap_or_default();
    let query = query(&sent)?;
    let named: Vec<&str> = sent.iter().filter(|(name, _)| name == "device").map(|(_, value)| value.as_str()).collect();
    let all = sent.iter().any(|(name, _)| name == "all");
    let chosen = match pending::chosen(&named, all, query.clone(), caller.now) {
        Ok(chosen) => chosen,
        Err(Refusal::Invalid(faults)) => {
            let fault = faults.into_iter().next().map(|fault| fault.message);
            let page = pending::list(&caller.tenant, query, fault, caller.now).await?;
            return Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)));
        }
        Err(refusal) => return Err(refusal.into()),
    };
    pending::decide(&caller.tenant, &chosen, decision, &caller.address(), caller.now).await?;
    let back = PendingQuery { until: None, place: None, ..query }.to_query();
    let join = if back.is_empty() { '?' } else { '&' };
    Ok(Redirect::to(&caller.href(&format!("/settings/enrolment/pending{back}{join}done={done}"))).into_response())
}

//! `/patching/rules`: rules, and the days after which updates are due.

use app::patching::RulesPage;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Fault, Refusal,
    patching::{due::TypedTargets, rule::TypedRule},
    people::Permission,
};
use foundation::Failure;

use super::by;
use crate::{
    http::{caller::Caller, errors::Answer, sent::Sent},
    service::patching,
};

/// `GET /patching/rules`.
pub async fn list(caller: Caller) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let page = patching::rules(&caller.tenant, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

async fn answer(caller: Caller, done: Result<(), Failure>, wrong: impl FnOnce(RulesPage, Vec<Fault>) -> RulesPage) -> Answer {
    match done {
        Ok(()) => Ok(Redirect::to(&caller.href("/patching/rules?done=saved")).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = wrong(patching::rules(&caller.tenant, caller.now).await?, faults);
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /patching/rules`.
pub async fn add(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let typed = TypedRule { kind: sent.one("kind"), days: sent.one("days"), names: sent.one("names") };
    let place = sent.one("place");
    let done = patching::add_rule(&caller.tenant, &place, &typed, &sent.one("revision"), &by(&caller)).await;
    answer(caller, done, |page, faults| RulesPage { typed: (typed, place), faults, ..page }).await
}

/// `POST /patching/rules/{rule}/removal`.
pub async fn remove(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    let done = patching::remove_rule(&caller.tenant, id, &sent.one("revision"), &by(&caller)).await;
    answer(caller, done, |page, faults| RulesPage { faults, ..page }).await
}

/// `POST /patching/rules/targets`.
pub async fn targets(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let targets = TypedTargets { security_days: sent.one("security_days"), other_days: sent.one("other_days"), unseen_days: sent.one("unseen_days") };
    let done = patching::change_targets(&caller.tenant, &targets, &sent.one("revision"), &by(&caller)).await;
    answer(caller, done, |page, faults| RulesPage { targets, faults, ..page }).await
}

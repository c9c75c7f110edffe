//! `/reports/schedules`: reports that are made by themselves.

use app::reports::SchedulePage;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Fault, Refusal, ids::ReportScheduleId, people::Permission, reports::schedule::Typed};
use foundation::Failure;

use super::by;
use crate::{
    http::{caller::Caller, errors::Answer, sent::Sent},
    service::reports,
};

fn id(text: &str) -> Result<ReportScheduleId, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}

fn typed(sent: &Sent) -> Typed {
    Typed {
        kind: sent.one("kind"),
        target: sent.one("target"),
        every: sent.one("every"),
        month_day: sent.one("month_day"),
        week_day: sent.one("week_day"),
        hour: sent.one("hour"),
        zone: sent.one("zone"),
        recipients: sent.one("recipients"),
    }
}

fn back(caller: &Caller, done: &str) -> Answer {
    Ok(Redirect::to(&caller.href(&format!("/reports/schedules?done={done}"))).into_response())
}

async fn again(caller: &Caller, status: StatusCode, page: SchedulePage) -> Answer {
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// What is wrong with what was sent, so that the form can say it and keep what was typed.
fn wrong(failure: Failure) -> Result<(StatusCode, Vec<Fault>), Failure> {
    match failure {
        Failure::Refused(Refusal::Invalid(faults)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, faults)),
        Failure::Refused(Refusal::Conflict(why)) => Ok((StatusCode::CONFLICT, vec![Fault::new("revision", why)])),
        failure => Err(failure),
    }
}

/// `GET /reports/schedules`.
pub async fn list(caller: Caller) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let page = reports::list(&caller.tenant).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /reports/schedules/new`.
pub async fn new(caller: Caller) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let page = reports::new_form(&caller.tenant).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /reports/schedules`.
pub async fn add(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let typed = typed(&sent);
    match reports::add(&caller.tenant, &typed, &by(&caller)).await {
        Ok(_) => back(&caller, "report-scheduled"),
        Err(failure) => {
            let (status, faults) = wrong(failure)?;
            again(&caller, status, SchedulePage { typed, faults, ..reports::new_form(&caller.tenant).await? }).await
        }
    }
}

/// `GET /reports/schedules/{schedule}`.
pub async fn form(caller: Caller, Path(word): Path<String>) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let page = reports::form(&caller.tenant, id(&word)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /reports/schedules/{schedule}`.
pub async fn change(caller: Caller, Path(word): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let (id, typed) = (id(&word)?, typed(&sent));
    match reports::change(&caller.tenant, id, &typed, &sent.one("revision"), &by(&caller)).await {
        Ok(()) => back(&caller, "saved"),
        Err(failure) => {
            let (status, mut faults) = wrong(failure)?;
            let page = reports::form(&caller.tenant, id).await?;
            if let (StatusCode::CONFLICT, Some(fault), Ok(stands)) = (status, faults.first_mut(), page.typed.parse()) {
                let (kind, when) = (stands.kind.label(), stands.sentence());
                fault.message = format!("{} It says now: {kind}. {when}. Yours stands below; save it again to put it in its place.", fault.message);
            }
            again(&caller, status, SchedulePage { typed, faults, ..page }).await
        }
    }
}

async fn set_paused(caller: Caller, word: &str, on: bool, sent: &Sent) -> Answer {
    caller.require(Permission::ReportsManage)?;
    reports::pause(&caller.tenant, id(word)?, on, &sent.one("revision"), &by(&caller)).await?;
    back(&caller, "saved")
}

/// `POST /reports/schedules/{schedule}/pause`.
pub async fn pause(caller: Caller, Path(word): Path<String>, sent: Sent) -> Answer {
    set_paused(caller, &word, true, &sent).await
}

/// `POST /reports/schedules/{schedule}/pause/removal`.
pub async fn resume(caller: Caller, Path(word): Path<String>, sent: Sent) -> Answer {
    set_paused(caller, &word, false, &sent).await
}

/// `POST /reports/schedules/{schedule}/removal`.
pub async fn remove(caller: Caller, Path(word): Path<String>) -> Answer {
    caller.require(Permission::ReportsManage)?;
    reports::remove(&caller.tenant, id(&word)?, &by(&caller)).await?;
    back(&caller, "report-schedule-removed")
}

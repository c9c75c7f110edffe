//! `/patching/schedules`: what is installed by itself, and the form of one.

use app::patching::SchedulePage;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::PatchScheduleId, patching::schedule::TypedSchedule, people::Permission};
use foundation::Failure;
use tower_sessions::Session;

use super::{by, runs::confirmed};
use crate::{
    http::{caller::Caller, errors::Answer, router::Shared, sent::Sent},
    service::patching,
};

fn schedule_id(id: &str) -> Result<PatchScheduleId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

fn typed(sent: &Sent) -> TypedSchedule {
    TypedSchedule {
        name: sent.one("name"),
        window: sent.one("window"),
        what: sent.one("what"),
        reboot: sent.one("reboot"),
        needs_approval: !sent.one("approval").is_empty(),
        retries: sent.one("retries"),
    }
}

fn asks(caller: &Caller) -> bool {
    !caller.session.is_confirmed(caller.now)
}

/// `GET /patching/schedules`.
pub async fn list(caller: Caller) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let page = patching::schedules(&caller.tenant, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /patching/schedules/new`.
pub async fn new(caller: Caller) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let page = patching::new_schedule(&caller.tenant, asks(&caller), caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /patching/schedules/{schedule}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let page = patching::schedule(&caller.tenant, schedule_id(&id)?, asks(&caller), caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// Where it goes on, or the same form with what was typed and why it is refused.
async fn answer(caller: &Caller, done: Result<PatchScheduleId, Failure>, page: SchedulePage, typed: TypedSchedule, revision: &str) -> Answer {
    let (status, faults, conflict) = match done {
        Ok(id) => return Ok(Redirect::to(&caller.href(&format!("/patching/schedules/{id}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => (StatusCode::UNPROCESSABLE_ENTITY, faults, false),
        Err(Failure::Refused(Refusal::Conflict(why))) => (StatusCode::CONFLICT, vec![domain::Fault::new("name", why)], true),
        Err(failure) => return Err(failure.into()),
    };
    // After a conflict the page shows the version that stands now, so that saving once more is meant.
    let revision = if conflict { page.revision } else { revision.parse().unwrap_or(page.revision) };
    let page = SchedulePage { typed, faults, revision, asks_password: asks(caller), ..page };
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// What was typed is right, and whoever typed it proved who they are.
async fn checked(app: &Shared, caller: &Caller, session: &Session, (typed, sent): (&TypedSchedule, &Sent)) -> Result<(), Failure> {
    typed.check().map_err(Refusal::Invalid)?;
    confirmed(app, caller, session, sent).await
}

/// `POST /patching/schedules`.
pub async fn add(State(app): State<Shared>, caller: Caller, session: Session, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let page = patching::new_schedule(&caller.tenant, asks(&caller), caller.now).await?;
    let typed = typed(&sent);
    let done = match checked(&app, &caller, &session, (&typed, &sent)).await {
        Ok(()) => patching::add_schedule(&caller.tenant, &typed, &by(&caller)).await,
        Err(refused) => Err(refused),
    };
    answer(&caller, done, page, typed, "0").await
}

/// `POST /patching/schedules/{schedule}`.
pub async fn change(State(app): State<Shared>, caller: Caller, session: Session, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    let id = schedule_id(&id)?;
    patching::schedule(&caller.tenant, id, false, caller.now).await?;
    let (typed, revision) = (typed(&sent), sent.one("revision"));
    let done = match checked(&app, &caller, &session, (&typed, &sent)).await {
        Ok(()) => patching::change_schedule(&caller.tenant, id, &typed, &revision, &by(&caller)).await,
        Err(refused) => Err(refused),
    };
    let page = patching::schedule(&caller.tenant, id, asks(&caller), caller.now).await?;
    answer(&caller, done.map(|()| id), page, typed, &revision).await
}

/// `POST /patching/schedules/{schedule}/removal`.
pub async fn remove(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::PatchingManage)?;
    patching::remove_schedule(&caller.tenant, schedule_id(&id)?, &sent.one("revision"), &by(&caller)).await?;
    Ok(Redirect::to(&caller.href("/patching/schedules")).into_response())
}

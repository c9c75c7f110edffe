//! `/patching/runs`: planning, starting, watching, stopping and trying again.

use app::patching::{Choose, PlanPage, RunPage};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    ids::{DeviceId, RunId},
    patching::run::RunState,
    people::Permission,
};
use foundation::Failure;
use tower_sessions::Session;

use super::{by, of};
use crate::{
    http::{caller::Caller, errors::Answer, router::Shared, sent::Sent, session},
    service::{patching, people::own},
};

/// How often the page of a run that goes on is loaded again, in seconds.
const AGAIN: &str = "5";

fn run_id(id: &str) -> Result<RunId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /patching/runs`.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let before = Some(of(query.as_deref(), "before")).filter(|before| !before.is_empty());
    let before = before.map(|id| id.parse().map_err(|_| Refusal::invalid("before", "is no run"))).transpose()?;
    let page = patching::list(&caller.tenant, before).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /patching/runs/{run}`. While it goes on, the page is loaded again by itself.
pub async fn show(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::PatchingRead)?;
    let after = of(query.as_deref(), "after");
    let after = after.split_once('.').and_then(|(device, host)| Some((host, device.parse::<DeviceId>().ok()?)));
    let page = patching::run(&caller.tenant, run_id(&id)?, after, !caller.session.is_confirmed(caller.now), caller.now).await?;
    let open = page.line.state == RunState::Running && page.line.progress.over() < page.line.progress.total();
    let mut response = caller.page().await?.show(|frame| page.render(frame));
    if open {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

fn choose(value: impl Fn(&str) -> String) -> Result<Choose, Refusal> {
    let text = |name: &str| Some(value(name)).filter(|text| !text.is_empty());
    let wrong = |name: &'static str| move |_| Refusal::invalid(name, "is none");
    Ok(Choose {
        client: text("client").map(|id| id.parse().map_err(|_| ())).transpose().map_err(wrong("client"))?,
        device: text("device").map(|id| id.parse().map_err(|_| ())).transpose().map_err(wrong("device"))?,
        update: text("update").map(|id| id.parse().map_err(|_| ())).transpose().map_err(wrong("update"))?,
        security: text("security").is_some(),
        window: text("window").map(|id| id.parse().map_err(|_| ())).transpose().map_err(wrong("window"))?,
        approval: text("approval").is_some(),
        reboot: text("reboot").is_some(),
    })
}

/// `GET /patching/runs/new`: which devices would get what.
pub async fn plan(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::UpdatesInstall)?;
    let choose = choose(|name| of(query.as_deref(), name))?;
    let page = patching::plan(&caller.tenant, choose, !caller.session.is_confirmed(caller.now), caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /patching/runs`.
pub async fn start(State(app): State<Shared>, caller: Caller, session: Session, sent: Sent) -> Answer {
    caller.require(Permission::UpdatesInstall)?;
    let choose = choose(|name| sent.one(name))?;
    match try_start(&app, &caller, &session, &choose, &sent).await {
        Ok(id) => Ok(Redirect::to(&caller.href(&format!("/patching/runs/{id}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let asks = !caller.session.is_confirmed(caller.now);
            let page = PlanPage { faults, ..patching::plan(&caller.tenant, choose, asks, caller.now).await? };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn try_start(app: &Shared, caller: &Caller, session: &Session, choose: &Choose, sent: &Sent) -> Result<RunId, Failure> {
    confirmed(app, caller, session, sent).await?;
    patching::start(&caller.tenant, choose, &sent.one("title"), &by(caller)).await
}

/// Asks for the password again, unless it was given a moment ago.
pub(super) async fn confirmed(app: &Shared, caller: &Caller, session: &Session, sent: &Sent) -> Result<(), Failure> {
    if !caller.session.is_confirmed(caller.now) {
        own::prove(app, &caller.tenant, "password", sent.one("password"), &caller.address()).await?;
        session::confirm(session, &caller.session, caller.now).await.map_err(|_| Refusal::Unavailable(5))?;
    }
    Ok(())
}

/// `POST /patching/runs/{run}/cancellation`.
pub async fn cancel(State(app): State<Shared>, caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::UpdatesInstall)?;
    let id = run_id(&id)?;
    patching::cancel(&caller.tenant, &app.waiting, id, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/patching/runs/{id}"))).into_response())
}

/// `POST /patching/runs/{run}/retry`.
pub async fn retry(State(app): State<Shared>, caller: Caller, session: Session, Path(id): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::UpdatesInstall)?;
    let id = run_id(&id)?;
    // Whoever may not see the run is not asked for anything.
    let page = patching::run(&caller.tenant, id, None, !caller.session.is_confirmed(caller.now), caller.now).await?;
    let done = match confirmed(&app, &caller, &session, &sent).await {
        Ok(()) => patching::retry(&caller.tenant, id, &by(&caller)).await,
        refused => refused,
    };
    match done {
        Ok(()) => Ok(Redirect::to(&caller.href(&format!("/patching/runs/{id}"))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = RunPage { faults, ..page };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

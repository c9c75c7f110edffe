//! `/jobs` at the platform host: jobs that failed too often, tried again or dropped by operators.

use app::jobs::{Jobs, JobsPage};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    ids::{TenantId, Uuid},
};
use leptos::prelude::*;

use super::{caller::OperatorCaller, errors::Answer, router::Shared};
use crate::service::parked;

/// `GET /jobs`.
pub async fn list(State(app): State<Shared>, caller: OperatorCaller) -> Answer {
    let page: JobsPage = parked::list(&app.database, &caller.operator).await?;
    Ok(caller.page().draw("Jobs", move || view! { <Jobs page/> }))
}

/// `POST /jobs/{tenant}/{job}/retry`.
pub async fn retry(State(app): State<Shared>, caller: OperatorCaller, Path(ids): Path<(String, String)>) -> Answer {
    settle(&app, &caller, ids, true).await
}

/// `POST /jobs/{tenant}/{job}/removal`.
pub async fn remove(State(app): State<Shared>, caller: OperatorCaller, Path(ids): Path<(String, String)>) -> Answer {
    settle(&app, &caller, ids, false).await
}

async fn settle(app: &Shared, caller: &OperatorCaller, (tenant, job): (String, String), retry: bool) -> Answer {
    let tenant: TenantId = tenant.parse().map_err(|_| Refusal::NotFound)?;
    let job = Uuid::try_parse(&job).map_err(|_| Refusal::NotFound)?;
    parked::settle(&app.database, &caller.operator, (tenant, job), retry, caller.now).await?;
    let done = if retry { "job-retried" } else { "job-dropped" };
    Ok(Redirect::to(&format!("/jobs?done={done}")).into_response())
}

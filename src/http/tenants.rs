//! The platform host: the operator's list of tenants.

use app::tenants::{TenantLine, Tenants, TenantsPage};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::TenantId, tenants::TenantState};
use leptos::prelude::*;
use serde::Deserialize;

use super::{caller::OperatorCaller, errors::Answer};

/// What the list shows.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `GET /`.
pub async fn list(caller: OperatorCaller, Query(asked): Query<Asked>) -> Answer {
    let (rows, _) = caller.operator.tenants(&asked.q, asked.after.as_deref()).await?;
    let line = |row: foundation::operator::TenantRow| TenantLine {
        id: row.id,
        name: row.name,
        slug: row.slug,
        hosts: row.hosts,
        devices: row.devices,
        contact: row.last_contact,
        state: row.state,
    };
    let page = TenantsPage { tenants: rows.into_iter().map(line).collect() };
    Ok(caller.page().draw("Tenants", move || view! { <Tenants page/> }))
}

/// `POST /tenants/{tenant}/suspension`.
pub async fn suspend(caller: OperatorCaller, Path(id): Path<String>) -> Answer {
    set(&caller, &id, TenantState::Suspended).await?;
    Ok(Redirect::to("/?done=suspended").into_response())
}

/// `POST /tenants/{tenant}/suspension/removal`.
pub async fn resume(caller: OperatorCaller, Path(id): Path<String>) -> Answer {
    set(&caller, &id, TenantState::Active).await?;
    Ok(Redirect::to("/?done=resumed").into_response())
}

async fn set(caller: &OperatorCaller, id: &str, state: TenantState) -> Result<(), foundation::Failure> {
    let id: TenantId = id.parse().map_err(|_| Refusal::NotFound)?;
    caller.operator.set_state(id, state, caller.now).await
}

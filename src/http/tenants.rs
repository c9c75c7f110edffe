//! The platform host: the operator's list of tenants.

use app::tenants::{NewTenantPage, TenantLine, Tenants, TenantsPage};
use axum::{
    Extension,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, devices::limits::is_plain, ids::TenantId, tenants::TenantState};
use leptos::prelude::*;
use serde::Deserialize;

use foundation::operator::PAGE;

use super::{caller::OperatorCaller, errors::Answer, people::faults, place::Placed, router::Shared, sent::Sent};
use crate::service::tenants::{self, Wanted};

/// What the list shows.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    after: Option<String>,
}

/// `GET /`.
pub async fn list(State(app): State<Shared>, caller: OperatorCaller, Query(asked): Query<Asked>) -> Answer {
    if !is_plain(&asked.q) || !asked.after.as_deref().is_none_or(is_plain) {
        return Err(Refusal::invalid("q", "holds a character that no text has").into());
    }
    let (rows, total) = caller.operator.tenants(&asked.q, asked.after.as_deref()).await?;
    let older = rows.last().filter(|_| rows.len() as u64 == PAGE).map(|row| row.slug.clone());
    let line = |row: foundation::operator::TenantRow| TenantLine {
        id: row.id,
        name: row.name,
        slug: row.slug,
        hosts: row.hosts,
        devices: row.devices,
        contact: row.last_contact,
        state: row.state,
    };
    let page = TenantsPage { tenants: rows.into_iter().map(line).collect(), total, q: asked.q, older, demo: app.demo };
    Ok(caller.page().draw("Tenants", move || view! { <Tenants page/> }))
}

/// `GET /tenants/new`.
pub async fn new(caller: OperatorCaller) -> Answer {
    Ok(caller.page().show(|frame| NewTenantPage::default().render(frame)))
}

/// `POST /tenants`.
pub async fn create(State(app): State<Shared>, Extension(placed): Extension<Placed>, caller: OperatorCaller, sent: Sent) -> Answer {
    let of = |field: &str| sent.one(field);
    let wanted = Wanted { name: of("name"), slug: of("slug"), owner: of("owner"), owner_name: of("owner_name"), host: of("host") };
    match tenants::create(&app.database, &caller.operator, &wanted, caller.now).await {
        Ok(made) => {
            let scheme = if app.config.is_https() || !app.config.trusted_proxies.is_empty() { "https" } else { "http" };
            let url = made.link(&format!("{scheme}://{}", placed.host));
            Ok(caller.page().show(|frame| NewTenantPage::render_link(frame, wanted.name.trim().to_owned(), url)))
        }
        Err(failure) => {
            let Wanted { name, slug, owner, owner_name, host } = wanted;
            let form = NewTenantPage { name, slug, host, owner_name, owner, faults: faults(failure)? };
            Ok(caller.page().with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| form.render(frame)))
        }
    }
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

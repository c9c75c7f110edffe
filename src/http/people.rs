//! `/settings/people`: the list, one person, and access groups.

use app::people::{AddPage, Faults, GrantForm, OneGroup};
use axum::{
    Extension,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    devices::limits::is_plain,
    ids::{AccessGroupId, PersonId},
    people::Permission,
};
use foundation::{Failure, people::PeopleQuery};

use super::{App, caller::Caller, devices::pairs, errors::Answer, place::Placed, router::Shared, sent::Sent};
use crate::service::people::{self, TypedGrant, groups};

/// The address of a one-time link, as whoever asked reached this portal.
pub fn link_url(app: &App, placed: &Placed, token: &str) -> String {
    let scheme = if app.config.is_https() || !app.config.trusted_proxies.is_empty() { "https" } else { "http" };
    format!("{scheme}://{}{}", placed.host, app::href(&placed.base, &format!("/welcome/{token}")))
}

fn typed(sent: &Sent) -> TypedGrant {
    TypedGrant { role: sent.one("role"), scope: sent.one("scope"), groups: sent.all("groups"), client: sent.one("client") }
}

fn chosen(typed: TypedGrant) -> GrantForm {
    GrantForm { role: typed.role, scope: typed.scope, groups: typed.groups, client: typed.client }
}

fn person(id: &str) -> Result<PersonId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// The faults of a refusal that a form can show; every other failure goes on.
pub fn faults(failure: Failure) -> Result<Faults, Failure> {
    match failure {
        Failure::Refused(Refusal::Invalid(faults)) => Ok(Faults(faults)),
        other => Err(other),
    }
}

/// `GET /settings/people`.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    let asked = pairs(query.as_deref());
    let of = |wanted: &str| asked.iter().find(|(name, value)| name == wanted && !value.is_empty()).map(|(_, value)| value.trim().to_lowercase());
    let q = of("q").unwrap_or_default();
    if q.chars().count() > domain::devices::query::SEARCH || !is_plain(&q) {
        return Err(Refusal::invalid("q", "is longer than 100 characters, or holds one that no text has").into());
    }
    let after = of("after").filter(|after| is_plain(after));
    let role = of("role").map(|role| role.parse().map_err(|()| Refusal::invalid("role", "is not a role"))).transpose()?;
    let list = people::list(&caller.tenant, PeopleQuery { q, role, client: None, after }).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /settings/people/new`.
pub async fn new(caller: Caller) -> Answer {
    caller.require(Permission::PeopleManage)?;
    let grant = GrantForm { role: "technician".into(), scope: "all".into(), ..GrantForm::default() };
    let form = AddPage { picks: people::picks(&caller.tenant).await?, grant, ..AddPage::default() };
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

/// `POST /settings/people`.
pub async fn add(State(app): State<Shared>, Extension(placed): Extension<Placed>, caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::PeopleManage)?;
    let (name, email, grant) = (sent.one("name"), sent.one("email"), typed(&sent));
    match people::add(&caller.tenant, &name, &email, &grant, caller.now, caller.address()).await {
        Ok((_, token)) => {
            let url = link_url(&app, &placed, &token);
            Ok(caller.page().await?.show(|frame| AddPage::render_link(frame, name.trim(), url, "/settings/people".into())))
        }
        Err(failure) => {
            let faults = faults(failure)?;
            let form = AddPage { name, email, grant: chosen(grant), picks: people::picks(&caller.tenant).await?, faults };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| form.render(frame)))
        }
    }
}

/// `GET /settings/people/{person}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    let page = people::page(&caller.tenant, person(&id)?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/people/{person}/grant`.
pub async fn grant(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let (id, grant) = (person(&id)?, typed(&sent));
    if let Err(failure) = people::change(&caller.tenant, id, &grant, caller.now, caller.address()).await {
        let faults = faults(failure)?;
        let page = app::people::PersonPage { grant: chosen(grant), faults, ..people::page(&caller.tenant, id).await? };
        return Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)));
    }
    Ok(Redirect::to(&caller.href(&format!("/settings/people/{id}?done=saved"))).into_response())
}

/// `POST /settings/people/{person}/disablement`.
pub async fn disable(caller: Caller, Path(id): Path<String>) -> Answer {
    let id = person(&id)?;
    people::disable(&caller.tenant, id, true, caller.now, caller.address()).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/people/{id}?done=disabled"))).into_response())
}

/// `POST /settings/people/{person}/disablement/removal`.
pub async fn enable(caller: Caller, Path(id): Path<String>) -> Answer {
    let id = person(&id)?;
    people::disable(&caller.tenant, id, false, caller.now, caller.address()).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/people/{id}?done=enabled"))).into_response())
}

/// `POST /settings/people/{person}/sessions/removal`.
pub async fn end_sessions(caller: Caller, Path(id): Path<String>) -> Answer {
    let id = person(&id)?;
    people::end_sessions(&caller.tenant, id, caller.now, caller.address()).await?;
    Ok(Redirect::to(&caller.href(&format!("/settings/people/{id}?done=their-sessions-ended"))).into_response())
}

/// `POST /settings/people/{person}/link`.
pub async fn link(State(app): State<Shared>, Extension(placed): Extension<Placed>, caller: Caller, Path(id): Path<String>) -> Answer {
    let id = person(&id)?;
    let (name, token) = people::new_link(&caller.tenant, id, caller.now, caller.address()).await?;
    let url = link_url(&app, &placed, &token);
    Ok(caller.page().await?.show(|frame| AddPage::render_link(frame, &name, url, format!("/settings/people/{id}"))))
}

/// `GET /settings/people/groups`.
pub async fn group_list(caller: Caller) -> Answer {
    let page = groups::page(&caller.tenant, None).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/people/groups`.
pub async fn add_group(caller: Caller, sent: Sent) -> Answer {
    keep_group(caller, None, &sent).await
}

/// `POST /settings/people/groups/{group}`.
pub async fn change_group(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let id: AccessGroupId = id.parse().map_err(|_| Refusal::NotFound)?;
    keep_group(caller, Some(id), &sent).await
}

async fn keep_group(caller: Caller, id: Option<AccessGroupId>, sent: &Sent) -> Answer {
    let (name, clients) = (sent.one("name"), sent.all("clients"));
    if let Err(failure) = groups::keep(&caller.tenant, id, &name, &clients, caller.now, caller.address()).await {
        let refused = OneGroup { id, name, clients, people: 0, faults: faults(failure)? };
        let page = groups::page(&caller.tenant, Some(refused)).await?;
        return Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)));
    }
    Ok(Redirect::to(&caller.href("/settings/people/groups?done=saved")).into_response())
}

/// `POST /settings/people/groups/{group}/removal`.
pub async fn remove_group(caller: Caller, Path(id): Path<String>) -> Answer {
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    groups::remove(&caller.tenant, id, caller.now, caller.address()).await?;
    Ok(Redirect::to(&caller.href("/settings/people/groups?done=group-deleted")).into_response())
}

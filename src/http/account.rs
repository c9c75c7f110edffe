//! `/account`: one's own sessions, and how pages look.

use app::{
    account::{AccountPage, SessionLine, Sessions, SessionsPage},
    people::Faults,
};
use axum::{
    Extension, Form,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{Refusal, ids::SessionId, people::Permission};
use foundation::audit::Act;
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    caller::Caller,
    errors::Answer,
    guard::own_path,
    page::{NAVIGATION, THEME},
    people::faults,
    place::Placed,
    router::Shared,
    sent::Sent,
    sign_in::unavailable,
};
use crate::service::people::own;

/// `GET /account`.
pub async fn show(caller: Caller) -> Answer {
    caller.require(Permission::Account)?;
    let page = account(&caller);
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

fn account(caller: &Caller) -> AccountPage {
    let who = caller.tenant.who();
    AccountPage { name: who.name.clone(), email: who.email.clone(), time_zone: who.time_zone.clone(), zones: own::zones(), faults: Faults::default() }
}

async fn refused(caller: &Caller, page: AccountPage) -> Answer {
    Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
}

/// `POST /account/profile`.
pub async fn profile(caller: Caller, sent: Sent) -> Answer {
    let (name, time_zone) = (sent.one("name"), sent.one("time_zone"));
    if let Err(failure) = own::profile(&caller.tenant, &name, &time_zone, caller.now, caller.address()).await {
        let page = AccountPage { name, time_zone, faults: faults(failure)?, ..account(&caller) };
        return refused(&caller, page).await;
    }
    Ok(Redirect::to(&caller.href("/account?done=saved")).into_response())
}

/// `POST /account/password`.
pub async fn password(State(app): State<Shared>, caller: Caller, session: Session, sent: Sent) -> Answer {
    let typed = own::NewPassword { current: sent.one("current"), password: sent.one("password"), again: sent.one("again") };
    if let Err(failure) = own::password(&app, &caller.tenant, caller.session.id, typed, caller.address()).await {
        let page = AccountPage { faults: faults(failure)?, ..account(&caller) };
        return refused(&caller, page).await;
    }
    session.cycle_id().await.map_err(|error| unavailable(&error))?;
    Ok(Redirect::to(&caller.href("/account?done=password-changed")).into_response())
}

/// `GET /account/sessions`.
pub async fn sessions(caller: Caller) -> Answer {
    caller.require(Permission::Account)?;
    let mine = caller.session.id;
    let mut lines: Vec<SessionLine> = caller
        .tenant
        .my_sessions(caller.now)
        .await?
        .into_iter()
        .map(|row| SessionLine {
            id: row.id,
            browser: row.browser,
            address: row.address,
            signed_in: row.created_at,
            seen: row.seen_at,
            current: row.id == mine,
        })
        .collect();
    lines.sort_by_key(|line| !line.current);
    let page = SessionsPage { sessions: lines };
    Ok(caller.page().await?.draw("My sessions", move || view! { <Sessions page/> }))
}

/// `POST /account/sessions/{session}/removal`.
pub async fn end_one(caller: Caller, Path(id): Path<String>) -> Answer {
    caller.require(Permission::Account)?;
    let id: SessionId = id.parse().map_err(|_| Refusal::NotFound)?;
    let writing = caller.tenant.writing().await?;
    writing.end_my_session(id).await?;
    writing
        .record(
            caller.now,
            Act {
                action: "session ended",
                object: Some(("session", id.to_string())),
                client: caller.tenant.who().client(),
                address: Some(caller.address()),
                ..Act::default()
            },
        )
        .await?;
    writing.commit().await?;
    Ok(Redirect::to(&caller.href("/account/sessions?done=session-ended")).into_response())
}

/// `POST /account/sessions/removal`.
pub async fn end_others(caller: Caller) -> Answer {
    caller.require(Permission::Account)?;
    let writing = caller.tenant.writing().await?;
    let ended = writing.end_my_other_sessions(caller.session.id).await?;
    writing
        .record(
            caller.now,
            Act {
                action: "other sessions ended",
                client: caller.tenant.who().client(),
                detail: Some(format!("{ended} ended")),
                address: Some(caller.address()),
                ..Act::default()
            },
        )
        .await?;
    writing.commit().await?;
    Ok(Redirect::to(&caller.href("/account/sessions?done=sessions-ended")).into_response())
}

/// A choice of looks, and the page to go back to.
#[derive(Debug, Deserialize)]
pub struct Choice {
    value: String,
    #[serde(default)]
    next: String,
}

/// `POST /account/theme`.
pub async fn theme(State(app): State<Shared>, Extension(placed): Extension<Placed>, Form(choice): Form<Choice>) -> Answer {
    let known =
        ["system", "light", "dark"].into_iter().find(|word| *word == choice.value).ok_or_else(|| Refusal::invalid("value", "is system, light or dark"))?;
    Ok(remember(&app, &placed, THEME, known, &choice.next))
}

/// `POST /account/navigation`.
pub async fn navigation(State(app): State<Shared>, Extension(placed): Extension<Placed>, Form(choice): Form<Choice>) -> Answer {
    let known = ["collapsed", "open"].into_iter().find(|word| *word == choice.value).ok_or_else(|| Refusal::invalid("value", "is collapsed or open"))?;
    Ok(remember(&app, &placed, NAVIGATION, known, &choice.next))
}

/// Sets a cookie that only changes looks, and goes back.
fn remember(app: &super::App, placed: &Placed, name: &str, value: &str, next: &str) -> Response {
    let secure = if app.config.is_https() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}");
    let mut response = Redirect::to(&app::href(&placed.base, own_path(next).unwrap_or("/"))).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

//! The door: signing in and out, at a tenant's host and at the platform's.

use app::sign_in::{SignIn, SignInPage};
use axum::{
    Extension, Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{ids::SessionId, tenants::TenantState};
use foundation::fresh_id;
use leptos::prelude::*;
use serde::Deserialize;
use tower_sessions::Session;

use super::{
    App,
    errors::{Answer, Stop},
    guard::own_path,
    page::{self, Page},
    place::Placed,
    router::Shared,
    session, view,
};
use crate::service::{
    demo,
    sign_in::{self, Outcome, Who},
};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// Where to go afterwards, and what happened before.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    done: String,
}

/// `GET /sign-in`.
pub async fn show(State(app): State<Shared>, Extension(placed): Extension<Placed>, session: Session, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    if session::facts(&session).await.is_some() && is_served(&placed) {
        return Ok(Redirect::to(&app::href(&placed.base, own_path(&asked.next).unwrap_or("/"))).into_response());
    }
    let notice = (asked.done == "signed-out").then(|| "You are signed out.".to_owned());
    let form = SignInPage { next: own_path(&asked.next).map(str::to_owned).unwrap_or_default(), notice, ..SignInPage::default() };
    Ok(door(&app, &placed, &headers, form, StatusCode::OK))
}

/// `POST /sign-in`.
pub async fn enter(State(app): State<Shared>, Extension(placed): Extension<Placed>, session: Session, headers: HeaderMap, Form(typed): Form<Typed>) -> Answer {
    let next = own_path(&typed.next).unwrap_or("/").to_owned();
    let form = SignInPage { email: typed.email.clone(), next: next.clone(), ..SignInPage::default() };
    let refuse = |status, fault: String| Ok(door(&app, &placed, &headers, SignInPage { fault: Some(fault), ..form.clone() }, status));
    if !is_served(&placed) {
        return refuse(StatusCode::FORBIDDEN, "This portal is suspended. Ask the people who run it.".into());
    }
    match sign_in::check(&app, &placed.home(), &typed.email, &typed.password, placed.address).await? {
        Outcome::Right(who) => {
            session::start(&session, facts(&app, &placed, &headers, &who)).await.map_err(|error| unavailable(&error))?;
            Ok(Redirect::to(&app::href(&placed.base, &next)).into_response())
        }
        Outcome::Wrong => refuse(StatusCode::UNPROCESSABLE_ENTITY, "The e-mail and the password do not match. Check both and try again.".into()),
        Outcome::Wait(seconds) => {
            let answer = refuse(StatusCode::TOO_MANY_REQUESTS, format!("Too many tries. Try again in {seconds} s."));
            answer.map(|response: Response| ([(header::RETRY_AFTER, seconds.to_string())], response).into_response())
        }
    }
}

/// `POST /sign-out`.
pub async fn leave(State(app): State<Shared>, Extension(placed): Extension<Placed>, session: Session) -> Answer {
    if let Some(facts) = session::facts(&session).await {
        view::left(&app, &placed, &facts).await?;
        sign_in::left(&app, &placed.home(), facts.owner, placed.address).await?;
    }
    session.flush().await.map_err(|error| unavailable(&error))?;
    Ok(Redirect::to(&app::href(&placed.base, "/sign-in?done=signed-out")).into_response())
}

fn is_served(placed: &Placed) -> bool {
    placed.front.as_ref().is_none_or(|front| front.state == TenantState::Active)
}

pub(super) fn unavailable(error: &tower_sessions::session::Error) -> Stop {
    tracing::error!(%error, "a session was not stored");
    domain::Refusal::Unavailable(5).into()
}

pub(super) fn facts(app: &App, placed: &Placed, headers: &HeaderMap, who: &Who) -> session::Facts {
    session::Facts {
        id: fresh_id::<SessionId>(),
        owner: who.id(),
        created_at: app.clock.now(),
        address: placed.address.to_string(),
        browser: sign_in::browser(headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()),
        confirmed_at: None,
        view: None,
    }
}

fn door(app: &App, placed: &Placed, headers: &HeaderMap, form: SignInPage, status: StatusCode) -> Response {
    let form = if app.demo { with_hints(placed, app.config.port, form) } else { form };
    let page = Page::new(page::frame(app, placed, None, headers, "/sign-in".into())).with_status(status);
    let phone = page.phone();
    page.draw("Sign in", move || view! { <SignIn page=form phone/> })
}

/// What everybody may know about a demo install.
fn with_hints(placed: &Placed, port: u16, form: SignInPage) -> SignInPage {
    let Some(front) = &placed.front else {
        let portals = crate::demo::tenants().map(|tenant| (tenant.name.to_owned(), format!("http://{}:{port}", tenant.host)));
        let hints = vec![("Operator".to_owned(), demo::OPERATOR.to_owned())];
        return SignInPage { portals: portals.to_vec(), hints, hint_password: Some(demo::PASSWORD.into()), ..form };
    };
    if !front.demo {
        return form;
    }
    SignInPage { hints: demo::hints(&front.slug), hint_password: Some(demo::PASSWORD.into()), ..form }
}

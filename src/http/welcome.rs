//! `/welcome/{token}`: somebody sets their password by a one-time link, and is signed in. A link that does not work is 404,
//! whether it was used, has expired or never was.

use app::people::{Faults, WelcomePage};
use axum::{
    Extension,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect},
};
use domain::{ids::TenantId, tenants::TenantState};
use foundation::{Failure, people::OpenLink};
use tower_sessions::Session;

use super::{
    App,
    errors::{Answer, Problem, Stop},
    page::Page,
    people::faults,
    place::Placed,
    router::Shared,
    sent::Sent,
    session,
    sign_in::{facts, unavailable},
};
use crate::service::{people::own, sign_in::Who};

async fn opened(app: &App, placed: &Placed, token: &str) -> Result<Option<(TenantId, OpenLink)>, Stop> {
    let front = placed.front.as_ref().filter(|front| front.state == TenantState::Active).ok_or(Stop::Problem(Problem::NotFound))?;
    let link = app.database.directory().open_link(front.tenant, token, app.clock.now()).await?;
    Ok(link.map(|link| (front.tenant, link)))
}

fn page(app: &App, placed: &Placed, headers: &HeaderMap) -> Page {
    // The secret is part of the path, so the frame is not told the path.
    Page::new(super::page::frame(app, placed, None, headers, "/welcome".into()))
}

fn form(placed: &Placed, link: &OpenLink, token: String, faults: Faults) -> WelcomePage {
    let portal = placed.front.as_ref().map(|front| front.brand.name.clone()).unwrap_or_default();
    WelcomePage { token, name: link.name.clone(), email: link.email.clone(), portal, faults }
}

/// `GET /welcome/{token}`.
pub async fn show(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    let page = page(&app, &placed, &headers);
    let Some((_, link)) = opened(&app, &placed, &token).await? else {
        return Ok(page.with_status(StatusCode::NOT_FOUND).show(WelcomePage::render_dead));
    };
    let form = form(&placed, &link, token, Faults::default());
    Ok(page.show(|frame| form.render(frame)))
}

/// `POST /welcome/{token}`.
pub async fn begin(
    State(app): State<Shared>,
    Extension(placed): Extension<Placed>,
    session: Session,
    headers: HeaderMap,
    Path(token): Path<String>,
    sent: Sent,
) -> Answer {
    let page = page(&app, &placed, &headers);
    let Some((tenant, link)) = opened(&app, &placed, &token).await? else {
        return Ok(page.with_status(StatusCode::NOT_FOUND).show(WelcomePage::render_dead));
    };
    match own::begin(&app, tenant, &link, &sent.one("password"), &sent.one("again"), placed.address.to_string()).await {
        Ok(()) => {}
        Err(Failure::Refused(domain::Refusal::NotFound)) => return Ok(page.with_status(StatusCode::NOT_FOUND).show(WelcomePage::render_dead)),
        Err(failure) => {
            let form = form(&placed, &link, token, faults(failure)?);
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| form.render(frame)));
        }
    }
    let who = Who::Person(link.person);
    session::start(&session, facts(&app, &placed, &headers, &who)).await.map_err(|error| unavailable(&error))?;
    Ok(Redirect::to(&app::href(&placed.base, "/")).into_response())
}

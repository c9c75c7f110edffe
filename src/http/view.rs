//! View as client: begun and ended by a form, over by itself, and read-only for as long as it lasts.

use axum::{
    extract::{FromRequestParts, Path, Request},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    Refusal,
    ids::{ClientId, PersonId, TenantId},
    people::Permission,
};
use foundation::{Failure, Principal, Tenant};
use tower_sessions::Session;

use super::{
    caller::Caller,
    errors::{Answer, Problem, Stop, into_response},
    place::Placed,
    router::Shared,
    session::{self, Facts, View},
    sign_in::unavailable,
};
use crate::service::view::{self, Ended, Whose};

/// What may be sent in a view.
const STILL: [&str; 2] = ["/sign-out", "/view/removal"];

/// Answers every change that is asked for in a view with a refusal.
pub async fn layer(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let session = request.extensions().get::<Session>().cloned();
    if reads || STILL.contains(&request.uri().path()) || !is_view(session).await {
        return next.run(request).await;
    }
    let Some(app) = request.extensions().get::<Shared>().cloned() else { return into_response(Problem::NotFound) };
    let (mut parts, _) = request.into_parts();
    match Caller::from_request_parts(&mut parts, &app).await {
        // One whose time was over ends here; what was sent was for other eyes, and is not done by surprise.
        Ok(_) | Err(Stop::Response(_)) => into_response(Problem::Viewing),
        Err(stop) => stop.into_response(),
    }
}

async fn is_view(session: Option<Session>) -> bool {
    let Some(session) = session else { return false };
    session::facts(&session).await.is_some_and(|facts| facts.view.is_some())
}

/// The tenant as the owner of a session may see it now; `None` when they may not enter. A view that is over ends here.
///
/// # Errors
/// The way back to their own pages; or when the database fails.
pub(super) async fn enter(app: &Shared, parts: &Parts, placed: &Placed, tenant: TenantId, facts: &Facts) -> Result<Option<Tenant>, Stop> {
    let person = PersonId(facts.owner);
    let principal = facts.view.map_or(Principal::Person(person), |view| Principal::View(person, view.client));
    let entered = match app.database.enter(&principal, tenant).await {
        Err(Failure::Refused(Refusal::NotFound)) => None,
        entered => Some(entered?),
    };
    let Some(View { client, until }) = facts.view else { return Ok(entered) };
    if entered.is_some() && app.clock.now() < until {
        return Ok(entered);
    }
    let late = entered.is_some();
    // Nobody holds two connections at once.
    drop(entered);
    let back = if late { format!("/clients/{client}?done=view-over") } else { "/?done=view-gone".to_owned() };
    let ended = if late { Ended::Late } else { Ended::Unreachable };
    let whose = Whose { tenant, person, client };
    if !view::end(&app.database, whose, ended, app.clock.now(), placed.address.to_string()).await? {
        return Ok(None);
    }
    let session = parts.extensions.get::<Session>().ok_or(Stop::Problem(Problem::NotFound))?;
    session::look(session, facts, None).await.map_err(|error| unavailable(&error))?;
    Err(Stop::Response(Box::new(Redirect::to(&app::href(&placed.base, &back)).into_response())))
}

/// `POST /clients/{client}/view`.
pub async fn begin(caller: Caller, session: Session, Path(client): Path<String>) -> Answer {
    caller.require(Permission::ClientsRead)?;
    let client: ClientId = client.parse().map_err(|_| Refusal::NotFound)?;
    let until = view::begin(&caller.tenant, client, caller.now, caller.address()).await?;
    session::look(&session, &caller.session, Some(View { client, until })).await.map_err(|error| unavailable(&error))?;
    Ok(Redirect::to(&caller.href("/")).into_response())
}

/// `POST /view/removal`; for those who do not look it changes nothing.
pub async fn end(caller: Caller, session: Session) -> Answer {
    let Some(View { client, .. }) = caller.session.view else { return Ok(Redirect::to(&caller.href("/")).into_response()) };
    let whose = Whose { tenant: caller.tenant.id(), person: PersonId(caller.session.owner), client };
    view::end(&caller.database(), whose, Ended::Stopped, caller.now, caller.address()).await?;
    session::look(&session, &caller.session, None).await.map_err(|error| unavailable(&error))?;
    Ok(Redirect::to(&caller.href(&format!("/clients/{client}?done=view-ended"))).into_response())
}

/// Ends the view of somebody who signs out.
pub(super) async fn left(app: &Shared, placed: &Placed, facts: &Facts) -> Result<(), Failure> {
    let (Some(View { client, .. }), Some(front)) = (facts.view, &placed.front) else { return Ok(()) };
    let whose = Whose { tenant: front.tenant, person: PersonId(facts.owner), client };
    view::end(&app.database, whose, Ended::SignedOut, app.clock.now(), placed.address.to_string()).await.map(drop)
}

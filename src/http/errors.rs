//! Refusals become pages, in the brand of the host and the frame of whoever looks.

use std::sync::Arc;

pub use app::errors::Problem;
use app::errors::ProblemPage;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use foundation::{Failure, fresh_id};
use leptos::prelude::*;

use super::{
    App,
    caller::Seen,
    guard::{self, Nonce},
    page,
    place::Placed,
};

/// A refusal on its way to the page that says so.
#[derive(Debug, Clone)]
struct Waiting(Problem);

/// A handler's way out: a page that was not, or a redirection.
#[derive(Debug)]
pub enum Stop {
    /// Refused, or broken.
    Failed(Failure),
    /// Said with this page.
    Problem(Problem),
    /// Sent elsewhere.
    Response(Box<Response>),
}

/// What handlers answer.
pub type Answer = Result<Response, Stop>;

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal.into())
    }
}

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            Self::Response(response) => *response,
            Self::Problem(problem) => into_response(problem),
            Self::Failed(failure) => into_response(problem(&failure)),
        }
    }
}

/// What a failure says to whoever asked. A fault of ours is logged here, once, under the reference that the page shows.
pub fn problem(failure: &Failure) -> Problem {
    match failure {
        Failure::Refused(Refusal::NotFound) => Problem::NotFound,
        Failure::Refused(Refusal::Forbidden(permission)) => Problem::Forbidden { permission: (*permission).to_owned() },
        Failure::Refused(Refusal::Invalid(faults)) => {
            Problem::Invalid { faults: faults.iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect() }
        }
        Failure::Refused(Refusal::Conflict(what)) => Problem::Conflict { what: what.clone() },
        Failure::Refused(Refusal::Unavailable(wait_s)) => Problem::Unavailable { wait_s: *wait_s },
        Failure::Storage(error) => {
            let reference = fresh_id::<domain::ids::AuditId>().to_string();
            tracing::error!(%error, reference, "storage failed");
            if error.is_busy() { Problem::Unavailable { wait_s: 5 } } else { Problem::Broken { reference } }
        }
    }
}

fn status(problem: &Problem) -> StatusCode {
    match problem {
        Problem::Forbidden { .. } | Problem::ForeignRequest | Problem::Viewing => StatusCode::FORBIDDEN,
        Problem::NotFound => StatusCode::NOT_FOUND,
        Problem::Conflict { .. } => StatusCode::CONFLICT,
        Problem::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Problem::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Problem::Broken { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        Problem::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The answer that [`render`] draws.
pub fn into_response(problem: Problem) -> Response {
    let mut response = status(&problem).into_response();
    if let Problem::TooMany { wait_s } | Problem::Unavailable { wait_s } = problem {
        response.headers_mut().insert(header::RETRY_AFTER, wait_s.into());
    }
    response.extensions_mut().insert(Waiting(problem));
    response
}

/// The answer to every path that is no route, alike for everybody.
pub async fn not_found() -> Response {
    into_response(Problem::NotFound)
}

/// Draws the page of a refusal, and sets the headers of every answer.
pub async fn render(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let https = app.config.is_https();
    let Some(placed) = request.extensions().get::<Placed>().cloned() else { return next.run(request).await };
    let seen = Seen::default();
    request.extensions_mut().insert(seen.clone());
    let cookies = request.headers().clone();
    let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
    let response = next.run(request).await;
    let response = match response.extensions().get::<Waiting>().cloned() {
        Some(Waiting(problem)) => draw(&app, &placed, &seen, &cookies, path, problem, response.into_parts().0),
        None => response,
    };
    let nonce = response.extensions().get::<Nonce>().map(|nonce| nonce.0.clone());
    guard::headers(response, https, nonce.as_deref())
}

fn draw(app: &App, placed: &Placed, seen: &Seen, cookies: &HeaderMap, path: String, problem: Problem, mut parts: axum::http::response::Parts) -> Response {
    let frame = page::frame(app, placed, seen.get(), cookies, path);
    let phone = frame.brand.phone.clone();
    let title = problem.title();
    let html = app::render(frame, title, move || view! { <ProblemPage problem phone/> });
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(html))
}

//! A form is read to its end before anything is asked of the database, so no connection waits for a slow sender.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        Method, StatusCode,
        header::{COOKIE, RETRY_AFTER},
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::Semaphore;

/// How long a whole form may take.
const READ: Duration = Duration::from_secs(20);
/// The most that is read at all; each route has a limit of its own below this.
const MOST: usize = 32 * 1024 * 1024;

/// Bodies with files that are held at the same time.
const LARGE: usize = 6;

static PLACES: Semaphore = Semaphore::const_new(LARGE);

/// The same for bodies that may hold files: a few at a time, and none of those who are not even signed in.
pub async fn large(request: Request, next: Next) -> Response {
    if !request.headers().contains_key(COOKIE) {
        let (parts, _) = request.into_parts();
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    match tokio::time::timeout(READ, PLACES.acquire()).await {
        Ok(Ok(_place)) => whole(request, next).await,
        _ => (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")]).into_response(),
    }
}

/// Reads the body, then goes on.
pub async fn whole(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(READ, to_bytes(body, MOST)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

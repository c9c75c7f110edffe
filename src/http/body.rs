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
use futures_util::StreamExt;
use tokio::sync::Semaphore;

/// How long a whole form may take.
const READ: Duration = Duration::from_secs(20);
/// The most that is read at all; each route has a limit of its own below this.
const MOST: usize = 32 * 1024 * 1024;

/// The largest message with its files.
pub const MESSAGE: usize = 31 * 1024 * 1024;
/// The most that is read of a message that is too large.
const DROPPED: usize = 256 * 1024 * 1024;

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

/// A body was larger than its route takes; what came before is there.
#[derive(Debug, Clone, Copy)]
pub struct CutOff;

/// The same for messages with files: of one that is too large, at most `MESSAGE` bytes are kept, so that its text is not lost. The rest is
/// read and dropped, since a browser shows no answer before it has sent everything.
pub async fn message(mut request: Request, next: Next) -> Response {
    if !request.headers().contains_key(COOKIE) {
        *request.body_mut() = Body::empty();
        return next.run(request).await;
    }
    let Ok(Ok(_place)) = tokio::time::timeout(READ, PLACES.acquire()).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "10")]).into_response();
    };
    let (mut parts, body) = request.into_parts();
    match tokio::time::timeout(READ, begin(body)).await {
        Ok(Ok((bytes, cut))) => {
            if cut {
                parts.extensions.insert(CutOff);
            }
            next.run(Request::from_parts(parts, Body::from(bytes))).await
        }
        Ok(Err(_)) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

/// The first `MESSAGE` bytes of a body, and whether there were more.
async fn begin(body: Body) -> Result<(Vec<u8>, bool), axum::Error> {
    let (mut stream, mut kept, mut seen) = (body.into_data_stream(), Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        seen = seen.saturating_add(chunk.len());
        let room = MESSAGE.saturating_sub(kept.len());
        kept.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
        if seen > DROPPED {
            return Err(axum::Error::new("a body without end"));
        }
    }
    Ok((kept, seen > MESSAGE))
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

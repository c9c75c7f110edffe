//! `/healthz`: whether this server can do its work, for load balancers and service managers.

use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::App;

/// How long the database may take to answer.
const LIMIT: Duration = Duration::from_millis(1_500);

/// 200 and `ready` when the database answers in time and has the shape that this program needs; else 503 with what is missing.
pub async fn answer(app: &App) -> Response {
    let database = app.database.clone();
    // In a task of its own: a question that is given up half-way would leave its connection unclean.
    let asked = tokio::spawn(async move { database.is_up_to_date().await });
    match tokio::time::timeout(LIMIT, asked).await {
        Ok(Ok(Ok(true))) => said(StatusCode::OK, "ok: ready\n"),
        Ok(Ok(Ok(false))) => said(StatusCode::SERVICE_UNAVAILABLE, "not ready: the database waits for changes that this version needs\n"),
        Ok(_) => said(StatusCode::SERVICE_UNAVAILABLE, "not ready: the database does not answer\n"),
        Err(_) => said(StatusCode::SERVICE_UNAVAILABLE, "not ready: the database did not answer in time\n"),
    }
}

fn said(status: StatusCode, text: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    let mut response = (status, headers, text).into_response();
    if status != StatusCode::OK {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

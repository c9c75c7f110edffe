//! Agents that exist already: FusionInventory and GLPI, unchanged. The enrolment key is the password of Basic authentication.

use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{Refusal, ids::EnrolmentKeyId, tenants::TenantState, time::HOUR};
use foundation::{
    Failure, Principal,
    devices::{Received, Source, Submission},
};

use super::{
    FOREIGN_EVERY_H, UNPACKED, body, fusion, glpi,
    message::{self, Message},
    reject::Reject,
};
use crate::http::{App, place::Placed, router::Shared};

/// Which of the two dialects is spoken; answers are in the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Xml,
    Json,
}

/// `POST /inventory`.
pub async fn receive(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, sent: Bytes) -> Response {
    let dialect = if headers.contains_key("glpi-agent-id") { Dialect::Json } else { Dialect::Xml };
    let Some(front) = placed.front.clone() else { return say(dialect, StatusCode::NOT_FOUND, "There is nothing here.") };
    if front.state != TenantState::Active {
        let answer = say(dialect, StatusCode::FORBIDDEN, "This portal is suspended.");
        return ([(header::RETRY_AFTER, "3600")], answer).into_response();
    }
    let key = match password(&headers) {
        None => return challenge(dialect),
        Some(token) => match app.database.directory().enrolment_key(front.tenant, &token).await {
            Ok(Some(key)) => key,
            Ok(None) => return challenge(dialect),
            Err(failure) => return refused(dialect, failure),
        },
    };
    if let Err(refusal) = key.limits.report() {
        return say(dialect, StatusCode::FORBIDDEN, &refusal.to_string());
    }
    let of = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let read = body::unpack(of(header::CONTENT_TYPE), of(header::CONTENT_ENCODING), &sent, UNPACKED).and_then(|body| message::parse(&body));
    match read {
        Err(reject) => rejected(dialect, &reject),
        Ok(Message::Prolog { .. } | Message::Contact { .. }) => welcome(dialect),
        Ok(Message::Inventory { device_id, report }) => {
            let (now, every_s) = (app.clock.now(), i64::from(FOREIGN_EVERY_H) * HOUR / 1000);
            let submission = Submission {
                tenant: front.tenant,
                principal: Principal::Enrolment(key.id),
                source: Source::Foreign { id: device_id },
                report: *report,
                every_s,
                at: now,
            };
            store(&app, dialect, submission, key.id).await
        }
    }
}

async fn store(app: &App, dialect: Dialect, submission: Submission, key: EnrolmentKeyId) -> Response {
    match app.reports.submit(submission).await {
        Ok(Received::Quarantined(reason)) => {
            tracing::warn!(%key, reason, "a device is quarantined");
            say(dialect, StatusCode::FORBIDDEN, &format!("This device is quarantined: {reason}."))
        }
        Ok(_) => done(dialect),
        Err(failure) => refused(dialect, failure),
    }
}

/// The password of Basic authentication; the user name does not matter.
fn password(headers: &HeaderMap) -> Option<String> {
    let basic = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let decoded = String::from_utf8(BASE64_STANDARD.decode(basic.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

/// Agents send their password only after this, and only for a realm that is written exactly so.
fn challenge(dialect: Dialect) -> Response {
    let answer = say(dialect, StatusCode::UNAUTHORIZED, "Send the enrolment key as the password.");
    ([(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"inventory\""))], answer).into_response()
}

fn welcome(dialect: Dialect) -> Response {
    match dialect {
        Dialect::Xml => written(dialect, StatusCode::OK, fusion::prolog_reply(FOREIGN_EVERY_H)),
        Dialect::Json => written(dialect, StatusCode::OK, glpi::contact_reply(FOREIGN_EVERY_H)),
    }
}

fn done(dialect: Dialect) -> Response {
    match dialect {
        Dialect::Xml => written(dialect, StatusCode::OK, fusion::accepted_reply()),
        Dialect::Json => written(dialect, StatusCode::OK, glpi::contact_reply(FOREIGN_EVERY_H)),
    }
}

fn rejected(dialect: Dialect, reject: &Reject) -> Response {
    let status = StatusCode::from_u16(reject.status()).unwrap_or(StatusCode::BAD_REQUEST);
    tracing::info!(status = status.as_u16(), "an inventory was refused");
    match dialect {
        Dialect::Xml => say(dialect, status, &reject.to_string()),
        Dialect::Json => written(dialect, status, glpi::error_reply(reject)),
    }
}

fn refused(dialect: Dialect, failure: Failure) -> Response {
    match failure {
        Failure::Refused(Refusal::Unavailable(wait)) => {
            let answer = say(dialect, StatusCode::SERVICE_UNAVAILABLE, "Try again later.");
            ([(header::RETRY_AFTER, wait.to_string())], answer).into_response()
        }
        Failure::Refused(refusal) => say(dialect, StatusCode::FORBIDDEN, &refusal.to_string()),
        Failure::Storage(error) => {
            tracing::error!(%error, "an inventory was not stored");
            say(dialect, StatusCode::SERVICE_UNAVAILABLE, "Try again later.")
        }
    }
}

fn say(dialect: Dialect, status: StatusCode, sentence: &str) -> Response {
    match dialect {
        Dialect::Xml => (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{sentence}\n")).into_response(),
        Dialect::Json => written(dialect, status, serde_json::json!({ "status": "error", "message": sentence }).to_string()),
    }
}

fn written(dialect: Dialect, status: StatusCode, text: String) -> Response {
    let kind = match dialect {
        Dialect::Xml => "application/xml; charset=utf-8",
        Dialect::Json => "application/json",
    };
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

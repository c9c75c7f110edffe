//! Our own agent: enrolment with a key, then reports signed by the key pair that was made on the device.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Fault, Moment, Refusal,
    alerts::Asked,
    devices::{Report, limits},
    enrolment::signature::{Accepted, ENROLMENT_PATH, Enrolled, Enrolment, REPORTS_PATH},
    ids::ClientId,
    people::Scope,
};
use ed25519_dalek::VerifyingKey;
use foundation::{
    Failure, Principal,
    audit::Act,
    devices::{Received, Source, Submission},
};

use super::{
    OWN_EVERY_S, UNPACKED, body,
    signed::{No, Signed, Yes, read, served},
};
use crate::http::{App, place::Placed, router::Shared};

/// `POST /agent/enrolment`.
pub async fn enrol(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, sent: Bytes) -> Response {
    let now = app.clock.now();
    try_enrol(&app, &placed, &headers, &sent, now).await.map_or_else(|no| no.answer(now), IntoResponse::into_response)
}

async fn try_enrol(app: &App, placed: &Placed, headers: &HeaderMap, sent: &[u8], now: Moment) -> Yes<Enrolled> {
    let front = served(placed)?;
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(|value| value.strip_prefix("Bearer "));
    let key = app.database.directory().enrolment_key(front.tenant, token.ok_or_else(No::credential)?).await?.ok_or_else(No::credential)?;
    key.limits.enrol(now)?;
    let enrolment: Enrolment = read(ENROLMENT_PATH, sent)?;
    let public = public_key(&enrolment.public_key)?;
    let mut named = Report::default();
    named.identity.hostname.clone_from(&enrolment.hostname);
    limits::check(&named).map_err(|faults| Failure::from(Refusal::Invalid(faults)))?;
    let writing = app.database.enter(&Principal::Enrolment(key.id), front.tenant).await?.writing().await?;
    let (device, agent) = writing.enrol_agent(&enrolment.hostname, public, OWN_EVERY_S, now).await??;
    let act = Act {
        action: "device enrolled",
        object: Some(("device", device.to_string())),
        name: Some(enrolment.hostname),
        client: only_client(&writing.who().scope),
        after: Some(format!("enrolled with {}", writing.who().name)),
        address: Some(placed.address.to_string()),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.commit().await?;
    Ok(Json(Enrolled { device, key: agent, every_s: u32::try_from(OWN_EVERY_S).unwrap_or(300), now }))
}

/// The client of a key; it has exactly one.
fn only_client(scope: &Scope) -> Option<ClientId> {
    match scope {
        Scope::Clients(clients) => clients.first().copied(),
        Scope::AllClients => None,
    }
}

fn public_key(text: &str) -> Result<Vec<u8>, No> {
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .filter(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).is_ok_and(|key| VerifyingKey::from_bytes(&key).is_ok_and(|key| !key.is_weak())));
    bytes.ok_or_else(|| {
        No(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid",
            "The public key is not an Ed25519 key.".into(),
            vec![Fault::new("public_key", "is not 32 bytes of an Ed25519 key in base64url")],
        )
    })
}

/// `POST /agent/reports`.
pub async fn report(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, sent: Bytes) -> Response {
    let now = app.clock.now();
    try_report(&app, &placed, &headers, &sent, now).await.map_or_else(|no| no.answer(now), IntoResponse::into_response)
}

async fn try_report(app: &App, placed: &Placed, headers: &HeaderMap, sent: &[u8], now: Moment) -> Yes<Accepted> {
    let front = served(placed)?;
    let signed = Signed::checked(app, front, REPORTS_PATH, headers, sent).await?;
    let encoding = headers.get(header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let json = body::unpack(Some("application/json"), encoding, sent, UNPACKED)
        .map_err(|reject| No::new(StatusCode::from_u16(reject.status()).unwrap_or(StatusCode::BAD_REQUEST), "malformed", reject.to_string()))?;
    let report: Report = read(REPORTS_PATH, &json)?;
    limits::check(&report).map_err(|faults| Failure::from(Refusal::Invalid(faults)))?;
    let source = Source::Own { sequence: signed.sequence };
    let submission = Submission { tenant: front.tenant, principal: Principal::Agent(signed.key), source, report, every_s: OWN_EVERY_S, at: now };
    accepted(app.reports.submit(submission).await?)
}

fn accepted(received: Received) -> Yes<Accepted> {
    let every_s = u32::try_from(OWN_EVERY_S).unwrap_or(300);
    match received {
        Received::Stored { send_all, asked, .. } => Ok(Json(Accepted { every_s, send_all, asked })),
        Received::Duplicate => Ok(Json(Accepted { every_s, send_all: false, asked: Asked::default() })),
        Received::Pending => Ok(Json(Accepted { every_s, send_all: true, asked: Asked::default() })),
        Received::Quarantined(reason) => Err(No::new(StatusCode::FORBIDDEN, "quarantined", format!("This device is quarantined: {reason}."))),
    }
}

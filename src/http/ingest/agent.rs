//! Our own agent: enrolment with a key, then reports signed by the key pair that was made on the device.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Fault, Moment, Refusal,
    devices::{Report, limits},
    enrolment::{
        KeyRefusal,
        signature::{
            Accepted, ENROLMENT_PATH, Enrolled, Enrolment, KEY_HEADER, REPORTS_PATH, Refused, SEQUENCE_HEADER, SIGNATURE_HEADER, SKEW, TIME_HEADER, message,
        },
    },
    ids::{AgentKeyId, ClientId},
    tenants::TenantState,
};
use ed25519_dalek::{Signature, VerifyingKey};
use foundation::{
    Failure, Principal,
    audit::Act,
    devices::{Received, Source, Submission},
    directory::Front,
    secrets,
};

use super::{OWN_EVERY_S, UNPACKED, body};
use crate::http::{App, place::Placed, router::Shared};

/// Seconds that an agent of a suspended tenant, or with a dead credential, is asked to wait.
const LONG: u32 = 3_600;

/// An answer that is not "accepted".
pub(super) struct No(StatusCode, &'static str, String, Vec<Fault>);

type Yes<T> = Result<Json<T>, No>;

impl No {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self(status, error, message.into(), Vec::new())
    }

    fn credential() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "credential", "The credential is not known here.")
    }

    fn answer(self, now: Moment) -> Response {
        let Self(status, error, message, faults) = self;
        let wait = match status {
            StatusCode::FORBIDDEN => Some(LONG),
            StatusCode::SERVICE_UNAVAILABLE => Some(30),
            _ => None,
        };
        let mut response = (status, Json(Refused { error: error.into(), message, faults, now })).into_response();
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, wait.into());
        }
        response
    }
}

impl From<Failure> for No {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(Refusal::NotFound) => Self::credential(),
            Failure::Refused(Refusal::Invalid(faults)) => Self(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "The report breaks a limit.".into(), faults),
            Failure::Refused(Refusal::Unavailable(_)) => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Try again later."),
            Failure::Refused(refusal) => Self::new(StatusCode::FORBIDDEN, "refused", refusal.to_string()),
            Failure::Storage(error) => {
                tracing::error!(%error, "a report was not stored");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Try again later.")
            }
        }
    }
}

impl From<KeyRefusal> for No {
    fn from(refusal: KeyRefusal) -> Self {
        let error = match refusal {
            KeyRefusal::Revoked => "revoked",
            KeyRefusal::Expired => "expired",
            KeyRefusal::UsedUp => "used_up",
        };
        Self::new(StatusCode::FORBIDDEN, error, refusal.to_string())
    }
}

/// The tenant of the host, while it is served.
fn served(placed: &Placed) -> Result<&Front, No> {
    let front = placed.front.as_deref().ok_or_else(No::credential)?;
    if front.state == TenantState::Active { Ok(front) } else { Err(No::new(StatusCode::FORBIDDEN, "suspended", "This portal is suspended.")) }
}

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
        client: writing.device(device).await.ok().map(|device| ClientId(device.row.client_id)),
        address: Some(placed.address.to_string()),
        ..Act::default()
    };
    writing.record(now, act).await?;
    writing.commit().await?;
    Ok(Json(Enrolled { device, key: agent, every_s: u32::try_from(OWN_EVERY_S).unwrap_or(300), now }))
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

fn read<T: serde::de::DeserializeOwned>(what: &str, json: &[u8]) -> Result<T, No> {
    serde_json::from_slice(json).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        No::new(StatusCode::BAD_REQUEST, "malformed", format!("The body of {what} is not the JSON it should be, at {place}."))
    })
}

/// `POST /agent/reports`.
pub async fn report(State(app): State<Shared>, Extension(placed): Extension<Placed>, headers: HeaderMap, sent: Bytes) -> Response {
    let now = app.clock.now();
    try_report(&app, &placed, &headers, &sent, now).await.map_or_else(|no| no.answer(now), IntoResponse::into_response)
}

async fn try_report(app: &App, placed: &Placed, headers: &HeaderMap, sent: &[u8], now: Moment) -> Yes<Accepted> {
    let front = served(placed)?;
    let signed = Signed::read(headers).ok_or_else(No::credential)?;
    let known = app.database.directory().agent_key(front.tenant, signed.key).await?.ok_or_else(No::credential)?;
    if known.revoked_at.is_some() {
        return Err(No::new(StatusCode::FORBIDDEN, "revoked", "The key of this device was revoked."));
    }
    signed.check(&known.public_key, sent)?;
    if signed.time.0.abs_diff(now.0) > SKEW.unsigned_abs() {
        return Err(No::new(StatusCode::UNAUTHORIZED, "clock", "The clocks differ by more than five minutes."));
    }
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
        Received::Stored { send_all, .. } => Ok(Json(Accepted { every_s, send_all })),
        Received::Duplicate => Ok(Json(Accepted { every_s, send_all: false })),
        Received::Pending => Ok(Json(Accepted { every_s, send_all: true })),
        Received::Quarantined(reason) => Err(No::new(StatusCode::FORBIDDEN, "quarantined", format!("This device is quarantined: {reason}."))),
    }
}

/// The headers of a signed request.
struct Signed {
    key: AgentKeyId,
    time: Moment,
    sequence: i64,
    signature: Signature,
}

impl Signed {
    fn read(headers: &HeaderMap) -> Option<Self> {
        let of = |name: &str| headers.get(name).map(HeaderValue::to_str).and_then(Result::ok);
        let signature = BASE64_URL_SAFE_NO_PAD.decode(of(SIGNATURE_HEADER)?).ok()?;
        Some(Self {
            key: of(KEY_HEADER)?.parse().ok()?,
            time: Moment(of(TIME_HEADER)?.parse().ok()?),
            sequence: of(SEQUENCE_HEADER)?.parse().ok().filter(|sequence| *sequence > 0)?,
            signature: Signature::from_slice(&signature).ok()?,
        })
    }

    fn check(&self, public: &[u8], sent: &[u8]) -> Result<(), No> {
        let public = <[u8; 32]>::try_from(public).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or_else(No::credential)?;
        let body = secrets::hex(&secrets::hash(sent));
        let text = message("POST", REPORTS_PATH, &body, self.time, u64::try_from(self.sequence).unwrap_or_default());
        public.verify_strict(text.as_bytes(), &self.signature).map_err(|_| No::credential())
    }
}

//! What our own agents' requests have in common: who signed them, and the answers that say no.

use axum::{
    Json,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{
    Fault, Moment, Refusal,
    enrolment::{
        KeyRefusal,
        signature::{KEY_HEADER, Refused, SEQUENCE_HEADER, SIGNATURE_HEADER, SKEW, TIME_HEADER, message},
    },
    ids::AgentKeyId,
    tenants::TenantState,
};
use ed25519_dalek::{Signature, VerifyingKey};
use foundation::{Failure, directory::Front, secrets};

use crate::http::{App, place::Placed};

/// Seconds that an agent of a suspended tenant, or with a dead credential, is asked to wait.
const LONG: u32 = 3_600;

/// An answer that is not "accepted".
pub(super) struct No(pub(super) StatusCode, pub(super) &'static str, pub(super) String, pub(super) Vec<Fault>);

pub(super) type Yes<T> = Result<Json<T>, No>;

impl No {
    pub(super) fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self(status, error, message.into(), Vec::new())
    }

    pub(super) fn credential() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "credential", "The credential is not known here.")
    }

    pub(super) fn answer(self, now: Moment) -> Response {
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
pub(super) fn served(placed: &Placed) -> Result<&Front, No> {
    let front = placed.front.as_deref().ok_or_else(No::credential)?;
    if front.state == TenantState::Active { Ok(front) } else { Err(No::new(StatusCode::FORBIDDEN, "suspended", "This portal is suspended.")) }
}

/// The JSON of a body.
pub(super) fn read<T: serde::de::DeserializeOwned>(what: &str, json: &[u8]) -> Result<T, No> {
    serde_json::from_slice(json).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        No::new(StatusCode::BAD_REQUEST, "malformed", format!("The body of {what} is not the JSON it should be, at {place}."))
    })
}

/// The headers of a signed request.
pub(super) struct Signed {
    pub(super) key: AgentKeyId,
    time: Moment,
    pub(super) sequence: i64,
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

    /// The headers of a request to `path`, once signature, key and clock were found good.
    pub(super) async fn checked(app: &App, front: &Front, path: &str, headers: &HeaderMap, sent: &[u8]) -> Result<Self, No> {
        let signed = Self::read(headers).ok_or_else(No::credential)?;
        let known = app.database.directory().agent_key(front.tenant, signed.key).await?.ok_or_else(No::credential)?;
        if known.revoked_at.is_some() {
            return Err(No::new(StatusCode::FORBIDDEN, "revoked", "The key of this device was revoked."));
        }
        signed.check(&known.public_key, path, sent)?;
        if signed.time.0.abs_diff(app.clock.now().0) > SKEW.unsigned_abs() {
            return Err(No::new(StatusCode::UNAUTHORIZED, "clock", "The clocks differ by more than five minutes."));
        }
        Ok(signed)
    }

    fn check(&self, public: &[u8], path: &str, sent: &[u8]) -> Result<(), No> {
        let public = <[u8; 32]>::try_from(public).ok().and_then(|key| VerifyingKey::from_bytes(&key).ok()).ok_or_else(No::credential)?;
        let body = secrets::hex(&secrets::hash(sent));
        let text = message("POST", path, &body, self.time, u64::try_from(self.sequence).unwrap_or_default());
        public.verify_strict(text.as_bytes(), &self.signature).map_err(|_| No::credential())
    }
}

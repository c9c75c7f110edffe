//! One signed report to the server, and what its answer means.

use std::{io::Write, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Fault, Moment,
    devices::Report,
    enrolment::signature::{Accepted, KEY_HEADER, REPORTS_PATH, Refused, SEQUENCE_HEADER, SIGNATURE_HEADER, TIME_HEADER, message},
    ids::AgentKeyId,
};
use ed25519_dalek::{Signer, SigningKey};
use flate2::{Compression, write::GzEncoder};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use crate::{
    backoff::Cause,
    http::{Answer, ask},
    sections::sha256_hex,
    server::Server,
    state::BadState,
};

/// Why a report was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// No answer, or not one of a Portico server that works.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server asks to wait.
    #[error("the server is busy and asks to wait {} s", .0.as_secs())]
    Busy(Duration),
    /// The clocks differ too much; the server's time.
    #[error("the server says that this machine's clock is wrong")]
    Clock(Moment),
    /// The device waits for a person's approval.
    #[error("this device waits for approval")]
    Pending,
    /// This very report is at fault.
    #[error("the server refused the report as faulty: {}{}", .message, listed(.faults))]
    Faulty {
        /// The server's sentence.
        message: String,
        /// The fields it names.
        faults: Vec<Fault>,
    },
    /// Any other refusal.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The sequence could not be stored, so nothing was sent.
    #[error(transparent)]
    State(#[from] BadState),
}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("; {} {}", fault.field, fault.message)).collect()
}

impl Trouble {
    /// What it means for the wait.
    pub const fn cause(&self) -> Cause {
        match self {
            Self::Unreachable(_) | Self::State(_) => Cause::Unreachable,
            Self::Busy(wait) => Cause::Busy(*wait),
            Self::Pending => Cause::Pending,
            Self::Clock(_) | Self::Faulty { .. } | Self::Refused(_) => Cause::Refused,
        }
    }
}

/// Signs and sends what one device says.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The HTTP client.
    pub client: Client,
    /// Where to.
    pub server: Server,
    /// The name of the key.
    pub key: AgentKeyId,
    /// The key.
    pub signing: SigningKey,
}

impl Sender {
    /// Sends `report` as of the server's `time`; `sequence` must be new.
    ///
    /// # Errors
    /// Anything but acceptance.
    pub async fn send(&self, report: &Report, time: Moment, sequence: u64) -> Result<Accepted, Trouble> {
        let body = compress(report).map_err(|error| Trouble::Faulty { message: error.to_string(), faults: Vec::new() })?;
        let request = self.request(REPORTS_PATH, body, time, sequence).header("content-encoding", "gzip");
        read(&ask(request).await.map_err(Trouble::Unreachable)?)
    }

    /// Sends the JSON in `body` to `path`.
    ///
    /// # Errors
    /// Anything but acceptance.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: Vec<u8>, time: Moment, sequence: u64) -> Result<T, Trouble> {
        read(&ask(self.request(path, body, time, sequence)).await.map_err(Trouble::Unreachable)?)
    }

    fn request(&self, path: &str, body: Vec<u8>, time: Moment, sequence: u64) -> RequestBuilder {
        let signature = sign(&self.signing, path, &body, time, sequence);
        let request = self.client.post(self.server.at(path)).header("content-type", "application/json");
        let request = request.header(KEY_HEADER, self.key.to_string()).header(TIME_HEADER, time.0).header(SEQUENCE_HEADER, sequence);
        request.header(SIGNATURE_HEADER, signature).body(body)
    }
}

fn compress(report: &Report) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(&serde_json::to_vec(report)?)?;
    encoder.finish()
}

/// The signature of `body` as it travels, base64url without padding.
pub fn sign(key: &SigningKey, path: &str, body: &[u8], time: Moment, sequence: u64) -> String {
    let text = message("POST", path, &sha256_hex(body), time, sequence);
    URL_SAFE_NO_PAD.encode(key.sign(text.as_bytes()).to_bytes())
}

fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, Trouble> {
    let status = answer.status;
    let unclear = || Trouble::Unreachable(format!("it answers {status}, which no Portico server does here"));
    if status.is_success() {
        return answer.json().ok_or_else(unclear);
    }
    let refused = answer.json::<Refused>();
    let word = refused.as_ref().map_or("", |refused| refused.error.as_str());
    Err(match (status, word) {
        (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, _) => answer.retry_after.map_or_else(unclear_busy, Trouble::Busy),
        (status, _) if !status.is_client_error() && !status.is_redirection() => unclear(),
        (StatusCode::UNAUTHORIZED, "clock") => refused.map_or_else(unclear, |refused| Trouble::Clock(refused.now)),
        (_, "pending") => Trouble::Pending,
        (StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY, _) | (_, "invalid" | "too_large") => {
            let (message, faults) = refused.map_or_else(|| (status.to_string(), Vec::new()), |refused| (refused.message, refused.faults));
            Trouble::Faulty { message, faults }
        }
        _ => Trouble::Refused(refused.map_or_else(|| status.to_string(), |refused| format!("{} ({status})", refused.message))),
    })
}

fn unclear_busy() -> Trouble {
    Trouble::Unreachable("it is busy and does not say for how long".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let signature = URL_SAFE_NO_PAD.decode(sign(&key, REPORTS_PATH, b"abc", Moment(1_700_000_000_000), 42)).expect("base64");
        let text = "POST\n/agent/reports\nba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n1700000000000\n42\n";
        let signature = ed25519_dalek::Signature::from_slice(&signature).expect("64 bytes");
        assert!(key.verifying_key().verify_strict(text.as_bytes(), &signature).is_ok());
    }
}

//! Makes this machine known to a server, with a key pair that is made here and a private key that stays here.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    alerts::Asked,
    enrolment::signature::{ENROLMENT_PATH, Enrolled, Enrolment, Refused},
};

use crate::{
    buffer::Buffer,
    cli, collect,
    http::{self, Answer, ask},
    orders, outside,
    sections::Known,
    server::Server,
    state::{BadState, Lock, PrivateKey, State, default_dir},
};

/// Why the machine was not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum NotEnrolled {
    /// It is already.
    #[error("this machine is enrolled already as {0} at {1}; to replace that: --again")]
    Already(String, String),
    /// The state cannot be used.
    #[error(transparent)]
    State(#[from] BadState),
    /// The operating system gave no randomness.
    #[error("no key could be made: {0}")]
    Randomness(#[from] rand::rand_core::OsError),
    /// TLS could not be set up.
    #[error("the connection could not be set up: {0}")]
    Client(#[from] reqwest::Error),
    /// There was no answer.
    #[error("the server cannot be reached: {0}")]
    Unreachable(String),
    /// The server said no.
    #[error("the server refused: {0}")]
    Refused(String),
    /// The buffer cannot be used.
    #[error("the state folder cannot be used: {0}")]
    Io(#[from] std::io::Error),
}

/// Enrols this machine and stores the result.
///
/// # Errors
/// The machine is enrolled already, the server says no, or the state cannot be written.
pub async fn enrol(order: cli::Enrol) -> Result<State, NotEnrolled> {
    let server = Server::parse(&order.server, order.insecure_http).map_err(BadState::from)?;
    let dir = order.place.dir.clone().unwrap_or_else(default_dir);
    let _lock = Lock::take(&dir)?;
    match State::load(&dir) {
        Ok(old) if !order.again => return Err(NotEnrolled::Already(old.device.to_string(), old.server)),
        Err(BadState::Damaged(path, error)) if !order.again => return Err(BadState::Damaged(path, error).into()),
        _ => {}
    }
    let private_key = PrivateKey::generate()?;
    let enrolled = request(&server, &order.key, &private_key).await?;
    let state = state(&order, &server, private_key, &enrolled);
    // First: what was taken or done under the old enrolment must not go to the new one, whose server has a key of its own.
    Buffer::open(&dir)?.clear();
    orders::forget(&dir)?;
    state.save(&dir)?;
    Ok(state)
}

async fn request(server: &Server, key: &str, private_key: &PrivateKey) -> Result<Enrolled, NotEnrolled> {
    let public_key = URL_SAFE_NO_PAD.encode(private_key.signing()?.verifying_key().as_bytes());
    let enrolment = Enrolment { public_key, hostname: collect::hostname() };
    let request = http::client(server)?.post(server.at(ENROLMENT_PATH)).bearer_auth(key).json(&enrolment);
    let answer = ask(request).await.map_err(NotEnrolled::Unreachable)?;
    answer.status.is_success().then(|| answer.json()).flatten().ok_or_else(|| refusal(&answer))
}

fn refusal(answer: &Answer) -> NotEnrolled {
    let status = answer.status;
    NotEnrolled::Refused(answer.json::<Refused>().map_or_else(|| format!("it answers {status}"), |refused| format!("{} ({status})", refused.message)))
}

fn state(order: &cli::Enrol, server: &Server, private_key: PrivateKey, enrolled: &Enrolled) -> State {
    State {
        server: server.to_string(),
        insecure_http: order.insecure_http,
        device: enrolled.device,
        key: enrolled.key,
        private_key,
        every_s: enrolled.every_s,
        offset_ms: enrolled.now.0.saturating_sub(outside::now().0),
        known: Known::default(),
        asked: Asked::default(),
    }
}

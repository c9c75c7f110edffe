//! What the agent remembers between runs: who it is, and what the server has already.

mod file;
mod lock;
mod sequence;

pub use file::{BadState, default_dir, write_private};
pub use lock::Lock;
pub use sequence::Sequence;

use std::path::Path;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Moment,
    alerts::Asked,
    ids::{AgentKeyId, DeviceId},
};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::{sections::Known, server::Server};

/// The content of `state.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The server's address.
    pub server: String,
    /// Whether http to another host was allowed at enrolment.
    pub insecure_http: bool,
    /// The device.
    pub device: DeviceId,
    /// The name of the key.
    pub key: AgentKeyId,
    /// The private key.
    pub private_key: PrivateKey,
    /// How often to report, in seconds.
    pub every_s: u32,
    /// The server's clock minus the device's, in milliseconds.
    pub offset_ms: i64,
    /// What the server accepted last.
    pub known: Known,
    /// What the server asks about by name.
    #[serde(default)]
    pub asked: Asked,
}

/// An Ed25519 private key that no log can show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivateKey(String);

impl PrivateKey {
    /// A new key, from the operating system's randomness.
    ///
    /// # Errors
    /// The operating system has none.
    pub fn generate() -> Result<Self, rand::rand_core::OsError> {
        let mut bytes = [0; 32];
        rand::TryRngCore::try_fill_bytes(&mut rand::rngs::OsRng, &mut bytes)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The key to sign with.
    ///
    /// # Errors
    /// The stored text is not a key.
    pub fn signing(&self) -> Result<SigningKey, BadState> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        bytes.map(|bytes| SigningKey::from_bytes(&bytes)).ok_or(BadState::Key)
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl State {
    /// Reads the state in `dir`.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub fn load(dir: &Path) -> Result<Self, BadState> {
        file::load(dir)
    }

    /// Writes the state into `dir`, whole or not at all, for its owner only.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn save(&self, dir: &Path) -> Result<(), BadState> {
        file::save(self, dir)
    }

    /// The server's address, checked again.
    ///
    /// # Errors
    /// It is not one the agent speaks to.
    pub fn server(&self) -> Result<Server, BadState> {
        Ok(Server::parse(&self.server, self.insecure_http)?)
    }

    /// The server's time at the device's `now`.
    pub fn server_time(&self, now: Moment) -> Moment {
        now + self.offset_ms
    }
}

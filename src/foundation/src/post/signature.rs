//! How a receiver knows that a webhook is ours.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Moment;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::NotSent;

/// Stands before the signature and says how it was made.
const VERSION: &str = "v1";

/// The value of `portico-signature`: `v1,` and the base64 of HMAC-SHA256, under `secret`, over `{id}.{time}.{body}` with the time in milliseconds.
///
/// # Errors
/// When there is no secret: whoever knows that could sign, too.
pub fn signature(id: &str, time: Moment, body: &[u8], secret: &[u8]) -> Result<String, NotSent> {
    let no_secret = || NotSent::permanently("the webhook has no secret to sign with");
    if secret.is_empty() {
        return Err(no_secret());
    }
    let mut code = Hmac::<Sha256>::new_from_slice(secret).map_err(|_| no_secret())?;
    code.update(format!("{id}.{}.", time.0).as_bytes());
    code.update(body);
    Ok(format!("{VERSION},{}", STANDARD.encode(code.finalize().into_bytes())))
}

//! Credentials of our own making: 256 random bits, stored only as a hash.

use rand::{TryRngCore, rngs::OsRng};
use sha2::{Digest, Sha256};

/// Letters and digits of a token, without look-alikes problems: base64url needs no library for 32 bytes in hex.
const HEX: &[u8; 16] = b"0123456789abcdef";

/// A new secret of 256 bits as 64 hex digits behind `prefix_`.
///
/// # Errors
/// When the operating system has no randomness to give.
pub fn fresh_token(prefix: &str) -> std::io::Result<String> {
    let mut bytes = [0u8; 32];
    OsRng.try_fill_bytes(&mut bytes).map_err(std::io::Error::other)?;
    Ok(format!("{prefix}_{}", hex(&bytes)))
}

/// The SHA-256 of `secret`, which is what the database keeps.
pub fn hash(secret: &[u8]) -> Vec<u8> {
    Sha256::digest(secret).to_vec()
}

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]).map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_hashes_are_known() {
        let (one, two) = (fresh_token("ptk").expect("randomness"), fresh_token("ptk").expect("randomness"));
        assert_ne!(one, two);
        assert_eq!(one.len(), 68);
        assert_eq!(hex(&hash(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}

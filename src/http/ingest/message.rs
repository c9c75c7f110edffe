//! What a foreign agent says, whichever of the two formats it speaks.

#[cfg(test)]
mod hostile;

use domain::devices::{Report, limits};

use super::{
    fusion, glpi,
    reject::{Reject, echo},
};

/// One message of an agent.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// XML: asks whether an inventory is wanted.
    Prolog {
        /// What the agent calls itself; stable between its reports.
        device_id: String,
    },
    /// JSON: says which tasks it can do, and asks what is wanted.
    Contact {
        /// What the agent calls itself; stable between its reports.
        device_id: String,
    },
    /// The inventory of a computer.
    Inventory {
        /// What the agent calls itself; stable between its reports.
        device_id: String,
        /// Checked against every limit. `taken_at` is zero, and `os.name` empty, where the agent did not tell.
        report: Box<Report>,
    },
}

/// Reads an unpacked body: JSON when it begins with a brace, else XML.
///
/// # Errors
/// See [`fusion::parse`] and [`glpi::parse`].
pub fn parse(body: &[u8]) -> Result<Message, Reject> {
    match body.trim_ascii_start().first() {
        None => Err(Reject::malformed("The body is empty.")),
        Some(b'{') => glpi::parse(body),
        Some(_) => fusion::parse(body),
    }
}

pub(super) fn device_id(sent: Option<&str>) -> Result<String, Reject> {
    let id = sent.ok_or_else(|| Reject::malformed("The message has no device id."))?;
    if id.chars().count() > limits::TEXT {
        return Err(Reject::invalid("deviceid", "is longer than 255 characters"));
    }
    if !limits::is_plain(id) {
        return Err(Reject::invalid("deviceid", "holds a control or direction character"));
    }
    Ok(id.to_owned())
}

pub(super) fn unsupported(what: &str, word: &str) -> Reject {
    Reject::Unsupported(format!("The {what} \"{}\" is not handled here; only the inventory of computers is.", echo(word)))
}

//! GLPI Agent's protocol: JSON messages of one computer. Its first message is XML and is read by `fusion`.

use serde::Deserialize;
use serde_json::{error::Category, json};

use super::{
    fusion::{self, sections::Sections, values::Word},
    message::{self, Message},
    reject::Reject,
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Envelope {
    action: Word,
    deviceid: Word,
    itemtype: Word,
    partial: bool,
    content: Option<Sections>,
}

/// Reads one unpacked message. Environment, processes and people are counted and never kept.
///
/// # Errors
/// [`Reject::Malformed`] for broken or wrongly typed JSON, [`Reject::Unsupported`] for another action or item type,
/// [`Reject::Invalid`] for a broken limit.
pub fn parse(json: &[u8]) -> Result<Message, Reject> {
    let sent: Envelope = serde_json::from_slice(json).map_err(|error| broken(&error))?;
    let device_id = message::device_id(sent.deviceid.get())?;
    match sent.action.get() {
        Some("contact") => Ok(Message::Contact { device_id }),
        Some("inventory") | None => inventory(device_id, &sent),
        Some(other) => Err(message::unsupported("action", other)),
    }
}

fn inventory(device_id: String, sent: &Envelope) -> Result<Message, Reject> {
    match (sent.itemtype.get(), &sent.content) {
        (Some(other), _) if other != "Computer" => Err(message::unsupported("item type", other)),
        (_, None) => Err(Reject::malformed("The inventory has no content.")),
        (_, Some(content)) => Ok(Message::Inventory { device_id, report: Box::new(fusion::report(content, sent.partial)?) }),
    }
}

/// The parser's own message repeats what was sent, so only the place is told.
fn broken(error: &serde_json::Error) -> Reject {
    let what = match error.classify() {
        Category::Eof => "ends too early",
        Category::Data => "is not of the expected form",
        Category::Syntax | Category::Io => "is broken",
    };
    Reject::Malformed(format!("The JSON {what} at line {}, column {}.", error.line(), error.column()))
}

/// The answer to a prolog of this agent, a contact, and an inventory that was taken: come back in `expiration_hours` hours.
pub fn contact_reply(expiration_hours: u32) -> String {
    json!({ "status": "ok", "expiration": expiration_hours }).to_string()
}

/// The answer that makes the agent write `reject` to its log.
pub fn error_reply(reject: &Reject) -> String {
    json!({ "status": "error", "message": reject.to_string() }).to_string()
}

#[cfg(test)]
mod tests;

//! FusionInventory's protocol: XML messages of one computer, and the XML the agent waits for.

mod machine;
mod numbers;
mod report;
pub(super) mod sections;
mod text;
pub(super) mod values;
mod walk;

#[cfg(test)]
mod tests;

use quick_xml::{
    Reader,
    escape::resolve_xml_entity,
    events::{BytesRef, Event},
};

use super::{message::Message, reject::Reject};
pub(super) use report::report;
use walk::Walk;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Reads one unpacked message. Environment, processes and people are counted and never kept.
///
/// # Errors
/// [`Reject::Malformed`] for anything that is not plain XML of the expected form, [`Reject::Unsupported`] for another query,
/// [`Reject::Invalid`] for a broken limit.
pub fn parse(xml: &[u8]) -> Result<Message, Reject> {
    let text = text::decode(xml)?;
    let mut reader = Reader::from_str(&text);
    let mut walk = Walk::default();
    loop {
        match reader.read_event().map_err(|_| broken(reader.error_position()))? {
            Event::Start(tag) => walk.open(tag.name().as_ref())?,
            Event::Empty(tag) => {
                walk.open(tag.name().as_ref())?;
                walk.close()?;
            }
            Event::End(_) => walk.close()?,
            Event::Text(text) => walk.text(&text)?,
            Event::CData(text) => walk.text(&text)?,
            Event::GeneralRef(entity) => walk.text(resolve(&entity)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return Err(Reject::malformed("A document type is not taken; leave out the DOCTYPE.")),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => return walk.finish(),
        }
    }
}

fn broken(at: u64) -> Reject {
    Reject::Malformed(format!("The XML is broken at byte {at}."))
}

fn resolve(entity: &BytesRef<'_>) -> Result<char, Reject> {
    let plain = resolve_xml_entity(entity).and_then(|text| text.chars().next());
    let found = plain.or_else(|| entity.resolve_char_ref().ok().flatten());
    found.ok_or_else(|| Reject::malformed("An entity other than the five of XML and numbered characters is not taken."))
}

/// The answer to a prolog: send the inventory now, and come back every `every_hours` hours.
pub fn prolog_reply(every_hours: u32) -> String {
    format!("{DECLARATION}<REPLY><RESPONSE>SEND</RESPONSE><PROLOG_FREQ>{every_hours}</PROLOG_FREQ></REPLY>\n")
}

/// The answer to an inventory that was taken. An empty body would read as a failure to the agent.
pub fn accepted_reply() -> String {
    format!("{DECLARATION}<REPLY><RESPONSE>ACCEPTED</RESPONSE></REPLY>\n")
}

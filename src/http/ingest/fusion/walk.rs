//! Walks the elements of a message and keeps the wanted texts, within bounds at every step.

use super::{
    super::{
        message::{self, Message},
        reject::Reject,
    },
    report::{report, too_many},
    sections::{Sections, is_single},
    values::Word,
};

/// An agent needs five levels.
const DEPTH: usize = 16;

/// Where the reader is, and what it has found so far.
#[derive(Debug, Default)]
pub struct Walk {
    path: Vec<String>,
    text: Word,
    rooted: bool,
    single: Vec<String>,
    device_id: Word,
    query: Word,
    sections: Sections,
}

impl Walk {
    /// An element begins.
    pub fn open(&mut self, tag: &str) -> Result<(), Reject> {
        self.text.clear();
        match self.path.len() {
            0 if self.rooted || tag != "REQUEST" => return Err(Reject::malformed("The message is not one REQUEST element.")),
            0 => self.rooted = true,
            1 if tag == "CONTENT" => self.once(tag)?,
            2 if self.path[1] == "CONTENT" => self.section(tag)?,
            DEPTH.. => return Err(Reject::malformed("The XML is nested more than 16 levels deep.")),
            _ => {}
        }
        self.path.push(tag.to_owned());
        Ok(())
    }

    fn section(&mut self, tag: &str) -> Result<(), Reject> {
        if is_single(tag) {
            self.once(tag)?;
        }
        self.sections.open(tag).map_err(|most| too_many(&tag.to_lowercase(), most))
    }

    fn once(&mut self, tag: &str) -> Result<(), Reject> {
        if self.single.iter().any(|seen| seen == tag) {
            return Err(twice());
        }
        self.single.push(tag.to_owned());
        Ok(())
    }

    /// The innermost element ends, and its text goes where it belongs.
    pub fn close(&mut self) -> Result<(), Reject> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let slot = match path.as_slice() {
            [_, "DEVICEID"] => Some(&mut self.device_id),
            [_, "QUERY"] => Some(&mut self.query),
            [_, "CONTENT", "VERSIONCLIENT"] => Some(&mut self.sections.versionclient),
            [_, "CONTENT", "OPERATINGSYSTEM", "TIMEZONE", tag] => self.sections.operatingsystem.timezone.slot(tag),
            [_, "CONTENT", section, tag] => self.sections.slot(section, tag),
            _ => None,
        };
        if let Some(slot) = slot {
            if slot.get().is_some() {
                return Err(twice());
            }
            *slot = std::mem::take(&mut self.text);
        }
        self.text.clear();
        self.path.pop();
        Ok(())
    }

    /// Text inside the innermost element.
    pub fn text(&mut self, text: &str) -> Result<(), Reject> {
        if self.path.is_empty() && !text.trim().is_empty() {
            return Err(Reject::malformed("There is text outside the REQUEST element."));
        }
        self.text.push(text);
        Ok(())
    }

    /// The message that was read.
    pub fn finish(self) -> Result<Message, Reject> {
        if !self.rooted || !self.path.is_empty() {
            return Err(Reject::malformed("The XML ends before the message does."));
        }
        let device_id = message::device_id(self.device_id.get())?;
        match self.query.get() {
            Some("PROLOG") => Ok(Message::Prolog { device_id }),
            Some("INVENTORY") => Ok(Message::Inventory { device_id, report: Box::new(report(&self.sections, false)?) }),
            Some(other) => Err(message::unsupported("query", other)),
            None => Err(Reject::malformed("The message has no QUERY.")),
        }
    }
}

fn twice() -> Reject {
    Reject::malformed("An element appears twice where it may appear once.")
}

//! Requests: asked by contacts, answered and decided by staff. One transaction each: permission, rule, write, audit.

mod acts;
mod lists;
mod one;
mod opening;
mod told;

pub use acts::{Decided, close_many, decide, note, reopen, reply, solve};
pub use lists::{export, list};
pub use one::{attachment, page};
pub use opening::{Opened, form, open};
pub use told::{REQUEST_NEWS, tell};

use domain::{
    Fault, Refusal,
    ids::MessageId,
    requests::{file::FILES, text},
};
use domain::{
    ids::{ClientId, RequestId},
    requests::{FileKind, checked},
};
use foundation::{audit::Act, fresh_id, requests::NewFile};

/// What a form with a message sent.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The form that it was typed into; each form is kept once.
    pub form: String,
    /// The text.
    pub text: String,
    /// The files, with the names that the sender gives them.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What was said, checked.
#[derive(Debug, Clone)]
struct Checked {
    form: MessageId,
    text: String,
    files: Vec<NewFile>,
}

impl Said {
    /// Everything that is wrong is said at once, and before anybody waits to write; a text that is missing is asked for with `empty`.
    fn check(self, field: &str, empty: &str) -> Result<Checked, Vec<Fault>> {
        let mut faults = Vec::new();
        let text = text::text(field, &self.text).and_then(|text| text.ok_or_else(|| Refusal::invalid(field, empty)));
        if let Err(Refusal::Invalid(found)) = &text {
            faults.extend(found.clone());
        }
        if self.files.len() > FILES {
            faults.push(Fault::new("files", format!("At most {FILES} files go with one message.")));
        }
        let mut files = Vec::new();
        for (name, bytes) in self.files.into_iter().take(FILES) {
            match checked("files", &name, &bytes) {
                Ok((name, kind)) => files.push(NewFile { name, kind, bytes }),
                Err(fault) => faults.push(fault),
            }
        }
        match text {
            Ok(text) if faults.is_empty() => Ok(Checked { form: form_id(&self.form), text, files }),
            _ => Err(faults),
        }
    }
}

/// The id that a form carries; one that carries none is like no other.
pub(super) fn form_id(form: &str) -> MessageId {
    form.parse().unwrap_or_else(|_| fresh_id())
}

/// `R-1042`.
pub fn called(number: i64) -> String {
    format!("R-{number}")
}

/// The content type of a file in storage.
pub fn content_type(kind: &str) -> &'static str {
    FileKind::stored(kind).content_type()
}

/// The audit entry of an act on a request.
fn entry(action: &'static str, id: RequestId, client: ClientId, name: String, address: &str) -> Act {
    Act { action, object: Some(("request", id.to_string())), name: Some(name), client: Some(client), address: Some(address.to_owned()), ..Act::default() }
}

//! What a form with files sent: its fields, and the files with the names that the sender gives them. No more is read than a message may hold.

use domain::{
    Refusal,
    requests::{
        file::{BYTES, FILES},
        text::TEXT,
    },
};

use super::{Form, unread};

/// The most bytes of a field of text: four for each character.
const FIELD: usize = TEXT * 4 + 4_096;
/// The most fields of a form.
const FIELDS: usize = 20;

/// The parts of a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Parts {
    fields: Vec<(String, String)>,
    /// Files; one more than allowed tells that there were too many, one byte more that it was too large.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Parts {
    /// Reads a form.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it is none, or breaks off.
    pub(super) async fn read(form: Form) -> Result<Self, Refusal> {
        let mut form = form.map_err(|_| unread())?;
        let mut parts = Self::default();
        while let Some(mut part) = form.next_field().await.map_err(|_| unread())? {
            let Some(name) = part.name().map(str::to_owned) else { continue };
            let file = part.file_name().map(str::to_owned);
            let most = if file.is_some() { BYTES } else { FIELD };
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|_| unread())? {
                let room = (most + 1).saturating_sub(bytes.len());
                bytes.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
            }
            match file {
                // A browser sends an empty part for a field without a file.
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) if parts.files.len() <= FILES => parts.files.push((file, bytes)),
                Some(_) => {}
                None if parts.fields.len() < FIELDS => parts.fields.push((name, String::from_utf8(bytes).map_err(|_| unread())?)),
                None => return Err(unread()),
            }
        }
        Ok(parts)
    }

    /// The first value of `field`; empty when it is missing.
    pub(super) fn one(&self, field: &str) -> String {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

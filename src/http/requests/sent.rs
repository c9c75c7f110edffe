//! What a form with files sent: its fields, and the files with the names that the sender gives them. No more is read than a message may hold.

use std::convert::Infallible;

use axum::{
    extract::{FromRequest, Multipart, Request},
    http::StatusCode,
};
use domain::{
    Fault,
    requests::{
        file::{BYTES, FILES},
        text::TEXT,
    },
};

use crate::http::{body::CutOff, router::Shared};

/// The most bytes of a field of text: four for each character.
const FIELD: usize = TEXT * 4 + 4_096;
/// The most fields of a form.
const FIELDS: usize = 20;

/// The parts of a form.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    fields: Vec<(String, String)>,
    /// Files; one more than allowed tells that there were too many, one byte more that it was too large.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is wrong with the form as a whole.
    pub broken: Option<Broken>,
}

/// Why a form is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// It was larger than a message may be.
    TooLarge,
    /// It is no form with files, or breaks off.
    Unread,
}

struct Unread;

const LARGE: &str = "The files are too large together: a message takes 30 MB. Choose fewer or smaller ones.";

impl FromRequest<Shared> for Parts {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &Shared) -> Result<Self, Infallible> {
        let cut = request.extensions().get::<CutOff>().is_some();
        let mut parts = Self::default();
        let whole = match Multipart::from_request(request, state).await {
            Ok(form) => parts.take(form).await,
            Err(_) => Err(Unread),
        };
        parts.broken = match whole {
            _ if cut => Some(Broken::TooLarge),
            Err(Unread) => Some(Broken::Unread),
            Ok(()) => None,
        };
        Ok(parts)
    }
}

impl Broken {
    /// The status of an answer, and what is wrong with the form whose text is `field`.
    pub(super) fn said(self, field: &str) -> (StatusCode, Fault) {
        match self {
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, Fault::new(if field == "note" { field } else { "files" }, LARGE)),
            Self::Unread => (StatusCode::UNPROCESSABLE_ENTITY, Fault::new(field, "The form could not be read; send it again.")),
        }
    }
}

impl Parts {
    /// Takes what can be read; what came before a fault stays.
    async fn take(&mut self, mut form: Multipart) -> Result<(), Unread> {
        while let Some(mut part) = form.next_field().await.map_err(|_| Unread)? {
            let Some(name) = part.name().map(str::to_owned) else { continue };
            let file = part.file_name().map(str::to_owned);
            let most = if file.is_some() { BYTES } else { FIELD };
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(|_| Unread)? {
                let room = (most + 1).saturating_sub(bytes.len());
                bytes.extend_from_slice(chunk.get(..chunk.len().min(room)).unwrap_or_default());
            }
            match file {
                // A browser sends an empty part for a field without a file.
                Some(file) if file.is_empty() && bytes.is_empty() => {}
                Some(file) if self.files.len() <= FILES => self.files.push((file, bytes)),
                Some(_) => {}
                None if self.fields.len() < FIELDS => self.fields.push((name, String::from_utf8(bytes).map_err(|_| Unread)?)),
                None => return Err(Unread),
            }
        }
        Ok(())
    }

    /// The first value of `field`; empty when it is missing.
    pub(super) fn one(&self, field: &str) -> String {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

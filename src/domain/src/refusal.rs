//! Why something was not done, in the few forms that every room shares.

use serde::{Deserialize, Serialize};

/// What is wrong with one field of what was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field's name, as the sender wrote it.
    pub field: String,
    /// What is wrong, as a sentence.
    pub message: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// The answer of every service that does not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It does not exist, or the caller may not know that it does.
    #[error("not found")]
    NotFound,
    /// The caller sees it but lacks the permission that is named.
    #[error("the permission \"{0}\" is missing")]
    Forbidden(&'static str),
    /// What was sent is wrong in these fields.
    #[error("not valid")]
    Invalid(Vec<Fault>),
    /// Somebody changed it meanwhile; the text says what.
    #[error("{0}")]
    Conflict(String),
    /// Not now; the seconds say when to try again.
    #[error("try again in {0} seconds")]
    Unavailable(u32),
}

impl Refusal {
    /// A refusal for one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(field, message)])
    }
}

//! How notices leave: mail through the operator's mail server, and webhooks to the receivers that tenants name.

mod address;
mod mail;
mod names;
mod relay;
mod settings;
mod signature;
mod target;
mod webhook;

#[cfg(test)]
mod tests;

pub use address::Allow;
pub use mail::{File, MOST_RECIPIENTS, Mail};
pub use relay::{Mailer, Refused, Sent};
pub use settings::MailSettings;
pub use signature::signature;
pub use webhook::Webhooks;

/// Why a notice did not leave, as a sentence that may be shown to the tenant: it holds no secret and nothing that the other side wrote at length.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NotSent {
    /// Which status or which fault.
    pub message: String,
    /// Whether trying again cannot help.
    pub permanent: bool,
    /// Whether the mail server could not be used at all, so that another mail fares no better right now.
    pub server: bool,
}

impl NotSent {
    fn permanently(message: impl Into<String>) -> Self {
        Self { message: message.into(), permanent: true, server: false }
    }

    fn for_now(message: impl Into<String>) -> Self {
        Self { message: message.into(), permanent: false, server: false }
    }

    /// The mail server could not be used, whatever was offered.
    fn server(message: impl Into<String>) -> Self {
        Self { message: message.into(), permanent: false, server: true }
    }
}

/// The innermost cause: the outer ones say "error sending request", and may name the URL.
fn root(error: &dyn std::error::Error) -> String {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    one_line(&deepest.to_string())
}

/// `text` of somebody else in one line of at most 200 characters.
fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).take(200).collect::<String>().trim().to_owned()
}

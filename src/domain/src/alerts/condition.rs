//! The key that names one condition of a device or of a policy.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::kind::{Kind, Subject};
use crate::{Fault, devices::limits::is_plain};

/// The longest subject, in characters.
pub const SUBJECT: usize = 255;

/// One condition: in a policy it may mean each disk or unit; on a device it names one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    kind: Kind,
    subject: Option<String>,
}

/// Text that names no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("names no condition")]
pub struct NotAKey;

impl Key {
    /// The condition of `kind` that stands for all of it; for [`Subject::Named`] it only says what is usual.
    pub const fn general(kind: Kind) -> Self {
        Self { kind, subject: None }
    }

    /// The condition of `kind` about `subject`; `None`: the kind has no subjects, or this can be none.
    pub fn about(kind: Kind, subject: &str) -> Option<Self> {
        let fits = !matches!(kind.subject(), Subject::None) && !subject.trim().is_empty() && subject.chars().count() <= SUBJECT && is_plain(subject);
        fits.then(|| Self { kind, subject: Some(subject.to_owned()) })
    }

    /// The condition that a form names for a policy.
    ///
    /// # Errors
    /// A fault of `kind` or `subject`.
    pub fn typed(kind: &str, subject: &str) -> Result<Self, Fault> {
        let kind: Kind = kind.parse().map_err(|()| Fault::new("kind", "is no condition this portal knows"))?;
        let subject = subject.trim();
        match kind.subject() {
            Subject::None if !subject.is_empty() => Err(Fault::new("subject", format!("must be empty: {} has no parts", kind.label()))),
            Subject::Named if subject.is_empty() => Err(Fault::new("subject", "is missing")),
            _ if subject.is_empty() => Ok(Self::general(kind)),
            _ => Self::about(kind, subject).ok_or_else(|| Fault::new("subject", "is longer than 255 characters or holds a control or direction character")),
        }
    }

    /// What is watched.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The mount, unit, process or script.
    pub fn subject(&self) -> Option<&str> {
        self.subject.as_deref()
    }

    /// The words on pages: `CPU`, `Disk free: /var`.
    pub fn label(&self) -> String {
        self.subject.as_ref().map_or_else(|| self.kind.label().to_owned(), |subject| format!("{}: {subject}", self.kind.label()))
    }
}

/// The stable text: `cpu`, `disk:/var`, `service:nginx.service`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.word())?;
        self.subject.iter().try_for_each(|subject| write!(f, ":{subject}"))
    }
}

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let (kind, subject) = text.split_once(':').map_or((text, None), |(kind, subject)| (kind, Some(subject)));
        let kind = kind.parse().map_err(|()| NotAKey)?;
        subject.map_or(Some(Self::general(kind)), |subject| Self::about(kind, subject)).ok_or(NotAKey)
    }
}

impl TryFrom<String> for Key {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, NotAKey> {
        text.parse()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        for text in ["cpu", "not-seen", "disk", "disk:/var", "disk:C:", "disk-warning:/", "service:nginx.service", "script:backup-age", "process:sshd: master"]
        {
            assert_eq!(text.parse::<Key>().expect(text).to_string(), text);
        }
        for text in ["", "fan", "cpu:0", "disk:", "disk: ", "disk:/\u{0}", "disk:/\u{202e}x", &format!("disk:{}", "x".repeat(256))] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_form_names_what_a_policy_may_hold() {
        assert_eq!(Key::typed("disk", " /var ").expect("a key").label(), "Disk free: /var");
        assert_eq!(Key::typed("service", ""), Ok(Key::general(Kind::Service)));
        for (kind, subject, field) in [("fan", "", "kind"), ("cpu", "0", "subject"), ("process", " ", "subject"), ("disk", "a\u{7}", "subject")] {
            assert_eq!(Key::typed(kind, subject).expect_err(kind).field, field);
        }
    }
}

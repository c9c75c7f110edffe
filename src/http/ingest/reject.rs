//! Why a message of a foreign agent was not taken, and the HTTP status that says so.

use domain::Fault;

/// The most characters of what was sent that an answer repeats.
const ECHO: usize = 60;

/// Why a message was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reject {
    /// It is not what it says it is: broken, cut off, or written to do harm.
    #[error("{0}")]
    Malformed(String),
    /// It unpacks to more bytes than are taken.
    #[error("The message is larger than this server takes.")]
    TooLarge,
    /// It is well made, and nothing this server handles.
    #[error("{0}")]
    Unsupported(String),
    /// It breaks a limit in these fields.
    #[error("{}", sentence(.0))]
    Invalid(Vec<Fault>),
}

impl Reject {
    /// The HTTP status of the answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::TooLarge => 413,
            Self::Unsupported(_) => 415,
            Self::Invalid(_) => 422,
        }
    }

    pub(super) fn malformed(message: &str) -> Self {
        Self::Malformed(message.to_owned())
    }

    pub(super) fn invalid(field: &str, message: &str) -> Self {
        Self::Invalid(vec![Fault::new(field, message)])
    }
}

fn sentence(faults: &[Fault]) -> String {
    let each: Vec<String> = faults.iter().map(|fault| format!("{} {}", fault.field, fault.message)).collect();
    format!("The report is not taken: {}.", each.join("; "))
}

/// What may be repeated of `text`: its first 60 characters, control and direction characters left out.
pub(super) fn echo(text: &str) -> String {
    text.chars().filter(|c| domain::devices::limits::is_plain(c.encode_utf8(&mut [0; 4]))).take(ECHO).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reject_has_its_status_and_sentence() {
        let faults = vec![Fault::new("os.name", "is empty"), Fault::new("software", "is long")];
        for (reject, status, text) in [
            (Reject::malformed("No."), 400, "No."),
            (Reject::TooLarge, 413, "The message is larger than this server takes."),
            (Reject::Unsupported("Not here.".into()), 415, "Not here."),
            (Reject::Invalid(faults), 422, "The report is not taken: os.name is empty; software is long."),
        ] {
            assert_eq!((reject.status(), reject.to_string().as_str()), (status, text));
        }
    }

    #[test]
    fn an_echo_is_short_and_plain() {
        assert_eq!(echo(&"x".repeat(5000)).len(), ECHO);
        assert_eq!(echo("a\0b\u{202e}c\n"), "abc");
    }
}

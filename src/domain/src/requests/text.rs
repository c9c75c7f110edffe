//! What people write: a subject of one line, and text of many. Neither is ever markup.

use crate::{Refusal, devices::limits::is_plain};

/// The longest subject, in characters.
pub const SUBJECT: usize = 150;
/// The longest text, in characters.
pub const TEXT: usize = 20_000;

/// The subject that `typed` is.
///
/// # Errors
/// [`Refusal::Invalid`] for `subject`.
pub fn subject(typed: &str) -> Result<String, Refusal> {
    line("subject", "Say in a few words what it is about.", typed)
}

/// One line of at most [`SUBJECT`] characters for `field`; `empty` is said when there is none.
///
/// # Errors
/// [`Refusal::Invalid`] for `field`.
pub fn line(field: &str, empty: &str, typed: &str) -> Result<String, Refusal> {
    let line = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 => Err(Refusal::invalid(field, empty)),
        n if n > SUBJECT => Err(Refusal::invalid(field, format!("This has at most {SUBJECT} characters; it has {n}."))),
        _ if !is_plain(&line) => Err(Refusal::invalid(field, "This holds no control or direction characters.")),
        _ => Ok(line),
    }
}

/// The text that `typed` is, with plain line ends; `None`: nothing was typed.
///
/// # Errors
/// [`Refusal::Invalid`] for `field`.
pub fn text(field: &str, typed: &str) -> Result<Option<String>, Refusal> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    let length = text.chars().count();
    if length > TEXT {
        return Err(Refusal::invalid(field, format!("This has at most 20,000 characters; it has {length}.")));
    }
    if !text.split(['\n', '\t']).all(is_plain) {
        return Err(Refusal::invalid(field, "This holds no control or direction characters."));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_lines_and_nothing_else() {
        assert_eq!(text("text", " a\r\nb\rc\t<b> "), Ok(Some("a\nb\nc\t<b>".into())));
        assert_eq!(text("text", " \n "), Ok(None));
        assert!(text("text", &"x".repeat(TEXT)).is_ok() && text("text", &"x".repeat(TEXT + 1)).is_err());
        for bad in ["a\0b", "a\u{1b}[1m", "a\u{202e}b"] {
            assert!(text("text", bad).is_err() && subject(bad).is_err(), "{bad:?}");
        }
        assert_eq!(subject("  The  printer\n hums "), Ok("The printer hums".into()));
        assert!(subject(" ").is_err() && subject(&"x".repeat(SUBJECT + 1)).is_err());
    }
}

//! What people give a device: a name of its own, tags and a note.

use super::limits::is_plain;
use crate::Refusal;

/// The longest name, in characters.
pub const NAME: usize = 100;
/// The longest tag, in characters.
pub const TAG: usize = 40;
/// The most tags of one device.
pub const TAGS: usize = 20;
/// The longest note, in characters.
pub const NOTE: usize = 4_000;

/// The name that `typed` gives; `None`: the reported one.
///
/// # Errors
/// [`Refusal::Invalid`] for `name`.
pub fn name(typed: &str) -> Result<Option<String>, Refusal> {
    let name = one_line(typed);
    if name.chars().count() > NAME {
        return Err(Refusal::invalid("name", format!("A name has at most {NAME} characters; this one has {}.", name.chars().count())));
    }
    if !is_plain(&name) {
        return Err(Refusal::invalid("name", "A name holds no control or direction characters."));
    }
    Ok(Some(name).filter(|name| !name.is_empty()))
}

/// The tag that `typed` is, in lower case.
///
/// # Errors
/// [`Refusal::Invalid`] for `tag`.
pub fn tag(typed: &str) -> Result<String, Refusal> {
    let tag = one_line(typed).to_lowercase();
    match tag.chars().count() {
        0 => Err(Refusal::invalid("tag", "Type a tag first.")),
        n if n > TAG => Err(Refusal::invalid("tag", format!("A tag has at most {TAG} characters; this one has {n}."))),
        _ if !is_plain(&tag) => Err(Refusal::invalid("tag", "A tag holds no control or direction characters.")),
        _ => Ok(tag),
    }
}

/// The note that `typed` is, with plain line ends; `None`: no note.
///
/// # Errors
/// [`Refusal::Invalid`] for `note`.
pub fn note(typed: &str) -> Result<Option<String>, Refusal> {
    let note = typed.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    if note.chars().count() > NOTE {
        return Err(Refusal::invalid("note", format!("A note has at most 4,000 characters; this one has {}.", note.chars().count())));
    }
    if !note.split(['\n', '\t']).all(is_plain) {
        return Err(Refusal::invalid("note", "A note holds no control or direction characters."));
    }
    Ok(Some(note).filter(|note| !note.is_empty()))
}

/// The words of `typed` with one space between them.
fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_and_empty_takes_the_reported_one_back() {
        assert_eq!(name("  Front   desk \r\n"), Ok(Some("Front desk".into())));
        assert_eq!(name(" \t "), Ok(None));
        assert!(name(&"x".repeat(NAME)).is_ok() && name(&"x".repeat(NAME + 1)).is_err());
        for bad in ["a\0b", "a\u{202e}b", "a\u{7}b"] {
            assert!(name(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn tags_are_short_and_in_lower_case() {
        assert_eq!(tag(" Gold "), Ok("gold".into()));
        assert_eq!(tag("Büro \u{a0} 2"), Ok("büro 2".into()));
        assert!(tag("").is_err() && tag("  ").is_err() && tag(&"x".repeat(TAG + 1)).is_err() && tag("a\u{200f}").is_err());
        assert!(tag(&"\u{130}".repeat(TAG)).is_err(), "what grows in lower case is measured there");
    }

    #[test]
    fn notes_keep_their_lines() {
        assert_eq!(note("one\r\ntwo\rthree\n"), Ok(Some("one\ntwo\nthree".into())));
        assert_eq!(note(" \n "), Ok(None));
        assert!(note(&"x".repeat(NOTE)).is_ok() && note(&"x".repeat(NOTE + 1)).is_err() && note("a\u{1b}[1m").is_err());
    }
}

//! What a client, a site or a person may be called.

use crate::devices::limits::is_plain;

/// The longest name, in characters.
pub const NAME: usize = 100;

/// `text` as a name: spaces at its ends and doubled ones inside are dropped.
///
/// # Errors
/// What is wrong, to stand behind the field's name.
pub fn name(text: &str) -> Result<String, &'static str> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err("is missing");
    }
    if !is_plain(trimmed) {
        return Err("holds a line break, or a control or direction character");
    }
    if !trimmed.chars().any(char::is_alphanumeric) {
        return Err("has no letter or digit");
    }
    let name = trimmed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME { Err("is longer than 100 characters") } else { Ok(name) }
}

/// Two names with the same key are one name to people: case does not tell them apart.
pub fn same(name: &str) -> String {
    name.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_people_can_read() {
        assert_eq!(name("  Castell   Legal\u{a0}LLP "), Ok("Castell Legal LLP".into()));
        assert_eq!(name(&"x".repeat(NAME)).map(|name| name.len()), Ok(NAME));
        for (bad, why) in [("", "missing"), (" \u{a0}", "missing"), ("a\nb", "line break"), ("a\u{202e}b", "direction"), ("\u{200b}-&", "no letter")] {
            assert!(name(bad).is_err_and(|told| told.contains(why)), "{bad:?}");
        }
        assert!(name(&"é".repeat(NAME + 1)).is_err());
        assert_eq!(same("ÉTOILE Ltd"), same("étoile ltd"));
    }
}

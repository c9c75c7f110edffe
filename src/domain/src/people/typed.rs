//! What people type about people: e-mail addresses, names and passwords, checked once.

use crate::{Fault, devices::limits::is_plain};

/// The shortest password, in characters.
pub const SHORTEST: usize = 12;
/// The longest password, in bytes.
pub const LONGEST: usize = 1_024;
/// Passwords that everybody tries first, whatever their length.
const KNOWN: [&str; 6] = ["123456789012", "passwordpassword", "password1234", "qwertyuiop12", "iloveyou1234", "administrator"];

/// An address in lower case with one `@`, as it is stored and compared.
///
/// # Errors
/// A fault of `email`.
pub fn email(typed: &str) -> Result<String, Fault> {
    let text = typed.trim().to_lowercase();
    let parts: Vec<&str> = text.split('@').collect();
    let whole = matches!(parts.as_slice(), [local, host] if !local.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'));
    let clean = is_plain(&text) && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '"' | '(' | ')'));
    match text.len() {
        0 => Err(Fault::new("email", "is missing")),
        1..=254 if whole && clean => Ok(text),
        255.. => Err(Fault::new("email", "is longer than 254 characters")),
        _ => Err(Fault::new("email", "is not an e-mail address")),
    }
}

/// A name of 1 to `most` characters, for `field`.
///
/// # Errors
/// A fault of `field`.
pub fn name(field: &str, typed: &str, most: usize) -> Result<String, Fault> {
    let text = typed.trim();
    match text.chars().count() {
        0 => Err(Fault::new(field, "is missing")),
        n if n > most => Err(Fault::new(field, format!("is longer than {most} characters"))),
        _ if !is_plain(text) => Err(Fault::new(field, "holds a control or direction character")),
        _ => Ok(text.to_owned()),
    }
}

/// Whether `typed`, typed again as `again`, may be the password of somebody with this e-mail and name.
///
/// # Errors
/// A fault of `password` or `again`.
pub fn password(typed: &str, again: &str, email: &str, name: &str) -> Result<(), Fault> {
    let lower = typed.to_lowercase();
    let own = [email, email.split('@').next().unwrap_or(email), name];
    let letters = typed.chars().collect::<std::collections::BTreeSet<_>>().len();
    if typed.chars().count() < SHORTEST {
        Err(Fault::new("password", format!("needs at least {SHORTEST} characters; a few words do well")))
    } else if typed.len() > LONGEST {
        Err(Fault::new("password", "is longer than 1,024 bytes"))
    } else if KNOWN.contains(&lower.as_str()) || letters < 5 || own.iter().any(|own| lower == own.to_lowercase()) {
        Err(Fault::new("password", "is too easy to guess"))
    } else if typed != again {
        Err(Fault::new("again", "is not the same"))
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_lower_case_and_whole() {
        assert_eq!(email(" Ann@Example.ORG "), Ok("ann@example.org".into()));
        for bad in [
            "",
            "ann",
            "ann@",
            "@example.org",
            "a@b",
            "a@.b",
            "a@b.",
            "a@b@c.d",
            "a b@c.de",
            "a,b@c.de",
            "a@c.de\u{202e}",
            &format!("{}@c.de", "x".repeat(250)),
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_plain_and_bounded() {
        assert_eq!(name("name", " Jo ", 100), Ok("Jo".into()));
        for bad in ["", "  ", "a\u{0}b", "a\u{202e}b", &"x".repeat(101)] {
            assert_eq!(name("name", bad, 100).expect_err(bad).field, "name");
        }
    }

    #[test]
    fn passwords_are_long_and_not_ones_own() {
        let check = |typed: &str, again: &str| password(typed, again, "ann.archer@example.org", "Ann Archer The Third").map_err(|fault| fault.field);
        assert_eq!(check("four brown cows", "four brown cows"), Ok(()));
        assert_eq!(check("four brown cows", "four brown cow"), Err("again".into()));
        for bad in ["short", "aaaaaaaaaaaaa", "ann.archer@example.org", "ANN ARCHER the third", "passwordpassword", "123456789012", &"long".repeat(300)] {
            assert_eq!(check(bad, bad), Err("password".into()), "{bad}");
        }
    }
}

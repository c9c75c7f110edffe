//! Names of packages with stars for any characters. A handful of short patterns; no other sign means anything.

use std::fmt;

use super::triple::NAME;
use crate::Fault;

/// The most patterns of one rule.
pub const PATTERNS: usize = 50;
/// The most stars of one pattern.
pub const STARS: usize = 4;

/// Patterns that were checked, in lower case, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patterns(Vec<String>);

impl Patterns {
    /// Reads patterns that stand on lines of their own or between commas or spaces.
    ///
    /// # Errors
    /// A fault of `names` for the first pattern that breaks a rule.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        let fault = |message: String| Err(Fault::new("names", message));
        let mut patterns: Vec<String> = Vec::new();
        for word in typed.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()) {
            let word = word.to_ascii_lowercase();
            if patterns.contains(&word) {
                continue;
            }
            if patterns.len() == PATTERNS {
                return fault(format!("A rule has at most {PATTERNS} names; make a second rule for the others."));
            }
            check(&word).map_err(|message| Fault::new("names", message))?;
            patterns.push(word);
        }
        if patterns.is_empty() { fault("Type at least one name, for example linux-image-*.".into()) } else { Ok(Self(patterns)) }
    }

    /// The first pattern that `name` has.
    pub fn first_match(&self, name: &str) -> Option<&str> {
        self.0.iter().map(String::as_str).find(|pattern| matches(pattern.as_bytes(), name.as_bytes()))
    }

    /// The patterns in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Patterns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

fn check(word: &str) -> Result<(), String> {
    let strange = word.chars().find(|c| !c.is_ascii_alphanumeric() && !"+._-*".contains(*c));
    let stars = word.matches('*').count();
    if let Some(strange) = strange {
        Err(format!("No package name holds {strange:?}; * stands for any characters."))
    } else if word.len() > NAME {
        Err(format!("A name has at most {NAME} characters."))
    } else if stars > STARS {
        Err(format!("A name has at most {STARS} stars."))
    } else if !word.chars().any(|c| c.is_ascii_alphanumeric()) {
        Err("A name of stars alone would hold every update; decline them one by one, or pause the schedule.".into())
    } else {
        Ok(())
    }
}

/// Whether `name` has the pattern: goes back to the last star only, so the cost is at most one length times the other.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut p, mut n, mut back) = (0, 0, None);
    while let Some(byte) = name.get(n) {
        match pattern.get(p) {
            Some(b'*') => {
                back = Some((p + 1, n));
                p += 1;
            }
            Some(wanted) if *wanted == byte.to_ascii_lowercase() => (p, n) = (p + 1, n + 1),
            _ => {
                let Some((after, from)) = back else { return false };
                (p, n) = (after, from + 1);
                back = Some((after, from + 1));
            }
        }
    }
    pattern.iter().skip(p).all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, name, expected) in [
            ("nginx", "nginx", true),
            ("nginx", "nginx-core", false),
            ("nginx", "ngin", false),
            ("nginx*", "nginx", true),
            ("nginx*", "nginx-core", true),
            ("*-dev", "libssl-dev", true),
            ("*-dev", "libssl-devel", false),
            ("linux-*-amd64", "linux-image-6.1.0-28-amd64", true),
            ("linux-*-amd64", "linux-amd64", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "acb", false),
            ("**a", "a", true),
            ("networkmanager*", "NetworkManager-wifi", true),
            ("g++*", "g++-12", true),
            ("a.c", "abc", false),
        ] {
            assert_eq!(Patterns::parse(pattern).expect(pattern).first_match(name).is_some(), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn a_hard_case_ends() {
        let pattern = Patterns::parse("*a*a*a*b").expect("a pattern");
        assert_eq!(pattern.first_match(&"a".repeat(100_000)), None);
    }

    #[test]
    fn what_is_typed_is_split_and_kept_once() {
        let patterns = Patterns::parse(" nginx*, PHP*\r\nnginx*\tmysql-server ").expect("patterns");
        assert_eq!(patterns.to_string(), "nginx*, php*, mysql-server");
        assert_eq!(Patterns::parse(&patterns.to_string()), Ok(patterns));
    }

    #[test]
    fn what_breaks_a_rule_is_named() {
        let many = (0..=PATTERNS).map(|i| format!("p{i}")).collect::<Vec<_>>().join(" ");
        for bad in ["", " , ", "*", "***", "a?", "^a", "(a|b)", "a\0", "\u{e4}*", "*a*a*a*a*", "../x", &"x".repeat(NAME + 1), &many] {
            assert_eq!(Patterns::parse(bad).expect_err(bad).field, "names");
        }
    }
}

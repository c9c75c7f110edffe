//! Names of operating systems, short enough for a list.

/// The name of a family, as pages write it.
pub fn label(family: &str) -> String {
    match family {
        "" | "unknown" => "Not known yet".into(),
        "macos" => "macOS".into(),
        "rhel" => "Red Hat".into(),
        "opensuse" => "openSUSE".into(),
        family => {
            let mut letters = family.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

/// The short name of a system: its full name without its version, bracketed words and the word `GNU/Linux`.
pub fn short(name: &str, version: Option<&str>) -> Option<String> {
    let name = name.split('(').next().unwrap_or(name).replace("GNU/Linux", "").replace("Microsoft ", "");
    let words = name.split_whitespace().filter(|word| Some(*word) != version);
    let short = words.collect::<Vec<_>>().join(" ");
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short() {
        assert_eq!(short("Debian GNU/Linux 12 (bookworm)", Some("12")).as_deref(), Some("Debian"));
        assert_eq!(short("Microsoft Windows 11 Pro", Some("24H2")).as_deref(), Some("Windows 11 Pro"));
        assert_eq!(short("", None), None);
        assert_eq!(label("debian"), "Debian");
        assert_eq!(label(""), "Not known yet");
    }
}

//! Names, versions and architectures that may stand in a command. Nothing that passes can be an option, a pattern, a path or a shell word.

use super::Source;
use crate::Fault;

/// The longest name, in bytes.
pub const NAME: usize = 128;
/// The longest version, in bytes.
pub const VERSION: usize = 128;
/// The longest architecture, in bytes.
pub const ARCH: usize = 20;

/// Whether `name` may be the name of a package.
///
/// # Errors
/// A fault of `name`.
pub fn name(name: &str) -> Result<(), Fault> {
    shape("name", name, NAME, "+._-")
}

/// Whether `arch` may be the architecture of a package; `rpm` is none, since a word that ends in `.rpm` is a file to dnf.
///
/// # Errors
/// A fault of `arch`.
pub fn arch(arch: &str) -> Result<(), Fault> {
    shape("arch", arch, ARCH, "_-")?;
    let known = !matches!(arch, "rpm" | "deb" | "src" | "source") && !arch.contains(|c: char| c.is_ascii_uppercase());
    if known { Ok(()) } else { Err(Fault::new("arch", "is no architecture that can be installed")) }
}

/// Whether `version` may be a version of a package of `source`.
///
/// # Errors
/// A fault of `version`.
pub fn version(source: Source, version: &str) -> Result<(), Fault> {
    let fault = |message: &str| Err(Fault::new("version", message));
    match source {
        Source::Deb => shape("version", version, VERSION, ".+~:-")?,
        Source::Rpm => shape("version", version, VERSION, "._+~^:-")?,
    }
    if version.split_once(':').is_some_and(|(epoch, rest)| !epoch.bytes().all(|byte| byte.is_ascii_digit()) || rest.is_empty()) {
        return fault("has something that is no number before its colon, or nothing after it");
    }
    match source {
        // apt takes a last hyphen or plus for an order to remove or to install.
        Source::Deb if version.ends_with(['+', '-']) => fault("ends in a sign that apt reads as an order"),
        Source::Rpm if version.matches('-').count() != 1 || version.ends_with('-') => fault("is no version and release with a hyphen between"),
        Source::Rpm if version.matches(':').count() > 1 => fault("has more than one colon"),
        _ => Ok(()),
    }
}

fn shape(field: &str, text: &str, most: usize, also: &str) -> Result<(), Fault> {
    let fault = |message: String| Err(Fault::new(field, message));
    match text.chars().find(|c| !c.is_ascii_alphanumeric() && !also.contains(*c)) {
        _ if text.is_empty() => fault("is empty".into()),
        _ if text.len() > most => fault(format!("is longer than {most} characters")),
        Some(strange) => fault(format!("holds {strange:?}, which it cannot")),
        None if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) => fault("starts with neither a letter nor a digit".into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_packages_have_pass() {
        for fine in ["libc6", "g++", "libstdc++6", "python3.11", "gcc-c++", "0ad", "NetworkManager", "java-17-openjdk", "glib_2"] {
            assert_eq!(name(fine), Ok(()), "{fine}");
        }
        for fine in ["amd64", "all", "x86_64", "noarch", "i386", "kfreebsd-amd64"] {
            assert_eq!(arch(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn nothing_that_a_shell_or_a_program_reads_otherwise_passes() {
        let long = "x".repeat(NAME + 1);
        let strange =
            ["-y", "--allow-downgrades", "a b", "a;b", "$(id)", "`id`", "a|b", "a&b", "a>b", "a\nb", "a\0b", "\u{e4}", "../x", "a/b", "a*", "a?", "@core"];
        for bad in strange.into_iter().chain(["", ".a", "+a", "a=1", "a:b", "a,b", "a'b", "a\"b", "a\\b", "a~b", "a%b", "{a}", "~n", "\u{202e}a", &long]) {
            assert_eq!(name(bad).expect_err(bad).field, "name");
            assert_eq!(arch(bad).expect_err(bad).field, "arch");
        }
        for bad in ["rpm", "deb", "src", "AMD64", "x86.64", &"x".repeat(ARCH + 1)] {
            assert!(arch(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn versions_follow_their_system() {
        for fine in ["1", "3.0.17-1~deb12u2", "1:2.36-9+deb12u10", "20.1~rc1", "2:1.2.3:4-1", "1.0~", "5.10.0-8"] {
            assert_eq!(version(Source::Deb, fine), Ok(()), "{fine}");
        }
        for fine in ["3.0.7-24.el9", "1:3.0.7-24.el9_1", "0:1.0^git1-1.fc40", "5.14.0-162.6.1.el9_1"] {
            assert_eq!(version(Source::Rpm, fine), Ok(()), "{fine}");
        }
        for bad in ["", "-1", "1-", "1+", "a:1", "1:", ":1", "1 2", "1;2", "1_2", "1^2", "1/2", "1=2", "1*", "~1", "1\n", &"1".repeat(VERSION + 1)] {
            assert!(version(Source::Deb, bad).is_err(), "{bad}");
        }
        for bad in ["", "1.0", "1-2-3", "1.0-", "-1-1", "x:1-1", "1:2:3-4", "1-1;", "1-1*", "1-%{x}", "1-1 "] {
            assert!(version(Source::Rpm, bad).is_err(), "{bad}");
        }
    }
}

//! Why apt or dnf failed, from what it printed. The agent runs both with `LC_ALL=C`, so that they speak one language.

use super::outcome::{Failure, FailureClass, LINE};

/// How much of the end of an output is looked at, in bytes.
pub const TAIL: usize = 64 * 1024;

/// Words that tell a class, in lower case; the earlier row holds when several match, since a full disk or a lock makes other errors follow.
const SIGNS: [(FailureClass, &[&str]); 12] = [
    (FailureClass::NoSpace, &["no space left on device", "enough free space in", "more space needed on the"]),
    (FailureClass::Permission, &["(13: permission denied)", "are you root?", "superuser privileges", "read-only file system"]),
    (
        FailureClass::Lock,
        &[
            "could not get lock",
            "unable to acquire the dpkg frontend lock",
            "unable to lock",
            "transaction lock",
            "waiting for process with pid",
            "rpmdb: lock",
        ],
    ),
    (FailureClass::Broken, &["dpkg was interrupted", "rpmdb open failed", "rpm database is corrupt", "cannot open packages database"]),
    (
        FailureClass::Signature,
        &[
            "no_pubkey",
            "public key for",
            "gpg error",
            "gpg check failed",
            "signatures were invalid",
            "cannot be authenticated",
            "unauthenticated packages",
            "is not signed",
        ],
    ),
    (FailureClass::Held, &["held packages were changed"]),
    (FailureClass::Gone, &["404  not found", "404 not found", "status code: 404", "' was not found", "unable to locate package", "no match for argument"]),
    (
        FailureClass::Download,
        &[
            "temporary failure resolving",
            "could not resolve",
            "could not connect",
            "connection timed out",
            "connection failed",
            "network is unreachable",
            "hash sum mismatch",
            "curl error",
            "no more mirrors to try",
            "failed to fetch",
            "failed to download",
            "cannot download",
        ],
    ),
    (
        FailureClass::Unmet,
        &[
            " : depends:",
            " : predepends:",
            "nothing provides",
            "conflicting requests",
            "unmet dependencies",
            "held broken packages",
            "but none of the providers",
        ],
    ),
    (FailureClass::Script, &["script subprocess", "maintainer script", "scriptlet failed", "scriptlet in rpm package", "trying to overwrite"]),
    (FailureClass::TimedOut, &["took longer than it may"]),
    (FailureClass::Script, &["returned an error code"]),
];

/// How a line starts that is a warning, or a wait that may have ended well.
const PASSING: [&str; 3] = ["W:", "Warning:", "Waiting for"];

/// The class of a failure and the line that says so; what is only a warning or a wait counts when nothing else tells.
pub fn classify(output: &str) -> Failure {
    let mut from = output.len().saturating_sub(TAIL);
    while !output.is_char_boundary(from) {
        from += 1;
    }
    let lines: Vec<&str> = output.get(from..).unwrap_or_default().split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
    let (warnings, errors): (Vec<&str>, Vec<&str>) = lines.iter().copied().partition(|line| PASSING.iter().any(|start| line.starts_with(start)));
    let found = sign(&errors).or_else(|| sign(&warnings));
    let (class, line) = found.unwrap_or((FailureClass::Unknown, lines.last().copied().unwrap_or("It printed nothing.")));
    Failure { class, line: clean(line) }
}

fn sign<'a>(lines: &[&'a str]) -> Option<(FailureClass, &'a str)> {
    let lower: Vec<String> = lines.iter().map(|line| line.to_ascii_lowercase()).collect();
    SIGNS.iter().find_map(|(class, words)| {
        let line = words.iter().find_map(|word| lower.iter().position(|line| line.contains(word)))?;
        Some((*class, lines.get(line).copied()?))
    })
}

/// The line without control and direction characters, cut to its limit.
pub fn clean(line: &str) -> String {
    let plain = |c: &char| crate::devices::limits::is_plain(c.encode_utf8(&mut [0; 4]));
    line.trim().chars().filter(plain).take(LINE).collect()
}

#[cfg(test)]
mod tests;

//! What apt and dnf print when they fail, and the class and line that are read from it.

use super::*;
use FailureClass::{Broken, Download, Gone, Held, Lock, NoSpace, Permission, Script, Signature, TimedOut, Unknown, Unmet};

/// Class, a part of the line, and the output.
const APT: [(FailureClass, &str, &str); 15] = [
    (
        Lock,
        "held by process 4242",
        "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4242 (unattended-upgr)\n\
         N: Be aware that removing the lock file is not a solution and may break your system.\n\
         E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?\n",
    ),
    (NoSpace, "enough free space", "Need to get 48.1 MB of archives.\nE: You don't have enough free space in /var/cache/apt/archives/.\n"),
    (
        NoSpace,
        "No space left",
        "Unpacking linux-image-6.1.0-28-amd64 (6.1.119-1) ...\n\
         dpkg: error processing archive /tmp/linux-image.deb (--unpack):\n\
         \x20cannot copy extracted data for './boot/vmlinuz-6.1.0-28-amd64': failed to write (No space left on device)\n\
         E: Sub-process /usr/bin/dpkg returned an error code (1)\n",
    ),
    (
        Unmet,
        "Depends: libssl3",
        "Some packages could not be installed.\nThe following packages have unmet dependencies:\n\
         \x20openssl : Depends: libssl3 (>= 3.0.17) but 3.0.16-1 is to be installed\n\
         E: Unable to correct problems, you have held broken packages.\n",
    ),
    (Gone, "'3.0.17-1~deb12u2' for 'openssl'", "E: Version '3.0.17-1~deb12u2' for 'openssl' was not found\n"),
    (Gone, "nosuch", "E: Unable to locate package nosuch\n"),
    (
        Gone,
        "404",
        "Err:1 http://deb.example.org/debian bookworm/main amd64 curl amd64 7.88.1-10\n  404  Not Found [IP: 192.0.2.7 80]\n\
         E: Failed to fetch http://deb.example.org/pool/curl_7.88.1-10_amd64.deb  404  Not Found [IP: 192.0.2.7 80]\n",
    ),
    (
        Download,
        "Temporary failure resolving",
        "Err:1 http://deb.example.org bookworm\n  Temporary failure resolving 'deb.example.org'\nE: Failed to fetch http://deb.example.org/x.deb\n",
    ),
    (Download, "Hash Sum", "E: Failed to fetch http://deb.example.org/x.deb  Hash Sum mismatch\nE: Unable to fetch some archives\n"),
    (
        Script,
        "post-installation script subprocess",
        "Setting up postfix (3.7.11-0+deb12u1) ...\ndpkg: error processing package postfix (--configure):\n\
         \x20installed postfix package post-installation script subprocess returned error exit status 1\n\
         Errors were encountered while processing:\n postfix\nE: Sub-process /usr/bin/dpkg returned an error code (1)\n",
    ),
    (
        Signature,
        "NO_PUBKEY",
        "W: GPG error: http://repo.example.org stable InRelease: The following signatures couldn't be verified: NO_PUBKEY 0123456789ABCDEF\n",
    ),
    (Signature, "unauthenticated", "E: There were unauthenticated packages and -y was used without --allow-unauthenticated\n"),
    (Held, "Held packages", "E: Held packages were changed and -y was used without --allow-change-held-packages.\n"),
    (Broken, "dpkg was interrupted", "E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.\n"),
    (
        Permission,
        "13: Permission denied",
        "E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\n\
         E: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?\n",
    ),
];

const DNF: [(FailureClass, &str, &str); 9] = [
    (Lock, "pid 2211", "Waiting for process with pid 2211 to finish.\n"),
    (NoSpace, "15MB more space", "Error: Transaction test error:\nDisk Requirements:\n   At least 15MB more space needed on the / filesystem.\n"),
    (
        Unmet,
        "nothing provides",
        "Error: \n Problem: cannot install the best update candidate for package a-1-1.el9.x86_64\n  - nothing provides b >= 2 needed by a-2-1.el9.x86_64\n",
    ),
    (Gone, "openssl-libs", "No match for argument: openssl-libs-1:3.0.7-25.el9.x86_64\nError: No packages marked for upgrade.\n"),
    (
        Gone,
        "404",
        "Errors during downloading metadata for repository 'appstream':\n  - Status code: 404 for https://mirror.example.org/repodata/repomd.xml (IP: 192.0.2.9)\n",
    ),
    (Download, "Curl error (28)", "  - Curl error (28): Timeout was reached for https://mirror.example.org/a.rpm\nError: Error downloading packages:\n"),
    (
        Script,
        "scriptlet failed",
        "Error in POSTIN scriptlet in rpm package kernel-core\nwarning: %post(kernel-core-5.14.0-1.x86_64) scriptlet failed, exit status 1\n",
    ),
    (Signature, "Public key for", "Public key for a-2-1.el9.x86_64.rpm is not installed. Failing package is: a-2-1.el9.x86_64\nError: GPG check FAILED\n"),
    (Permission, "superuser", "Error: This command has to be run with superuser privileges (under the root user on most systems).\n"),
];

#[test]
fn each_output_has_its_class_and_its_line() {
    for (class, part, output) in APT.into_iter().chain(DNF) {
        let failure = classify(output);
        assert_eq!(failure.class, class, "{output}");
        assert!(failure.line.contains(part), "{part}: {}", failure.line);
    }
}

#[test]
fn what_nobody_knows_keeps_its_last_line() {
    for (output, line) in [("", "It printed nothing."), ("\n \n", "It printed nothing."), ("one\ntwo \n\n", "two"), ("a\u{1b}[31m\u{202e}b\n", "a[31mb")] {
        assert_eq!(classify(output), Failure { class: Unknown, line: line.into() }, "{output:?}");
    }
    assert_eq!(classify("The installation took longer than it may and was ended.").class, TimedOut);
}

#[test]
fn a_warning_does_not_hide_the_error() {
    let output = "W: GPG error: http://repo.example.org stable InRelease: NO_PUBKEY 01\nE: Version '1' for 'a' was not found\n";
    assert_eq!(classify(output).class, Gone);
}

#[test]
fn a_wait_that_ended_and_a_script_that_ran_are_no_failures() {
    let waited = "Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)... 3s\r";
    assert_eq!(classify(waited).class, Lock);
    assert_eq!(classify(&format!("{waited}\nE: Failed to fetch http://deb.example.org/a.deb\n")).class, Download);
    assert_eq!(classify("  Running scriptlet: kernel-core-5.14.0-1.x86_64\nSomething else went wrong\n").class, Unknown);
    assert_eq!(classify("a.postinst: mktemp was not found\n").class, Unknown);
}

#[test]
fn a_huge_output_is_cut() {
    let output = format!("E: Unable to locate package a\n{}\n{}", "\u{e4}".repeat(TAIL), "x".repeat(1_000));
    let failure = classify(&output);
    assert_eq!((failure.class, failure.line.chars().count()), (Unknown, LINE));
}

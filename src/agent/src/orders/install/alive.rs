//! Whether an installation that another start of the agent began still runs.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use domain::ids::CommandId;

/// The files that dpkg's family locks while it changes the machine.
const LOCKS: [&str; 2] = ["/var/lib/dpkg/lock-frontend", "/var/lib/dpkg/lock"];
/// Where dpkg writes down what it has not ended.
const JOURNAL: &str = "/var/lib/dpkg/updates";

/// Whether a program whose command line names `id` runs.
pub fn runs(id: CommandId) -> bool {
    let mark = id.to_string().into_bytes();
    let named = |path: PathBuf| fs::read(path.join("cmdline")).is_ok_and(|line| line.split(|byte| *byte == 0).any(|word| word.ends_with(&mark)));
    fs::read_dir("/proc").into_iter().flatten().flatten().any(|entry| is_number(&entry.file_name().to_string_lossy()) && named(entry.path()))
}

/// Whether any program holds dpkg's locks, as far as the kernel tells.
pub fn locked() -> bool {
    let inodes: Vec<u64> = LOCKS.iter().filter_map(|path| Some(fs::metadata(path).ok()?.ino())).collect();
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    locks.lines().any(|line| holds(line, &inodes))
}

/// `1: POSIX  ADVISORY  WRITE 4242 fe:00:131074 0 EOF`; one that only waits has an arrow behind its number.
fn holds(line: &str, inodes: &[u64]) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let inode = words.get(5).and_then(|place| place.rsplit(':').next()?.parse::<u64>().ok());
    words.get(1) == Some(&"POSIX") && words.get(3) == Some(&"WRITE") && inode.is_some_and(|inode| inodes.contains(&inode))
}

/// Whether dpkg was ended in the middle; apt then wants that to be mended first, and looks at the same files.
pub fn interrupted() -> bool {
    names(Path::new(JOURNAL)).iter().any(|name| is_number(name))
}

fn names(dir: &Path) -> Vec<String> {
    fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use domain::ids::Uuid;

    use super::*;

    #[test]
    fn a_lock_is_found_by_its_file() {
        for (line, held) in [
            ("1: POSIX  ADVISORY  WRITE 4242 fe:00:131074 0 EOF", true),
            ("1: -> POSIX  ADVISORY  WRITE 4242 fe:00:131074 0 EOF", false),
            ("2: FLOCK  ADVISORY  WRITE 4242 fe:00:131074 0 EOF", false),
            ("2: POSIX  ADVISORY  READ 4242 fe:00:131074 0 EOF", false),
            ("3: POSIX  ADVISORY  WRITE 4242 fe:00:9 0 EOF", false),
            ("", false),
        ] {
            assert_eq!(holds(line, &[131_074]), held, "{line}");
        }
    }

    #[test]
    fn a_program_is_found_by_what_its_command_line_names() {
        let own = (1 << 100) + u128::from(std::process::id());
        let (id, other) = (CommandId(Uuid::from_u128(own)), CommandId(Uuid::from_u128(own << 1)));
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "read line", "sh", &format!("Portico::Command={id}")]).stdin(std::process::Stdio::piped());
        let mut child = shell.spawn().expect("started");
        // A program that begins in this very moment does not show its command line yet.
        let begun = std::time::Instant::now();
        while !runs(id) && begun.elapsed().as_secs() < 5 {}
        let seen = (runs(id), runs(other));
        child.kill().expect("ended");
        child.wait().expect("ended");
        assert_eq!((seen, runs(id)), ((true, false), false));
    }
}

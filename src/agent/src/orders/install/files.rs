//! What an installation writes down in the state folder, so that an agent that is started anew knows what the one before it did.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use domain::{commands::MOST_OUTPUT, devices::report::Package, ids::CommandId};

use crate::{orders::tail::Tail, state::write_private};

/// The most that is kept of what is printed; what a script of a package prints without end is dropped.
const MOST: u64 = 16 * 1024 * 1024;
/// The endings of the files.
const ENDINGS: [&str; 3] = ["out", "status", "before"];

/// The files of one installation.
#[derive(Debug, Clone)]
pub struct Files {
    /// What is printed.
    pub out: PathBuf,
    /// What apt says of how far it is.
    pub status: PathBuf,
    before: PathBuf,
}

impl Files {
    /// Those of `id` in the state folder `dir`.
    pub fn of(dir: &Path, id: CommandId) -> Self {
        let path = |ending: &str| dir.join(format!("{id}.{ending}"));
        Self { out: path("out"), status: path("status"), before: path("before") }
    }

    /// Writes down what was there `before`, and begins anew with everything else.
    ///
    /// # Errors
    /// The disk is full or not writable; then nothing may be begun.
    pub fn begin(&self, before: &[Package]) -> io::Result<()> {
        write_private(&self.out, b"")?;
        write_private(&self.status, b"")?;
        write_private(&self.before, &serde_json::to_vec(before)?)
    }

    /// What was there before; `None`: nothing was begun.
    pub fn before(&self) -> Option<Vec<Package>> {
        serde_json::from_slice(&fs::read(&self.before).ok()?).ok()
    }

    /// Opens the file that is printed to, for a program.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn open(&self) -> io::Result<File> {
        OpenOptions::new().append(true).create(true).mode(0o600).open(&self.out)
    }

    /// Adds a line of the agent's own. One that cannot be written is missing in the output, and nothing else.
    pub fn note(&self, line: &str) {
        let written = self.open().and_then(|mut file| file.write_all(format!("portico: {line}\n").as_bytes()));
        drop(written);
    }

    /// How much was printed so far; what is too much is dropped.
    pub fn size(&self) -> u64 {
        let size = fs::metadata(&self.out).map_or(0, |about| about.len());
        if size > MOST {
            // Programs add to its end, wherever that is, so they go on from the beginning.
            drop(OpenOptions::new().write(true).truncate(true).open(&self.out));
            return 0;
        }
        size
    }

    /// What was printed from `start` on.
    pub fn since(&self, start: u64) -> String {
        let mut bytes = Vec::new();
        let read = File::open(&self.out).and_then(|mut file| {
            let start = start.min(file.metadata()?.len());
            file.seek(SeekFrom::Start(start))?;
            file.take(MOST).read_to_end(&mut bytes)
        });
        drop(read);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The end of what was printed, and whether there was more.
    pub fn tail(&self) -> (String, bool) {
        let start = self.size().saturating_sub(MOST_OUTPUT as u64);
        let mut tail = Tail::default();
        tail.add(self.since(start).as_bytes());
        let (text, cut) = tail.text();
        (text, cut || start > 0)
    }

    /// What apt said of how far it is.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.status).unwrap_or_default()
    }
}

/// Removes the files in `dir` of all installations but those of `keep`; one that cannot be removed stays until the next start.
pub fn sweep(dir: &Path, keep: &[CommandId]) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner = name.to_str().and_then(|name| name.split_once('.')).filter(|(_, ending)| ENDINGS.contains(ending));
        if owner.and_then(|(id, _)| id.parse().ok()).is_some_and(|id: CommandId| !keep.contains(&id)) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::Uuid;

    use super::*;

    #[test]
    fn what_was_written_down_is_read_again_and_swept() {
        let dir = std::env::temp_dir().join(format!("portico-install-{}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).expect("a folder");
        let (one, two) = (CommandId(Uuid::from_u128(1)), CommandId(Uuid::from_u128(2)));
        let files = Files::of(&dir, one);
        assert_eq!((files.before(), files.tail()), (None, (String::new(), false)));
        let before = vec![Package { name: "a".into(), version: "1".into(), ..Package::default() }];
        files.begin(&before).expect("written");
        files.note("first");
        let start = files.size();
        files.note("second");
        assert_eq!((files.before(), files.since(start)), (Some(before), "portico: second\n".into()));
        assert_eq!(files.tail(), ("portico: first\nportico: second\n".into(), false));
        fs::write(&files.out, vec![b'x'; 1 + usize::try_from(MOST).expect("a size")]).expect("written");
        assert_eq!(files.size(), 0, "what never ends is dropped");
        Files::of(&dir, two).begin(&[]).expect("written");
        fs::write(dir.join("commands.json"), "").expect("written");
        sweep(&dir, &[two]);
        let mut left: Vec<_> = fs::read_dir(&dir).expect("read").flatten().map(|entry| entry.file_name().into_string().expect("text")).collect();
        left.sort();
        assert_eq!(left, [format!("{two}.before"), format!("{two}.out"), format!("{two}.status"), "commands.json".into()]);
        drop(fs::remove_dir_all(&dir));
    }
}

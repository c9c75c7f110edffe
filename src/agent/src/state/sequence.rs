//! The number that grows with every report. It is stored before it is used, so it never repeats.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::{FileExt, OpenOptionsExt},
    path::Path,
};

use domain::Moment;

use super::file::BadState;

/// The counter, in a file of its own.
///
/// The file has one fixed length and is written in place: that needs no free block, so a machine whose disk is full can
/// still report that it is full.
#[derive(Debug)]
pub struct Sequence {
    file: File,
    last: u64,
    path: String,
}

impl Sequence {
    /// Opens the counter in `dir`. Where the file is new, or unreadable, it goes on from `now`, which no count reaches.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open(dir: &Path, now: Moment) -> Result<Self, BadState> {
        let path = dir.join("sequence");
        let stored = fs::read_to_string(&path).ok().and_then(|text| text.trim().parse().ok());
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(BadState::io(&path))?;
        let last = stored.unwrap_or_else(|| u64::try_from(now.0).unwrap_or_default());
        Ok(Self { file, last, path: path.display().to_string() })
    }

    /// The next number, after it reached the disk.
    ///
    /// # Errors
    /// It could not be stored; then it must not be used.
    pub fn advance(&mut self) -> Result<u64, BadState> {
        let next = self.last + 1;
        let stored = self.file.write_all_at(format!("{next:020}\n").as_bytes(), 0).and_then(|()| self.file.sync_data());
        stored.map_err(|error| BadState::Io(self.path.clone(), error))?;
        self.last = next;
        Ok(next)
    }
}

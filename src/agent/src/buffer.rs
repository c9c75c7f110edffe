//! Reports that wait to be sent, on disk and bounded; the oldest goes first, in both senses.

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use domain::devices::Report;

use crate::state::write_private;

/// The most reports that wait.
pub const MOST_FILES: usize = 48;
/// The most bytes that wait.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The folder `buffer` below the state.
#[derive(Debug)]
pub struct Buffer {
    dir: PathBuf,
    /// The newest report when the disk refused it.
    spare: Option<Report>,
}

/// A report that waits, and where.
#[derive(Debug)]
pub struct Waiting {
    /// The report, with all its sections.
    pub report: Report,
    path: Option<PathBuf>,
}

impl Buffer {
    /// The buffer below the state folder `state`.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn open(state: &Path) -> io::Result<Self> {
        let dir = state.join("buffer");
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&dir)?;
        Ok(Self { dir, spare: None })
    }

    /// Adds `report` as the newest; where the disk refuses it, it is kept in memory.
    pub fn push(&mut self, report: Report) {
        let number = self.files().last().map_or(0, |(number, ..)| number + 1);
        let path = self.dir.join(format!("{number:020}.json"));
        let stored = serde_json::to_vec(&report).map_err(io::Error::from).and_then(|text| write_private(&path, &text));
        if let Err(error) = stored {
            tracing::warn!("the report cannot be kept on disk, so only in memory: {error}");
            self.spare = Some(report);
        }
        self.shrink();
    }

    /// The oldest report that can be read; others are dropped.
    pub fn oldest(&mut self) -> Option<Waiting> {
        for (_, path, _) in self.files() {
            match fs::read(&path).map_err(serde_json::Error::io).and_then(|text| serde_json::from_slice(&text)) {
                Ok(report) => return Some(Waiting { report, path: Some(path) }),
                Err(error) => {
                    tracing::warn!("dropping {}, which cannot be read: {error}", path.display());
                    remove(&path);
                }
            }
        }
        self.spare.clone().map(|report| Waiting { report, path: None })
    }

    /// Removes what [`Self::oldest`] gave.
    pub fn remove(&mut self, waiting: &Waiting) {
        match &waiting.path {
            Some(path) => remove(path),
            None => self.spare = None,
        }
    }

    /// Removes everything: a new enrolment must not send what was taken under the old one.
    pub fn clear(&mut self) {
        self.spare = None;
        self.files().iter().for_each(|(_, path, _)| remove(path));
    }

    /// How many reports wait.
    pub fn len(&self) -> usize {
        self.files().len() + usize::from(self.spare.is_some())
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shrink(&self) {
        let files = self.files();
        let (mut count, mut bytes) = (files.len(), files.iter().map(|(.., size)| size).sum::<u64>());
        let mut dropped = 0;
        for (_, path, size) in files {
            if count <= MOST_FILES && bytes <= MOST_BYTES {
                break;
            }
            remove(&path);
            (count, bytes, dropped) = (count - 1, bytes - size, dropped + 1);
        }
        if dropped > 0 {
            tracing::warn!(dropped, "too many reports wait: the oldest were dropped");
        }
    }

    /// Number, path and size of each file, oldest first.
    fn files(&self) -> Vec<(u64, PathBuf, u64)> {
        let entries = fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries
            .filter_map(|entry| {
                let number = entry.file_name().to_str()?.strip_suffix(".json")?.parse().ok()?;
                Some((number, entry.path(), entry.metadata().ok()?.len()))
            })
            .collect();
        files.sort();
        files
    }
}

/// Where a file cannot be removed, emptying it at least ends the repetition: an empty file is no report.
fn remove(path: &Path) {
    if let Err(error) = fs::remove_file(path) {
        tracing::warn!("{} cannot be removed: {error}", path.display());
        let _ = fs::write(path, b"");
    }
}

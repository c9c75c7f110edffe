//! One agent for one state folder.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use super::file::{BadState, make_private};

/// Holds the folder until dropped; the kernel lets go when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
    /// Closing is not enough: a child between fork and exec still has the file, and would keep the lock for a moment.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

impl Lock {
    /// Takes `dir`, and makes it if need be.
    ///
    /// # Errors
    /// Another process holds it, or it cannot be made.
    pub fn take(dir: &Path) -> Result<Self, BadState> {
        make_private(dir).map_err(BadState::io(dir))?;
        let path = dir.join("lock");
        let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(BadState::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(BadState::Locked(dir.display().to_string())),
            Err(TryLockError::Error(error)) => Err(BadState::io(&path)(error)),
        }
    }
}

//! The state on disk: a folder of mode 0700, files of mode 0600, each replaced whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::State;
use crate::server::BadServer;

const NAME: &str = "state.json";

/// Why the state cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadState {
    /// Nothing is there.
    #[error("this machine is not enrolled ({0} is missing); run: portico-agent enrol --server URL --key KEY")]
    NotEnrolled(String),
    /// The file is not what the agent wrote.
    #[error("{0} is damaged ({1}); enrol again with --again")]
    Damaged(String, serde_json::Error),
    /// The private key is not one.
    #[error("the private key in the state is damaged; enrol again with --again")]
    Key,
    /// The server's address is not one.
    #[error(transparent)]
    Server(#[from] BadServer),
    /// Another agent works there.
    #[error("another portico-agent works with {0}")]
    Locked(String),
    /// The folder or a file cannot be read or written.
    #[error("{0}: {1}")]
    Io(String, io::Error),
}

impl BadState {
    /// An [`io::Error`] at `path`.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        |error| Self::Io(path, error)
    }
}

/// The folder when none is named: the system's for root, else the person's own.
pub fn default_dir() -> PathBuf {
    let own = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
        return PathBuf::from("/var/lib/portico-agent");
    }
    let base = own("XDG_STATE_HOME").or_else(|| own("HOME").map(|home| home.join(".local/state")));
    base.unwrap_or_else(std::env::temp_dir).join("portico-agent")
}

pub(super) fn load(dir: &Path) -> Result<State, BadState> {
    let path = dir.join(NAME);
    let text = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => BadState::NotEnrolled(path.display().to_string()),
        _ => BadState::Io(path.display().to_string(), error),
    })?;
    serde_json::from_slice(&text).map_err(|error| BadState::Damaged(path.display().to_string(), error))
}

pub(super) fn save(state: &State, dir: &Path) -> Result<(), BadState> {
    let path = dir.join(NAME);
    let text = serde_json::to_vec_pretty(state).map_err(|error| BadState::io(&path)(error.into()))?;
    write_private(&path, &text).map_err(BadState::io(&path))
}

/// Makes `dir` with its parents, for its owner only; an existing one is narrowed.
pub(super) fn make_private(dir: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700))
}

/// Writes `bytes` to `path` through a temporary file, for its owner only.
///
/// # Errors
/// The folder is missing, full or not writable; `path` is then as it was.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("tmp");
    let result = write_through(&temporary, path, bytes);
    if result.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    result
}

fn write_through(temporary: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(temporary)?;
    file.set_permissions(fs::Permissions::from_mode(0o600))?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(temporary, path)?;
    path.parent().map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}

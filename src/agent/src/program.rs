//! Runs a program of the system and reads its output: fixed path, no input, limited time and size.

use std::{path::PathBuf, process::Stdio, time::Duration};

use tokio::{io::AsyncReadExt, process::Command, time::timeout};

/// The most output that is read, in bytes.
pub const MOST: u64 = 64 * 1024 * 1024;
/// How long a program may take.
pub const LIMIT: Duration = Duration::from_secs(60);

const PATH: [&str; 4] = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/// What a program said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Its standard output, with foreign bytes replaced.
    pub text: String,
}

/// Why there is no output.
#[derive(Debug, thiserror::Error)]
pub enum NoOutput {
    /// The system does not have it.
    #[error("{0} is not installed")]
    Missing(String),
    /// It took too long.
    #[error("{0} did not answer within {1} seconds")]
    Slow(String, u64),
    /// It said more than is read.
    #[error("{0} said more than {MOST} bytes")]
    Long(String),
    /// It ended badly.
    #[error("{0} ended with code {1:?}")]
    Failed(String, Option<i32>),
    /// It could not be started or read.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
}

/// Where `program` is, in the fixed path.
pub fn find(program: &str) -> Option<PathBuf> {
    PATH.iter().map(|dir| PathBuf::from(dir).join(program)).find(|path| path.is_file())
}

/// The fixed path, as programs read it.
pub fn search_path() -> String {
    PATH.join(":")
}

/// Runs `program` and reads what it says, whatever its exit code.
///
/// # Errors
/// It is missing, slow, endless, or cannot be started.
pub async fn run(program: &str, args: &[&str], limit: Duration) -> Result<Output, NoOutput> {
    let path = find(program).ok_or_else(|| NoOutput::Missing(program.into()))?;
    let io = |error| NoOutput::Io(program.into(), error);
    let mut command = Command::new(path);
    command.args(args).env_clear().env("PATH", search_path()).env("LC_ALL", "C");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut child = command.spawn().map_err(io)?;
    let mut stdout = child.stdout.take().ok_or_else(|| io(std::io::ErrorKind::BrokenPipe.into()))?.take(MOST + 1);
    let work = async {
        let mut bytes = Vec::new();
        stdout.read_to_end(&mut bytes).await.map_err(io)?;
        if bytes.len() as u64 > MOST {
            return Err(NoOutput::Long(program.into()));
        }
        let status = child.wait().await.map_err(io)?;
        Ok(Output { code: status.code(), text: String::from_utf8_lossy(&bytes).into_owned() })
    };
    timeout(limit, work).await.unwrap_or_else(|_| Err(NoOutput::Slow(program.into(), limit.as_secs())))
}

/// Runs `program` and reads what it says, if it ends with 0.
///
/// # Errors
/// Those of [`run`], and [`NoOutput::Failed`].
pub async fn said(program: &str, args: &[&str]) -> Result<String, NoOutput> {
    match run(program, args, LIMIT).await? {
        Output { code: Some(0), text } => Ok(text),
        Output { code, .. } => Err(NoOutput::Failed(program.into(), code)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_is_bounded_in_every_way() {
        assert_eq!(said("echo", &["a"]).await.expect("echo"), "a\n");
        assert!(matches!(said("false", &[]).await, Err(NoOutput::Failed(_, Some(1)))));
        assert!(matches!(said("no-such-program", &[]).await, Err(NoOutput::Missing(_))));
        assert!(matches!(run("sleep", &["5"], Duration::from_millis(50)).await, Err(NoOutput::Slow(..))));
        assert!(matches!(run("yes", &[], LIMIT).await, Err(NoOutput::Long(_))));
        let environment = said("env", &[]).await.expect("env");
        assert!(environment.lines().all(|line| line.starts_with("PATH=") || line.starts_with("LC_ALL=C")), "{environment}");
    }
}

//! Runs a script: in a process group of its own, with a clean environment, for a limited time, and with the end of what it prints.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use domain::{commands::Done, ids::CommandId};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
    sync::mpsc,
    time::{Instant, sleep_until},
};

use super::{poller::News, tail::Tail};
use crate::{program, state::write_private};

/// How often the server hears of what is printed.
const EVERY: Duration = Duration::from_secs(3);
/// How long output is read after the script itself ended: what it left behind may hold it open for ever.
const AFTER: Duration = Duration::from_secs(2);

/// A program to run, as the command line says it.
pub struct Run<'a> {
    /// The program and its arguments.
    pub command: Vec<&'a str>,
    /// How long it may take.
    pub limit: Duration,
    /// Further environment.
    pub environment: &'a [(&'a str, &'a str)],
}

/// Writes the script of `id` into `dir`, runs it, and removes it.
pub async fn script(dir: &Path, id: CommandId, text: &str, limit: Duration, news: &mpsc::Sender<News>) -> Done {
    let path: PathBuf = dir.join(format!("{id}.sh"));
    if let Err(error) = write_private(&path, text.as_bytes()) {
        return failed(format!("the script could not be written: {error}"));
    }
    let named = path.display().to_string();
    let done = run(Run { command: vec!["/bin/sh", &named], limit, environment: &[] }, news).await;
    // A file that stays, because it cannot be removed or the agent is ended before, goes when the agent starts again.
    drop(fs::remove_file(&path));
    done
}

/// Removes the scripts that an agent which broke off left in `dir`; one that cannot be removed stays until the next start.
pub fn sweep(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_str().is_some_and(is_script) {
            drop(fs::remove_file(entry.path()));
        }
    }
}

/// Whether a file is called as scripts are, whole or half written.
fn is_script(name: &str) -> bool {
    let rest = name.strip_prefix(CommandId::PREFIX).and_then(|rest| rest.strip_prefix('_'));
    rest.is_some_and(|rest| rest.ends_with(".sh") || rest.ends_with(".tmp"))
}

/// Runs a program to its end, and tells what it prints on the way.
pub async fn run(run: Run<'_>, news: &mpsc::Sender<News>) -> Done {
    let Some((program, arguments)) = run.command.split_first() else { return failed("nothing to run".into()) };
    let mut command = Command::new(program);
    command.args(arguments).current_dir("/").env_clear().env("PATH", program::search_path()).env("LC_ALL", "C.UTF-8").envs(run.environment.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0).kill_on_drop(true);
    match command.spawn() {
        Ok(child) => follow(child, run.limit, news).await,
        Err(error) => failed(format!("{program} could not be started: {error}")),
    }
}

/// What a failure is told as.
pub fn failed(reason: String) -> Done {
    Done { well: false, reason: Some(reason), ..Done::default() }
}

async fn follow(mut child: Child, limit: Duration, news: &mpsc::Sender<News>) -> Done {
    let group = child.id();
    let (mut out, mut err) = (child.stdout.take(), child.stderr.take());
    let (mut tail, begun) = (Tail::default(), Instant::now());
    let (mut tell_at, mut until) = (begun + EVERY, begun + limit);
    let (mut first, mut second) = ([0; 8_192], [0; 8_192]);
    let mut status = None;
    let (mut fresh, mut late) = (false, false);
    while out.is_some() || err.is_some() || status.is_none() {
        tokio::select! {
            read = next(&mut out, &mut first) => fresh |= take(&mut tail, &mut out, first.get(..read)),
            read = next(&mut err, &mut second) => fresh |= take(&mut tail, &mut err, second.get(..read)),
            ended = child.wait(), if status.is_none() => {
                status = Some(ended);
                until = until.min(Instant::now() + AFTER);
            }
            () = sleep_until(tell_at) => {
                if fresh {
                    tell(news, &tail).await;
                    fresh = false;
                }
                tell_at = Instant::now() + EVERY;
            }
            () = sleep_until(until) => {
                // What does not even end when it is killed is not waited for either: the kernel may hold it.
                if late || status.is_some() {
                    break;
                }
                late = true;
                kill(&mut child, group).await;
                until = Instant::now() + AFTER;
            }
        }
    }
    tell(news, &tail).await;
    if late {
        let end = if status.is_some() { "was ended" } else { "could not be ended" };
        return failed(format!("it ran longer than {} seconds and {end}", limit.as_secs()));
    }
    match status {
        Some(Ok(status)) if status.success() => Done { well: true, code: status.code(), ..Done::default() },
        Some(Ok(status)) => Done { well: false, code: status.code(), reason: Some(format!("it ended with {status}")), ..Done::default() },
        Some(Err(error)) => failed(format!("its end could not be read: {error}")),
        None => failed("its end was not seen".into()),
    }
}

/// The next bytes; waits for ever when the pipe is gone.
async fn next(pipe: &mut Option<impl AsyncRead + Unpin>, buffer: &mut [u8]) -> usize {
    match pipe {
        Some(open) => open.read(buffer).await.unwrap_or(0),
        None => std::future::pending().await,
    }
}

/// Keeps what was read; nothing is the end of the pipe. Says whether there was anything.
fn take<P>(tail: &mut Tail, pipe: &mut Option<P>, read: Option<&[u8]>) -> bool {
    match read.filter(|bytes| !bytes.is_empty()) {
        Some(bytes) => {
            tail.add(bytes);
            true
        }
        None => {
            *pipe = None;
            false
        }
    }
}

async fn tell(news: &mpsc::Sender<News>, tail: &Tail) {
    // Whoever would hear it has ended, and with it the agent.
    let _ = news.send(News::Output(tail.text())).await;
}

/// Ends a whole process group, by the shell's own `kill`, because the program of that name may be missing; `child` is ended in any case.
pub async fn kill(child: &mut Child, group: Option<u32>) {
    if let Some(group) = group {
        let ended = program::run("sh", &["-c", &format!("kill -s KILL -- -{group}")], Duration::from_secs(5)).await;
        if !matches!(&ended, Ok(ended) if ended.code == Some(0)) {
            tracing::warn!(group, "what a command began could not all be ended: {ended:?}");
        }
    }
    if let Err(error) = child.start_kill() {
        tracing::warn!("a command could not be ended: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn shell(text: &str, limit: Duration) -> (Done, String) {
        let (news, mut heard) = mpsc::channel(100);
        let done = run(Run { command: vec!["/bin/sh", "-c", text], limit, environment: &[("EXTRA", "7")] }, &news).await;
        drop(news);
        let mut last = String::new();
        while let Some(news) = heard.recv().await {
            if let News::Output((text, _)) = news {
                last = text;
            }
        }
        (done, last)
    }

    #[tokio::test]
    async fn a_script_is_followed_to_its_end() {
        let long = Duration::from_secs(30);
        let (done, text) = shell("echo out; echo err >&2; echo $EXTRA; env | sort", long).await;
        assert!(done.well && done.code == Some(0), "{done:?}");
        assert!(text.contains("out\n") && text.contains("err\n") && text.contains("7\n") && !text.contains("CARGO"), "{text}");
        let (done, _) = shell("exit 3", long).await;
        assert_eq!((done.well, done.code, done.reason.as_deref()), (false, Some(3), Some("it ended with exit status: 3")));
        let (done, text) = shell("yes | head -c 1000000; echo end", long).await;
        assert!(done.well && text.len() == domain::commands::MOST_OUTPUT && text.ends_with("end\n"));
    }

    #[tokio::test]
    async fn what_takes_too_long_ends_with_all_its_children() {
        let begun = std::time::Instant::now();
        let (done, text) = shell("echo $$; sleep 300 & sleep 300", Duration::from_secs(1)).await;
        assert_eq!(done.reason.as_deref(), Some("it ran longer than 1 seconds and was ended"));
        assert!(begun.elapsed() < Duration::from_secs(20));
        let group = text.trim().to_owned();
        let left = program::run("ps", &["-o", "pid=", "-g", &group], Duration::from_secs(5)).await;
        assert!(left.is_ok_and(|left| left.text.trim().is_empty()), "nothing of the group {group} is left");
        let (done, _) = shell("sleep 300 & echo done", Duration::from_secs(60)).await;
        assert!(done.well && begun.elapsed() < Duration::from_secs(30), "what it left behind is not waited for");
    }

    #[test]
    fn scripts_that_stayed_are_removed_and_nothing_else() {
        let dir = std::env::temp_dir().join(format!("portico-sweep-{}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).expect("a folder");
        for name in ["cmd_1.sh", "cmd_2.tmp", "commands.json", "state.json", "own.sh"] {
            fs::write(dir.join(name), "").expect("written");
        }
        sweep(&dir);
        let left = ["cmd_1.sh", "cmd_2.tmp", "commands.json", "state.json", "own.sh"].map(|name| dir.join(name).exists());
        assert_eq!(left, [false, false, true, true, true]);
        drop(fs::remove_dir_all(&dir));
    }
}

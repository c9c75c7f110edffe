//! Runs the package system so that it goes on when the agent ends, and follows what it prints.

use std::{
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use domain::{
    commands::MOST_PROGRESS,
    ids::CommandId,
    patching::{
        outcome::{Failure, FailureClass},
        output::{classify, clean},
    },
};
use tokio::{
    process::{Child, Command},
    sync::mpsc,
    time::{Instant, sleep},
};

use super::{files::Files, percent};
use crate::{
    orders::{poller::News, script::kill},
    program,
};

/// How often it is looked at how far it is.
const LOOK: Duration = Duration::from_millis(500);
/// How often the server hears of it: one in this many looks.
const TELL: u32 = 4;

/// How long an installation may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// All of it.
    pub whole: Duration,
    /// How much longer it is waited for when the machine is being changed, before it is ended in the middle.
    pub patience: Duration,
}

/// One installation that is being done.
pub struct Work<'a> {
    /// The command.
    pub id: CommandId,
    /// What is written down.
    pub files: Files,
    /// Who hears of it.
    pub news: &'a mpsc::Sender<News>,
    /// When its time is over.
    pub until: Instant,
    /// How much longer a change of the machine may take.
    pub patience: Duration,
    said: (String, usize),
}

/// How a program ended.
pub struct Ended {
    /// Its exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub text: String,
    /// Whether it took too long.
    pub late: bool,
}

impl Ended {
    /// Why it failed, if it did.
    pub fn failure(&self) -> Option<Failure> {
        if self.late {
            return Some(too_long());
        }
        (self.code != Some(0)).then(|| classify(&self.text))
    }
}

/// What took longer than it may.
pub fn too_long() -> Failure {
    Failure { class: FailureClass::TimedOut, line: "The installation took longer than it may.".into() }
}

impl<'a> Work<'a> {
    /// That of `id` in the state folder `dir`, from now on.
    pub fn new(dir: &Path, id: CommandId, limits: Limits, news: &'a mpsc::Sender<News>) -> Self {
        let until = Instant::now() + limits.whole;
        Self { id, files: Files::of(dir, id), news, until, patience: limits.patience, said: Default::default() }
    }

    /// Runs `line` to its end; `what` says what is being done. Should the agent end, the program goes on: it has a process group and files of its own.
    pub async fn run(&mut self, line: &[String], environment: &[(&str, &str)], what: &str) -> Ended {
        let start = self.files.size();
        // What was said of the program before this one is not about this one.
        drop(std::fs::write(&self.files.status, ""));
        self.tell(what).await;
        let ended = match self.start(line, environment) {
            Ok(child) => self.follow(child, what).await,
            Err(error) => {
                self.files.note(&format!("{} could not be started: {error}", line.first().map_or("", String::as_str)));
                (None, false)
            }
        };
        self.tell(what).await;
        let (status, late) = ended;
        Ended { code: status.and_then(|status| status.code()), text: self.files.since(start), late }
    }

    /// The shell opens file descriptor 3 and becomes the program.
    fn start(&self, line: &[String], environment: &[(&str, &str)]) -> std::io::Result<Child> {
        let (out, err) = (self.files.open()?, self.files.open()?);
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "exec \"$@\" 3>>\"$0\""]).arg(&self.files.status).args(line);
        command.current_dir("/").env_clear().env("PATH", program::search_path()).envs(environment.iter().copied());
        command.stdin(Stdio::null()).stdout(out).stderr(err).process_group(0).spawn()
    }

    async fn follow(&mut self, mut child: Child, what: &str) -> (Option<ExitStatus>, bool) {
        let group = child.id();
        let (mut looks, mut late) = (0_u32, false);
        loop {
            tokio::select! {
                status = child.wait() => return (status.ok(), late),
                () = sleep(LOOK) => {}
            }
            looks = looks.wrapping_add(1);
            if looks.is_multiple_of(TELL) {
                self.tell(what).await;
            }
            if Instant::now() >= self.end() && !late {
                late = true;
                self.files.note("its time is over; it is ended");
                kill(&mut child, group).await;
            } else if late && Instant::now() >= self.end() + Duration::from_secs(60) {
                // What does not even end when it is killed is not waited for: the kernel may hold it.
                return (None, true);
            }
        }
    }

    /// When the program that runs now is ended: later when it changes the machine already.
    fn end(&self) -> Instant {
        if percent::has_begun(&self.files.said()) { self.until + self.patience } else { self.until }
    }

    /// Says how far it is, and what was printed, where either is new.
    pub async fn tell(&mut self, what: &str) {
        let progress = match percent::progress(&self.files.said()) {
            Some(words) => format!("{what}: {words}"),
            None => what.to_owned(),
        };
        let progress: String = clean(&progress).chars().take(MOST_PROGRESS).collect();
        let output = self.files.tail();
        if (&progress, output.0.len()) == (&self.said.0, self.said.1) {
            return;
        }
        self.said = (progress.clone(), output.0.len());
        // Whoever would hear it has ended, and with it the agent.
        drop(self.news.send(News::Progress(progress, Some(output))).await);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use domain::ids::Uuid;

    use super::*;

    async fn shell(text: &str, limits: Limits) -> (Ended, Vec<String>) {
        let dir = std::env::temp_dir().join(format!("portico-work-{}-{}", std::process::id(), text.len()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).expect("a folder");
        let (news, mut heard) = mpsc::channel(100);
        let mut work = Work::new(&dir, CommandId(Uuid::from_u128(1)), limits, &news);
        work.files.begin(&[]).expect("written");
        let ended = work.run(&["sh", "-c", text].map(str::to_owned), &[("LC_ALL", "C")], "1 of 1: a 1").await;
        drop(news);
        let mut said = Vec::new();
        while let Some(news) = heard.recv().await {
            if let News::Progress(line, _) = news
                && said.last() != Some(&line)
            {
                said.push(line);
            }
        }
        fs::remove_dir_all(&dir).expect("removed");
        (ended, said)
    }

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn it_is_followed_to_its_end() {
        let text = "echo begin; echo pmstatus:a:12.5:Unpacking >&3; sleep 2.3; echo 'E: Unable to locate package a' >&2; exit 100";
        let (ended, said) = shell(text, Limits { whole: LONG, patience: LONG }).await;
        assert_eq!((ended.code, ended.late, ended.text.as_str()), (Some(100), false, "begin\nE: Unable to locate package a\n"));
        assert_eq!(ended.failure().map(|failure| failure.class), Some(FailureClass::Gone));
        assert_eq!(said, ["1 of 1: a 1", "1 of 1: a 1: installing, 12 %, now a"]);
        let (ended, _) = shell("exit 0", Limits { whole: LONG, patience: LONG }).await;
        assert_eq!(ended.failure(), None);
    }

    #[tokio::test]
    async fn what_takes_too_long_is_ended_but_not_in_the_middle() {
        let short = Duration::from_millis(600);
        let (ended, _) = shell("sleep 300", Limits { whole: short, patience: LONG }).await;
        assert_eq!(ended.failure().map(|failure| failure.class), Some(FailureClass::TimedOut));
        let (ended, _) = shell("echo pmstatus:a:1.0:Unpacking >&3; sleep 2; echo whole", Limits { whole: short, patience: LONG }).await;
        assert_eq!((ended.text.as_str(), ended.failure()), ("whole\n", None), "the machine was changing");
        let (ended, _) = shell("echo pmstatus:a:1.0:Unpacking >&3; sleep 301", Limits { whole: short, patience: short }).await;
        assert!(ended.late && ended.text.contains("its time is over"), "{}", ended.text);
    }
}

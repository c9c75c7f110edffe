//! Asks the server for commands, does them one after the other, and says what became of them.

use std::{io, path::PathBuf, time::Duration};

use domain::{
    Moment,
    commands::{COMMANDS_PATH, Done, Poll, Turn, WAIT_S},
    ids::{CommandId, DeviceId},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::sleep,
};

use super::{
    act::act,
    boot::this_boot,
    check::check,
    journal::{Journal, Stage},
    script::failed,
};
use crate::{
    backoff::Backoff,
    outside::Outside,
    send::{Sender, Trouble},
};

/// Asks the reporter for a report; answered with whether it was delivered.
pub type Nudge = oneshot::Sender<bool>;

/// The pause between two questions that were answered at once.
const BREATH: Duration = Duration::from_millis(200);

/// What happens to the command that is being done.
#[derive(Debug)]
pub enum News {
    /// The end of what it printed so far, and whether there was more.
    Output((String, bool)),
    /// It ended.
    Ended(Done),
}

/// A command that is being done.
struct Work {
    id: CommandId,
    news: mpsc::Receiver<News>,
    task: JoinHandle<()>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The agent's side of commands.
pub struct Poller {
    sender: Sender,
    device: DeviceId,
    allows_changes: bool,
    nudge: mpsc::Sender<Nudge>,
    outside: Outside,
    offset_ms: i64,
    dir: PathBuf,
    journal: Journal,
    work: Option<Work>,
}

impl Poller {
    /// Opens the journal in `dir`, and settles what was under way when the agent last ended: it is not begun again.
    ///
    /// # Errors
    /// The journal cannot be read or written.
    pub fn open(dir: PathBuf, sender: Sender, device: DeviceId, allows_changes: bool, nudge: mpsc::Sender<Nudge>, outside: Outside) -> io::Result<Self> {
        let journal = Journal::open(&dir)?;
        let mut poller = Self { sender, device, allows_changes, nudge, outside, offset_ms: 0, dir, journal, work: None };
        poller.settle()?;
        Ok(poller)
    }

    /// Asks, does and answers, for ever. The machine goes on when this is dropped; what was being done is ended, and told at the next start.
    pub async fn run(&mut self) {
        let mut backoff = Backoff::default();
        loop {
            self.begin();
            let wait = match self.turn().await {
                Ok(pause) => {
                    backoff.reset();
                    pause
                }
                Err(trouble) => {
                    if let Trouble::Clock(theirs) = trouble {
                        self.offset_ms = theirs.0.saturating_sub((self.outside.now)().0);
                    }
                    let wait = backoff.after(trouble.cause(), (self.outside.chance)());
                    tracing::debug!("no commands: {trouble}; next try in {} s", wait.as_secs());
                    wait
                }
            };
            self.rest(wait).await;
        }
    }

    fn now(&self) -> Moment {
        (self.outside.now)() + self.offset_ms
    }

    /// One question, which ends early when there is something to say. Gives the pause before the next.
    async fn turn(&mut self) -> Result<Duration, Trouble> {
        let told = self.journal.unheard();
        let poll = Poll { allows_changes: self.allows_changes, wait_s: WAIT_S, have: self.journal.have(), told };
        let body = serde_json::to_vec(&poll).map_err(|error| Trouble::Refused(error.to_string()))?;
        let time = self.now();
        let asked = self.sender.post::<Turn>(COMMANDS_PATH, body, time, u64::try_from(time.0.max(1)).unwrap_or(1));
        let news = async {
            match self.work.as_mut() {
                Some(work) => work.news.recv().await.unwrap_or_else(|| News::Ended(failed("it broke off".into()))),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            turn = asked => self.obey(turn?, &poll),
            news = news => Ok(self.note(news)),
        }
    }

    /// Waits, and notes what happens meanwhile.
    async fn rest(&mut self, pause: Duration) {
        let until = sleep(pause);
        let mut until = std::pin::pin!(until);
        loop {
            let news = match self.work.as_mut() {
                Some(work) => tokio::select! {
                    news = work.news.recv() => news.unwrap_or_else(|| News::Ended(failed("it broke off".into()))),
                    () = &mut until => return,
                },
                None => {
                    until.as_mut().await;
                    return;
                }
            };
            self.note(news);
            self.begin();
        }
    }

    /// Takes in what the server said.
    fn obey(&mut self, turn: Turn, poll: &Poll) -> Result<Duration, Trouble> {
        self.offset_ms = turn.now.0.saturating_sub((self.outside.now)().0);
        let now = self.now();
        let before = self.journal.server_key.clone();
        let known = self.journal.server_key.get_or_insert(turn.server_key).clone();
        self.journal.heard(&poll.told, now);
        for id in &turn.cancelled {
            self.journal.drop_waiting(*id);
        }
        for order in &turn.orders {
            if !self.journal.add(order.clone(), now) {
                continue;
            }
            if let Err(refused) = check(order, &known, self.device, self.allows_changes, now) {
                tracing::warn!(command = %order.id, "{refused}");
                self.end(order.id, failed(refused.to_string()));
            }
        }
        if before.is_none() || !poll.told.is_empty() || !turn.orders.is_empty() || !turn.cancelled.is_empty() {
            self.save().map_err(|error| Trouble::Unreachable(format!("the journal cannot be written: {error}")))?;
        }
        Ok(if turn.pause_s > 0 { Duration::from_secs(turn.pause_s.into()) } else { BREATH })
    }

    /// Begins the next command, once that is on disk.
    fn begin(&mut self) {
        if self.work.is_some() {
            return;
        }
        let Some(order) = self.journal.next().map(|entry| entry.order.clone()) else { return };
        let key = self.journal.server_key.clone().unwrap_or_default();
        let spec = match check(&order, &key, self.device, self.allows_changes, self.now()) {
            Ok(spec) => spec,
            Err(refused) => return self.end(order.id, failed(refused.to_string())),
        };
        let now = self.now();
        self.journal.note(order.id, now, |entry| entry.stage = Stage::Begun(this_boot()));
        if let Err(error) = self.save() {
            return self.end(order.id, failed(format!("it was not begun, because that could not be written down: {error}")));
        }
        tracing::info!(command = %order.id, "{}", spec.kind().label());
        let (told, news) = mpsc::channel(16);
        let (dir, nudge, id) = (self.dir.clone(), self.nudge.clone(), order.id);
        let task = tokio::spawn(async move {
            let done = act(spec, id, &dir, &nudge, &told).await;
            // Nobody hears it when the agent ends; the journal says that it had begun.
            let _ = told.send(News::Ended(done)).await;
        });
        self.work = Some(Work { id, news, task });
    }

    /// Notes what happens to the command that is being done; gives the pause before the server hears of it.
    fn note(&mut self, news: News) -> Duration {
        let (now, Some(id)) = (self.now(), self.work.as_ref().map(|work| work.id)) else { return BREATH };
        match news {
            News::Output(output) => self.journal.note(id, now, |entry| entry.output = Some(output)),
            News::Ended(done) => {
                tracing::info!(command = %id, well = done.well, reason = done.reason.as_deref().unwrap_or_default(), "ended");
                self.work = None;
                self.end(id, done);
            }
        }
        Duration::ZERO
    }

    fn end(&mut self, id: CommandId, done: Done) {
        let now = self.now();
        self.journal.note(id, now, |entry| entry.stage = Stage::Ended(done));
        if let Err(error) = self.save() {
            tracing::warn!("the end of a command could not be written down: {error}");
        }
    }

    fn save(&self) -> io::Result<()> {
        self.journal.save()
    }

    /// Ends what had begun before this start: a restart that came is done, everything else is not known.
    fn settle(&mut self) -> io::Result<()> {
        let (now, boot) = (self.now(), this_boot());
        let begun: Vec<_> = self.journal.begun().map(|entry| (entry.order.id, entry.order.spec.clone(), entry.stage.clone())).collect();
        for (id, spec, stage) in begun {
            let restarted = stage != Stage::Begun(boot.clone());
            let asked = serde_json::from_str(&spec).is_ok_and(|spec: domain::commands::Spec| spec.kind() == domain::commands::Kind::Reboot);
            let done = match (asked, restarted) {
                (true, true) => Done { well: true, code: None, reason: None },
                (_, true) => failed("the machine restarted while this ran; what it did is not known".into()),
                (_, false) => failed("the agent ended while this ran; what it did is not known".into()),
            };
            self.journal.note(id, now, |entry| entry.stage = Stage::Ended(done));
        }
        self.save()
    }
}

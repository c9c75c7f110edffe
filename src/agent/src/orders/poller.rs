//! Asks the server for commands, does them one after the other, and says what became of them.

mod settle;

use std::{io, path::PathBuf, time::Duration};

use domain::{
    Moment,
    commands::{COMMANDS_PATH, Done, Order, Poll, Spec, Turn, WAIT_S},
    ids::{AgentKeyId, CommandId},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::sleep,
};

use super::{
    act::{act, go_on},
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
    /// How far it is, in a line, and what it printed so far where that is new.
    Progress(String, Option<(String, bool)>),
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
    key: AgentKeyId,
    allows_changes: bool,
    nudge: mpsc::Sender<Nudge>,
    outside: Outside,
    offset_ms: i64,
    /// Whether the server answered since this start; before that, its time and what it took back are not known.
    heard: bool,
    dir: PathBuf,
    journal: Journal,
    work: Option<Work>,
}

impl Poller {
    /// Opens the journal in `dir`, and settles what was under way when the agent last ended: it is not begun again.
    ///
    /// # Errors
    /// The journal cannot be read, or not be written when something has to be settled.
    pub fn open(dir: PathBuf, sender: Sender, allows_changes: bool, nudge: mpsc::Sender<Nudge>, outside: Outside) -> io::Result<Self> {
        let journal = Journal::open(&dir)?;
        let key = sender.key;
        let mut poller = Self { sender, key, allows_changes, nudge, outside, offset_ms: 0, heard: false, dir, journal, work: None };
        poller.settle()?;
        Ok(poller)
    }

    /// Asks, does and answers, for ever. The machine goes on when this is dropped; what was being done is ended, and told at the next start.
    pub async fn run(&mut self) {
        let mut backoff = Backoff::default();
        loop {
            let wait = match self.ask().await {
                Ok(pause) => {
                    backoff.reset();
                    pause
                }
                Err(trouble) => {
                    let wait = backoff.after(trouble.cause(), (self.outside.chance)());
                    tracing::debug!("no commands: {trouble}; next try in {} s", wait.as_secs());
                    wait
                }
            };
            self.begin();
            self.rest(wait).await;
        }
    }

    fn now(&self) -> Moment {
        (self.outside.now)() + self.offset_ms
    }

    /// One question; where the clocks differ, the offset is corrected and the question asked once more.
    async fn ask(&mut self) -> Result<Duration, Trouble> {
        match self.turn().await {
            Err(Trouble::Clock(theirs)) => {
                self.correct(theirs);
                self.turn().await
            }
            answer => answer,
        }
    }

    /// Goes by the server's clock, which says `theirs` now.
    fn correct(&mut self, theirs: Moment) {
        self.offset_ms = theirs.0.saturating_sub((self.outside.now)().0);
    }

    /// One question, which ends early when there is something to say. Gives the pause before the next.
    async fn turn(&mut self) -> Result<Duration, Trouble> {
        let told = self.journal.unheard();
        // The first answer is wanted at once: what was kept is begun after it.
        let wait_s = if self.heard { WAIT_S } else { 0 };
        let poll = Poll { allows_changes: self.allows_changes, wait_s, have: self.journal.have(), told };
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
        self.correct(turn.now);
        self.heard = true;
        let mut changed = self.journal.server_key.is_none() || !poll.told.is_empty();
        let known = self.journal.server_key.get_or_insert_with(|| turn.server_key.clone()).clone();
        self.journal.heard(&poll.told);
        for id in &turn.cancelled {
            changed |= self.journal.drop_waiting(*id);
        }
        for order in &turn.orders {
            changed |= self.take(order, &known);
        }
        if changed {
            self.save().map_err(|error| Trouble::Unreachable(format!("the journal cannot be written: {error}")))?;
        }
        let said_something = !turn.orders.is_empty() || !turn.cancelled.is_empty();
        let repeated = said_something && !changed;
        Ok(match turn.pause_s {
            // It did not wait, and would say the same again at once.
            0 if repeated => Duration::from_secs(WAIT_S.into()),
            0 => BREATH,
            pause_s => Duration::from_secs(pause_s.into()),
        })
    }

    /// Takes in `order`, which ends at once if it may not be begun; says whether it is new.
    fn take(&mut self, order: &Order, known: &str) -> bool {
        let now = self.now();
        if !self.journal.add(order.clone(), now) {
            return false;
        }
        if let Err(refused) = check(order, known, self.key, self.allows_changes, now) {
            tracing::warn!(command = %order.id, "{refused}");
            self.end(order.id, failed(refused.to_string()));
        }
        true
    }

    /// Begins the next command, once the server was heard and that is on disk.
    fn begin(&mut self) {
        if self.work.is_some() || self.go_on() || !self.heard {
            return;
        }
        let Some(order) = self.journal.next().map(|entry| entry.order.clone()) else { return };
        let key = self.journal.server_key.clone().unwrap_or_default();
        let spec = match check(&order, &key, self.key, self.allows_changes, self.now()) {
            Ok(spec) => spec,
            Err(refused) => return self.end(order.id, failed(refused.to_string())),
        };
        let now = self.now();
        self.journal.note(order.id, now, |entry| entry.stage = Stage::Begun(this_boot()));
        if let Err(error) = self.save() {
            return self.end(order.id, failed(format!("it was not begun, because that could not be written down: {error}")));
        }
        tracing::info!(command = %order.id, "{}", spec.kind().label());
        self.spawn(order.id, spec, false);
    }

    fn spawn(&mut self, id: CommandId, spec: Spec, again: bool) {
        let (told, news) = mpsc::channel(16);
        let (dir, nudge) = (self.dir.clone(), self.nudge.clone());
        let task = tokio::spawn(async move {
            let done = if again { go_on(spec, id, &dir, &nudge, &told).await } else { act(spec, id, &dir, &nudge, &told).await };
            // Nobody hears it when the agent ends; the journal says that it had begun.
            let _ = told.send(News::Ended(done)).await;
        });
        self.work = Some(Work { id, news, task });
    }
}

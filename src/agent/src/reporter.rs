//! Takes reports, keeps them, and delivers them oldest first; one at a time, and never twice under one number.

use std::{path::PathBuf, time::Duration};

use domain::{devices::Report, enrolment::signature::Accepted};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until, timeout},
};

use crate::{
    backoff::Backoff,
    buffer::Buffer,
    http,
    measure::{self, Meter},
    orders::Nudge,
    outside::Outside,
    send::{Sender, Trouble},
    state::{BadState, Lock, Sequence, State},
    tidy::tidy,
};

/// How long the round that is under way may take when the agent is asked to end.
const LAST: Duration = Duration::from_secs(10);

/// When to take and to send next.
struct Rounds {
    backoff: Backoff,
    take_at: Instant,
    send_at: Instant,
}

/// The agent of one state folder, which it holds alone.
#[derive(Debug)]
pub struct Reporter {
    state: State,
    sequence: Sequence,
    buffer: Buffer,
    meter: Meter,
    sender: Sender,
    outside: Outside,
    dir: PathBuf,
    _lock: Lock,
}

/// Why there is no reporter.
#[derive(Debug, thiserror::Error)]
pub enum NoReporter {
    /// The state cannot be used.
    #[error(transparent)]
    State(#[from] BadState),
    /// TLS could not be set up.
    #[error("the connection could not be set up: {0}")]
    Client(#[from] reqwest::Error),
    /// The buffer cannot be used.
    #[error("the buffer cannot be used: {0}")]
    Buffer(#[from] std::io::Error),
}

impl Reporter {
    /// Opens the state in `dir`.
    ///
    /// # Errors
    /// The machine is not enrolled, another agent runs, or the folder cannot be used.
    pub fn open(dir: PathBuf, outside: Outside) -> Result<Self, NoReporter> {
        State::load(&dir)?;
        let lock = Lock::take(&dir)?;
        // Read again under the lock: an enrolment may just have ended.
        let mut state = State::load(&dir)?;
        state.asked = measure::clean(state.asked);
        let server = state.server()?;
        let sender = Sender { client: http::client(&server)?, server, key: state.key, signing: state.private_key.signing()? };
        let sequence = Sequence::open(&dir, (outside.now)())?;
        Ok(Self { state, sequence, buffer: Buffer::open(&dir)?, meter: Meter::open(&dir), sender, outside, dir, _lock: lock })
    }

    /// Signs and sends what else this device has to say.
    pub fn sender(&self) -> Sender {
        self.sender.clone()
    }

    /// Reports as often as the server wants, and when `nudges` ask, until `stop` resolves. A round that has begun is ended, for as long as [`LAST`].
    pub async fn run_until(&mut self, stop: impl Future<Output = ()>, mut nudges: mpsc::Receiver<Nudge>) {
        let mut stop = std::pin::pin!(stop);
        let mut asked: Vec<Nudge> = Vec::new();
        let mut rounds = Rounds { backoff: Backoff::default(), take_at: Instant::now(), send_at: Instant::now() };
        loop {
            let mut round = Box::pin(self.round(&mut rounds));
            let well = tokio::select! {
                well = &mut round => well,
                () = &mut stop => {
                    if timeout(LAST, round).await.is_err() {
                        tracing::warn!("the server did not answer in time; the report is kept and sent again");
                    }
                    return;
                }
            };
            drop(round);
            for nudge in asked.drain(..) {
                // Whoever asked may have stopped waiting.
                let _ = nudge.send(well);
            }
            let next = if self.buffer.is_empty() { rounds.take_at } else { rounds.take_at.min(rounds.send_at) };
            tokio::select! {
                () = sleep_until(next) => {}
                Some(nudge) = nudges.recv() => {
                    (rounds.take_at, rounds.send_at) = (Instant::now(), Instant::now());
                    asked.push(nudge);
                }
                () = &mut stop => return,
            }
        }
    }

    /// Takes a report when it is time, and delivers what waits when it is time; says whether a report was taken and everything delivered.
    async fn round(&mut self, rounds: &mut Rounds) -> bool {
        let due = rounds.take_at <= Instant::now();
        let (mut taken, mut delivered) = (false, false);
        if due {
            rounds.take_at = Instant::now();
            taken = self.take().await;
        }
        if rounds.send_at <= Instant::now() {
            (rounds.send_at, delivered) = self.try_deliver(&mut rounds.backoff).await;
        }
        if due {
            rounds.take_at += self.interval();
        }
        taken && delivered
    }

    /// Takes one report into the buffer; says whether there was one.
    pub async fn take(&mut self) -> bool {
        match tidy(self.meter.report((self.outside.now)(), &self.state.asked).await) {
            Ok((report, changed)) => {
                if changed > 0 {
                    tracing::info!(changed, "values that no report may hold were cleaned or left out");
                }
                self.keep(report);
                true
            }
            Err(faults) => {
                tracing::error!(?faults, "the report breaks the limits and is not sent");
                false
            }
        }
    }

    /// Puts `report` into the buffer.
    pub fn keep(&mut self, report: Report) {
        self.buffer.push(report);
    }

    /// How many reports wait.
    pub fn waiting(&self) -> usize {
        self.buffer.len()
    }

    /// Delivers all that waits, oldest first.
    ///
    /// # Errors
    /// The first trouble; what was not delivered still waits, unless the server called it faulty.
    pub async fn deliver(&mut self) -> Result<(), Trouble> {
        while let Some(waiting) = self.buffer.oldest() {
            match self.send(&waiting.report).await {
                Ok(()) => self.buffer.remove(&waiting),
                Err(trouble @ Trouble::Faulty { .. }) => {
                    tracing::error!("dropping a report: {trouble}");
                    self.buffer.remove(&waiting);
                    return Err(trouble);
                }
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(())
    }

    /// When to deliver next, and whether everything was delivered.
    async fn try_deliver(&mut self, backoff: &mut Backoff) -> (Instant, bool) {
        let Err(trouble) = self.deliver().await else {
            backoff.reset();
            return (Instant::now(), true);
        };
        let wait = backoff.after(trouble.cause(), (self.outside.chance)());
        tracing::warn!(waiting = self.waiting(), "{trouble}; next try in {} s", wait.as_secs());
        (Instant::now() + wait, false)
    }

    async fn send(&mut self, report: &Report) -> Result<(), Trouble> {
        let (report, known) = self.state.known.trim(report.clone());
        let accepted = match self.send_signed(&report).await {
            Err(Trouble::Clock(theirs)) => {
                self.state.offset_ms = theirs.0.saturating_sub((self.outside.now)().0);
                tracing::warn!(offset_ms = self.state.offset_ms, "this machine's clock differs from the server's; reports carry the server's time");
                self.save();
                self.send_signed(&report).await?
            }
            answer => answer?,
        };
        let known = if accepted.send_all { Default::default() } else { known };
        let state = State { every_s: accepted.every_s, known, asked: measure::clean(accepted.asked), ..self.state.clone() };
        if state != self.state {
            self.state = state;
            self.save();
        }
        tracing::info!(device = %self.state.device, every_s = accepted.every_s, "the server accepted the report");
        Ok(())
    }

    async fn send_signed(&mut self, report: &Report) -> Result<Accepted, Trouble> {
        let sequence = self.sequence.advance()?;
        let time = self.state.server_time((self.outside.now)());
        self.sender.send(report, time, sequence).await
    }

    fn save(&self) {
        if let Err(error) = self.state.save(&self.dir) {
            tracing::warn!("the state cannot be stored, so the next start knows less: {error}");
        }
    }

    /// The server's interval, a tenth longer or shorter, so that machines started together drift apart.
    fn interval(&self) -> Duration {
        let seconds = self.state.every_s.clamp(1, 24 * 60 * 60);
        Duration::from_secs(seconds.into()).mul_f64(0.9 + 0.2 * (self.outside.chance)())
    }
}

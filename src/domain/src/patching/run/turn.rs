//! What one device does in a run. Attempts are numbered, so a message that comes twice or late changes nothing.

use super::{Misstep, SkipReason, TurnState};
use crate::{
    Moment,
    patching::outcome::FailureClass,
    time::{HOUR, MINUTE},
};

/// The longest wait between two attempts, in milliseconds.
pub const LONGEST_WAIT: i64 = HOUR;

/// One device in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Turn {
    /// Where it stands.
    pub state: TurnState,
    /// Since when.
    pub since: Moment,
    /// How many attempts were given out.
    pub attempt: u32,
    /// How many of them were given out before somebody last asked to try again.
    pub before: u32,
    /// Before this nothing is given out.
    pub not_before: Moment,
    /// Why the last attempt failed.
    pub last: Option<FailureClass>,
}

/// What happens to a device in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TurnEvent {
    /// It asks and is told what to install.
    Fetch,
    /// It says that it starts.
    Begin {
        /// With this attempt.
        attempt: u32,
    },
    /// It says that it is through.
    End {
        /// With this attempt.
        attempt: u32,
        /// Why it failed; `None`: it did not.
        failed: Option<FailureClass>,
    },
    /// A scan that is newer than its last message arrives.
    Scan {
        /// Whether everything that was wanted is there.
        whole: bool,
        /// Whether the device asks for a restart.
        reboot: bool,
    },
    /// It is left out.
    Skip(SkipReason),
    /// It was not heard of in time.
    Silence,
    /// Somebody asks to try again.
    Retry,
}

/// How long a device may take, and how often it tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// How often a device tries again by itself.
    pub retries: u8,
    /// The wait before the second attempt, in milliseconds; it doubles each time.
    pub wait: i64,
    /// From being told to starting, in milliseconds.
    pub fetched: i64,
    /// From starting to being through, in milliseconds.
    pub running: i64,
    /// From being through to a fresh scan, in milliseconds.
    pub verifying: i64,
    /// When the window ends; `None`: it has no end.
    pub ends: Option<Moment>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { retries: 2, wait: 5 * MINUTE, fetched: 30 * MINUTE, running: 2 * HOUR, verifying: 2 * HOUR, ends: None }
    }
}

impl Limits {
    fn back_off(&self, failed: u32) -> i64 {
        let doubled = self.wait.max(0).saturating_mul(1_i64.checked_shl(failed.saturating_sub(1).min(30)).unwrap_or(i64::MAX));
        doubled.min(LONGEST_WAIT)
    }

    const fn of(&self, state: TurnState) -> Option<i64> {
        match state {
            TurnState::Fetched => Some(self.fetched),
            TurnState::Running => Some(self.running),
            TurnState::Verifying => Some(self.verifying),
            _ => None,
        }
    }
}

impl TurnEvent {
    /// The word that messages use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Begin { .. } => "begin",
            Self::End { .. } => "end",
            Self::Scan { .. } => "scan",
            Self::Skip(_) => "skip",
            Self::Silence => "silence",
            Self::Retry => "retry",
        }
    }
}

impl Turn {
    /// A device whose turn is not before `from`.
    pub const fn new(from: Moment) -> Self {
        Self { state: TurnState::Queued, since: from, attempt: 0, before: 0, not_before: from, last: None }
    }

    /// The turn after `event` at `at`. What has happened already changes nothing; what a device did is believed even when it was given up.
    ///
    /// # Errors
    /// [`Misstep`].
    pub fn on(&self, event: TurnEvent, at: Moment, limits: &Limits) -> Result<Self, Misstep> {
        use TurnState::{Failed, Fetched, NeedsReboot, Queued, Running, Skipped, Vanished, Verifying};
        if let TurnEvent::Begin { attempt } | TurnEvent::End { attempt, .. } = event
            && self.is_late(attempt)?
        {
            return Ok(*self);
        }
        match (event, self.state) {
            (TurnEvent::Fetch, Queued) | (TurnEvent::Begin { .. }, Fetched | Vanished) if limits.ends.is_some_and(|ends| at >= ends) => Err(Misstep::TooLate),
            (TurnEvent::Fetch, Queued) if at < self.not_before => Err(Misstep::TooEarly(self.not_before)),
            (TurnEvent::Fetch, Queued) => Ok(Self { attempt: self.attempt.saturating_add(1), ..self.to(Fetched, at) }),
            (TurnEvent::Fetch, Fetched) => Ok(*self),
            (TurnEvent::Begin { .. }, Fetched | Vanished) => Ok(self.to(Running, at)),
            (TurnEvent::Begin { .. }, Skipped(_)) => self.refuse(event),
            (TurnEvent::End { failed: None, .. }, Fetched | Running | Vanished | Skipped(_)) => Ok(self.to(Verifying, at)),
            (TurnEvent::End { failed: Some(class), .. }, Fetched | Running | Vanished) => Ok(self.fail(class, at, limits)),
            (TurnEvent::End { failed: Some(class), .. }, Skipped(_)) => Ok(Self { last: Some(class), ..self.to(Failed(class), at) }),
            (TurnEvent::Scan { whole: false, .. }, Verifying) => {
                Ok(Self { last: Some(FailureClass::Unverified), ..self.to(Failed(FailureClass::Unverified), at) })
            }
            (TurnEvent::Scan { whole: true, reboot }, Verifying | Vanished) => Ok(self.through(reboot, at)),
            (TurnEvent::Scan { whole: true, reboot: false }, NeedsReboot) => Ok(self.through(false, at)),
            (TurnEvent::Skip(reason), Queued | Fetched) => Ok(self.to(Skipped(reason), at)),
            (TurnEvent::Silence, Fetched | Running | Verifying) => Ok(self.to(Vanished, at)),
            (TurnEvent::Retry, Failed(_) | Vanished | Skipped(_)) => Ok(Self { before: self.attempt, not_before: at, ..self.to(Queued, at) }),
            (TurnEvent::Begin { .. } | TurnEvent::End { .. } | TurnEvent::Scan { .. }, _) => Ok(*self),
            (TurnEvent::Skip(_), Skipped(_)) | (TurnEvent::Silence, Vanished) | (TurnEvent::Retry, Queued) => Ok(*self),
            _ => self.refuse(event),
        }
    }

    /// What has to happen at `now` because of time alone.
    pub fn overdue(&self, now: Moment, limits: &Limits) -> Option<TurnEvent> {
        match (self.state, limits.of(self.state)) {
            (TurnState::Queued, _) => limits.ends.filter(|ends| now >= *ends).map(|_| TurnEvent::Skip(SkipReason::WindowEnded)),
            (_, Some(most)) if now.since(self.since) > most => Some(TurnEvent::Silence),
            _ => None,
        }
    }

    /// When it is tried again by itself.
    pub const fn again(&self) -> Option<Moment> {
        match (self.state, self.last) {
            (TurnState::Queued, Some(_)) => Some(self.not_before),
            _ => None,
        }
    }

    /// Whether `attempt` was through before: something newer was given out or it was tried again already.
    fn is_late(&self, attempt: u32) -> Result<bool, Misstep> {
        if attempt == 0 || attempt > self.attempt {
            return Err(Misstep::UnknownAttempt { said: attempt, last: self.attempt });
        }
        Ok(attempt < self.attempt || self.state == TurnState::Queued)
    }

    fn to(self, state: TurnState, at: Moment) -> Self {
        Self { state, since: at, ..self }
    }

    fn through(self, reboot: bool, at: Moment) -> Self {
        self.to(if reboot { TurnState::NeedsReboot } else { TurnState::Done }, at)
    }

    fn fail(self, class: FailureClass, at: Moment, limits: &Limits) -> Self {
        let tried = self.attempt.saturating_sub(self.before);
        let next = at + limits.back_off(tried);
        let again = class.may_pass() && tried <= u32::from(limits.retries) && limits.ends.is_none_or(|ends| next < ends);
        let failed = Self { last: Some(class), ..self };
        if again { Self { not_before: next, ..failed.to(TurnState::Queued, at) } } else { failed.to(TurnState::Failed(class), at) }
    }

    const fn refuse(&self, event: TurnEvent) -> Result<Self, Misstep> {
        Err(Misstep::NotNow { state: self.state.kind().word(), event: event.word() })
    }
}

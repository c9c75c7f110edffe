//! How commands end: as they say, or given up when the agent or the machine ended in the middle.

use std::{io, time::Duration};

use domain::{commands::Done, ids::CommandId};

use super::{BREATH, News, Poller};
use crate::orders::{
    boot::this_boot,
    journal::Stage,
    script::{failed, sweep},
};

impl Poller {
    /// Ends what had begun before this start: a restart that came is done, everything else is not known. Without anything to end nothing is
    /// written, so that a full disk is no trouble.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        sweep(&self.dir);
        let (now, boot) = (self.now(), this_boot());
        let begun: Vec<_> = self.journal.begun().map(|entry| (entry.order.id, entry.order.spec.clone(), entry.stage.clone())).collect();
        if begun.is_empty() {
            return Ok(());
        }
        for (id, spec, stage) in begun {
            let restarted = stage != Stage::Begun(boot.clone());
            let asked = serde_json::from_str(&spec).is_ok_and(|spec: domain::commands::Spec| spec.kind() == domain::commands::Kind::Reboot);
            let done = match (asked, restarted) {
                (true, true) => Done { well: true, ..Done::default() },
                (_, true) => failed("the machine restarted while this ran; what it did is not known".into()),
                (_, false) => failed("the agent ended while this ran; what it did is not known".into()),
            };
            self.journal.settle(id, now, done);
        }
        self.save()
    }

    /// Notes what happens to the command that is being done; gives the pause before the server hears of it.
    pub(super) fn note(&mut self, news: News) -> Duration {
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

    pub(super) fn end(&mut self, id: CommandId, done: Done) {
        let now = self.now();
        self.journal.note(id, now, |entry| entry.stage = Stage::Ended(done));
        if let Err(error) = self.save() {
            tracing::warn!("the end of a command could not be written down: {error}");
        }
    }

    pub(super) fn save(&self) -> io::Result<()> {
        self.journal.save()
    }
}

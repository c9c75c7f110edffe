//! How commands end: as they say, or given up when the agent or the machine ended in the middle.

use std::{io, time::Duration};

use domain::{
    commands::{Done, Kind, Spec},
    ids::CommandId,
};

use super::{BREATH, News, Poller};
use crate::orders::{
    boot::this_boot,
    install,
    journal::Stage,
    script::{failed, sweep},
};

impl Poller {
    /// Ends what had begun before this start: a restart that came is done, an installation is gone on with, everything else is not known. Without
    /// anything to end nothing is written, so that a full disk is no trouble.
    pub(super) fn settle(&mut self) -> io::Result<()> {
        sweep(&self.dir);
        self.sweep_installs();
        let (now, boot) = (self.now(), this_boot());
        let begun: Vec<_> = self.journal.begun().map(|entry| (entry.order.id, entry.order.spec.clone(), entry.stage.clone())).collect();
        if begun.is_empty() {
            return Ok(());
        }
        for (id, spec, stage) in begun {
            let restarted = stage != Stage::Begun(boot.clone());
            let kind = serde_json::from_str(&spec).ok().map(|spec: Spec| spec.kind());
            if kind == Some(Kind::InstallUpdates) {
                self.journal.keep(id, now);
                continue;
            }
            let done = match (kind == Some(Kind::Reboot), restarted) {
                (true, true) => Done { well: true, ..Done::default() },
                (_, true) => failed("the machine restarted while this ran; what it did is not known".into()),
                (_, false) => failed("the agent ended while this ran; what it did is not known".into()),
            };
            self.journal.settle(id, now, done);
        }
        self.save()
    }

    /// Goes on with an installation that an earlier start began, if there is one; the machine may be changing still, so it comes before all else.
    pub(super) fn go_on(&mut self) -> bool {
        let Some((id, spec)) = self.journal.begun().next().map(|entry| (entry.order.id, entry.order.spec.clone())) else { return false };
        let Ok(spec) = serde_json::from_str::<Spec>(&spec) else {
            self.end(id, failed("this version of the agent does not know this command, which an earlier one began".into()));
            return false;
        };
        tracing::info!(command = %id, "an installation that had begun is ended");
        self.spawn(id, spec, true);
        true
    }

    /// Notes what happens to the command that is being done; gives the pause before the server hears of it.
    pub(super) fn note(&mut self, news: News) -> Duration {
        let (now, Some(id)) = (self.now(), self.work.as_ref().map(|work| work.id)) else { return BREATH };
        match news {
            News::Output(output) => self.journal.note(id, now, |entry| entry.output = Some(output)),
            News::Progress(line, output) => self.journal.note(id, now, |entry| {
                entry.progress = Some(line);
                entry.output = output.or(entry.output.take());
            }),
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
            return;
        }
        self.sweep_installs();
    }

    /// Removes the files of the installations that have ended.
    fn sweep_installs(&self) {
        let begun: Vec<CommandId> = self.journal.begun().map(|entry| entry.order.id).collect();
        install::sweep(&self.dir, &begun);
    }

    pub(super) fn save(&self) -> io::Result<()> {
        self.journal.save()
    }
}

//! A run comes into being, by hand or by a schedule: with a contact's approval first where it needs one, at once or in a window.

use std::collections::{BTreeMap, HashSet};

use app::patching::PlanLine;
use domain::{
    Moment, Refusal, approvals,
    ids::{ClientId, PatchScheduleId, PersonId, RunId, Uuid},
    patching::{
        run::{RunEvent, RunState},
        schedule::{LEAST, Reboot},
    },
    time::DAY,
    windows::{Calendar, Occurrence},
};
use foundation::{
    Failure, Writing,
    approvals::NewApproval,
    patching::{NewRun, NewTurn},
    windows::KeptWindow,
};

/// How long a contact may take to approve a run that has no window.
const TO_ANSWER: i64 = 3 * DAY;
/// Lines of an approval that name devices; the rest is counted.
const LINES: usize = 40;

/// What a run is made of.
#[derive(Debug)]
pub struct Plan {
    /// What people call it.
    pub title: String,
    /// Who answers for it.
    pub by: (PersonId, String),
    /// Its devices and what they get.
    pub targets: Vec<(PlanLine, NewTurn)>,
    /// The window in which it runs; `None`: at once.
    pub window: Option<(KeptWindow, Occurrence)>,
    /// Whether a contact approves it first.
    pub needs_approval: bool,
    /// What happens to devices that ask for a restart.
    pub reboot: Reboot,
    /// How often a device tries again by itself.
    pub retries: u8,
    /// The schedule that plans it.
    pub schedule: Option<PatchScheduleId>,
}

impl Plan {
    /// The clients of its devices, and how many each has in it.
    pub fn clients(&self) -> BTreeMap<ClientId, usize> {
        let mut clients = BTreeMap::new();
        self.targets.iter().for_each(|(line, _)| *clients.entry(line.client.0).or_default() += 1);
        clients
    }

    /// The client of all its devices, where it is one's.
    pub fn client(&self) -> Option<ClientId> {
        let clients = self.clients();
        clients.keys().next().copied().filter(|_| clients.len() == 1)
    }

    fn when(&self, now: Moment) -> (Moment, Option<Moment>) {
        self.window.as_ref().map_or((now, None), |(_, open)| (open.from.max(now), Some(open.until)))
    }

    /// Until when a contact may answer.
    fn answered_by(&self, now: Moment) -> Moment {
        self.window.as_ref().map_or(now + TO_ANSWER, |(_, open)| open.until - LEAST)
    }

    /// What a contact reads before they answer.
    fn lines(&self, now: Moment) -> Vec<String> {
        let when = match &self.window {
            Some((kept, open)) => {
                let words = Calendar::of(&kept.window).map(|calendar| open.words(calendar.zone(), now)).unwrap_or_default();
                format!("When: {words}, {} ({})", kept.window.zone, kept.window.name)
            }
            None => "When: as soon as you say yes".to_owned(),
        };
        let restart = match self.reboot {
            Reboot::InWindow => "Devices that need a restart afterwards are restarted within that time.",
            Reboot::Never => "No device is restarted.",
        };
        let device = |line: &PlanLine| {
            let names: Vec<String> = line.gets.iter().take(10).map(|(name, version)| format!("{name} {version}")).collect();
            let more = line.gets.len().saturating_sub(names.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}: {}{more}", line.device.1, names.join(", "))
        };
        let rest = self.targets.len().saturating_sub(LINES);
        let rest = (rest > 0).then(|| format!("and {rest} more devices"));
        [when, restart.to_owned()].into_iter().chain(self.targets.iter().take(LINES).map(|(line, _)| device(line))).chain(rest).collect()
    }

    /// Makes the run in this transaction; devices that are gone, and updates that another run has by now, are left out.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when nothing is left, or nobody could approve it.
    pub async fn make(mut self, writing: &Writing, now: Moment) -> Result<RunId, Failure> {
        self.keep_free(writing).await?;
        if self.targets.is_empty() {
            return Err(Refusal::invalid("devices", "No device would get anything. Approve updates first, or choose others.").into());
        }
        let client = self.client();
        if self.needs_approval && client.is_none() {
            return Err(Refusal::invalid("approval", "Choose one client: its people answer for their own devices alone.").into());
        }
        let state = RunState::Planned.on(RunEvent::Submit { needs_approval: self.needs_approval }).map_err(|no| Refusal::Conflict(no.to_string()))?;
        let (when, lines, expires_at) = (self.when(now), self.lines(now), self.answered_by(now));
        let mut turns: Vec<NewTurn> = self.targets.into_iter().map(|(_, turn)| turn).collect();
        turns.sort_by_key(|turn| turn.device);
        let new = NewRun {
            title: self.title.clone(),
            by: self.by.clone(),
            when,
            reboot: self.reboot,
            retries: self.retries,
            client,
            schedule: self.schedule,
            window: self.window.as_ref().map(|(kept, _)| kept.id),
            turns,
        };
        let run = writing.make_run(new, state, now).await?;
        match client.filter(|_| self.needs_approval) {
            Some(client) => {
                let title = format!("Install updates: {}", self.title);
                let new = NewApproval { client, kind: approvals::UPDATE_RUN, subject: run.to_string(), title, body: lines, expires_at };
                let approval = writing.ask_approval_for(new, self.by, now).await?;
                writing.run_waits_for(run, approval).await?;
            }
            None => writing.go_on(run, when.0).await?,
        }
        Ok(run)
    }

    async fn keep_free(&mut self, writing: &Writing) -> Result<(), Failure> {
        let devices: Vec<Uuid> = self.targets.iter().map(|(_, turn)| turn.device).collect();
        let there = writing.devices_there(devices.iter().copied()).await?;
        let taken: HashSet<(Uuid, Uuid)> = writing.beside_pairs(&devices).await?.runs.into_iter().map(|run| (run.id, run.update_id)).collect();
        for (_, turn) in &mut self.targets {
            let device = turn.device;
            turn.updates.retain(|update| !taken.contains(&(device, *update)));
        }
        self.targets.retain(|(_, turn)| there.contains(&turn.device) && !turn.updates.is_empty());
        Ok(())
    }
}

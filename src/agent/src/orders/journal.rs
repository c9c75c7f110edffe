//! What the agent knows of its commands, on disk: nothing is begun that is not written down, and nothing is begun twice.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use domain::{
    Moment,
    commands::{Done, MOST_OPEN, Order, Told},
    ids::CommandId,
};
use serde::{Deserialize, Serialize};

use crate::state::write_private;

/// Ids of ended commands that are remembered; older ones are refused for their age alone.
const REMEMBERED: usize = 2_000;
/// How far a number is raised when the agent starts again. Progress is said without being saved, so the last number on disk may be behind what the
/// server heard; a command that runs for an hour says far less than this.
const LEAP: u32 = 65_536;
/// How much output one question to the server carries, in bytes.
const MOST_SAID: usize = 256 * 1024;

const NAME: &str = "commands.json";

/// How far a command is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Not begun.
    Waits,
    /// Begun during this start of the machine.
    Begun(String),
    /// Ended; the server has to be told.
    Ended(Done),
}

/// A command of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The command as it came.
    pub order: Order,
    /// How far it is.
    pub stage: Stage,
    /// The number of the last thing to say of it.
    pub number: u32,
    /// The number of the last thing that the server heard.
    pub heard: u32,
    /// When it last changed, by the server's clock.
    pub at: Moment,
    /// How far it is, in a line.
    pub progress: Option<String>,
    /// The end of what it printed, and whether there was more.
    pub output: Option<(String, bool)>,
}

/// The journal in a state folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Journal {
    /// The server's key: the first that was heard of.
    pub server_key: Option<String>,
    entries: Vec<Entry>,
    ended: BTreeMap<CommandId, Moment>,
    #[serde(skip)]
    path: PathBuf,
}

impl Journal {
    /// Reads the journal in `dir`. One that cannot be read is put aside and begun anew: then the server's key is learned again, and
    /// commands that had begun are given up by the server's own clock.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn open(dir: &Path) -> io::Result<Self> {
        let path = dir.join(NAME);
        let read = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice::<Self>(&bytes).ok(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(Self::default()),
            Err(error) => return Err(error),
        };
        if read.is_none() {
            tracing::error!("the journal of commands is damaged and was put aside");
            fs::rename(&path, path.with_extension("damaged"))?;
        }
        Ok(Self { path, ..read.unwrap_or_default() })
    }

    /// Writes the journal, whole or not at all.
    ///
    /// # Errors
    /// The disk is full or not writable; then nothing may be begun.
    pub fn save(&self) -> io::Result<()> {
        write_private(&self.path, &serde_json::to_vec(self)?)
    }

    /// Removes the journal in `dir`, if there is one.
    ///
    /// # Errors
    /// It is there and cannot be removed.
    pub fn remove(dir: &Path) -> io::Result<()> {
        match fs::remove_file(dir.join(NAME)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes in `order` unless it is known, or may have been forgotten; says whether it is new.
    pub fn add(&mut self, order: Order, now: Moment) -> bool {
        let known = self.ended.contains_key(&order.id) || self.entries.iter().any(|entry| entry.order.id == order.id);
        if known || self.may_be_forgotten(order.id) || self.entries.len() as u64 >= 2 * MOST_OPEN {
            return false;
        }
        self.entries.push(Entry { order, stage: Stage::Waits, number: 0, heard: 0, at: now, progress: None, output: None });
        true
    }

    /// Whether `id` is as old as what a full memory has dropped.
    fn may_be_forgotten(&self, id: CommandId) -> bool {
        self.ended.len() >= REMEMBERED && self.ended.first_key_value().is_some_and(|(oldest, _)| id <= *oldest)
    }

    /// The first command that has not begun.
    pub fn next(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.stage == Stage::Waits)
    }

    /// The commands that have begun.
    pub fn begun(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| matches!(entry.stage, Stage::Begun(_)))
    }

    /// Changes what is known of a command at `now`; the server will be told.
    pub fn note(&mut self, id: CommandId, now: Moment, change: impl FnOnce(&mut Entry)) {
        self.change(id, now, 1, change);
    }

    /// Ends at `now` a command that had begun before the agent started, under a number that was surely never said.
    pub fn settle(&mut self, id: CommandId, now: Moment, done: Done) {
        self.change(id, now, LEAP, |entry| entry.stage = Stage::Ended(done));
    }

    /// Keeps a command that had begun before the agent started, under a number that was surely never said.
    pub fn keep(&mut self, id: CommandId, now: Moment) {
        self.change(id, now, LEAP, |_| ());
    }

    fn change(&mut self, id: CommandId, now: Moment, step: u32, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.order.id == id) {
            change(entry);
            (entry.at, entry.number) = (now, entry.number.saturating_add(step));
        }
    }

    /// Forgets a command that was not begun; says whether there was one.
    pub fn drop_waiting(&mut self, id: CommandId) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.order.id != id || entry.stage != Stage::Waits);
        self.entries.len() < before
    }

    /// The commands that have not ended here.
    pub fn have(&self) -> Vec<CommandId> {
        let most = usize::try_from(MOST_OPEN).unwrap_or(usize::MAX);
        self.entries.iter().filter(|entry| !matches!(entry.stage, Stage::Ended(_))).map(|entry| entry.order.id).take(most).collect()
    }

    /// What the server has not heard yet, oldest first: the first in any case, and further ones while their output fits into one question.
    pub fn unheard(&self) -> Vec<Told> {
        let mut size = 0;
        let fresh = self.entries.iter().filter(|entry| entry.number > entry.heard).enumerate();
        let fitting = fresh.take_while(|(at, entry)| {
            size += entry.output.as_ref().map_or(0, |(text, _)| text.len());
            *at == 0 || size <= MOST_SAID
        });
        fitting.map(|(_, entry)| told(entry)).collect()
    }

    /// Notes that the server heard `said`; what ended is remembered by its id alone, and of these the newest. No clock decides, because the server's
    /// time is not signed.
    pub fn heard(&mut self, said: &[Told]) {
        for told in said {
            if let Some(entry) = self.entries.iter_mut().find(|entry| entry.order.id == told.id) {
                entry.heard = entry.heard.max(told.number);
            }
        }
        let over = |entry: &Entry| matches!(entry.stage, Stage::Ended(_)) && entry.heard >= entry.number;
        let ended: Vec<(CommandId, Moment)> = self.entries.iter().filter(|entry| over(entry)).map(|entry| (entry.order.id, entry.order.expires_at)).collect();
        self.entries.retain(|entry| !over(entry));
        self.ended.extend(ended);
        // The ids are UUIDs of version 7: their order is by age.
        while self.ended.len() > REMEMBERED {
            self.ended.pop_first();
        }
    }
}

fn told(entry: &Entry) -> Told {
    let done = if let Stage::Ended(done) = &entry.stage { Some(done.clone()) } else { None };
    let (output, cut) = entry.output.clone().unzip();
    Told { id: entry.order.id, number: entry.number, at: entry.at, progress: entry.progress.clone(), output, cut: cut.unwrap_or(false), done }
}

#[cfg(test)]
mod tests;

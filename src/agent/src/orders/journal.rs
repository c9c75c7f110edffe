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

/// Ids of ended commands that are remembered until nobody could begin them any more.
const REMEMBERED: usize = 2_000;

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
        let path = dir.join("commands.json");
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

    /// Takes in `order` unless it is known; says whether it is new.
    pub fn add(&mut self, order: Order, now: Moment) -> bool {
        let known = self.ended.contains_key(&order.id) || self.entries.iter().any(|entry| entry.order.id == order.id);
        if known || self.entries.len() as u64 >= 2 * MOST_OPEN {
            return false;
        }
        self.entries.push(Entry { order, stage: Stage::Waits, number: 0, heard: 0, at: now, progress: None, output: None });
        true
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
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.order.id == id) {
            change(entry);
            (entry.at, entry.number) = (now, entry.number.saturating_add(1));
        }
    }

    /// Forgets a command that was not begun.
    pub fn drop_waiting(&mut self, id: CommandId) {
        self.entries.retain(|entry| entry.order.id != id || entry.stage != Stage::Waits);
    }

    /// The commands that have not ended here.
    pub fn have(&self) -> Vec<CommandId> {
        let most = usize::try_from(MOST_OPEN).unwrap_or(usize::MAX);
        self.entries.iter().filter(|entry| !matches!(entry.stage, Stage::Ended(_))).map(|entry| entry.order.id).take(most).collect()
    }

    /// What the server has not heard yet.
    pub fn unheard(&self) -> Vec<Told> {
        self.entries.iter().filter(|entry| entry.number > entry.heard).map(told).collect()
    }

    /// Notes that the server heard `said`; what ended is remembered by its id alone, until its time is over.
    pub fn heard(&mut self, said: &[Told], now: Moment) {
        for told in said {
            if let Some(entry) = self.entries.iter_mut().find(|entry| entry.order.id == told.id) {
                entry.heard = entry.heard.max(told.number);
            }
        }
        let over = |entry: &Entry| matches!(entry.stage, Stage::Ended(_)) && entry.heard >= entry.number;
        let ended: Vec<(CommandId, Moment)> = self.entries.iter().filter(|entry| over(entry)).map(|entry| (entry.order.id, entry.order.expires_at)).collect();
        self.entries.retain(|entry| !over(entry));
        self.ended.extend(ended);
        self.ended.retain(|_, until| *until > now);
        while self.ended.len() > REMEMBERED {
            let soonest = self.ended.iter().min_by_key(|(_, until)| **until).map(|(id, _)| *id);
            soonest.map(|id| self.ended.remove(&id));
        }
    }
}

fn told(entry: &Entry) -> Told {
    let done = if let Stage::Ended(done) = &entry.stage { Some(done.clone()) } else { None };
    let (output, cut) = entry.output.clone().unzip();
    Told { id: entry.order.id, number: entry.number, at: entry.at, progress: entry.progress.clone(), output, cut: cut.unwrap_or(false), done }
}

#[cfg(test)]
mod tests {
    use domain::ids::{DeviceId, Uuid};

    use super::*;

    fn folder(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("portico-journal-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&dir));
        fs::create_dir_all(&dir).expect("a folder");
        dir
    }

    fn order(n: u128) -> Order {
        let (id, device) = (CommandId(Uuid::from_u128(n)), DeviceId(Uuid::from_u128(1)));
        Order { id, device, expires_at: Moment(1_000), spec: "{}".into(), signature: String::new() }
    }

    #[test]
    fn a_command_is_taken_once_and_told_until_it_was_heard() {
        let dir = folder("once");
        let mut journal = Journal::open(&dir).expect("opened");
        assert!(journal.add(order(1), Moment(1)) && !journal.add(order(1), Moment(1)));
        let id = order(1).id;
        journal.note(id, Moment(2), |entry| entry.stage = Stage::Begun("boot".into()));
        journal.save().expect("saved");
        let mut again = Journal::open(&dir).expect("opened");
        assert_eq!((again.begun().count(), again.have(), again.unheard().len()), (1, vec![id], 1));
        let early = again.unheard();
        again.note(id, Moment(3), |entry| entry.stage = Stage::Ended(Done { well: true, code: Some(0), reason: None }));
        again.heard(&early, Moment(4));
        let told = again.unheard();
        assert_eq!((told.len(), told[0].number, told[0].done.as_ref().map(|done| done.well)), (1, 2, Some(true)), "the end is not heard yet");
        assert!(again.have().is_empty());
        again.heard(&told, Moment(5));
        assert!(again.unheard().is_empty());
        again.save().expect("saved");
        let mut later = Journal::open(&dir).expect("opened");
        assert!(!later.add(order(1), Moment(6)), "played again");
        later.heard(&[], Moment(1_001));
        assert!(later.ended.is_empty(), "nobody can begin it any more");
    }

    #[test]
    fn a_damaged_journal_is_put_aside() {
        let dir = folder("damaged");
        fs::write(dir.join("commands.json"), "{").expect("written");
        assert!(Journal::open(&dir).expect("opened").next().is_none());
        assert!(dir.join("commands.damaged").exists());
    }
}

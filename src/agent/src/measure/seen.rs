//! When this agent first saw what still waits: a restart, and each security update. In one file, so that a restart does not forget it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use domain::{Moment, devices::report::Update};
use serde::{Deserialize, Serialize};

use crate::state::write_private;

/// The most updates that are remembered, those seen first.
const MOST: usize = 2_000;
/// The longest name, architecture and version together that are remembered, in bytes.
const LONGEST: usize = 512;
/// The most of the file that is read.
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const NAME: &str = "first-seen.json";

/// What was first seen when.
#[derive(Debug)]
pub struct Seen {
    path: Option<PathBuf>,
    content: Content,
    stored: Content,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Content {
    reboot: Option<Moment>,
    security: Vec<First>,
}

/// One update; the order of the fields makes the order of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct First {
    at: Moment,
    name: String,
    arch: Option<String>,
    candidate: String,
}

impl First {
    fn key(&self) -> (&str, Option<&str>, &str) {
        (&self.name, self.arch.as_deref(), &self.candidate)
    }
}

impl Seen {
    /// What is remembered in the state folder `dir`; a file that cannot be read begins anew.
    pub fn open(dir: &Path) -> Self {
        Self { path: Some(dir.join(NAME)), ..Self::looking(dir) }
    }

    /// The same, never written back.
    pub fn looking(dir: &Path) -> Self {
        let path = dir.join(NAME);
        let content = read(&path).unwrap_or_else(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                tracing::warn!("{} cannot be read and begins anew: {error}", path.display());
            }
            Content::default()
        });
        Self { path: None, stored: content.clone(), content }
    }

    /// Since when a restart is asked for.
    pub fn reboot(&mut self, required: bool, now: Moment) -> Option<Moment> {
        let first = self.content.reboot.map_or(now, |at| at.min(now));
        self.content.reboot = required.then_some(first);
        self.content.reboot
    }

    /// Since when the oldest of the security updates `waiting` is known; the others are forgotten.
    pub fn security(&mut self, waiting: &[&Update], now: Moment) -> Option<Moment> {
        let known: BTreeMap<_, Moment> = self.content.security.iter().map(|first| (first.key(), first.at)).collect();
        let mut next: Vec<First> = waiting.iter().map(|update| first(update, now)).collect();
        for first in &mut next {
            first.at = known.get(&first.key()).map_or(now, |at| *at.min(&now));
        }
        next.sort();
        let oldest = next.first().map(|first| first.at);
        next.retain(|first| first.name.len() + first.arch.as_ref().map_or(0, String::len) + first.candidate.len() <= LONGEST);
        next.dedup();
        next.truncate(MOST);
        self.content.security = next;
        oldest
    }

    /// Writes what changed; what cannot be written is kept in memory and tried again.
    pub fn save(&mut self) {
        let Some(path) = self.path.as_ref().filter(|_| self.content != self.stored) else { return };
        match serde_json::to_vec(&self.content).map_err(io::Error::from).and_then(|text| write_private(path, &text)) {
            Ok(()) => self.stored = self.content.clone(),
            Err(error) => tracing::warn!("{} cannot be written, so a restart of the agent forgets since when things wait: {error}", path.display()),
        }
    }
}

fn first(update: &Update, at: Moment) -> First {
    First { at, name: update.name.clone(), arch: update.arch.clone(), candidate: update.candidate.clone() }
}

fn read(path: &Path) -> io::Result<Content> {
    let mut text = Vec::new();
    File::open(path)?.take(MOST_BYTES).read_to_end(&mut text)?;
    let mut content: Content = serde_json::from_slice(&text)?;
    content.security.truncate(MOST);
    Ok(content)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let dir = std::env::temp_dir().join(format!("portico-agent-seen-{name}-{}", std::process::id()));
            fs::create_dir_all(&dir).expect("folder");
            Self(dir)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn update(name: &str, candidate: &str) -> Update {
        Update { name: name.into(), candidate: candidate.into(), arch: Some("amd64".into()), ..Update::default() }
    }

    #[test]
    fn the_oldest_that_still_waits_counts_over_restarts() {
        let folder = Folder::new("oldest");
        let table = [
            (10, vec![update("a", "1")], Some(10)),
            (20, vec![update("a", "1"), update("b", "1")], Some(10)),
            (30, vec![update("a", "2"), update("b", "1")], Some(20)),
            (40, vec![update("a", "2")], Some(30)),
            (25, vec![update("a", "2")], Some(25)),
            (50, vec![], None),
            (60, vec![update("a", "2")], Some(60)),
        ];
        for (now, waiting, expected) in table {
            let mut seen = Seen::open(&folder.0);
            assert_eq!(seen.security(&waiting.iter().collect::<Vec<_>>(), Moment(now)).map(|at| at.0), expected, "at {now}");
            seen.save();
        }
    }

    #[test]
    fn the_file_is_written_only_when_something_changed() {
        let folder = Folder::new("writes");
        let path = folder.0.join(NAME);
        let mut seen = Seen::open(&folder.0);
        seen.save();
        assert!(!path.exists());
        assert_eq!(seen.reboot(true, Moment(10)), Some(Moment(10)));
        seen.save();
        fs::remove_file(&path).expect("removed");
        assert_eq!(seen.reboot(true, Moment(20)), Some(Moment(10)));
        seen.save();
        assert!(!path.exists(), "nothing changed");
        seen.reboot(false, Moment(30));
        seen.save();
        assert!(path.exists());
        let mut looking = Seen::looking(&folder.0);
        looking.reboot(true, Moment(40));
        looking.save();
        assert_eq!(Seen::open(&folder.0).content, Content::default(), "looking writes nothing");
    }

    #[test]
    fn it_is_bounded_and_survives_damage() {
        let folder = Folder::new("bounds");
        let many: Vec<Update> = (0..MOST + 10).map(|number| update(&format!("p{number:05}"), "1")).collect();
        let mut seen = Seen::open(&folder.0);
        seen.security(&[&many[7]], Moment(5));
        assert_eq!(seen.security(&many.iter().collect::<Vec<_>>(), Moment(10)), Some(Moment(5)));
        assert_eq!((seen.content.security.len(), seen.content.security[0].name.as_str()), (MOST, "p00007"));
        let long = update(&"a".repeat(LONGEST), "1");
        assert_eq!((seen.security(&[&long], Moment(20)), seen.content.security.len()), (Some(Moment(20)), 0));
        for damage in ["{", "[]", "{\"reboot\":\"soon\"}", ""] {
            fs::write(folder.0.join(NAME), damage).expect("written");
            assert_eq!(Seen::open(&folder.0).content, Content::default(), "{damage}");
        }
        fs::write(folder.0.join(NAME), "{\"reboot\":7}").expect("written");
        assert_eq!(Seen::open(&folder.0).content.reboot, Some(Moment(7)));
    }
}

//! Whether a restart is asked for, and since when.

use std::{fs, path::Path};

use domain::{Moment, alerts::sample::Reboot};

use super::Seen;
use crate::outside::moment;

/// What the system leaves when it asks for a restart.
const ASKS: &str = "/run/reboot-required";

/// Whether a restart is `required` at `now`; since the system said so, else since the agent saw it.
pub fn reboot(required: Option<bool>, seen: &mut Seen, now: Moment) -> Option<Reboot> {
    asked(required, Path::new(ASKS), seen, now)
}

fn asked(required: Option<bool>, file: &Path, seen: &mut Seen, now: Moment) -> Option<Reboot> {
    let required = required?;
    let first = seen.reboot(required, now);
    let said = fs::metadata(file).and_then(|about| about.modified()).ok().filter(|_| required);
    Some(Reboot { required, since: said.map(|time| moment(time).min(now)).or(first) })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn since_the_file_is_there_else_since_it_was_seen() {
        let dir = std::env::temp_dir().join(format!("portico-agent-asks-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("folder");
        let (file, mut seen) = (dir.join("reboot-required"), Seen::looking(&dir));
        let mut since = |required, now| asked(required, &file, &mut seen, Moment(now)).map(|reboot| (reboot.required, reboot.since.map(|at| at.0)));
        assert_eq!(since(None, 1_000), None);
        assert_eq!(since(Some(false), 2_000), Some((false, None)));
        assert_eq!(since(Some(true), 3_000), Some((true, Some(3_000))));
        assert_eq!(since(None, 4_000), None);
        assert_eq!(since(Some(true), 5_000), Some((true, Some(3_000))), "what was not known is not over");
        fs::File::create(&file).expect("file").set_modified(UNIX_EPOCH + Duration::from_secs(2)).expect("time");
        assert_eq!(since(Some(true), 6_000), Some((true, Some(2_000))));
        assert_eq!(since(Some(true), 1_500), Some((true, Some(1_500))), "a file from the future");
        assert_eq!(since(Some(false), 7_000), Some((false, None)), "a file alone says nothing");
        fs::remove_file(&file).expect("removed");
        assert_eq!(since(Some(true), 8_000), Some((true, Some(8_000))), "begun anew");
        fs::remove_dir_all(&dir).expect("removed");
    }
}

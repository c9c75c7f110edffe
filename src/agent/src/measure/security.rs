//! Security updates that wait, and since when this agent knows the oldest.

use domain::{
    Moment,
    alerts::sample::Security,
    devices::{
        limits,
        report::{Update, Updates},
    },
};

use super::Seen;

/// What `updates` say at `now`. Of an update that nothing is said about it is not assumed that it closes a hole; where nothing is
/// said about any, the whole is unknown.
pub fn security(updates: &Updates, seen: &mut Seen, now: Moment) -> Security {
    let items = match updates {
        Updates::Unknown { reason } => return unknown(format!("The updates are not known: {reason}.")),
        Updates::Listed { items, .. } => items,
    };
    if !items.is_empty() && items.iter().all(|update| update.security.is_none()) {
        return unknown("The package lists do not say which updates close security holes.");
    }
    let waiting: Vec<&Update> = items.iter().filter(|update| update.security == Some(true)).collect();
    let count = waiting.len().min(limits::UPDATES);
    Security::Listed { waiting: u32::try_from(count).unwrap_or(u32::MAX), oldest: seen.security(&waiting, now) }
}

fn unknown(reason: impl Into<String>) -> Security {
    Security::Unknown { reason: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(items: &[(&str, Option<bool>)]) -> Updates {
        let update = |(name, security): &(&str, Option<bool>)| Update { name: (*name).into(), candidate: "2".into(), security: *security, ..Update::default() };
        Updates::Listed { lists_at: None, items: items.iter().map(update).collect() }
    }

    #[test]
    fn only_security_updates_count_and_unknown_is_not_none() {
        let mut seen = Seen::looking(std::path::Path::new("/nonexistent"));
        let mut look = |updates: Updates, now| match security(&updates, &mut seen, Moment(now)) {
            Security::Listed { waiting, oldest } => Some((waiting, oldest.map(|at| at.0))),
            Security::Unknown { reason } => {
                assert!(reason.ends_with('.'), "{reason}");
                None
            }
        };
        let (hole, other, untold) = (("hole", Some(true)), ("other", Some(false)), ("untold", None));
        assert_eq!(look(listed(&[]), 1), Some((0, None)));
        assert_eq!(look(listed(&[other, untold]), 2), Some((0, None)));
        assert_eq!(look(listed(&[hole, other, untold]), 3), Some((1, Some(3))));
        assert_eq!(look(listed(&[untold]), 4), None);
        assert_eq!(look(Updates::Unknown { reason: "there are no package lists".into() }, 5), None);
        assert_eq!(look(listed(&[("new", Some(true)), hole]), 6), Some((2, Some(3))), "what was not known is not over");
        assert_eq!(look(listed(&[("new", Some(true))]), 7), Some((1, Some(6))));
    }
}

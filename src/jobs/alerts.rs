//! What only time tells of alerts: that devices are silent, and that snoozes end.

use domain::{Moment, ids::AlertId, jobs::Priority, time::MINUTE};
use foundation::{
    Failure, Writing,
    jobs::{Actor, Work},
};

use super::work::SILENCE;

/// How often a tenant's silent devices are looked for.
const EVERY: i64 = MINUTE;

/// The next look for silent devices of a tenant.
pub fn look_for_silence(at: Moment) -> Work {
    Work { kind: SILENCE, subject: "all devices".into(), priority: Priority::Normal, at, by: Actor::Platform }
}

/// Looks for silent devices, and asks for the next look. Nobody is looked for while the tenant is not served, since nobody is heard.
///
/// # Errors
/// When the database fails.
pub async fn silence(writing: &Writing, open: Option<Moment>, now: Moment) -> Result<(), Failure> {
    let more = match open {
        Some(open) => writing.watch_silences(open, now).await?,
        None => false,
    };
    writing.enqueue(look_for_silence(if more { now } else { now + EVERY }), now).await
}

/// Ends the snooze of the alert named by `subject`.
///
/// # Errors
/// When the database fails.
pub async fn snooze(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    match subject.parse::<AlertId>() {
        Ok(id) => writing.end_snooze(id, now).await,
        Err(_) => Ok(()),
    }
}

//! A report is looked at with the policy that holds for its device: what is wrong for long enough is raised, what is over is resolved.

use domain::{
    Moment,
    alerts::{Asked, Checked, Effective, Key, Kind, Observation, Rule, Sample, Track, clean, evaluate, observe},
    devices::status::online_for,
};

use super::tracks::Tracks;
use crate::{Failure, Writing, tenancy::SeenDevice};

/// One condition, what is known of it, and what was found.
struct Look<'a> {
    rule: &'a Rule,
    before: Option<&'a Track>,
    found: &'a Observation,
}

impl Writing {
    /// Looks at what `device` measured, and at its being here at all. Gives what its agent is to look at by name.
    pub(crate) async fn watch(&self, device: &SeenDevice, sample: Option<&Sample>, every_s: i64, now: Moment) -> Result<Asked, Failure> {
        let layers = self.policy_layers(device).await?;
        let (effective, tracks) = (layers.effective(), self.tracks(device).await?);
        let (looks, gap) = (looks(sample, &effective, &tracks, now), online_for(every_s));
        for (rule, found) in &looks {
            self.look(device, Look { rule, before: tracks.get(&rule.key), found }, now, gap).await?;
        }
        Ok(effective.asked())
    }

    /// Looks at one condition that only time tells of: that a device is silent.
    pub(super) async fn watch_silence(&self, device: &SeenDevice, effective: &Effective<'_>, now: Moment) -> Result<(), Failure> {
        let rule = effective.rule(&Key::general(Kind::NotSeen));
        let tracks = self.tracks(device).await?;
        let found = domain::alerts::not_seen(Moment(device.row.last_seen_at), now);
        self.look(device, Look { rule: &rule, before: tracks.get(&rule.key), found: &found }, now, i64::MAX).await
    }

    async fn look(&self, device: &SeenDevice, look: Look<'_>, now: Moment, gap: i64) -> Result<(), Failure> {
        let key = &look.rule.key;
        // When a condition was last looked at is when the device last reported; storing it each time would be a write for nothing.
        let looked_at = (device.row.last_seen_at > 0).then_some(Moment(device.row.last_seen_at));
        let before = Track { looked_at, ..look.before.cloned().unwrap_or_default() };
        let mut after = evaluate(key.kind(), &look.rule.setting(), &before, look.found, now, gap);
        if matches!(look.found, Observation::Unknown { .. }) && !key.kind().outlasts_silence() {
            after.track = after.track.interrupted();
        }
        self.follow(device, look.rule, &after, now).await?;
        let stays = Track { looked_at, ..after.track.clone() };
        if after.track.is_idle(key.kind(), now, gap) {
            if look.before.is_some() {
                self.drop_track(device, key).await?;
            }
        } else if look.before != Some(&stays) && stays != before {
            self.keep_track(device, key, &after.track).await?;
        }
        Ok(())
    }
}

/// What there is to look at in a report; a report always says that its device is here.
fn looks(sample: Option<&Sample>, effective: &Effective<'_>, tracks: &Tracks, now: Moment) -> Vec<(Rule, Observation)> {
    let tracked: Vec<Key> = tracks.keys().cloned().collect();
    let measured = match sample {
        Some(sample) => observe(&cleaned(sample, now), effective, &tracked),
        // A report without measurements says of everything that is being counted that nobody knows.
        None if tracked.is_empty() => Vec::new(),
        None => observe(&Checked::default(), effective, &tracked),
    };
    let seen = tracks.contains_key(&Key::general(Kind::NotSeen)).then(|| (effective.rule(&Key::general(Kind::NotSeen)), Observation::seen()));
    measured.into_iter().chain(seen).collect()
}

fn cleaned(sample: &Sample, now: Moment) -> Checked {
    let (checked, faults) = clean(sample.clone(), now);
    if !faults.is_empty() {
        tracing::debug!(faults = faults.len(), "measurements that cannot be were left out");
    }
    checked
}

//! Alerts of the past for demo tenants, through the same states as real ones.

use domain::{
    Moment,
    alerts::{Act, Alert, Event, Key, Phase, Rule, Step, Track, Value},
    ids::{AlertId, PersonId},
};

use super::live::Raised;
use crate::{
    Failure, Writing, fresh_id,
    tenancy::SeenDevice,
    windows::{SeedWindow, named},
};

/// An alert that somebody may have looked after.
#[derive(Debug, Clone)]
pub struct SeedAlert {
    /// What was wrong.
    pub rule: Rule,
    /// What was seen.
    pub value: String,
    /// When it was raised.
    pub at: Moment,
    /// The window that it was raised in.
    pub window: Option<SeedWindow>,
    /// When somebody acknowledged it, who, and what they wrote.
    pub acknowledged: Option<(Moment, PersonId, String, String)>,
    /// When it resolved by itself.
    pub resolved: Option<Moment>,
}

impl Writing {
    /// Keeps an alert of `device` with all that happened to it, and gives its id.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_alert(&self, device: &SeenDevice, seed: SeedAlert) -> Result<AlertId, Failure> {
        self.only_demo()?;
        let id: AlertId = fresh_id();
        let window = seed.window.as_ref();
        let raised = named(Alert::raise(seed.at, window.map(|window| window.id)), window.map(|window| window.name.as_str()));
        self.insert_alert(device, Raised { id, rule: &seed.rule, value: Some(seed.value.clone()), step: &raised, at: seed.at }).await?;
        let mut alert = raised.alert;
        if let Some((at, person, name, note)) = seed.acknowledged
            && let Ok(step) = alert.act(Act::Acknowledge, person, Some(note), at)
        {
            alert = self.next(device, id, &step, Some(&name), at).await?;
        }
        if let Some(at) = seed.resolved {
            alert = self.next(device, id, &alert.happens(Event::Cleared, at), None, at).await?;
        }
        if let Some(SeedWindow { id: of, name, until }) = seed.window {
            let ended = named(alert.happens(Event::WindowEnded { window: of, next: None }, until), Some(&name));
            alert = self.next(device, id, &ended, None, until).await?;
        }
        if !alert.state.is_live() {
            return Ok(id);
        }
        let track = Track { phase: Phase::Raised, breaching_since: Some(seed.at), value: Some(Value::Text(seed.value)), ..Track::default() };
        self.keep_track(device, &seed.rule.key, &track).await?;
        Ok(id)
    }

    async fn next(&self, device: &SeenDevice, id: AlertId, step: &Step, by: Option<&str>, at: Moment) -> Result<Alert, Failure> {
        let row = self.alert_row(device, id).await?;
        self.store_step(device, &row, step, by, at).await?;
        Ok(step.alert)
    }
}

/// What the platform's own policy says of `key`.
pub fn usual(key: &Key) -> Rule {
    domain::alerts::Effective::default().rule(key)
}

//! What people do to an alert, and what a snooze's end does.

use domain::{
    Moment, Refusal,
    alerts::{Act, Event, Key, State, Step, alert::SNOOZES},
    devices::status::Standing,
    ids::{AlertId, DeviceId},
    jobs::Priority,
};
use sea_orm::ColumnTrait;

use super::{
    live::alert_of,
    rows::alert::{Column, Entity, Model},
};
use crate::{
    Failure, Principal, Writing,
    jobs::{Actor, Work},
    tenancy::SeenDevice,
    windows::named,
};

/// The kind of the job that ends a snooze.
pub const SNOOZE_ENDS: &str = "snooze ends";

/// An act that was done.
#[derive(Debug, Clone)]
pub struct Acted {
    /// The device.
    pub device: SeenDevice,
    /// The condition.
    pub key: Key,
    /// The state before and after, as words.
    pub words: (&'static str, &'static str),
}

impl Writing {
    /// Does `act` to an alert within reach. `seen` is the revision that the person looked at, where they looked at one.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with both values when somebody changed it meanwhile, or when its state does not allow the act.
    pub async fn act_on_alert(&self, id: AlertId, act: Act, note: Option<String>, seen: Option<i64>, now: Moment) -> Result<Acted, Failure> {
        let Principal::Person(person) = self.who().principal else { return Err(Refusal::NotFound.into()) };
        let (device, row) = self.alert_to_change(id).await?;
        let (alert, key) = alert_of(&row).zip(row.condition.parse::<Key>().ok()).ok_or(Refusal::NotFound)?;
        if seen.is_some_and(|seen| seen != row.revision) {
            return Err(Refusal::Conflict(meanwhile(&row, &alert.state, act)).into());
        }
        if act == Act::Reopen && device.row.standing != Standing::Active.word() {
            return Err(Refusal::Conflict("The device is out of service, so nothing would ever end this alert.".into()).into());
        }
        if act == Act::Reopen && self.live_alert(&device, &key).await?.is_some() {
            return Err(Refusal::Conflict("A newer alert about the same condition is open; look at that one.".into()).into());
        }
        let step = alert.act(act, person, note, now).map_err(Refusal::from)?;
        let name = self.who().name.clone();
        self.keep_step(&device, &row, &step, Some(&name), now).await?;
        self.remember(&device, &key, act, now).await?;
        if let State::Snoozed { until, .. } = step.alert.state {
            self.enqueue(snooze_end(id, until), now).await?;
        }
        Ok(Acted { device, key, words: (alert.state.word(), step.alert.state.word()) })
    }

    /// What an act means for the next look at the condition.
    async fn remember(&self, device: &SeenDevice, key: &Key, act: Act, now: Moment) -> Result<(), Failure> {
        let track = self.tracks(device).await?.remove(key).unwrap_or_default();
        let track = match act {
            Act::Resolve => track.resolved(now),
            Act::Dismiss => track.dismissed(),
            Act::Reopen => track.reopened(),
            Act::Acknowledge | Act::Unacknowledge | Act::Snooze(_) | Act::Wake => return Ok(()),
        };
        self.keep_track(device, key, &track).await
    }

    /// Ends the snooze of an alert whose time has come; for the platform's own work.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_snooze(&self, id: AlertId, now: Moment) -> Result<(), Failure> {
        let (device, row) = match self.alert_to_change(id).await {
            // Deleted with its device.
            Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
            found => found?,
        };
        let Some(alert) = alert_of(&row) else { return Ok(()) };
        if let State::Snoozed { until, .. } = alert.state
            && now < until
        {
            return self.enqueue(snooze_end(id, until), now).await;
        }
        let mut step = alert.happens(Event::SnoozeDue, now);
        if step.alert.state == State::Open
            && let Some(window) = self.suppressor(&device, None, now).await?
        {
            // Nobody is woken inside a window for what can wait until its end.
            let began = named(step.alert.happens(Event::WindowBegan(window.id), now), Some(&window.name));
            step = Step { entries: step.entries.into_iter().chain(began.entries).collect(), notice: step.notice, ..began };
        }
        self.keep_step(&device, &row, &step, None, now).await
    }

    /// An alert within reach, with its device locked first, as every report does it, so that neither overwrites the other.
    async fn alert_to_change(&self, id: AlertId) -> Result<(SeenDevice, Model), Failure> {
        let found = self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?;
        let device = self.device_to_change(DeviceId(found.device_id)).await?;
        Ok((device.clone(), self.alert_row(&device, id).await?))
    }

    /// Ends what can be ended of a device that is stopped; what is snoozed ends with its snooze.
    pub(crate) async fn clear_alerts_of(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        for row in self.find_of::<Entity>(device).filter(Column::Live.eq(true)).all().await? {
            let Some(alert) = alert_of(&row) else { continue };
            self.keep_step(device, &row, &alert.happens(Event::Cleared, now), None, now).await?;
        }
        self.delete_of::<super::rows::track::Entity>(device).await.map(drop)
    }

    /// Ends every live alert of a device that leaves service.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_alerts_of(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        let Principal::Person(person) = self.who().principal else { return Ok(()) };
        let name = self.who().name.clone();
        for row in self.find_of::<Entity>(device).filter(Column::Live.eq(true)).all().await? {
            let Some(alert) = alert_of(&row) else { continue };
            if let Ok(step) = alert.act(Act::Resolve, person, Some("The device was taken out of service.".into()), now) {
                self.keep_step(device, &row, &step, Some(&name), now).await?;
            }
        }
        self.delete_of::<super::rows::track::Entity>(device).await.map(drop)
    }
}

fn snooze_end(id: AlertId, until: Moment) -> Work {
    Work { kind: SNOOZE_ENDS, subject: id.to_string(), priority: Priority::Normal, at: until, by: Actor::Platform }
}

/// Both values: what the person wanted, and what stands.
fn meanwhile(row: &Model, state: &State, act: Act) -> String {
    let who = row.actor_name.as_ref().map(|name| format!(" by {name}")).unwrap_or_default();
    format!("You wanted this alert {}; meanwhile it is {}{who}. Look at it again before you decide.", act.done(), state.word())
}

/// How long the snooze with this word lasts, in milliseconds.
pub fn snooze(word: &str) -> Option<i64> {
    SNOOZES.iter().find(|(known, ..)| *known == word).map(|(.., ms)| *ms)
}

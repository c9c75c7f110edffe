//! What a look changes: alerts are raised, refreshed and resolved, each step with its line in the timeline.

use domain::{
    Moment,
    alerts::{Alert, By, Entry, Event, Key, Look, Rule, State, Step, Verdict},
    ids::{AlertId, Uuid},
    notices::Cause,
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr};

use super::{
    inbox::AlertRow,
    rows::{
        alert::{ActiveModel, Column, Entity, Model},
        entry,
    },
};
use crate::{Failure, Tenant, Writing, fresh_id, notices::notify, tenancy::SeenDevice, windows::named};

/// A line of a timeline, as stored.
pub type EntryRow = entry::Model;

/// Lines that one page shows of a timeline.
const LINES: u64 = 200;

/// An alert that is raised.
pub(super) struct Raised<'a> {
    pub(super) id: AlertId,
    pub(super) rule: &'a Rule,
    pub(super) value: Option<String>,
    pub(super) step: &'a Step,
    pub(super) at: Moment,
}

/// The alert that a row is.
pub(crate) fn alert_of(row: &Model) -> Option<Alert> {
    Some(Alert { state: serde_json::from_str(&row.state_data).ok()?, breaching: row.breaching })
}

const fn until(state: &State) -> Option<i64> {
    if let State::Snoozed { until, .. } = state { Some(until.0) } else { None }
}

impl Tenant {
    /// The live alert about `key` on `device`.
    pub(super) async fn live_alert(&self, device: &SeenDevice, key: &Key) -> Result<Option<Model>, Failure> {
        let this = Condition::all().add(Column::Condition.eq(key.to_string())).add(Column::Live.eq(true));
        self.find_of::<Entity>(device).filter(this).one().await
    }

    /// The row of an alert of `device`.
    pub(crate) async fn alert_row(&self, device: &SeenDevice, id: AlertId) -> Result<Model, Failure> {
        Ok(self.find_of::<Entity>(device).filter(Column::Id.eq(id.0)).one().await?.ok_or(domain::Refusal::NotFound)?)
    }

    /// What happened to an alert, newest first.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the alert was found within reach; tenant and alert are named")]
    pub async fn timeline(&self, alert: &AlertRow) -> Result<Vec<EntryRow>, Failure> {
        use entry::Column;
        use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};
        let lines = entry::Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::AlertId.eq(alert.id));
        Ok(lines.order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(LINES).all(self.connection()).await?)
    }
}

impl Writing {
    /// Does what a look says.
    pub(super) async fn follow(&self, device: &SeenDevice, rule: &Rule, look: &Look, now: Moment) -> Result<(), Failure> {
        let event = match look.verdict {
            Verdict::Nothing => return Ok(()),
            Verdict::Raise => Event::RaisedAgain,
            Verdict::Refresh => Event::Refreshed,
            Verdict::Resolve => Event::Cleared,
        };
        let value = look.track.value.as_ref().map(ToString::to_string);
        let Some(row) = self.live_alert(device, &rule.key).await? else {
            if look.verdict == Verdict::Raise {
                self.raise(device, rule, value, now).await?;
            }
            return Ok(());
        };
        let Some(alert) = alert_of(&row) else { return Ok(()) };
        let step = alert.happens(event, now);
        let (value, severity) = (value.or(row.value.clone()), rule.severity.value.rank());
        let same = step.entries.is_empty() && row.value == value && row.severity == severity && row.breaching == step.alert.breaching;
        if same {
            return Ok(());
        }
        if severity > row.severity && step.alert.state == State::Open {
            self.enqueue(notify(AlertId(row.id), Cause::Raised, now), now).await?;
        }
        self.keep_step(device, &Model { value, severity, ..row }, &step, None, now).await
    }

    async fn raise(&self, device: &SeenDevice, rule: &Rule, value: Option<String>, now: Moment) -> Result<(), Failure> {
        let window = self.suppressor(device, None, now).await?;
        let step = named(Alert::raise(now, window.as_ref().map(|window| window.id)), window.as_ref().map(|window| window.name.as_str()));
        let id: AlertId = fresh_id();
        self.insert_alert(device, Raised { id, rule, value, step: &step, at: now }).await?;
        self.tell_of(id.0, &step, now).await
    }

    pub(super) async fn insert_alert(&self, device: &SeenDevice, raised: Raised<'_>) -> Result<(), Failure> {
        let Raised { id, rule, value, step, at } = raised;
        let state = step.alert.state;
        let row = ActiveModel {
            id: Set(id.0),
            device_id: Set(device.row.id),
            client_id: Set(device.row.client_id),
            condition: Set(rule.key.to_string()),
            search: Set(format!("{} {}", device.row.search, rule.key.label().to_lowercase())),
            severity: Set(rule.severity.value.rank()),
            state: Set(state.word().into()),
            state_data: Set(serde_json::to_string(&state).unwrap_or_default()),
            state_until: Set(until(&state)),
            breaching: Set(true),
            value: Set(value),
            live: Set(true),
            raised_at: Set(at.0),
            changed_at: Set(at.0),
            revision: Set(1),
            ..Default::default()
        };
        self.insert(row).await?;
        self.note_entries(id.0, &step.entries).await
    }

    /// Keeps what a step made of the alert in `row`, and has it told; nothing when nothing changed.
    pub(crate) async fn keep_step(&self, device: &SeenDevice, row: &Model, step: &Step, by: Option<&str>, now: Moment) -> Result<(), Failure> {
        self.store_step(device, row, step, by, now).await?;
        self.tell_of(row.id, step, now).await
    }

    /// Keeps a step of the past, of which nobody is told.
    pub(super) async fn store_step(&self, device: &SeenDevice, row: &Model, step: &Step, by: Option<&str>, now: Moment) -> Result<(), Failure> {
        let (state, moved) = (step.alert.state, !step.entries.is_empty());
        let mut values = vec![
            (Column::Value, Expr::value(row.value.clone())),
            (Column::Severity, Expr::value(row.severity)),
            (Column::Breaching, Expr::value(step.alert.breaching)),
        ];
        if moved {
            values.extend([
                (Column::State, Expr::value(state.word())),
                (Column::StateData, Expr::value(serde_json::to_string(&state).unwrap_or_default())),
                (Column::StateUntil, Expr::value(until(&state))),
                (Column::Live, Expr::value(state.is_live())),
                (Column::ClientId, Expr::value(if state.is_live() { device.row.client_id } else { row.client_id })),
                (Column::ChangedAt, Expr::value(now.0)),
                (Column::ActorName, Expr::value(by.map(str::to_owned))),
                (Column::Revision, Expr::value(row.revision + 1)),
            ]);
        }
        self.update_of::<Entity>(device, Column::Id.eq(row.id), values).await?;
        self.note_entries(row.id, &step.entries).await
    }

    async fn note_entries(&self, alert: Uuid, entries: &[Entry]) -> Result<(), Failure> {
        let named = self.who().name.clone();
        let rows = entries.iter().map(|line| {
            let (actor_id, actor_name) = match line.by {
                By::Rule => (None, None),
                By::Person(id) => (Some(id.0), Some(named.clone())),
            };
            entry::ActiveModel {
                id: Set(Uuid::now_v7()),
                alert_id: Set(alert),
                at: Set(line.at.0),
                actor_id: Set(actor_id),
                actor_name: Set(actor_name),
                what: Set(serde_json::to_string(&line.what).unwrap_or_default()),
                note: Set(line.note.clone()),
                ..Default::default()
            }
        });
        self.insert_many(rows.collect()).await
    }
}

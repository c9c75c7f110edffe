//! What only time tells of updates: devices that were silent for too long are unknown from then on, until they report again; what a second
//! device calls a security update is owed as one by all; and what no device needs or has any more leaves the catalogue.

use domain::{
    Moment,
    ids::DeviceId,
    patching::{Targets, catalogue::KEPT_DAYS},
    time::DAY,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order,
    prelude::Expr,
    sea_query::{ExprTrait, Query, SelectStatement},
};

use super::{
    counting::{Steps, add},
    pairs::day,
    rows::{Trust, counted, decision, pair, update, want},
};
use crate::{Failure, Tenant, Writing, devices::rows::device};

/// Devices of one look; each moves all its updates from one count to another, and nobody else writes meanwhile.
const AT_ONCE: u64 = 20;

/// Updates that leave the catalogue in one look.
const FORGOTTEN: u64 = 500;

/// Devices last seen before this have been silent for too long.
fn limit(targets: Targets, now: Moment) -> i64 {
    now.0 - i64::from(targets.unseen_days) * DAY
}

impl Tenant {
    /// Some devices that were silent for longer than `targets` allow and are not counted so, or the other way round.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn silent_devices(&self, targets: Targets, now: Moment) -> Result<Vec<DeviceId>, Failure> {
        let limit = limit(targets, now);
        let trust = || Expr::col((counted::Entity, counted::Column::Trust));
        let seen = || Expr::col((device::Entity, device::Column::LastSeenAt));
        let silent = trust().is_in([Trust::Known.number(), Trust::NoLists.number()]).and(seen().lt(limit));
        let heard = trust().eq(Trust::Silent.number()).and(seen().gte(limit));
        let rows = self.find::<device::Entity>().join_own::<counted::Entity>().filter(silent.or(heard));
        let rows = rows.order_by(device::Column::Id, Order::Asc).limit(AT_ONCE).all().await?;
        Ok(rows.into_iter().map(|row| DeviceId(row.id)).collect())
    }
}

impl Writing {
    /// Counts devices that were silent for longer than `targets` allow as unknown; says whether there may be more. A silent device of which
    /// more is asked again counts as it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_silent_devices(&self, targets: Targets, now: Moment) -> Result<bool, Failure> {
        let ids = self.silent_devices(targets, now).await?;
        let more = ids.len() as u64 == AT_ONCE;
        for id in ids {
            let device = self.device_to_change(id).await?;
            let Some(was) = self.counted_as(&device).await? else { continue };
            let late = device.row.last_seen_at < limit(targets, now);
            let trust = if late { Trust::Silent } else { super::counting::trust(&device.row, Moment(device.row.last_seen_at)) };
            self.count_as(&device, was, (device.row.client_id, trust)).await?;
        }
        Ok(more)
    }

    /// Has some devices owe as security updates what a second device called so meanwhile; says whether there may be more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn spread_security(&self, now: Moment) -> Result<bool, Failure> {
        let Some(row) = self.find::<update::Entity>().filter(update::Column::Spreads.eq(1)).limit(1).one().await? else { return Ok(false) };
        let here = Expr::col((pair::Entity, pair::Column::UpdateId)).eq(row.id).and(Expr::col((pair::Entity, pair::Column::Presence)).eq("needed"));
        let owing = here.and(Expr::col((pair::Entity, pair::Column::SecurityAt)).eq(0));
        let devices =
            self.find::<device::Entity>().join_own::<pair::Entity>().filter(owing).order_by(device::Column::Id, Order::Asc).limit(AT_ONCE).all().await?;
        for found in &devices {
            self.owe_security(DeviceId(found.id), row.id, now).await?;
        }
        if devices.len() as u64 != AT_ONCE {
            self.update::<update::Entity>(update::Column::Id.eq(row.id), [(update::Column::Spreads, Expr::value(0))]).await?;
        }
        Ok(true)
    }

    async fn owe_security(&self, device: DeviceId, update: sea_orm::prelude::Uuid, now: Moment) -> Result<(), Failure> {
        let device = self.device_to_change(device).await?;
        let mine = Condition::all().add(pair::Column::UpdateId.eq(update)).add(pair::Column::Presence.eq("needed")).add(pair::Column::SecurityAt.eq(0));
        let Some(before) = self.find_of::<pair::Entity>(&device).filter(mine.clone()).one().await? else { return Ok(()) };
        let after = pair::Model { security_at: day(now).0, ..before.clone() };
        self.update_of::<pair::Entity>(&device, mine, [(pair::Column::SecurityAt, Expr::value(after.security_at))]).await?;
        let Some(counted) = self.counted_as(&device).await? else { return Ok(()) };
        let mut steps = Steps::new();
        add(&mut steps, &[before], counted, -1);
        add(&mut steps, &[after], counted, 1);
        self.step_updates(steps).await
    }

    /// Notes which updates no device needs or has any more, and forgets those of which that was so for long, with what was decided about
    /// them. What a run was to install stays with its run.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep_catalogue(&self, now: Moment) -> Result<(), Failure> {
        use update::Column::GoneAt;
        let there = || Expr::exists(of_update(pair::Entity, pair::Column::TenantId, pair::Column::UpdateId));
        let asked = Expr::exists(of_update(want::Entity, want::Column::TenantId, want::Column::UpdateId));
        let gone = Condition::all().add(GoneAt.is_null()).add(there().not());
        self.update::<update::Entity>(gone, [(GoneAt, Expr::value(now.0))]).await?;
        self.update::<update::Entity>(Condition::all().add(GoneAt.is_not_null()).add(there()), [(GoneAt, Expr::value(None::<i64>))]).await?;
        let long = Condition::all().add(GoneAt.lt(now.0 - KEPT_DAYS * DAY)).add(there().not()).add(asked.not());
        let ids: Vec<_> = self.find::<update::Entity>().filter(long).limit(FORGOTTEN).all().await?.into_iter().map(|row| row.id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        self.delete::<decision::Entity>(decision::Column::UpdateId.is_in(ids.iter().copied())).await?;
        self.delete::<update::Entity>(update::Column::Id.is_in(ids)).await.map(drop)
    }
}

/// The rows of `entity` that belong to the update of the statement around it.
fn of_update<E: EntityTrait>(entity: E, tenant: E::Column, update: E::Column) -> SelectStatement {
    let same = |mine: E::Column, theirs| Expr::col((entity, mine)).equals((update::Entity, theirs));
    let both = same(tenant, update::Column::TenantId).and(same(update, update::Column::Id));
    Query::select().expr(Expr::val(1)).from(entity).and_where(both).to_owned()
}

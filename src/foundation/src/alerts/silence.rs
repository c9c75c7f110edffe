//! Devices that say nothing: only time tells of them, so a job looks for them in each tenant.

use std::collections::HashMap;

use domain::{
    Moment, Refusal,
    alerts::{Document, Effective, Key, Kind, Level, Setting, Track},
    devices::status::Standing,
    ids::{DeviceId, Uuid},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter,
    prelude::Expr,
    sea_query::{ExprTrait, Query},
};

use super::rows::track;
use crate::{Failure, Writing, devices::rows::device};

/// Devices that are looked at in one statement.
const PAGE: u64 = 500;

/// Devices whose alerts are changed in one transaction; the rest waits for the next, so that nobody waits long for this one.
const AT_ONCE: usize = 200;

/// Every document of a tenant, by level and place.
type Documents = HashMap<(Level, Uuid), Document>;

impl Writing {
    /// Raises what silence raises, and ends what its policy no longer asks about, for at most [`AT_ONCE`] devices; says whether
    /// there may be more. Nobody could report before `open`, the start of this server, so the time before does not count as silence.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn watch_silences(&self, open: Moment, now: Moment) -> Result<bool, Failure> {
        let documents = self.documents().await?;
        let mut left = AT_ONCE;
        for raised in [false, true] {
            let before = if raised { now } else { shortest(&documents).map_or(Moment(0), |shortest| now - shortest) };
            let mut after = None;
            loop {
                let rows = self.silent(before, raised, after).await?;
                let Some(last) = rows.last() else { break };
                after = Some(last.id);
                let resolved = self.resolved_silences(&rows).await?;
                for row in rows {
                    let effective = Effective::new(layers(&documents, self.id().0, &row));
                    let rule = effective.rule(&Key::general(Kind::NotSeen));
                    // Whoever resolved it by hand hears of it once it lasted its full time again, and until then there is nothing to do.
                    let since = Moment(row.last_seen_at).max(open).max(resolved.get(&row.id).copied().unwrap_or(open));
                    let long = now.since(since) >= i64::from(rule.for_s.value) * 1_000;
                    if (!raised && rule.on.value && long) || (raised && !rule.on.value) {
                        if left == 0 {
                            return Ok(true);
                        }
                        left -= 1;
                        self.look_at_silent(&row, &effective, now).await?;
                    }
                }
            }
        }
        Ok(false)
    }

    /// Locks the device, and looks at it if it is still as it was.
    async fn look_at_silent(&self, row: &device::Model, effective: &Effective<'_>, now: Moment) -> Result<(), Failure> {
        let device = match self.device_to_change(DeviceId(row.id)).await {
            Err(Failure::Refused(Refusal::NotFound)) => return Ok(()),
            found => found?,
        };
        let same = |of: &device::Model| (of.last_seen_at, of.standing.clone(), of.client_id, of.site_id);
        if same(&device.row) == same(row) { self.watch_silence(&device, effective, now).await } else { Ok(()) }
    }

    async fn documents(&self) -> Result<Documents, Failure> {
        let rows = self.all_policies().await?;
        Ok(rows.iter().filter_map(|row| Some(((row.level.parse().ok()?, row.subject_id), serde_json::from_str(&row.document).ok()?))).collect())
    }

    /// When somebody said of the silence of these devices that it was over.
    #[expect(clippy::disallowed_methods, reason = "the devices were found within reach; tenant and devices are named")]
    async fn resolved_silences(&self, rows: &[device::Model]) -> Result<HashMap<Uuid, Moment>, Failure> {
        let ids = rows.iter().map(|row| row.id);
        let tracks = track::Entity::find()
            .filter(track::Column::TenantId.eq(self.id().0))
            .filter(track::Column::DeviceId.is_in(ids))
            .filter(track::Column::Condition.eq(Key::general(Kind::NotSeen).to_string()));
        let read = |row: track::Model| Some((row.device_id, serde_json::from_str::<Track>(&row.body).ok()?.not_before?));
        Ok(tracks.all(self.connection()).await?.into_iter().filter_map(read).collect())
    }

    /// Devices in service that were last seen before `before` and have an alert about it or, unless `raised`, have none; by id.
    async fn silent(&self, before: Moment, raised: bool, after: Option<Uuid>) -> Result<Vec<device::Model>, Failure> {
        use device::Column;
        let known = Query::select()
            .expr(Expr::val(1))
            .from(track::Entity)
            .and_where(Expr::col((track::Entity, track::Column::TenantId)).equals((device::Entity, Column::TenantId)))
            .and_where(Expr::col((track::Entity, track::Column::DeviceId)).equals((device::Entity, Column::Id)))
            .and_where(track::Column::Condition.eq(Key::general(Kind::NotSeen).to_string()))
            .and_where(track::Column::Quiet.eq(false))
            .to_owned();
        let condition = Condition::all()
            .add(Column::Standing.eq(Standing::Active.word()))
            .add(Column::LastSeenAt.gt(0))
            .add(Column::LastSeenAt.lte(before.0))
            .add(if raised { Expr::exists(known) } else { Expr::exists(known).not() })
            .add_option(after.map(|id| Column::Id.gt(id)));
        self.find::<device::Entity>().filter(condition).order_by(Column::Id, Order::Asc).limit(PAGE).all().await
    }
}

/// The shortest silence that any policy of the tenant asks about, in milliseconds; none when nobody asks.
fn shortest(documents: &Documents) -> Option<i64> {
    let key = Key::general(Kind::NotSeen);
    let usual = Setting::usual(Kind::NotSeen);
    let parts: Vec<_> = documents.values().filter_map(|document| document.get(&key)).collect();
    let off = documents.get(&(Level::Platform, Uuid::nil())).is_none() && !usual.on && parts.iter().all(|part| part.on != Some(true));
    let seconds = parts.iter().filter_map(|part| part.for_s).chain([usual.for_s]).min()?;
    (!off).then(|| i64::from(seconds) * 1_000)
}

fn layers<'a>(documents: &'a Documents, tenant: Uuid, row: &device::Model) -> Vec<(Level, &'a Document)> {
    let places = [(Level::Tenant, tenant), (Level::Client, row.client_id), (Level::Site, row.site_id), (Level::Device, row.id)];
    places.into_iter().filter_map(|place| Some((place.0, documents.get(&place)?))).collect()
}

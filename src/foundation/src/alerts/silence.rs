//! Devices that say nothing: only time tells of them, so a job looks for them in each tenant.

use std::collections::HashMap;

use domain::{
    Moment,
    alerts::{Document, Effective, Key, Kind, Level, Setting},
    devices::status::Standing,
    ids::Uuid,
};
use sea_orm::{
    ColumnTrait, Condition, Order,
    prelude::Expr,
    sea_query::{ExprTrait, Query},
};

use super::rows::track;
use crate::{Failure, Writing, devices::rows::device, tenancy::SeenDevice};

/// Devices that are looked at in one statement.
const PAGE: u64 = 500;

/// Every document of a tenant, by level and place.
type Documents = HashMap<(Level, Uuid), Document>;

impl Writing {
    /// Raises what silence raises, in the whole tenant; says how many devices were looked at. Nobody could report before `open`, the
    /// start of this server, so the time before does not count as silence.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn watch_silences(&self, open: Moment, now: Moment) -> Result<u64, Failure> {
        let documents = self.documents().await?;
        let Some(shortest) = shortest(&documents) else { return Ok(0) };
        let (mut after, mut looked) = (None, 0);
        loop {
            let rows = self.silent(now - shortest, after).await?;
            let Some(last) = rows.last() else { return Ok(looked) };
            after = Some(last.id);
            looked += rows.len() as u64;
            for row in rows {
                let layers = layers(&documents, self.id().0, &row);
                let effective = Effective::new(layers);
                let rule = effective.rule(&Key::general(Kind::NotSeen));
                let due = rule.on.value && now.since(Moment(row.last_seen_at).max(open)) >= i64::from(rule.for_s.value) * 1_000;
                if due {
                    self.watch_silence(&SeenDevice::silent(row), &effective, now).await?;
                }
            }
        }
    }

    async fn documents(&self) -> Result<Documents, Failure> {
        let rows = self.all_policies().await?;
        Ok(rows.iter().filter_map(|row| Some(((row.level.parse().ok()?, row.subject_id), serde_json::from_str(&row.document).ok()?))).collect())
    }

    /// Devices in service that were last seen before `before` and have no alert about it, by id.
    async fn silent(&self, before: Moment, after: Option<Uuid>) -> Result<Vec<device::Model>, Failure> {
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
            .add(Expr::exists(known).not())
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

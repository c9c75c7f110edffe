//! What only time tells of updates: devices that were silent for too long are unknown from then on, until they report again.

use domain::{Moment, ids::DeviceId, patching::Targets, time::DAY};
use sea_orm::{Order, prelude::Expr, sea_query::ExprTrait};

use super::rows::{Trust, counted};
use crate::{Failure, Tenant, Writing, devices::rows::device};

/// Devices of one look; each moves all its updates from one count to another, and nobody else writes meanwhile.
const AT_ONCE: u64 = 20;

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
            let trust = if late { Trust::Silent } else { super::counting::trust(&device.row) };
            self.count_as(&device, was, (device.row.client_id, trust)).await?;
        }
        Ok(more)
    }
}

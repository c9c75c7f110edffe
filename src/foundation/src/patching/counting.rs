//! Keeps the counts of updates in step with the devices, in the transaction that changes them: the device's row is locked first, then
//! the row that stands for its client, then the other counts in their order.

use std::collections::BTreeMap;

use domain::{
    Moment,
    devices::status::{LISTS_KEEP, Standing, stale},
};
use sea_orm::{
    ColumnTrait, Condition, Set,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use super::rows::{Trust, count, counted, decision, pair};
use crate::{Failure, Writing, devices::rows::device, tenancy::SeenDevice};

/// Updates whose empty counts one statement removes.
const AT_ONCE: usize = 500;

/// What a count is of: client, update, presence, known, since, security since.
pub(super) type Key = (Uuid, Uuid, String, i16, i64, i64);

/// By how much counts change: devices, and those of them where it failed.
pub(super) type Steps = BTreeMap<Key, (i64, i64)>;

/// How much is known of a device whose package lists are of `lists_at` when it is heard of at `seen`: newer updates may exist that old lists
/// do not name.
pub(crate) fn trust_in(lists_at: Option<Moment>, seen: Moment) -> Trust {
    if stale(lists_at, seen, LISTS_KEEP).is_some() { Trust::NoLists } else { Trust::Known }
}

/// How much is known of a device by its row; that it is silent is noticed by the sweep.
pub(super) fn trust(row: &device::Model, seen: Moment) -> Trust {
    match row.standing.parse() {
        Ok(Standing::Active) if row.updates_reason.is_none() && row.updates_pending >= 0 => trust_in(row.updates_lists_at.map(Moment), seen),
        Ok(Standing::Active) => Trust::NoLists,
        _ => Trust::Out,
    }
}

/// Adds what `pairs` of a device at `client` count for, `by` times.
pub(super) fn add(steps: &mut Steps, pairs: &[pair::Model], (client, trust): (Uuid, Trust), by: i64) {
    for pair in pairs {
        let known = match trust {
            Trust::Out => return,
            Trust::Known => 1,
            Trust::NoLists => i16::from(pair.presence == "installed"),
            Trust::Silent => 0,
        };
        let step = steps.entry((client, pair.update_id, pair.presence.clone(), known, pair.since_at, pair.security_at)).or_default();
        step.0 += by;
        step.1 += by * i64::from(pair.failed_class.is_some() && pair.presence == "needed");
    }
}

impl Writing {
    /// How `device` is counted; `None`: it never said anything about updates.
    pub(super) async fn counted_as(&self, device: &SeenDevice) -> Result<Option<(Uuid, Trust)>, Failure> {
        Ok(self.find_of::<counted::Entity>(device).one().await?.map(|row| (row.client_id, Trust::of(row.trust))))
    }

    /// Counts `device` as `wanted` from now on, with the pairs that it has.
    pub(super) async fn count_as(&self, device: &SeenDevice, was: (Uuid, Trust), wanted: (Uuid, Trust)) -> Result<(), Failure> {
        if was == wanted {
            return Ok(());
        }
        let pairs = self.find_of::<pair::Entity>(device).all().await?;
        let mut steps = Steps::new();
        add(&mut steps, &pairs, was, -1);
        add(&mut steps, &pairs, wanted, 1);
        self.step_updates(steps).await?;
        self.note_counted(device, wanted).await
    }

    pub(super) async fn note_counted(&self, device: &SeenDevice, (client, trust): (Uuid, Trust)) -> Result<(), Failure> {
        use counted::Column::{ClientId, DeviceId, TenantId, Trust as How};
        let row = counted::ActiveModel {
            device_id: Set(device.row.id),
            client_id: Set(client),
            trust: Set(trust.number()),
            fresh_day: Set(0),
            fresh: Set(0),
            ..Default::default()
        };
        self.upsert(vec![row], OnConflict::columns([TenantId, DeviceId]).update_columns([ClientId, How]).to_owned()).await
    }

    /// Takes the updates of `device` out of the counts, before it is retired, quarantined, deleted, merged or moved.
    pub(crate) async fn forget_updates_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        match self.counted_as(device).await? {
            Some(was) => self.count_as(device, was, (was.0, Trust::Out)).await,
            None => Ok(()),
        }
    }

    /// Adds the updates of the device whose row is `now` to the counts, unless it is out of service.
    pub(crate) async fn count_updates_of(&self, device: &SeenDevice, now: &device::Model) -> Result<(), Failure> {
        match self.counted_as(device).await? {
            Some(was) => self.count_as(device, was, (now.client_id, trust(now, Moment(now.last_seen_at)))).await,
            None => Ok(()),
        }
    }

    /// What was decided for `device` alone goes with it to another client.
    pub(crate) async fn move_decisions_of(&self, device: &SeenDevice, client: Uuid) -> Result<(), Failure> {
        self.update::<decision::Entity>(own(device), [(decision::Column::ClientId, Expr::value(client))]).await.map(drop)
    }

    /// What was decided for `other` alone holds for `kept`, unless something else was decided there.
    pub(crate) async fn merge_decisions(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        use decision::Column::{ClientId, PlaceId, UpdateId};
        let there = self.find::<decision::Entity>().filter(own(kept)).all().await?;
        let theirs = own(other).add_option((!there.is_empty()).then(|| UpdateId.is_not_in(there.iter().map(|row| row.update_id))));
        self.update::<decision::Entity>(theirs, [(PlaceId, Expr::value(kept.row.id)), (ClientId, Expr::value(kept.row.client_id))]).await?;
        self.drop_decisions_of(other).await
    }

    /// Removes what was decided for `device` alone.
    pub(crate) async fn drop_decisions_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        self.delete::<decision::Entity>(own(device)).await.map(drop)
    }

    /// Of two devices that become one, `kept` has what `other` reported later. Both are out of the counts.
    pub(crate) async fn move_updates(&self, kept: &SeenDevice, other: &SeenDevice) -> Result<(), Failure> {
        self.delete_of::<pair::Entity>(kept).await?;
        self.update_of::<pair::Entity>(other, Condition::all(), [(pair::Column::DeviceId, Expr::value(kept.row.id))]).await?;
        self.note_counted(kept, (kept.row.client_id, Trust::Out)).await
    }

    /// Changes counts. The row that stands for a client comes before its others, so that no two transactions wait for each other.
    pub(super) async fn step_updates(&self, mut steps: Steps) -> Result<(), Failure> {
        use count::Column;
        steps.retain(|_, by| *by != (0, 0));
        let clients: Vec<Uuid> = steps.keys().map(|key| key.0).collect();
        if clients.is_empty() {
            return Ok(());
        }
        let fewer: Vec<(Uuid, Uuid)> = steps.iter().filter(|(_, by)| by.0 < 0).map(|(key, _)| (key.0, key.1)).collect();
        steps.extend(clients.into_iter().map(|client| ((client, Uuid::nil(), String::new(), 0, 0, 0), (0, 0))));
        let row = |((client, update, presence, known, since, security), (devices, failed)): (Key, (i64, i64))| count::ActiveModel {
            client_id: Set(client),
            update_id: Set(update),
            presence: Set(presence),
            known: Set(known),
            since_at: Set(since),
            security_at: Set(security),
            devices: Set(devices),
            failed: Set(failed),
            ..Default::default()
        };
        let key = [Column::TenantId, Column::ClientId, Column::UpdateId, Column::Presence, Column::Known, Column::SinceAt, Column::SecurityAt];
        let more = OnConflict::columns(key)
            .value(Column::Devices, Expr::cust("patch_counts.devices + excluded.devices"))
            .value(Column::Failed, Expr::cust("patch_counts.failed + excluded.failed"))
            .to_owned();
        self.upsert(steps.into_iter().map(row).collect(), more).await?;
        self.drop_empty_counts(fewer).await
    }

    async fn drop_empty_counts(&self, fewer: Vec<(Uuid, Uuid)>) -> Result<(), Failure> {
        use count::Column;
        let mut by_client: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
        for (client, update) in fewer {
            by_client.entry(client).or_default().push(update);
        }
        for (client, updates) in by_client {
            for updates in updates.chunks(AT_ONCE) {
                let empty = Condition::all().add(Column::ClientId.eq(client)).add(Column::UpdateId.is_in(updates.iter().copied()));
                self.delete::<count::Entity>(empty.add(Column::Devices.lte(0))).await?;
            }
        }
        Ok(())
    }
}

fn own(device: &SeenDevice) -> Condition {
    use decision::Column::{Level, PlaceId};
    Condition::all().add(Level.eq(domain::patching::Level::Device.word())).add(PlaceId.eq(device.row.id))
}

//! The catalogue: each update once, with what devices say of it.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Moment,
    devices::report,
    ids::UpdateId,
    patching::{Key, Source, Update, catalogue::FRESH},
    time::DAY,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Set,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use super::rows::{
    Trust, counted,
    update::{ActiveModel, Column, Entity, Model},
};
use crate::{Failure, Tenant, Writing, fresh_id, tenancy::SeenDevice};

/// Names or ids that one statement looks for.
const AT_ONCE: usize = 500;

/// What makes an update the same one.
pub(super) const KEY: [Column; 5] = [Column::TenantId, Column::Name, Column::Source, Column::Arch, Column::Version];

impl Model {
    /// What it is; `None` for a package system that only a newer version knows.
    pub fn update(&self) -> Option<Update> {
        let source: Source = self.source.parse().ok()?;
        let key = Key { source, name: self.name.clone(), arch: self.arch.clone(), version: self.version.clone() };
        Some(Update { key, origin: self.origin.clone(), security: u8::try_from(self.security).ok().map(|yes| yes == 1) })
    }
}

fn security(known: Option<bool>) -> i16 {
    known.map_or(-1, i16::from)
}

impl Tenant {
    /// These updates of the catalogue, by id.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "devices meet the tenant's catalogue when they report; the tenant is named")]
    pub async fn catalogue_of(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Model>, Failure> {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let mut found = HashMap::new();
        for ids in ids.chunks(AT_ONCE) {
            let some = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::Id.is_in(ids.iter().copied()));
            found.extend(some.all(self.connection()).await?.into_iter().map(|row| (row.id, row)));
        }
        Ok(found)
    }

    /// The whole catalogue.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn catalogue(&self) -> Result<Vec<Model>, Failure> {
        self.find::<Entity>().all().await
    }
}

/// What a device says of an update, beside what the catalogue knows of it.
struct Heard<'a> {
    device: Uuid,
    said: &'a Update,
    row: Model,
    stands: Update,
}

impl Heard<'_> {
    /// What the catalogue knows from now on. Who warns is believed; but that it closes a security hole is owed by other devices only when
    /// a second device says so.
    fn learned(&self, now: Moment) -> (Model, Update) {
        let (mut row, mut stands) = (self.row.clone(), self.stands.clone());
        stands.learn(self.said);
        (row.origin, row.security) = (stands.origin.clone(), security(stands.security));
        match row.warned_by {
            _ if self.said.security != Some(true) || row.secured_at.is_some() => {}
            Some(first) if first != self.device => (row.secured_at, row.spreads) = (Some(now.0), 1),
            _ => row.warned_by = Some(self.device),
        }
        // What is owed here: what was confirmed, or what this device says itself.
        let owed = if row.secured_at.is_some() { Some(true) } else { self.said.security };
        (row, Update { security: owed, ..stands })
    }
}

impl Writing {
    /// Puts what `device` of `source` reports into the catalogue; gives each that is a real update, with its id and with what is owed on
    /// this device.
    pub(super) async fn see_updates(&self, device: &SeenDevice, source: Source, items: &[report::Update], now: Moment) -> Result<Vec<(Uuid, Update)>, Failure> {
        let seen: BTreeMap<Key, Update> = items.iter().filter_map(|item| Update::seen(source, item).ok()).map(|update| (update.key.clone(), update)).collect();
        let mut known = self.named_rows(&seen).await?;
        let fresh: Vec<&Update> = seen.values().filter(|update| !known.contains_key(&update.key)).collect();
        if !fresh.is_empty() {
            let rows = self.admitted(device, fresh, now).await?.into_iter().map(|update| row(update, Some(device.row.id), now)).collect();
            self.upsert(rows, OnConflict::columns(KEY).do_nothing().to_owned()).await?;
            known = self.named_rows(&seen).await?;
        }
        let mut all = Vec::with_capacity(seen.len());
        for (key, said) in &seen {
            let Some((row, stands)) = known.remove(key).and_then(|row| Some((row.clone(), row.update()?))) else { continue };
            let heard = Heard { device: device.row.id, said, row, stands };
            let (after, owed) = heard.learned(now);
            if after != heard.row {
                self.teach(&after).await?;
            }
            all.push((after.id, owed));
        }
        Ok(all)
    }

    /// As many of `fresh` as the device may be the first to name today.
    async fn admitted<'a>(&self, device: &SeenDevice, mut fresh: Vec<&'a Update>, now: Moment) -> Result<Vec<&'a Update>, Failure> {
        use counted::Column::{DeviceId, Fresh, FreshDay, TenantId};
        let today = now.0.div_euclid(DAY);
        let used = self.find_of::<counted::Entity>(device).one().await?.filter(|row| row.fresh_day == today).map_or(0, |row| row.fresh);
        let room = usize::try_from(FRESH - used).unwrap_or(0);
        if fresh.len() > room {
            tracing::warn!(device = %device.id(), named = fresh.len(), room, "a device names more new updates than one may in a day; the others are left out");
            fresh.truncate(room);
        }
        let (device_id, client_id, trust) = (Set(device.row.id), Set(device.row.client_id), Set(Trust::Out.number()));
        let used = used + i64::try_from(fresh.len()).unwrap_or(0);
        let row = counted::ActiveModel { device_id, client_id, trust, fresh_day: Set(today), fresh: Set(used), ..Default::default() };
        self.upsert(vec![row], OnConflict::columns([TenantId, DeviceId]).update_columns([FreshDay, Fresh]).to_owned()).await?;
        Ok(fresh)
    }

    /// The rows of `wanted` that the catalogue has.
    pub(super) async fn named(&self, wanted: &BTreeMap<Key, Update>) -> Result<HashMap<Key, (Uuid, Update)>, Failure> {
        Ok(self.named_rows(wanted).await?.into_iter().filter_map(|(key, row)| Some((key, (row.id, row.update()?)))).collect())
    }

    #[expect(clippy::disallowed_methods, reason = "devices meet the tenant's catalogue when they report; the tenant is named")]
    async fn named_rows(&self, wanted: &BTreeMap<Key, Update>) -> Result<HashMap<Key, Model>, Failure> {
        let names: Vec<&str> = wanted.keys().map(|key| key.name.as_str()).collect();
        let mut found = HashMap::new();
        for names in names.chunks(AT_ONCE) {
            let some = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::Name.is_in(names.iter().copied()));
            for row in some.all(self.connection()).await? {
                if let Some(update) = row.update().filter(|update| wanted.contains_key(&update.key)) {
                    found.insert(update.key, row);
                }
            }
        }
        Ok(found)
    }

    #[expect(clippy::disallowed_methods, reason = "devices meet the tenant's catalogue when they report; the tenant is named")]
    async fn teach(&self, row: &Model) -> Result<(), Failure> {
        let mine = Condition::all().add(Column::TenantId.eq(self.id().0)).add(Column::Id.eq(row.id));
        let values = [
            (Column::Origin, Expr::value(row.origin.clone())),
            (Column::Security, Expr::value(row.security)),
            (Column::WarnedBy, Expr::value(row.warned_by)),
            (Column::SecuredAt, Expr::value(row.secured_at)),
            (Column::Spreads, Expr::value(row.spreads)),
        ];
        let change = values.into_iter().fold(Entity::update_many().filter(mine), |change, (column, value)| change.col_expr(column, value));
        change.exec(self.connection()).await?;
        Ok(())
    }
}

/// The row of an update that is first seen at `now`, on `device` alone or on many.
pub(super) fn row(update: &Update, device: Option<Uuid>, now: Moment) -> ActiveModel {
    let Key { source, name, arch, version } = update.key.clone();
    let secure = update.security == Some(true);
    ActiveModel {
        id: Set(fresh_id::<UpdateId>().0),
        source: Set(source.word().into()),
        name: Set(name),
        arch: Set(arch),
        version: Set(version),
        origin: Set(update.origin.clone()),
        security: Set(security(update.security)),
        warned_by: Set(device.filter(|_| secure)),
        secured_at: Set((secure && device.is_none()).then_some(now.0)),
        spreads: Set(0),
        first_seen_at: Set(now.0),
        gone_at: Set(None),
        ..Default::default()
    }
}

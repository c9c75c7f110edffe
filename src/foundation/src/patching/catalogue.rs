//! The catalogue: each update once, with what devices say of it.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Moment,
    devices::report,
    ids::UpdateId,
    patching::{Key, Source, Update},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, Set,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use super::rows::update::{ActiveModel, Column, Entity, Model};
use crate::{Failure, Tenant, Writing, fresh_id};

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

impl Writing {
    /// Puts what a device of `source` reports into the catalogue; gives each that is a real update, with its id.
    pub(super) async fn see_updates(&self, source: Source, items: &[report::Update], now: Moment) -> Result<Vec<(Uuid, Update)>, Failure> {
        let seen: BTreeMap<Key, Update> = items.iter().filter_map(|item| Update::seen(source, item).ok()).map(|update| (update.key.clone(), update)).collect();
        let mut known = self.named(&seen).await?;
        let fresh: Vec<&Update> = seen.values().filter(|update| !known.contains_key(&update.key)).collect();
        if !fresh.is_empty() {
            let rows = fresh.into_iter().map(|update| row(update, now)).collect();
            self.upsert(rows, OnConflict::columns(KEY).do_nothing().to_owned()).await?;
            known = self.named(&seen).await?;
        }
        let mut all = Vec::with_capacity(seen.len());
        for (key, said) in &seen {
            let Some((id, mut stands)) = known.remove(key) else { continue };
            let before = stands.clone();
            stands.learn(said);
            if stands != before {
                self.teach(id, &stands).await?;
            }
            all.push((id, stands));
        }
        Ok(all)
    }

    #[expect(clippy::disallowed_methods, reason = "devices meet the tenant's catalogue when they report; the tenant is named")]
    pub(super) async fn named(&self, wanted: &BTreeMap<Key, Update>) -> Result<HashMap<Key, (Uuid, Update)>, Failure> {
        let names: Vec<&str> = wanted.keys().map(|key| key.name.as_str()).collect();
        let mut found = HashMap::new();
        for names in names.chunks(AT_ONCE) {
            let some = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::Name.is_in(names.iter().copied()));
            for row in some.all(self.connection()).await? {
                if let Some(update) = row.update().filter(|update| wanted.contains_key(&update.key)) {
                    found.insert(update.key.clone(), (row.id, update));
                }
            }
        }
        Ok(found)
    }

    #[expect(clippy::disallowed_methods, reason = "devices meet the tenant's catalogue when they report; the tenant is named")]
    async fn teach(&self, id: Uuid, update: &Update) -> Result<(), Failure> {
        let mine = Condition::all().add(Column::TenantId.eq(self.id().0)).add(Column::Id.eq(id));
        let change = Entity::update_many().filter(mine);
        let change = change.col_expr(Column::Origin, Expr::value(update.origin.clone())).col_expr(Column::Security, Expr::value(security(update.security)));
        change.exec(self.connection()).await?;
        Ok(())
    }
}

/// The row of an update that is first seen at `now`.
pub(super) fn row(update: &Update, now: Moment) -> ActiveModel {
    let Key { source, name, arch, version } = update.key.clone();
    ActiveModel {
        id: Set(fresh_id::<UpdateId>().0),
        source: Set(source.word().into()),
        name: Set(name),
        arch: Set(arch),
        version: Set(version),
        origin: Set(update.origin.clone()),
        security: Set(security(update.security)),
        first_seen_at: Set(now.0),
        ..Default::default()
    }
}

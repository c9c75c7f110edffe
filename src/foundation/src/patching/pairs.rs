//! A report tells how updates stand on its device. What it leaves as it was is not written again.

use std::collections::{BTreeMap, HashMap};

use domain::{
    Moment,
    devices::{
        Report,
        report::{Package, Updates},
    },
    patching::{
        Class, Owed, Source, Update,
        verify::{Presence, Scan},
    },
    software::Ecosystem,
    time::DAY,
};
use sea_orm::{ColumnTrait, Set, prelude::Uuid, sea_query::OnConflict};

use super::{
    counting::{Steps, add, trust_in},
    rows::{Trust, pair},
};
use crate::{Failure, Writing, tenancy::SeenDevice};

/// The start of the day that holds `at`, in UTC: updates are owed since a day, so that counts stay few.
pub(super) fn day(at: Moment) -> Moment {
    Moment(at.0.div_euclid(DAY) * DAY)
}

/// The package system of a device, by what it has.
fn source(packages: &[Package]) -> Option<Source> {
    packages.iter().find_map(|package| match package.ecosystem() {
        Ecosystem::Deb => Some(Source::Deb),
        Ecosystem::Rpm => Some(Source::Rpm),
        Ecosystem::Windows | Ecosystem::Other => None,
    })
}

/// How much is known of `device` after `report`.
fn trust_after(report: &Report, device: &SeenDevice, now: Moment) -> Trust {
    match &report.updates {
        Some(Updates::Listed { lists_at, .. }) => trust_in(*lists_at, now),
        Some(Updates::Unknown { .. }) => Trust::NoLists,
        None => super::counting::trust(&device.row, now),
    }
}

impl Writing {
    /// Keeps how updates stand on `device` after `report`, whose lists or packages `changed`.
    pub(crate) async fn keep_pairs(&self, device: &SeenDevice, report: &Report, changed: bool, now: Moment) -> Result<(), Failure> {
        let was = self.counted_as(device).await?;
        if was.is_none() && report.updates.is_none() {
            return Ok(());
        }
        let wanted = (device.row.client_id, trust_after(report, device, now));
        let stands = was.unwrap_or((device.row.client_id, Trust::Out));
        if !changed && was.is_some() {
            return self.count_as(device, stands, wanted).await;
        }
        let before = self.find_of::<pair::Entity>(device).locked().all().await?;
        let after = self.pairs_now(device, report, &before, now).await?;
        let mut steps = Steps::new();
        add(&mut steps, &before, stands, -1);
        add(&mut steps, &after, wanted, 1);
        self.write_pairs(device, &before, after).await?;
        self.step_updates(steps).await?;
        if was == Some(wanted) { Ok(()) } else { self.note_counted(device, wanted).await }
    }

    async fn pairs_now(&self, device: &SeenDevice, report: &Report, before: &[pair::Model], now: Moment) -> Result<Vec<pair::Model>, Failure> {
        let stored = match &report.software {
            Some(_) => None,
            None => self.software(device).await?.map(|section| section.content),
        };
        let packages: &[Package] = report.software.as_deref().or(stored.as_deref()).unwrap_or_default();
        let Some(source) = source(packages) else { return Ok(before.to_vec()) };
        let listed = match &report.updates {
            Some(Updates::Listed { items, .. }) => items.clone(),
            // Nothing new is said of what is offered; what was, is.
            _ => self.listed_updates(device).await?,
        };
        let offered = self.see_updates(device, source, &listed, now).await?;
        let known = self.catalogue_of(before.iter().map(|pair| pair.update_id)).await?;
        let keys: HashMap<Uuid, Update> = known.into_iter().filter_map(|(id, row)| Some((id, row.update()?))).collect();
        Ok(Standing { scan: Scan::of(packages, &listed), device: device.row.id, tenant: self.id().0, now }.after(before, &keys, &offered))
    }

    async fn write_pairs(&self, device: &SeenDevice, before: &[pair::Model], after: Vec<pair::Model>) -> Result<(), Failure> {
        use pair::Column;
        let old: HashMap<Uuid, &pair::Model> = before.iter().map(|pair| (pair.update_id, pair)).collect();
        let kept: std::collections::HashSet<Uuid> = after.iter().map(|pair| pair.update_id).collect();
        let gone: Vec<Uuid> = before.iter().map(|pair| pair.update_id).filter(|id| !kept.contains(id)).collect();
        for gone in gone.chunks(500) {
            self.delete_some_of::<pair::Entity>(device, Column::UpdateId.is_in(gone.iter().copied())).await?;
        }
        let changed = after.into_iter().filter(|pair| old.get(&pair.update_id).is_none_or(|old| *old != pair));
        let values = [Column::Presence, Column::SinceAt, Column::SecurityAt, Column::InstalledAt, Column::FailedClass, Column::FailedCount, Column::FailedLine];
        let same = OnConflict::columns([Column::TenantId, Column::DeviceId, Column::UpdateId]).update_columns(values).to_owned();
        self.upsert(changed.map(written).collect(), same).await
    }
}

/// The row of a pair.
pub(super) fn written(pair: pair::Model) -> pair::ActiveModel {
    pair::ActiveModel {
        tenant_id: Set(pair.tenant_id),
        device_id: Set(pair.device_id),
        update_id: Set(pair.update_id),
        presence: Set(pair.presence),
        since_at: Set(pair.since_at),
        security_at: Set(pair.security_at),
        installed_at: Set(pair.installed_at),
        failed_class: Set(pair.failed_class),
        failed_count: Set(pair.failed_count),
        failed_line: Set(pair.failed_line),
    }
}

/// What a scan of one device shows.
struct Standing<'a> {
    scan: Scan<'a>,
    device: Uuid,
    tenant: Uuid,
    now: Moment,
}

impl Standing<'_> {
    /// The pairs after the scan; `keys` names those of before.
    fn after(&self, before: &[pair::Model], keys: &HashMap<Uuid, Update>, offered: &[(Uuid, Update)]) -> Vec<pair::Model> {
        let classes: HashMap<Uuid, Class> = offered.iter().map(|(id, update)| (*id, update.class())).collect();
        let mut owed: HashMap<(&str, &str), Owed> = HashMap::new();
        let mut pairs: BTreeMap<Uuid, pair::Model> = BTreeMap::new();
        for pair in before {
            let Some(update) = keys.get(&pair.update_id) else { continue };
            let place = (update.key.name.as_str(), update.key.arch.as_str());
            match self.scan.presence(&update.key) {
                Presence::Needed => drop(pairs.insert(pair.update_id, self.needed(pair, classes.get(&pair.update_id).copied()))),
                Presence::Installed => drop(pairs.insert(pair.update_id, self.installed(pair))),
                // A newer version takes over since when it is owed.
                Presence::Superseded | Presence::NotApplicable if pair.presence == "needed" => {
                    owed.entry(place).and_modify(|known| *known = known.carry(of(pair))).or_insert(of(pair));
                }
                Presence::Superseded | Presence::NotApplicable => {}
            }
        }
        for (id, update) in offered {
            let place = (update.key.name.as_str(), update.key.arch.as_str());
            pairs.entry(*id).or_insert_with(|| self.fresh(*id, update.class(), owed.get(&place).copied()));
        }
        pairs.into_values().collect()
    }

    /// An update that turns out to close a security hole is owed as such from the day that this is known here.
    fn needed(&self, pair: &pair::Model, class: Option<Class>) -> pair::Model {
        let learned = class == Some(Class::Security) && pair.security_at == 0;
        let security_at = if learned { day(self.now).0 } else { pair.security_at };
        pair::Model { presence: "needed".into(), installed_at: None, security_at, ..pair.clone() }
    }

    fn installed(&self, pair: &pair::Model) -> pair::Model {
        let installed_at = pair.installed_at.filter(|_| pair.presence == "installed").or(Some(self.now.0));
        pair::Model { presence: "installed".into(), installed_at, failed_class: None, failed_count: 0, failed_line: None, ..pair.clone() }
    }

    fn fresh(&self, id: Uuid, class: Class, older: Option<Owed>) -> pair::Model {
        let owed = Owed::of(class, day(self.now));
        let owed = older.map_or(owed, |older| owed.carry(older));
        pair::Model {
            tenant_id: self.tenant,
            device_id: self.device,
            update_id: id,
            presence: "needed".into(),
            since_at: owed.since.0,
            security_at: owed.security_since.map_or(0, |at| at.0),
            installed_at: None,
            failed_class: None,
            failed_count: 0,
            failed_line: None,
        }
    }
}

fn of(pair: &pair::Model) -> Owed {
    Owed { since: Moment(pair.since_at), security_since: Some(pair.security_at).filter(|at| *at > 0).map(Moment) }
}

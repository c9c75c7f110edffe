//! Keeps the counts of software in step with the devices, in the transaction that changes them.
//!
//! A device's row is locked before its counts, and the row of all its client's lists before the other counts of that client: so two
//! transactions neither count one device twice nor wait for each other in a circle.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Moment, Refusal,
    devices::{
        change::{self, Difference},
        report::Package,
        status::Standing,
    },
    software::{Counted, counted},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, Set,
    prelude::{Expr, Uuid},
    sea_query::{OnConflict, Query},
};

use super::rows::{software_count, software_package};
use crate::{Failure, Writing, devices::rows::device, tenancy::SeenDevice};

/// Names that one statement removes.
const NAMES: usize = 500;

/// By how much the counts of one client change.
pub(super) type Steps = BTreeMap<Counted, i64>;

impl Writing {
    /// Stores the packages of `device`; says what changed, or `None` when the list is the same.
    pub(crate) async fn keep_software(&self, device: &SeenDevice, packages: &Vec<Package>, now: Moment) -> Result<Option<Vec<Difference>>, Failure> {
        let held = self.hold(device).await?.ok_or(Refusal::NotFound)?;
        let old = self.software(device).await?.map(|section| section.content);
        let Some(hash) = self.keep_section(device, packages, now).await? else { return Ok(None) };
        self.list_packages(&hash, packages).await?;
        if in_service(&held) {
            self.step(held.client_id, steps(old.as_deref(), Some(packages))).await?;
        }
        Ok(Some(old.map(|old| change::software(&old, packages)).unwrap_or_default()))
    }

    /// Takes the software and the updates of `device` out of the counts, before it is retired, deleted, merged or moved to another client;
    /// a device that is out of service already changes nothing.
    pub(crate) async fn forget_software_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        self.forget_updates_of(device).await?;
        self.count_again(device, -1).await
    }

    /// Adds the software and the updates of `device` to the counts, after it was returned to service, merged or moved to another client;
    /// a device that is out of service changes nothing.
    pub(crate) async fn count_software_of(&self, device: &SeenDevice) -> Result<(), Failure> {
        self.count_again(device, 1).await
    }

    async fn count_again(&self, device: &SeenDevice, by: i64) -> Result<(), Failure> {
        let Some(held) = self.hold(device).await? else { return Ok(()) };
        if by > 0 {
            self.count_updates_of(device, &held).await?;
        }
        if !in_service(&held) {
            return Ok(());
        }
        let Some(section) = self.software(device).await? else { return Ok(()) };
        self.step(held.client_id, counted(&section.content).into_iter().map(|key| (key, by)).collect()).await
    }

    /// The row of `device` as it is now, locked until this transaction ends.
    #[expect(clippy::disallowed_methods, reason = "the device was found in scope; only here its row is locked")]
    async fn hold(&self, device: &SeenDevice) -> Result<Option<device::Model>, Failure> {
        let row = device::Entity::find().filter(device::Column::TenantId.eq(self.id().0)).filter(device::Column::Id.eq(device.row.id));
        Ok(row.lock_exclusive().one(self.connection()).await?)
    }

    /// Writes the packages of the stored list `hash`, once for all devices that have it. A row without a name says that the list has any
    /// package of an ecosystem.
    pub(super) async fn list_packages(&self, hash: &[u8], packages: &[Package]) -> Result<(), Failure> {
        use software_package::Column;
        let known = Query::select()
            .expr(Expr::val(1))
            .from(software_package::Entity)
            .and_where(Column::TenantId.eq(self.id().0))
            .and_where(Column::Hash.eq(hash))
            .limit(1)
            .to_owned();
        if sea_orm::ConnectionTrait::query_one(self.connection(), &known).await?.is_some() {
            return Ok(());
        }
        let row = |ecosystem: &str, name: &str, version: &str, arch: String| software_package::ActiveModel {
            tenant_id: Set(self.id().0),
            hash: Set(hash.to_owned()),
            ecosystem: Set(ecosystem.to_owned()),
            name: Set(name.to_owned()),
            version: Set(version.to_owned()),
            arch: Set(arch),
        };
        let ecosystems: BTreeSet<&str> = packages.iter().map(|package| package.ecosystem().word()).collect();
        let any = ecosystems.into_iter().map(|ecosystem| row(ecosystem, "", "", String::new()));
        let each = packages.iter().map(|package| row(package.ecosystem().word(), &package.name, package.listed_version(), package.listed_arch()));
        let key = [Column::TenantId, Column::Hash, Column::Ecosystem, Column::Name, Column::Version, Column::Arch];
        self.upsert(any.chain(each).collect(), OnConflict::columns(key).do_nothing().to_owned()).await
    }

    /// Changes the counts of `client`. The row of all lists comes first, also when it stays as it is.
    pub(super) async fn step(&self, client: Uuid, mut steps: Steps) -> Result<(), Failure> {
        use software_count::Column;
        if steps.is_empty() {
            return Ok(());
        }
        steps.entry((String::new(), "", String::new())).or_insert(0);
        let fewer: BTreeSet<String> = steps.iter().filter(|(_, by)| **by < 0).map(|((name, _, _), _)| name.clone()).collect();
        let row = |((name, ecosystem, version), by): (Counted, i64)| software_count::ActiveModel {
            tenant_id: Set(self.id().0),
            name: Set(name),
            ecosystem: Set(ecosystem.to_owned()),
            version: Set(version),
            client_id: Set(client),
            devices: Set(by),
        };
        let key = [Column::TenantId, Column::Name, Column::Ecosystem, Column::Version, Column::ClientId];
        let more = Expr::cust("software_counts.devices + excluded.devices");
        self.upsert(steps.into_iter().map(row).collect(), OnConflict::columns(key).value(Column::Devices, more).to_owned()).await?;
        let fewer: Vec<String> = fewer.into_iter().filter(|name| !name.is_empty()).collect();
        for names in fewer.chunks(NAMES) {
            let empty = Condition::all().add(Column::Name.is_in(names)).add(Column::ClientId.eq(client)).add(Column::Devices.lte(0));
            self.delete::<software_count::Entity>(empty).await?;
        }
        Ok(())
    }
}

fn in_service(row: &device::Model) -> bool {
    row.standing != Standing::Retired.word()
}

/// What changes between two lists of one device.
fn steps(old: Option<&[Package]>, new: Option<&[Package]>) -> Steps {
    let (old, new) = (old.map(counted).unwrap_or_default(), new.map(counted).unwrap_or_default());
    let gone = old.difference(&new).map(|key| (key.clone(), -1));
    gone.chain(new.difference(&old).map(|key| (key.clone(), 1))).collect()
}

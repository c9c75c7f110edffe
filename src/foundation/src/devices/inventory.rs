//! The sections of an inventory: JSON documents that devices with the same content share.

use domain::{
    Moment,
    devices::report::{Hardware, Package, Update, Updates},
};
use sea_orm::{ColumnTrait, FromQueryResult, Order, Set, sea_query::OnConflict};
use serde::de::DeserializeOwned;

use super::rows::{document, inventory, update};
use crate::{Failure, Tenant, Writing, secrets, tenancy::SeenDevice};

/// A section as read: its content, and when it was last reported.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<T> {
    /// What was reported.
    pub content: T,
    /// When it last came in or was confirmed.
    pub received_at: Moment,
}

#[derive(FromQueryResult)]
struct Stored {
    body: String,
    received_at: i64,
}

/// Sections by the name they are stored under.
pub(crate) trait Named: DeserializeOwned + serde::Serialize {
    const NAME: &'static str;
    fn entries(&self) -> usize;
}

impl Named for Hardware {
    const NAME: &'static str = "hardware";
    fn entries(&self) -> usize {
        self.cpus.len() + self.volumes.len() + self.interfaces.len()
    }
}

impl Named for Vec<Package> {
    const NAME: &'static str = "software";
    fn entries(&self) -> usize {
        self.len()
    }
}

impl Tenant {
    /// The hardware of `device`, if any was reported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hardware(&self, device: &SeenDevice) -> Result<Option<Section<Hardware>>, Failure> {
        self.section(device).await
    }

    /// The packages of `device`, if any were reported.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software(&self, device: &SeenDevice) -> Result<Option<Section<Vec<Package>>>, Failure> {
        self.section(device).await
    }

    /// How many packages `device` has, without reading them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_count(&self, device: &SeenDevice) -> Result<Option<u64>, Failure> {
        let row = self.find_of::<inventory::Entity>(device).filter(inventory::Column::Section.eq("software")).one().await?;
        Ok(row.and_then(|row| u64::try_from(row.entries).ok()))
    }

    /// What waits on `device`, security first; `None` when no report said anything about updates.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting_updates(&self, device: &SeenDevice) -> Result<Option<Updates>, Failure> {
        let row = &device.row;
        if let Some(reason) = &row.updates_reason {
            return Ok(Some(Updates::Unknown { reason: reason.clone() }));
        }
        if row.updates_pending < 0 {
            return Ok(None);
        }
        Ok(Some(Updates::Listed { lists_at: row.updates_lists_at.map(Moment), items: self.listed_updates(device).await? }))
    }

    /// The rows of waiting updates of `device`, security first, by name.
    pub(crate) async fn listed_updates(&self, device: &SeenDevice) -> Result<Vec<Update>, Failure> {
        let rows = self.find_of::<update::Entity>(device).order_by(update::Column::Security, Order::Desc).order_by(update::Column::Name, Order::Asc);
        Ok(rows.all().await?.into_iter().map(read_update).collect())
    }

    pub(super) async fn section<T: Named>(&self, device: &SeenDevice) -> Result<Option<Section<T>>, Failure> {
        let select = self
            .find_of::<inventory::Entity>(device)
            .filter(inventory::Column::Section.eq(T::NAME))
            .join_on::<document::Entity>(inventory::Column::Hash, document::Column::Hash)
            .columns([inventory::Column::ReceivedAt])
            .column_as(document::Column::Body.into_expr(), "body");
        let stored = select.one_as::<Stored>().await?;
        Ok(stored.and_then(|stored| serde_json::from_str(&stored.body).ok().map(|content| Section { content, received_at: Moment(stored.received_at) })))
    }

    pub(super) async fn section_hash<T: Named>(&self, device: &SeenDevice) -> Result<Option<Vec<u8>>, Failure> {
        let row = self.find_of::<inventory::Entity>(device).filter(inventory::Column::Section.eq(T::NAME)).one().await?;
        Ok(row.map(|row| row.hash))
    }
}

impl Writing {
    /// Stores a section; answers its hash when it differs from what was there.
    pub(crate) async fn keep_section<T: Named>(&self, device: &SeenDevice, section: &T, now: Moment) -> Result<Option<Vec<u8>>, Failure> {
        let body = serde_json::to_string(section).map_err(|error| domain::Refusal::invalid(T::NAME, error.to_string()))?;
        let hash = secrets::hash(body.as_bytes());
        if self.section_hash::<T>(device).await?.as_ref() == Some(&hash) {
            return Ok(None);
        }
        let document = document::ActiveModel { tenant_id: Set(self.id().0), hash: Set(hash.clone()), body: Set(body), created_at: Set(now.0) };
        // A document that exists is made young again, or the sweep could take it before our reference to it is kept.
        let same = OnConflict::columns([document::Column::TenantId, document::Column::Hash]).update_column(document::Column::CreatedAt).to_owned();
        self.upsert(vec![document], same).await?;
        let row = inventory::ActiveModel {
            tenant_id: Set(self.id().0),
            device_id: Set(device.row.id),
            section: Set(T::NAME.to_owned()),
            hash: Set(hash.clone()),
            entries: Set(i64::try_from(section.entries()).unwrap_or(i64::MAX)),
            received_at: Set(now.0),
        };
        let key = [inventory::Column::TenantId, inventory::Column::DeviceId, inventory::Column::Section];
        let newer = OnConflict::columns(key).update_columns([inventory::Column::Hash, inventory::Column::Entries, inventory::Column::ReceivedAt]).to_owned();
        self.upsert(vec![row], newer).await?;
        Ok(Some(hash))
    }

    /// Replaces the rows of waiting updates, unless they are the same; says whether they were others.
    pub(crate) async fn keep_updates(&self, device: &SeenDevice, items: &[Update]) -> Result<bool, Failure> {
        let sorted = |mut items: Vec<Update>| {
            items.iter_mut().for_each(|item| item.arch = item.arch.take().filter(|arch| !arch.is_empty()));
            items.sort();
            items
        };
        if sorted(self.listed_updates(device).await?) == sorted(items.to_vec()) {
            return Ok(false);
        }
        self.delete_of::<update::Entity>(device).await?;
        let rows = items.iter().map(|item| write_update(device, item)).collect();
        let key = [update::Column::TenantId, update::Column::DeviceId, update::Column::Name, update::Column::Arch];
        self.upsert(rows, OnConflict::columns(key).do_nothing().to_owned()).await?;
        Ok(true)
    }
}

fn write_update(device: &SeenDevice, item: &Update) -> update::ActiveModel {
    update::ActiveModel {
        tenant_id: Set(device.row.tenant_id),
        device_id: Set(device.row.id),
        name: Set(item.name.clone()),
        arch: Set(item.arch.clone().unwrap_or_default()),
        installed: Set(item.installed.clone()),
        candidate: Set(item.candidate.clone()),
        origin: Set(item.origin.clone()),
        security: Set(item.security.map_or(-1, i16::from)),
    }
}

fn read_update(row: update::Model) -> Update {
    Update {
        name: row.name,
        arch: Some(row.arch).filter(|arch| !arch.is_empty()),
        installed: row.installed,
        candidate: row.candidate,
        origin: row.origin,
        security: super::list::known::<u8>(row.security).map(|yes| yes == 1),
    }
}

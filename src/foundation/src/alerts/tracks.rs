//! What is remembered of a device's conditions between two looks.

use std::collections::BTreeMap;

use domain::alerts::{Key, Phase, Track};
use sea_orm::{ColumnTrait, Set, sea_query::OnConflict};

use super::rows::track::{ActiveModel, Column, Entity};
use crate::{Failure, Tenant, Writing, tenancy::SeenDevice};

/// Conditions and how far each is.
pub(super) type Tracks = BTreeMap<Key, Track>;

impl Tenant {
    /// How far each condition of `device` is that there is something to remember of.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tracks(&self, device: &SeenDevice) -> Result<Tracks, Failure> {
        let rows = self.find_of::<Entity>(device).all().await?;
        Ok(rows.iter().filter_map(|row| Some((row.condition.parse().ok()?, serde_json::from_str(&row.body).ok()?))).collect())
    }
}

impl Writing {
    /// Remembers how far a condition is.
    pub(super) async fn keep_track(&self, device: &SeenDevice, key: &Key, track: &Track) -> Result<(), Failure> {
        let (body, quiet) = (serde_json::to_string(track).unwrap_or_else(|_| "{}".into()), track.phase == Phase::Quiet);
        let row = ActiveModel { device_id: Set(device.row.id), condition: Set(key.to_string()), body: Set(body), quiet: Set(quiet), ..Default::default() };
        let key = OnConflict::columns([Column::TenantId, Column::DeviceId, Column::Condition]).update_columns([Column::Body, Column::Quiet]).to_owned();
        self.upsert(vec![row], key).await
    }

    /// Forgets a condition.
    pub(super) async fn drop_track(&self, device: &SeenDevice, key: &Key) -> Result<(), Failure> {
        self.delete_some_of::<Entity>(device, sea_orm::Condition::all().add(Column::Condition.eq(key.to_string()))).await.map(drop)
    }
}

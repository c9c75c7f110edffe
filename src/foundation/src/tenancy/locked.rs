//! Devices that are about to change, locked until the transaction ends: a report and an act of a person on the same device wait for
//! each other. On SQLite there is one writer, so everything waits for everything.

use domain::{
    Moment, Refusal,
    ids::{DeviceId, EnrolmentKeyId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, prelude::Expr, sea_query::ExprTrait};

use super::{SeenDevice, Writing};
use crate::{
    Failure,
    devices::rows::{device, enrolment_key, removed_device},
};

impl Writing {
    /// A device within reach, as it is now and stays until the end.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach, or no more.
    pub async fn device_to_change(&self, id: DeviceId) -> Result<SeenDevice, Failure> {
        let row = self.find::<device::Entity>().filter(device::Column::Id.eq(id.0)).locked().one().await?;
        row.map(SeenDevice::found).ok_or(Refusal::NotFound.into())
    }

    /// The device of the agent that entered, at whichever client people have put it.
    pub(crate) async fn own_device(&self) -> Result<SeenDevice, Failure> {
        let id = self.who().device.ok_or(Refusal::NotFound)?;
        self.of_credential(device::Column::Id.eq(id.0)).await?.ok_or(Refusal::NotFound.into())
    }

    /// The device that calls itself `foreign_id` under `key`, at whichever client people have put it.
    pub(crate) async fn foreign_device_of(&self, key: EnrolmentKeyId, foreign_id: &str) -> Result<Option<SeenDevice>, Failure> {
        self.of_credential(device::Column::EnrolmentKeyId.eq(key.0).and(device::Column::ForeignId.eq(foreign_id))).await
    }

    /// The device that `key` was made for, to be enrolled again.
    pub(crate) async fn device_of_key(&self, key: &enrolment_key::Model) -> Result<Option<SeenDevice>, Failure> {
        match key.device_id {
            Some(id) => self.of_credential(device::Column::Id.eq(id)).await,
            None => Ok(None),
        }
    }

    /// A credential names its device itself, so the client that the device is at does not matter; the tenant does.
    #[expect(clippy::disallowed_methods, reason = "what the credential names is not looked for among clients; the tenant is named")]
    async fn of_credential(&self, named: Expr) -> Result<Option<SeenDevice>, Failure> {
        let select = device::Entity::find().filter(device::Column::TenantId.eq(self.id().0)).filter(named).lock_exclusive();
        Ok(select.one(self.connection()).await?.map(SeenDevice::found))
    }

    /// The key that a device was enrolled under; its client may be another one by now.
    #[expect(clippy::disallowed_methods, reason = "the key of a device in hand; the tenant is named")]
    pub(crate) async fn enrolment_of(&self, key: sea_orm::prelude::Uuid) -> Result<Option<enrolment_key::Model>, Failure> {
        Ok(enrolment_key::Entity::find_by_id((self.id().0, key)).one(self.connection()).await?)
    }

    /// Whether people deleted the device that calls itself `foreign_id` under `key`.
    #[expect(clippy::disallowed_methods, reason = "asked with a key in hand; the tenant is named")]
    pub(crate) async fn was_removed(&self, key: EnrolmentKeyId, foreign_id: &str) -> Result<bool, Failure> {
        let place = (self.id().0, key.0, foreign_id.to_owned());
        Ok(removed_device::Entity::find_by_id(place).one(self.connection()).await?.is_some())
    }

    /// Ends the unused keys that were to enrol `device` again, also those made while it was at another client.
    #[expect(clippy::disallowed_methods, reason = "the keys of a device in hand, whose client may be another one by now; the tenant is named")]
    pub(crate) async fn end_renewals(&self, device: &SeenDevice, now: Moment) -> Result<(), Failure> {
        use enrolment_key::Column;
        let unused = Column::TenantId.eq(self.id().0).and(Column::DeviceId.eq(device.row.id)).and(Column::Used.eq(0)).and(Column::RevokedAt.is_null());
        enrolment_key::Entity::update_many().filter(unused).col_expr(Column::RevokedAt, Expr::value(now.0)).exec(self.connection()).await?;
        Ok(())
    }

    /// Sets `values` on the row of a device that was found.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "a device in hand was found within reach; the tenant is named")]
    pub(crate) async fn update_device(&self, device: &SeenDevice, values: impl IntoIterator<Item = (device::Column, Expr)>) -> Result<(), Failure> {
        let update = device::Entity::update_many().filter(device::Column::TenantId.eq(self.id().0)).filter(device::Column::Id.eq(device.row.id));
        let update = values.into_iter().fold(update, |update, (column, value)| update.col_expr(column, value));
        update.exec(self.connection()).await?;
        Ok(())
    }
}

//! What one holds after the door: a tenant to read from.

use std::{fmt, sync::Arc, time::Instant};

use domain::{
    Refusal,
    ids::{ClientId, DeviceId, PersonId, TenantId},
    people::Permission,
};
use sea_orm::{ColumnTrait, DatabaseTransaction};

use super::{ClientOwned, DeviceOwned, Pools, Principal, Scoped, TenantOwned, Who, Writing};
use crate::{Failure, devices::rows::device};

/// One tenant, entered. It cannot be made by hand:
///
/// ```compile_fail
/// # fn forge(id: domain::ids::TenantId) -> foundation::Tenant {
/// foundation::Tenant { id }
/// # }
/// ```
///
/// Only rows that have an owner can be read,
///
/// ```
/// # async fn f(tenant: &foundation::Tenant) -> Result<(), foundation::Failure> {
/// tenant.find::<foundation::clients::rows::client::Entity>().all().await?;
/// # Ok(()) }
/// ```
///
/// and the platform's own tables have none:
///
/// ```compile_fail
/// # async fn f(tenant: &foundation::Tenant) -> Result<(), foundation::Failure> {
/// tenant.find::<foundation::tenants::rows::host::Entity>().all().await?;
/// # Ok(()) }
/// ```
///
/// What belongs to a device is read with that device in hand, not at large:
///
/// ```compile_fail
/// # async fn f(tenant: &foundation::Tenant) -> Result<(), foundation::Failure> {
/// tenant.find::<foundation::devices::rows::update::Entity>().all().await?;
/// # Ok(()) }
/// ```
pub struct Tenant {
    pub(super) pools: Arc<Pools>,
    pub(super) tx: DatabaseTransaction,
    pub(super) id: TenantId,
    pub(super) who: Arc<Who>,
    pub(super) opened: Instant,
}

/// One client of an entered tenant: the narrow handle of contacts. It reads what belongs to the client,
///
/// ```
/// # async fn f(client: foundation::tenancy::Client<'_>) -> Result<(), foundation::Failure> {
/// client.find::<foundation::clients::rows::site::Entity>().all().await?;
/// # Ok(()) }
/// ```
///
/// and nothing of the tenant's own:
///
/// ```compile_fail
/// # async fn f(client: foundation::tenancy::Client<'_>) -> Result<(), foundation::Failure> {
/// client.find::<foundation::people::rows::person::Entity>().all().await?;
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Client<'a> {
    tenant: &'a Tenant,
    id: ClientId,
}

/// A device that was found within reach; holding it is the right to read what is its own.
#[derive(Debug, Clone)]
#[expect(clippy::manual_non_exhaustive, reason = "nobody in this crate may make one either")]
pub struct SeenDevice {
    /// The row.
    pub row: device::Model,
    seal: (),
}

impl Tenant {
    /// Who entered.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// Which tenant this is, for log lines and cache keys.
    pub const fn id(&self) -> TenantId {
        self.id
    }

    /// From when what is read here is; nothing that was changed later is seen.
    pub const fn opened(&self) -> Instant {
        self.opened
    }

    /// For the few selects of this crate that name tenant and person themselves.
    pub(crate) const fn connection(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Whether the caller holds `permission`.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] naming it.
    pub fn require(&self, permission: Permission) -> Result<(), Refusal> {
        self.who.require(permission)
    }

    /// Whether `person` reaches `device` and holds `permission` now; asked for work that was wanted earlier.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may(&self, person: PersonId, device: &SeenDevice, permission: Permission) -> Result<bool, Failure> {
        match super::door::admit(&self.tx, &Principal::Person(person), self.id).await {
            Ok(who) => Ok(who.scope.holds(ClientId(device.row.client_id)) && who.require(permission).is_ok()),
            Err(Failure::Refused(Refusal::NotFound)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// The rows of `E` within reach.
    pub fn find<E: TenantOwned>(&self) -> Scoped<'_, E> {
        Scoped::new(&self.tx, self.id.0, &self.who)
    }

    /// The rows of `E` that are the device's own.
    pub fn find_of<E: DeviceOwned>(&self, device: &SeenDevice) -> Scoped<'_, E> {
        Scoped::of_device(&self.tx, self.id.0, device.row.id)
    }

    /// A device within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] alike for another tenant's, another client's and none at all.
    pub async fn device(&self, id: DeviceId) -> Result<SeenDevice, Failure> {
        let mine = self.who.device.is_none_or(|own| own == id);
        let row = if mine { self.find::<device::Entity>().filter(device::Column::Id.eq(id.0)).one().await? } else { None };
        row.map(SeenDevice::found).ok_or(Refusal::NotFound.into())
    }

    /// A client within reach, as the handle of what is its own.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub fn client(&self, id: ClientId) -> Result<Client<'_>, Refusal> {
        if self.who.scope.holds(id) { Ok(Client { tenant: self, id }) } else { Err(Refusal::NotFound) }
    }

    /// Starts to write. The right to do so is read again, in the same transaction as the change.
    ///
    /// # Errors
    /// When it is gone, in a view, or when the database fails.
    pub async fn writing(&self) -> Result<Writing, Failure> {
        Writing::begin(&self.pools, self.id, self.who.principal).await
    }

    /// Starts to write an entry of the audit about what was read; in a view, as the person who looks.
    pub(crate) async fn noting(&self) -> Result<Writing, Failure> {
        Writing::begin(&self.pools, self.id, self.who.principal.behind()).await
    }
}

impl Client<'_> {
    /// The rows of `E` that belong to this client.
    pub fn find<E: ClientOwned>(&self) -> Scoped<'_, E> {
        self.tenant.find::<E>().of_client(self.id)
    }

    /// The rows of `E` that are the own ones of this client's devices.
    pub fn find_of_devices<E: DeviceOwned>(&self) -> Scoped<'_, E> {
        Scoped::of_devices_at(&self.tenant.tx, self.tenant.id.0, self.id)
    }

    /// Which client this is.
    pub const fn id(&self) -> ClientId {
        self.id
    }

    /// For the few selects of this crate that need what is the tenant's own.
    pub(crate) const fn tenant(&self) -> &Tenant {
        self.tenant
    }
}

impl SeenDevice {
    pub(super) const fn found(row: device::Model) -> Self {
        Self { row, seal: () }
    }

    /// Its id.
    pub const fn id(&self) -> DeviceId {
        let () = self.seal;
        DeviceId(self.row.id)
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenant").field("id", &self.id).field("who", &self.who).finish_non_exhaustive()
    }
}

impl Principal {
    /// The id for the audit.
    pub fn id(&self) -> Option<String> {
        match self {
            Self::Person(id) | Self::View(id, _) => Some(id.to_string()),
            Self::Agent(id) => Some(id.to_string()),
            Self::Enrolment(id) => Some(id.to_string()),
            Self::Job(_) => None,
        }
    }
}

//! The door: who may enter a tenant, and as what.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use domain::{
    Refusal,
    ids::{AgentKeyId, ClientId, DeviceId, EnrolmentKeyId, PersonId, TenantId},
    people::{Permission, Role, Scope},
};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, prelude::Uuid};

use super::{Access, Database, Principal, Tenant, Who};
use crate::{
    Failure,
    clients::rows::client,
    devices::rows::{agent_key, device, enrolment_key},
    people::rows::{access_group_client, membership, membership_access_group, person},
};

impl Database {
    /// Enters `tenant` as `principal`, to read. What it may reach there is read from its membership or credential.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it has nothing to do there.
    pub async fn enter(&self, principal: &Principal, tenant: TenantId) -> Result<Tenant, Failure> {
        let opened = Instant::now();
        let tx = self.pools.begin(Access::Read, Some(tenant)).await?;
        let who = Arc::new(admit(&tx, principal, tenant).await?);
        Ok(Tenant { pools: Arc::clone(&self.pools), tx, id: tenant, who, opened })
    }
}

/// Reads what `principal` is at `tenant`, inside `tx`.
pub(super) async fn admit(tx: &DatabaseTransaction, principal: &Principal, tenant: TenantId) -> Result<Who, Failure> {
    match *principal {
        Principal::Person(id) => person(tx, tenant, id).await,
        Principal::View(id, client) => view(tx, tenant, id, client).await,
        Principal::Agent(id) => agent(tx, tenant, id).await,
        Principal::Enrolment(id) => enrolment(tx, tenant, id).await,
        Principal::Job(name) => Ok(program(*principal, name, Scope::AllClients, None)),
    }
}

#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; each select names it")]
async fn person(tx: &DatabaseTransaction, tenant: TenantId, id: PersonId) -> Result<Who, Failure> {
    let row = person::Entity::find_by_id((tenant.0, id.0)).filter(person::Column::DisabledAt.is_null()).one(tx).await?;
    let membership = membership::Entity::find_by_id((tenant.0, id.0)).one(tx).await?;
    let (Some(row), Some(membership)) = (row, membership) else { return Err(Refusal::NotFound.into()) };
    let role: Role = membership.role.parse().map_err(|()| Refusal::NotFound)?;
    if !role.is_staff() && is_archived(tx, tenant, membership.client_id).await? {
        return Err(Refusal::NotFound.into());
    }
    let scope = match (role.is_staff(), membership.all_clients) {
        (true, true) => Scope::AllClients,
        (true, false) => Scope::Clients(granted(tx, tenant, id).await?),
        (false, _) => Scope::Clients(membership.client_id.map(ClientId).into_iter().collect()),
    };
    Ok(Who { principal: Principal::Person(id), name: row.name, email: row.email, time_zone: row.time_zone, role: Some(role), scope, device: None })
}

/// Somebody of the MSP as a contact of `client`, which must be within their own reach now.
#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; the select names it")]
async fn view(tx: &DatabaseTransaction, tenant: TenantId, id: PersonId, of: ClientId) -> Result<Who, Failure> {
    let who = person(tx, tenant, id).await?;
    let may = who.require(Permission::ClientsRead).is_ok() && who.role.is_some_and(Role::is_staff) && who.scope.holds(of);
    let row = client::Entity::find_by_id((tenant.0, of.0)).one(tx).await?;
    if !may || row.is_none_or(|row| row.archived_at.is_some()) {
        return Err(Refusal::NotFound.into());
    }
    Ok(Who { principal: Principal::View(id, of), role: Some(Role::Contact), scope: Scope::Clients([of].into()), ..who })
}

/// Whether the client of a contact is archived; its people stay out until it is restored.
#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; each select names it")]
pub(crate) async fn is_archived(tx: &DatabaseTransaction, tenant: TenantId, id: Option<Uuid>) -> Result<bool, Failure> {
    let Some(id) = id else { return Ok(false) };
    let row = client::Entity::find_by_id((tenant.0, id)).one(tx).await?;
    Ok(row.is_some_and(|row| row.archived_at.is_some()))
}

/// The clients of the person's access groups.
#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; each select names it")]
async fn granted(tx: &DatabaseTransaction, tenant: TenantId, id: PersonId) -> Result<BTreeSet<ClientId>, Failure> {
    use access_group_client as granted;
    use membership_access_group as groups;
    let mine = groups::Entity::find().filter(groups::Column::TenantId.eq(tenant.0)).filter(groups::Column::PersonId.eq(id.0)).all(tx).await?;
    let clients = granted::Entity::find()
        .filter(granted::Column::TenantId.eq(tenant.0))
        .filter(granted::Column::AccessGroupId.is_in(mine.iter().map(|group| group.access_group_id)));
    Ok(clients.all(tx).await?.into_iter().map(|row| ClientId(row.client_id)).collect())
}

#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; each select names it")]
async fn agent(tx: &DatabaseTransaction, tenant: TenantId, id: AgentKeyId) -> Result<Who, Failure> {
    let key = agent_key::Entity::find_by_id((tenant.0, id.0)).filter(agent_key::Column::RevokedAt.is_null()).one(tx).await?;
    let key = key.ok_or(Refusal::NotFound)?;
    let device = device::Entity::find_by_id((tenant.0, key.device_id)).one(tx).await?.ok_or(Refusal::NotFound)?;
    let scope = Scope::Clients([ClientId(device.client_id)].into());
    Ok(program(Principal::Agent(id), &device.hostname, scope, Some(DeviceId(device.id))))
}

#[expect(clippy::disallowed_methods, reason = "before the door there is no tenant to ask; each select names it")]
async fn enrolment(tx: &DatabaseTransaction, tenant: TenantId, id: EnrolmentKeyId) -> Result<Who, Failure> {
    let key = enrolment_key::Entity::find_by_id((tenant.0, id.0)).one(tx).await?.ok_or(Refusal::NotFound)?;
    let scope = Scope::Clients([ClientId(key.client_id)].into());
    Ok(program(Principal::Enrolment(id), &key.name, scope, None))
}

fn program(principal: Principal, name: &str, scope: Scope, device: Option<DeviceId>) -> Who {
    Who { principal, name: name.to_owned(), email: String::new(), time_zone: String::new(), role: None, scope, device }
}

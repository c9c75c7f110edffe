//! Access groups: named sets of clients that technicians get.

use std::collections::BTreeSet;

use domain::{
    Refusal,
    ids::{AccessGroupId, ClientId},
};
use sea_orm::{ColumnTrait, Condition, Order, Set, prelude::Expr};

use super::rows::{access_group, access_group_client, membership_access_group};
use crate::{Failure, Tenant, Writing, fresh_id};

/// Access groups of one tenant.
pub const MOST: u64 = 200;

/// A group with its clients, and how many people have it.
#[derive(Debug, Clone)]
pub struct GroupRow {
    /// Which.
    pub id: AccessGroupId,
    /// Its name.
    pub name: String,
    /// Its clients.
    pub clients: BTreeSet<ClientId>,
    /// How many people have it.
    pub people: u64,
}

impl Tenant {
    /// The groups by name, with their clients.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn groups(&self) -> Result<Vec<GroupRow>, Failure> {
        let groups = self.access_groups().await?;
        let clients = self.find::<access_group_client::Entity>().order_by(access_group_client::Column::AccessGroupId, Order::Asc).all().await?;
        let people = self.find::<membership_access_group::Entity>().all().await?;
        let row = |group: access_group::Model| GroupRow {
            id: AccessGroupId(group.id),
            clients: clients.iter().filter(|link| link.access_group_id == group.id).map(|link| ClientId(link.client_id)).collect(),
            people: people.iter().filter(|link| link.access_group_id == group.id).count() as u64,
            name: group.name,
        };
        Ok(groups.into_iter().map(row).collect())
    }
}

impl Writing {
    /// Makes the group `id`, or changes it, to `name` and `clients`.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] for a name that another group has, or one group too many; [`Refusal::NotFound`] for a client or group that is not there.
    pub async fn keep_group(&self, id: Option<AccessGroupId>, name: &str, clients: &BTreeSet<ClientId>) -> Result<AccessGroupId, Failure> {
        self.lock_people().await?;
        let known = self.access_groups().await?;
        if known.iter().any(|group| group.name == name && Some(group.id) != id.map(|id| id.0)) {
            return Err(Refusal::invalid("name", "is the name of another group").into());
        }
        let reachable: BTreeSet<ClientId> = self.clients().await?.into_iter().map(|client| ClientId(client.id)).collect();
        let exists = id.is_none_or(|id| known.iter().any(|group| group.id == id.0));
        if !exists || !clients.is_subset(&reachable) {
            return Err(Refusal::NotFound.into());
        }
        let id = match id {
            Some(id) => self.rename_group(id, name).await?,
            None if known.len() as u64 >= MOST => {
                return Err(Refusal::invalid("name", format!("would be group number {}; {MOST} is the most", MOST + 1)).into());
            }
            None => self.add_group(name).await?,
        };
        // Archived clients cannot be chosen, and stay for when they are restored.
        let chosen = access_group_client::Column::ClientId.is_in(reachable.iter().map(|client| client.0));
        let links = Condition::all().add(access_group_client::Column::AccessGroupId.eq(id.0)).add(chosen);
        self.delete::<access_group_client::Entity>(links).await?;
        let tenant = self.id().0;
        let row = |client: &ClientId| access_group_client::ActiveModel { tenant_id: Set(tenant), access_group_id: Set(id.0), client_id: Set(client.0) };
        self.insert_many(clients.iter().map(row).collect()).await?;
        Ok(id)
    }

    async fn add_group(&self, name: &str) -> Result<AccessGroupId, Failure> {
        let id: AccessGroupId = fresh_id();
        self.insert(access_group::ActiveModel { tenant_id: Set(self.id().0), id: Set(id.0), name: Set(name.to_owned()) }).await?;
        Ok(id)
    }

    async fn rename_group(&self, id: AccessGroupId, name: &str) -> Result<AccessGroupId, Failure> {
        self.update::<access_group::Entity>(access_group::Column::Id.eq(id.0), [(access_group::Column::Name, Expr::value(name))]).await?;
        Ok(id)
    }

    /// Deletes a group that nobody has.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] while somebody has it; [`Refusal::NotFound`] when there is none.
    pub async fn delete_group(&self, id: AccessGroupId) -> Result<(), Failure> {
        self.lock_people().await?;
        let theirs = membership_access_group::Column::AccessGroupId.eq(id.0);
        let people = self.find::<membership_access_group::Entity>().filter(theirs).count().await?;
        if people > 0 {
            return Err(Refusal::Conflict(format!("{people} people have this group. Take it from them first.")).into());
        }
        let gone = self.delete::<access_group::Entity>(access_group::Column::Id.eq(id.0)).await?;
        if gone == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }
}

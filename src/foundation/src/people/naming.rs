//! People with their role and scope, made together.

use domain::{
    Moment, Refusal,
    ids::{AccessGroupId, ClientId, PersonId},
    people::{Role, Scope},
};
use sea_orm::{ColumnTrait, Set};

use super::rows::{access_group, access_group_client, membership, membership_access_group, person};
use crate::{Failure, Writing, fresh_id};

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The address they sign in with, in lower case.
    pub email: String,
    /// First and last name.
    pub name: String,
    /// The argon2 hash of their password.
    pub password_hash: Option<String>,
    /// An IANA time zone.
    pub time_zone: String,
    /// What they may do.
    pub role: Role,
    /// To which clients; a contact's holds exactly one.
    pub scope: Scope,
}

impl Writing {
    /// Adds a person. Staff with some clients get them through an access group of their own.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the e-mail is taken.
    pub async fn add_person(&self, new: NewPerson, now: Moment) -> Result<PersonId, Failure> {
        self.lock_people().await?;
        self.add_one_of_many(new, now).await
    }

    /// Adds a person; the caller has locked the people already.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the e-mail is taken.
    pub async fn add_one_of_many(&self, new: NewPerson, now: Moment) -> Result<PersonId, Failure> {
        if self.find::<person::Entity>().filter(person::Column::Email.eq(&new.email)).one().await?.is_some() {
            return Err(Refusal::invalid("email", "belongs to somebody here already").into());
        }
        let id: PersonId = fresh_id();
        let tenant = self.id().0;
        let clients: Vec<ClientId> = match &new.scope {
            Scope::AllClients => Vec::new(),
            Scope::Clients(clients) => clients.iter().copied().collect(),
        };
        self.insert(person::ActiveModel {
            tenant_id: Set(tenant),
            id: Set(id.0),
            email: Set(new.email),
            name: Set(new.name.clone()),
            password_hash: Set(new.password_hash),
            time_zone: Set(new.time_zone),
            created_at: Set(now.0),
            ..Default::default()
        })
        .await?;
        self.insert(membership::ActiveModel {
            tenant_id: Set(tenant),
            person_id: Set(id.0),
            role: Set(new.role.word().into()),
            all_clients: Set(new.scope == Scope::AllClients),
            client_id: Set(clients.first().filter(|_| !new.role.is_staff()).map(|client| client.0)),
        })
        .await?;
        if new.role.is_staff() && !clients.is_empty() {
            self.grant(id, &new.name, &clients).await?;
        }
        Ok(id)
    }

    async fn grant(&self, person: PersonId, name: &str, clients: &[ClientId]) -> Result<(), Failure> {
        let (tenant, group) = (self.id().0, fresh_id::<AccessGroupId>());
        self.insert(access_group::ActiveModel { tenant_id: Set(tenant), id: Set(group.0), name: Set(format!("Clients of {name}")) }).await?;
        let row = |client: &ClientId| access_group_client::ActiveModel { tenant_id: Set(tenant), access_group_id: Set(group.0), client_id: Set(client.0) };
        self.insert_many(clients.iter().map(row).collect()).await?;
        self.insert(membership_access_group::ActiveModel { tenant_id: Set(tenant), person_id: Set(person.0), access_group_id: Set(group.0) }).await
    }
}

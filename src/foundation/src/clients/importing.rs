//! Everything that an import has to know of: all clients, sites and people of the tenant.

use sea_orm::{ColumnTrait, Order};

use super::rows::{client, site};
use crate::{
    Failure, Tenant,
    people::rows::{membership, person},
};

/// Rows that are read at once.
const CHUNK: u64 = 20_000;

/// What is there already, archived or not.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Standing {
    /// Clients.
    pub clients: Vec<client::Model>,
    /// Sites.
    pub sites: Vec<site::Model>,
    /// People with the e-mails that were asked for.
    pub people: Vec<person::Model>,
    /// What those people are.
    pub memberships: Vec<membership::Model>,
}

impl Tenant {
    /// All clients and sites within reach, and the people with one of `emails`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn standing(&self, emails: &[String]) -> Result<Standing, Failure> {
        let mut standing = Standing {
            clients: self.find::<client::Entity>().order_by(client::Column::Id, Order::Asc).limit(CHUNK).all().await?,
            sites: self.find::<site::Entity>().order_by(site::Column::Id, Order::Asc).limit(CHUNK * 5).all().await?,
            ..Standing::default()
        };
        for some in emails.chunks(1_000) {
            let people = self.find::<person::Entity>().filter(person::Column::Email.is_in(some)).all().await?;
            let of = membership::Column::PersonId.is_in(people.iter().map(|person| person.id));
            standing.memberships.extend(self.find::<membership::Entity>().filter(of).all().await?);
            standing.people.extend(people);
        }
        Ok(standing)
    }

    /// The client within reach whose name is `name`, whatever its case; archived or not.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn client_called(&self, key: &str) -> Result<Option<client::Model>, Failure> {
        let all = self.find::<client::Entity>().limit(CHUNK).all().await?;
        Ok(all.into_iter().find(|row| domain::clients::same(&row.name) == key))
    }
}

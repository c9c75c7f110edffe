//! One client: its sites, its contacts, and what changed on its devices.

use domain::{
    Moment, Refusal,
    ids::{PersonId, SiteId},
    people::Role,
};
use sea_orm::{ColumnTrait, Order};

use super::rows::{client, site};
use crate::{
    Failure,
    devices::{
        ChangeRow, in_service,
        rows::{change, device},
    },
    people::rows::{membership, person},
    tenancy::Client,
};

/// Sites that one page lists.
const SITES: u64 = 500;
/// Contacts that one page lists.
const CONTACTS: u64 = 200;

/// Somebody of a client who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    /// Who.
    pub id: PersonId,
    /// First and last name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// When they last signed in.
    pub signed_in_at: Option<Moment>,
    /// Whether they may not sign in any more.
    pub disabled: bool,
}

impl Client<'_> {
    /// Its row.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn row(&self) -> Result<client::Model, Failure> {
        self.find::<client::Entity>().one().await?.ok_or(Refusal::NotFound.into())
    }

    /// Its sites in name order, archived ones too.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sites(&self) -> Result<Vec<site::Model>, Failure> {
        self.find::<site::Entity>().order_by(site::Column::Name, Order::Asc).limit(SITES).all().await
    }

    /// One of its sites.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it has none of that id.
    pub async fn site(&self, id: SiteId) -> Result<site::Model, Failure> {
        self.find::<site::Entity>().filter(site::Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound.into())
    }

    /// Devices in service, of `site` when it is given.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_in_service(&self, site: Option<SiteId>) -> Result<u64, Failure> {
        let rows = self.find::<device::Entity>().filter(in_service());
        let rows = if let Some(site) = site { rows.filter(device::Column::SiteId.eq(site.0)) } else { rows };
        rows.count().await
    }

    /// Its contacts in name order, and how many there are.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn contacts(&self) -> Result<(Vec<ContactRow>, u64), Failure> {
        let tenant = self.tenant();
        let theirs = || {
            let of = tenant.find::<membership::Entity>().filter(membership::Column::ClientId.eq(self.id().0));
            of.filter(membership::Column::Role.eq(Role::Contact.word()))
        };
        let total = theirs().count().await?;
        let ids = theirs().order_by(membership::Column::PersonId, Order::Asc).limit(CONTACTS).all().await?.into_iter().map(|row| row.person_id);
        let people = tenant.find::<person::Entity>().filter(person::Column::Id.is_in(ids)).order_by(person::Column::Name, Order::Asc).all().await?;
        let row = |row: person::Model| ContactRow {
            id: PersonId(row.id),
            name: row.name,
            email: row.email,
            signed_in_at: row.signed_in_at.map(Moment),
            disabled: row.disabled_at.is_some(),
        };
        Ok((people.into_iter().map(row).collect(), total))
    }

    /// The newest `most` changes of its devices since `from`, each with its device.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn changes(&self, from: Moment, most: u64) -> Result<Vec<(ChangeRow, Option<device::Model>)>, Failure> {
        use change::Column;
        let rows = self.find_of_devices::<change::Entity>().filter(Column::At.gte(from.0));
        let rows = rows.order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(most).all().await?;
        let devices = self.find::<device::Entity>().filter(device::Column::Id.is_in(rows.iter().map(|row| row.device_id))).all().await?;
        let device = |row: &ChangeRow| devices.iter().find(|device| device.id == row.device_id).cloned();
        Ok(rows.into_iter().map(|row| (row.clone(), device(&row))).collect())
    }
}

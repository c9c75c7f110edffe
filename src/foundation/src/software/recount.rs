//! The counts of software from scratch: for the demo, and for a database whose devices reported before there were counts.

use std::collections::BTreeMap;

use domain::{
    devices::{report::Package, status::Standing},
    software::{Counted, counted},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Set,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Query, SelectStatement},
};

use super::rows::software_count;
use crate::{
    Failure, Writing,
    devices::rows::{device, document, inventory},
};

/// Lists read at once.
const LISTS: usize = 100;

/// Devices of one client that share one list.
#[derive(Debug, FromQueryResult)]
struct Sharing {
    client_id: Uuid,
    hash: Vec<u8>,
    devices: i64,
}

impl Writing {
    /// Counts all software of this tenant anew. Lists that devices share are read once, whatever the number of devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recount_software(&self) -> Result<(), Failure> {
        self.delete::<software_count::Entity>(Condition::all()).await?;
        let rows = sea_orm::ConnectionTrait::query_all(self.connection(), &self.sharing()).await?;
        let mut by_list: BTreeMap<Vec<u8>, Vec<(Uuid, i64)>> = BTreeMap::new();
        for row in rows {
            let row = Sharing::from_query_result(&row, "")?;
            by_list.entry(row.hash).or_default().push((row.client_id, row.devices));
        }
        let mut counts: BTreeMap<(Counted, Uuid), i64> = BTreeMap::new();
        let lists: Vec<_> = by_list.into_iter().collect();
        for lists in lists.chunks(LISTS) {
            self.add_lists(lists, &mut counts).await?;
        }
        let row = |(((name, ecosystem, version), client), devices): ((Counted, Uuid), i64)| software_count::ActiveModel {
            tenant_id: Set(self.id().0),
            name: Set(name),
            ecosystem: Set(ecosystem.to_owned()),
            version: Set(version),
            client_id: Set(client),
            devices: Set(devices),
        };
        self.insert_many(counts.into_iter().map(row).collect()).await
    }

    /// Counts anew where devices have lists and nothing was ever counted; says whether it did.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_software_once(&self) -> Result<bool, Failure> {
        let counted = self.find::<software_count::Entity>().limit(1).one().await?.is_some();
        let mut sharing = self.sharing();
        if counted || sea_orm::ConnectionTrait::query_one(self.connection(), sharing.limit(1)).await?.is_none() {
            return Ok(false);
        }
        self.recount_software().await.map(|()| true)
    }

    async fn add_lists(&self, lists: &[(Vec<u8>, Vec<(Uuid, i64)>)], counts: &mut BTreeMap<(Counted, Uuid), i64>) -> Result<(), Failure> {
        let hashes = document::Column::Hash.is_in(lists.iter().map(|(hash, _)| hash.clone()));
        for stored in self.find::<document::Entity>().filter(hashes).all().await? {
            let packages: Vec<Package> = serde_json::from_str(&stored.body).unwrap_or_default();
            self.list_packages(&stored.hash, &packages).await?;
            let sharing = lists.iter().filter(|(hash, _)| *hash == stored.hash).flat_map(|(_, clients)| clients);
            let keys = counted(&packages);
            for (client, devices) in sharing {
                for key in &keys {
                    *counts.entry((key.clone(), *client)).or_default() += devices;
                }
            }
        }
        Ok(())
    }

    /// Which clients' devices in service share which lists.
    fn sharing(&self) -> SelectStatement {
        let same = Condition::all()
            .add(Expr::col((device::Entity, device::Column::TenantId)).equals((inventory::Entity, inventory::Column::TenantId)))
            .add(Expr::col((device::Entity, device::Column::Id)).equals((inventory::Entity, inventory::Column::DeviceId)));
        Query::select()
            .column((device::Entity, device::Column::ClientId))
            .column((inventory::Entity, inventory::Column::Hash))
            .expr_as(Expr::cust("count(*)"), "devices")
            .from(inventory::Entity)
            .inner_join(device::Entity, same)
            .and_where(inventory::Column::TenantId.eq(self.id().0))
            .and_where(inventory::Column::Section.eq("software"))
            .and_where(device::Column::Standing.ne(Standing::Retired.word()))
            .group_by_col((device::Entity, device::Column::ClientId))
            .group_by_col((inventory::Entity, inventory::Column::Hash))
            .to_owned()
    }
}

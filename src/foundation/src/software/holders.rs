//! The devices that have a title, lack it, or never said what they have.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    devices::query::{Cursor, PAGE, Sort},
    software::Ecosystem,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Query, SelectStatement},
};

use super::rows::software_package::{self as package, Column as Package};
use crate::{
    Failure, Tenant,
    devices::{
        DeviceRow, in_service, line,
        rows::{
            device::{self, Column},
            inventory::{self, Column as Inventory},
        },
        shown_name,
    },
};

/// Which devices are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Those that have a title; `versions` narrows it to these. When `most` devices have it they are looked through by name, else found
    /// through the title.
    Having { ecosystem: Ecosystem, name: &'a str, versions: Option<Vec<String>>, most: bool },
    /// Those with software of the same system that lack the title.
    Lacking { ecosystem: Ecosystem, name: &'a str },
    /// Those without any list of packages.
    Unknown,
}

/// A device with the versions it has of the title that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The device.
    pub row: DeviceRow,
    /// What it has, in no order.
    pub versions: BTreeSet<String>,
}

#[derive(FromQueryResult)]
struct Has {
    device_id: Uuid,
    version: String,
}

/// The software section of the device of the outer select.
fn list() -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(inventory::Entity)
        .and_where(Expr::col((inventory::Entity, Inventory::TenantId)).equals((device::Entity, Column::TenantId)))
        .and_where(Expr::col((inventory::Entity, Inventory::DeviceId)).equals((device::Entity, Column::Id)))
        .and_where(Inventory::Section.eq("software"))
        .to_owned()
}

fn hash() -> Expr {
    Expr::col((inventory::Entity, Inventory::Hash))
}

/// The lists of `tenant` with a package of `ecosystem` that has this name; the empty name is that of any.
fn lists_with(tenant: Uuid, ecosystem: Ecosystem, name: &str, versions: Option<&[String]>) -> SelectStatement {
    Query::select()
        .column((package::Entity, Package::Hash))
        .from(package::Entity)
        .and_where(Package::TenantId.eq(tenant))
        .and_where(Package::Ecosystem.eq(ecosystem.word()))
        .and_where(Package::Name.eq(name))
        .and_where_option(versions.map(|versions| Package::Version.is_in(versions)))
        .to_owned()
}

impl Asked<'_> {
    fn condition(&self, tenant: Uuid) -> Condition {
        let asked = match self {
            Self::Unknown => Expr::exists(list()).not(),
            Self::Lacking { ecosystem, name } => {
                let (able, has) = (lists_with(tenant, *ecosystem, "", None), lists_with(tenant, *ecosystem, name, None));
                Expr::exists(list().and_where(hash().in_subquery(able)).and_where(hash().not_in_subquery(has)).to_owned())
            }
            Self::Having { ecosystem, name, versions, most: true } => {
                Expr::exists(list().and_where(hash().in_subquery(lists_with(tenant, *ecosystem, name, versions.as_deref()))).to_owned())
            }
            Self::Having { ecosystem, name, versions, most: false } => {
                Expr::col((device::Entity, Column::Id)).in_subquery(through_title(tenant, *ecosystem, name, versions.as_deref()))
            }
        };
        in_service().add(asked)
    }
}

fn joined() -> SelectStatement {
    let same = Condition::all()
        .add(Expr::col((inventory::Entity, Inventory::TenantId)).equals((package::Entity, Package::TenantId)))
        .add(Expr::col((inventory::Entity, Inventory::Hash)).equals((package::Entity, Package::Hash)));
    Query::select().from(package::Entity).inner_join(inventory::Entity, same).and_where(Inventory::Section.eq("software")).to_owned()
}

fn through_title(tenant: Uuid, ecosystem: Ecosystem, name: &str, versions: Option<&[String]>) -> SelectStatement {
    joined()
        .column((inventory::Entity, Inventory::DeviceId))
        .and_where(Package::TenantId.eq(tenant))
        .and_where(Package::Ecosystem.eq(ecosystem.word()))
        .and_where(Package::Name.eq(name))
        .and_where_option(versions.map(|versions| Package::Version.is_in(versions)))
        .to_owned()
}

fn beside(cursor: &Cursor) -> Expr {
    let row = Expr::tuple([shown_name(), Expr::col((device::Entity, Column::Id))]);
    let place = Expr::tuple([Expr::value(cursor.value.as_str()), Expr::value(cursor.id)]);
    if cursor.backwards { row.lt(place) } else { row.gt(place) }
}

impl Tenant {
    /// The page of devices that are asked for, by host name, and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_holders(&self, asked: &Asked<'_>, cursor: Option<&Cursor>) -> Result<(Vec<Holder>, bool), Failure> {
        let backwards = cursor.is_some_and(|cursor| cursor.backwards);
        let mut rows = self.holder_rows(asked, cursor, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok((self.with_versions(asked, rows).await?, backwards || beyond))
    }

    /// The next devices that are asked for, for exports, and the place after them; at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_holder_lines(&self, asked: &Asked<'_>, cursor: Option<&Cursor>, most: u64) -> Result<(Vec<Holder>, Option<Cursor>), Failure> {
        let rows = self.holder_rows(asked, cursor, most).await?;
        let next = (rows.len() as u64 == most).then(|| rows.last()).flatten().map(|row| row.cursor(Sort::Name, false));
        Ok((self.with_versions(asked, rows).await?, next))
    }

    /// How many devices are asked for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_holder_count(&self, asked: &Asked<'_>) -> Result<u64, Failure> {
        self.find::<device::Entity>().filter(asked.condition(self.id().0)).count().await
    }

    async fn holder_rows(&self, asked: &Asked<'_>, cursor: Option<&Cursor>, most: u64) -> Result<Vec<DeviceRow>, Failure> {
        let order = if cursor.is_some_and(|cursor| cursor.backwards) { Order::Desc } else { Order::Asc };
        let rows = self.find::<device::Entity>().filter(asked.condition(self.id().0)).filter(Condition::all().add_option(cursor.map(beside)));
        let rows = rows.order_by(shown_name(), order.clone()).order_by(Expr::col((device::Entity, Column::Id)), order);
        line(rows.limit(most)).all_as::<DeviceRow>().await
    }

    /// `rows`, which were found within reach, with what each has of the title.
    async fn with_versions(&self, asked: &Asked<'_>, rows: Vec<DeviceRow>) -> Result<Vec<Holder>, Failure> {
        let mut found: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
        if let Asked::Having { ecosystem, name, .. } = asked {
            let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
            let select = joined()
                .column((inventory::Entity, Inventory::DeviceId))
                .column((package::Entity, Package::Version))
                .and_where(Inventory::TenantId.eq(self.id().0))
                .and_where(Inventory::DeviceId.is_in(ids))
                .and_where(Package::Ecosystem.eq(ecosystem.word()))
                .and_where(Package::Name.eq(*name))
                .to_owned();
            for row in sea_orm::ConnectionTrait::query_all(self.connection(), &select).await? {
                let row = Has::from_query_result(&row, "")?;
                found.entry(row.device_id).or_default().insert(row.version);
            }
        }
        Ok(rows.into_iter().map(|row| Holder { versions: found.remove(&row.id).unwrap_or_default(), row }).collect())
    }
}

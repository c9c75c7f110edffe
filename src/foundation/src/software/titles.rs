//! The titles within reach, and how many devices have which version.

use domain::{
    devices::query::PAGE,
    software::{Ecosystem, TitleCursor, TitlesQuery},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::Expr,
    sea_query::{ExprTrait, Func, LikeExpr},
};

use super::rows::software_count::{Column, Entity};
use crate::{
    Failure, Tenant,
    devices::{in_service, rows::device},
    tenancy::Scoped,
};

/// The most versions of one title that are told apart.
const VERSIONS: u64 = 10_000;

/// A title with its devices.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TitleRow {
    pub name: String,
    pub ecosystem: String,
    pub devices: i64,
}

/// The versions of a title in a list: how many, and one of them.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TitleFigures {
    pub name: String,
    pub ecosystem: String,
    pub versions: i64,
    pub version: String,
}

/// A version with its devices.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct VersionRow {
    pub version: String,
    pub devices: i64,
}

/// The denominators: devices in service, and those of them with a list of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FleetFigures {
    pub devices: i64,
    pub listed: i64,
}

#[derive(FromQueryResult)]
struct Of {
    ecosystem: String,
    titles: i64,
}

/// The sum as the number that both databases can read back.
fn devices() -> Expr {
    Expr::cust("cast(coalesce(sum(software_counts.devices), 0) as bigint)")
}

/// The rows of any version; written out, so that the index of those alone is used.
fn any_version() -> Expr {
    Expr::cust("software_counts.version = ''")
}

fn matching(query: &TitlesQuery) -> Condition {
    let like = |text: &str| LikeExpr::new(format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))).escape('\\');
    let name = || Expr::col((Entity, Column::Name));
    // SQLite folds the case of ASCII letters only, so the text as typed is looked for too.
    let found = |q: &str| Condition::any().add(Expr::from(Func::lower(name())).like(like(&q.to_lowercase()))).add(name().like(like(q)));
    Condition::all()
        .add(any_version())
        .add(Column::Name.ne(""))
        .add(Column::Devices.gt(0))
        .add_option((!query.q.is_empty()).then(|| found(&query.q)))
        .add_option(query.ecosystem.map(|ecosystem| Column::Ecosystem.eq(ecosystem.word())))
}

fn beside(cursor: &TitleCursor) -> Expr {
    let row = Expr::tuple([Expr::col((Entity, Column::Name)), Expr::col((Entity, Column::Ecosystem))]);
    let place = Expr::tuple([Expr::value(cursor.name.as_str()), Expr::value(cursor.ecosystem.word())]);
    if cursor.backwards { row.lt(place) } else { row.gt(place) }
}

impl Tenant {
    /// The page of titles that `query` asks for, in name order, and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_titles(&self, query: &TitlesQuery) -> Result<(Vec<TitleRow>, bool), Failure> {
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
        let mut rows = self.title_rows(query, backwards, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok((rows, backwards || beyond))
    }

    /// The next titles of `query`, for exports; at most `most`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_lines(&self, query: &TitlesQuery, most: u64) -> Result<Vec<TitleRow>, Failure> {
        self.title_rows(query, false, most).await
    }

    async fn title_rows(&self, query: &TitlesQuery, backwards: bool, most: u64) -> Result<Vec<TitleRow>, Failure> {
        let order = if backwards { Order::Desc } else { Order::Asc };
        let rows = self.find::<Entity>().filter(matching(query)).filter(Condition::all().add_option(query.cursor.as_ref().map(beside)));
        let rows = rows.columns([Column::Name, Column::Ecosystem]).column_as(devices(), "devices").group_by(Column::Name).group_by(Column::Ecosystem);
        rows.order_by(Column::Name, order.clone()).order_by(Column::Ecosystem, order).limit(most).all_as::<TitleRow>().await
    }

    /// How many versions each of `titles` has, which are in the order of a list.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_versions_of(&self, titles: &[TitleRow]) -> Result<Vec<TitleFigures>, Failure> {
        let names: std::collections::BTreeSet<&str> = titles.iter().map(|row| row.name.as_str()).collect();
        let mut all = Vec::with_capacity(titles.len());
        for names in names.into_iter().collect::<Vec<_>>().chunks(500) {
            let rows = self.find::<Entity>().filter(Column::Name.is_in(names.iter().copied())).filter(Column::Version.ne("")).filter(Column::Devices.gt(0));
            let rows = rows.columns([Column::Name, Column::Ecosystem]).group_by(Column::Name).group_by(Column::Ecosystem);
            let rows = rows.column_as(Expr::cust("count(distinct software_counts.version)"), "versions");
            all.extend(rows.column_as(Expr::col((Entity, Column::Version)).max(), "version").all_as::<TitleFigures>().await?);
        }
        Ok(all)
    }

    /// How many titles of each package system match the search of `query`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_systems(&self, query: &TitlesQuery) -> Result<Vec<(Ecosystem, i64)>, Failure> {
        let rows = self.find::<Entity>().filter(matching(&query.with(|query| query.ecosystem = None))).columns([Column::Ecosystem]);
        let rows = rows.column_as(Expr::cust("count(distinct software_counts.name)"), "titles").group_by(Column::Ecosystem).all_as::<Of>().await?;
        let of = |word: &str| rows.iter().find(|row| row.ecosystem == word).map_or(0, |row| row.titles);
        Ok(Ecosystem::ALL.map(|ecosystem| (ecosystem, of(ecosystem.word()))).to_vec())
    }

    /// The versions of one title with their devices, in no order; the empty version is the title at all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_versions(&self, ecosystem: Ecosystem, name: &str) -> Result<Vec<VersionRow>, Failure> {
        let rows = self.find::<Entity>().filter(Column::Name.eq(name)).filter(Column::Ecosystem.eq(ecosystem.word())).filter(Column::Devices.gt(0));
        let rows = rows.columns([Column::Version]).column_as(devices(), "devices").group_by(Column::Version).order_by(Column::Version, Order::Asc);
        rows.limit(VERSIONS).all_as::<VersionRow>().await
    }

    /// Devices in service with software of `ecosystem`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_devices_of(&self, ecosystem: Ecosystem) -> Result<i64, Failure> {
        self.counted_devices(self.find::<Entity>().filter(Column::Name.eq("")).filter(Column::Ecosystem.eq(ecosystem.word()))).await
    }

    /// The denominators of everything within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn software_fleet(&self) -> Result<FleetFigures, Failure> {
        let devices = self.find::<device::Entity>().filter(in_service()).count().await?;
        let listed = self.counted_devices(self.find::<Entity>().filter(Column::Name.eq("")).filter(Column::Ecosystem.eq(""))).await?;
        Ok(FleetFigures { devices: i64::try_from(devices).unwrap_or(i64::MAX), listed })
    }

    async fn counted_devices(&self, rows: Scoped<'_, Entity>) -> Result<i64, Failure> {
        let row =
            rows.filter(any_version()).columns([Column::Version]).group_by(Column::Version).column_as(devices(), "devices").one_as::<VersionRow>().await?;
        Ok(row.map_or(0, |row| row.devices))
    }
}

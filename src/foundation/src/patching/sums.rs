//! The kept counts, summed where they are stored: what comes back grows with the clients and not with devices and updates.

use domain::{ids::ClientId, patching::due::PastDue};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    prelude::{Expr, Uuid},
    sea_query::{CaseStatement, ExprTrait},
};

use super::rows::count::{Column, Entity};
use crate::{Failure, Tenant, tenancy::Scoped};

/// Updates that one statement names.
const NAMED: usize = 10_000;

/// Devices of a client whose updates count alike.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct SumRow {
    pub client_id: Uuid,
    /// The sort of the update, as it was asked.
    pub sort: i32,
    pub presence: String,
    pub known: i16,
    /// 1: past due.
    pub past: i32,
    pub devices: i64,
    pub failed: i64,
}

/// Devices of a client on which one update counts alike.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct UpdateSumRow {
    pub client_id: Uuid,
    pub update_id: Uuid,
    pub presence: String,
    pub known: i16,
    pub past: i32,
    pub devices: i64,
    pub failed: i64,
}

/// On how many devices an update is needed or installed.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct TotalRow {
    pub update_id: Uuid,
    pub presence: String,
    pub devices: i64,
    pub failed: i64,
}

#[derive(FromQueryResult)]
struct IdRow {
    update_id: Uuid,
}

/// Which clients within reach are summed.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// One.
    Only(ClientId),
    /// All but these.
    Without(&'a [ClientId]),
}

impl Among<'_> {
    fn condition(self) -> Condition {
        match self {
            Self::Only(id) => Condition::all().add(Column::ClientId.eq(id.0)),
            Self::Without(ids) => Condition::all().add_option((!ids.is_empty()).then(|| Column::ClientId.is_not_in(ids.iter().map(|id| id.0)))),
        }
    }
}

/// The sum of a column of the counts, as a whole number on every database.
pub(super) fn sum(column: &str) -> Expr {
    Expr::cust(format!("cast(coalesce(sum({column}), 0) as bigint)"))
}

fn past(due: PastDue) -> Expr {
    let col = |column| Expr::col((Entity, column));
    let security = col(Column::SecurityAt).gt(0).and(col(Column::SecurityAt).lte(due.security.0));
    Expr::case(col(Column::SinceAt).lte(due.since.0).or(security), 1).finally(0).into()
}

/// The number of the group that holds an update, and -1 for one that is in none.
fn sort(sorts: &[(i32, Vec<Uuid>)]) -> Expr {
    let of = |ids: &[Uuid]| Expr::col((Entity, Column::UpdateId)).is_in(ids.iter().copied());
    sorts.iter().fold(CaseStatement::new(), |case, (number, ids)| case.case(of(ids), *number)).finally(-1).into()
}

fn summed(select: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    select.column_as(sum("patch_counts.devices"), "devices").column_as(sum("patch_counts.failed"), "failed")
}

impl Tenant {
    /// The counts of `clients` by client and by what `sorts` makes of updates, each with a number of its own from 0; updates of no sort are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_sums(&self, sorts: &[(i32, Vec<Uuid>)], clients: Among<'_>, due: PastDue) -> Result<Vec<SumRow>, Failure> {
        let mut rows = Vec::new();
        for part in parts(sorts) {
            let some = clients.condition().add(Column::Devices.gt(0));
            let select = self.find::<Entity>().filter(some).columns([Column::ClientId, Column::Presence, Column::Known]);
            let select = summed(select.column_as(sort(&part), "sort").column_as(past(due), "past"));
            let select = select.group_by(Column::ClientId).group_by(Expr::col("sort")).group_by(Column::Presence).group_by(Column::Known);
            rows.extend(select.group_by(Expr::col("past")).all_as::<SumRow>().await?);
        }
        rows.retain(|row| row.sort >= 0);
        Ok(rows)
    }

    /// The counts of these updates at these clients, update by update.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_sums_at(&self, updates: &[Uuid], clients: &[ClientId], due: PastDue) -> Result<Vec<UpdateSumRow>, Failure> {
        let here = Column::ClientId.is_in(clients.iter().map(|id| id.0));
        let some = Condition::all().add(Column::UpdateId.is_in(updates.iter().copied())).add(here).add(Column::Devices.gt(0));
        let select = self.find::<Entity>().filter(some).columns([Column::ClientId, Column::UpdateId, Column::Presence, Column::Known]);
        let select = summed(select.column_as(past(due), "past"));
        let select = select.group_by(Column::ClientId).group_by(Column::UpdateId).group_by(Column::Presence).group_by(Column::Known);
        select.group_by(Expr::col("past")).all_as().await
    }

    /// The updates that are past due somewhere within reach, of one client or of all: needed, and owed for that long.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn updates_past_due(&self, client: Option<ClientId>, due: PastDue) -> Result<Vec<Uuid>, Failure> {
        let some = Condition::all().add(Column::Devices.gt(0)).add(Column::Presence.eq("needed")).add(past(due).eq(1));
        let some = some.add_option(client.map(|id| Column::ClientId.eq(id.0)));
        let rows: Vec<IdRow> = self.find::<Entity>().filter(some).columns([Column::UpdateId]).group_by(Column::UpdateId).all_as().await?;
        Ok(rows.into_iter().map(|row| row.update_id).collect())
    }

    /// On how many devices within reach each update is needed and installed, of one update or of all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn update_totals(&self, update: Option<Uuid>) -> Result<Vec<TotalRow>, Failure> {
        let some = Condition::all().add(Column::Devices.gt(0)).add_option(update.map(|id| Column::UpdateId.eq(id)));
        let select = summed(self.find::<Entity>().filter(some).columns([Column::UpdateId, Column::Presence]));
        select.group_by(Column::UpdateId).group_by(Column::Presence).all_as().await
    }
}

/// `sorts` in parts that a statement can name.
fn parts(sorts: &[(i32, Vec<Uuid>)]) -> Vec<Vec<(i32, Vec<Uuid>)>> {
    let (mut all, mut part, mut room) = (Vec::new(), Vec::new(), NAMED);
    for (number, ids) in sorts {
        let mut rest = ids.as_slice();
        while !rest.is_empty() {
            let (now, later) = rest.split_at(rest.len().min(room));
            part.push((*number, now.to_vec()));
            (rest, room) = (later, room - now.len());
            if room == 0 {
                all.push(std::mem::take(&mut part));
                room = NAMED;
            }
        }
    }
    all.extend(Some(part).filter(|part| !part.is_empty()));
    all
}

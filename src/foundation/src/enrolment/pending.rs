//! Devices that wait for approval, and what people decide about them.

use domain::{
    Moment, Refusal,
    devices::status::Standing,
    enrolment::query::PendingQuery,
    ids::{ChangeId, ClientId, DeviceId},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order, Set,
    prelude::{Expr, Uuid},
    sea_query::{CaseStatement, ExprTrait},
};

use super::paging::page;
use crate::{
    Failure, Tenant, Writing,
    clients::rows::{client, site},
    devices::{
        containing,
        rows::{
            change,
            device::{Column, Entity},
            enrolment_key,
        },
    },
    fresh_id,
    tenancy::Scoped,
};

/// Devices of one page.
pub const PAGE: u64 = 100;
/// Devices that are settled at once.
pub const MOST: u64 = 5_000;

/// A device that waits, with the names of where it would go.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct PendingRow {
    pub id: Uuid,
    pub client_id: Uuid,
    pub client_name: String,
    pub site_name: String,
    pub key_name: Option<String>,
    pub hostname: String,
    pub kind: String,
    pub os_name: String,
    pub os_version: Option<String>,
    pub serial: Option<String>,
    pub address: Option<String>,
    pub enrolled_at: i64,
    pub last_seen_at: i64,
}

/// A page of devices that wait, longest waiting first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingPage {
    /// At most [`PAGE`] rows.
    pub rows: Vec<PendingRow>,
    /// How many match.
    pub total: u64,
    /// Whether rows come before.
    pub earlier: bool,
    /// Whether rows come after.
    pub later: bool,
}

/// Which devices somebody decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    Some(Vec<DeviceId>),
    /// All that match.
    All(PendingQuery),
}

/// A device that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Which.
    pub id: DeviceId,
    /// Its name.
    pub hostname: String,
    /// Whose it is.
    pub client: ClientId,
}

fn col(column: Column) -> Expr {
    Expr::col((Entity, column))
}

fn pending() -> Condition {
    Condition::all().add(col(Column::Standing).eq(Standing::Pending.word()))
}

fn matching(query: &PendingQuery) -> Condition {
    pending()
        .add_option(query.client.map(|client| col(Column::ClientId).eq(client.0)))
        .add_option(query.key.map(|key| col(Column::EnrolmentKeyId).eq(key.0)))
        .add_option(query.until.map(|until| col(Column::EnrolledAt).lte(until.0)))
        .add_option((!query.q.is_empty()).then(|| col(Column::Search).like(containing(&query.q))))
}

/// The key's name while it is one of the same client: a device that was moved does not bring the other client's words along.
fn key_name() -> Expr {
    use enrolment_key::Column as Key;
    let here = Expr::col((enrolment_key::Entity, Key::ClientId)).equals((Entity, Column::ClientId));
    CaseStatement::new().case(here, Key::Name.into_expr()).finally(Expr::value(None::<String>)).into()
}

fn row(devices: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    devices
        .join::<client::Entity>(Column::ClientId)
        .join::<site::Entity>(Column::SiteId)
        .join::<enrolment_key::Entity>(Column::EnrolmentKeyId)
        .columns([
            Column::Id,
            Column::ClientId,
            Column::Hostname,
            Column::Kind,
            Column::OsName,
            Column::OsVersion,
            Column::Serial,
            Column::Address,
            Column::EnrolledAt,
            Column::LastSeenAt,
        ])
        .column_as(client::Column::Name.into_expr(), "client_name")
        .column_as(site::Column::Name.into_expr(), "site_name")
        .column_as(key_name(), "key_name")
}

impl Tenant {
    /// The page of waiting devices that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pending_devices(&self, query: &PendingQuery) -> Result<PendingPage, Failure> {
        let select = row(self.find::<Entity>()).filter(matching(query));
        let found = page(select, (Column::EnrolledAt, Column::Id), false, query.place.as_ref(), PAGE).await?;
        let total = self.find::<Entity>().filter(matching(query)).count().await?;
        Ok(PendingPage { rows: found.rows, total, earlier: found.earlier, later: found.later })
    }

    /// How many devices within reach wait for approval.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pending_count(&self) -> Result<u64, Failure> {
        self.find::<Entity>().filter(pending()).count().await
    }
}

impl Writing {
    /// Gives the chosen devices that still wait another standing, with `reason` where there is one, and notes it in their history.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when one of them is not within reach, [`Refusal::Conflict`] when somebody settled some of them meanwhile.
    pub async fn settle_pending(&self, chosen: &Chosen, standing: Standing, reason: Option<&str>, now: Moment) -> Result<Vec<Settled>, Failure> {
        let devices = self.chosen(chosen).await?;
        let ids: Vec<Uuid> = devices.iter().map(|device| device.id.0).collect();
        let values = [(Column::Standing, Expr::value(standing.word())), (Column::StandingReason, Expr::value(reason.map(str::to_owned)))];
        if standing == Standing::Retired {
            self.forget_reported(&ids).await?;
        }
        let settled = self.update::<Entity>(pending().add(Column::Id.is_in(ids.clone())), values).await?;
        if settled != ids.len() as u64 {
            return Err(Refusal::Conflict("Somebody decided about some of these devices meanwhile. Nothing was changed; open the list again.".into()).into());
        }
        let word = if standing == Standing::Active { "approved" } else { "refused" };
        let note = |id: Uuid| change::ActiveModel {
            tenant_id: Set(self.id().0),
            id: Set(fresh_id::<ChangeId>().0),
            device_id: Set(id),
            at: Set(now.0),
            kind: Set("standing".into()),
            subject: Set("Enrolment".into()),
            old: Set(Some("waiting for approval".into())),
            new: Set(Some(word.into())),
        };
        self.insert_many(ids.into_iter().map(note).collect()).await?;
        Ok(devices)
    }

    /// Takes the software of those of `ids` that have told any out of the counts.
    async fn forget_reported(&self, ids: &[Uuid]) -> Result<(), Failure> {
        let told = self.find::<Entity>().filter(Column::Id.is_in(ids.iter().copied())).filter(Column::InventoryAt.gt(0));
        for row in told.all().await? {
            self.forget_software_of(&self.device(DeviceId(row.id)).await?).await?;
        }
        Ok(())
    }

    /// The chosen devices that wait; what was settled before is left out, what is out of reach is not found.
    async fn chosen(&self, chosen: &Chosen) -> Result<Vec<Settled>, Failure> {
        let rows = match chosen {
            Chosen::All(query) => self.find::<Entity>().filter(matching(query)).order_by(col(Column::Id), Order::Asc).limit(MOST).all().await?,
            Chosen::Some(ids) => {
                let wanted: std::collections::BTreeSet<Uuid> = ids.iter().map(|id| id.0).collect();
                let rows = self.find::<Entity>().filter(Column::Id.is_in(wanted.iter().copied())).all().await?;
                if rows.len() != wanted.len() {
                    return Err(Refusal::NotFound.into());
                }
                rows.into_iter().filter(|row| row.standing == Standing::Pending.word()).collect()
            }
        };
        Ok(rows.into_iter().map(|row| Settled { id: DeviceId(row.id), hostname: row.hostname, client: ClientId(row.client_id) }).collect())
    }
}

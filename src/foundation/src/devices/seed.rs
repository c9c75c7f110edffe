//! Many devices at once, as if each had reported: for the demo, and only in tenants that the demo made.

mod stored;

use domain::{
    Moment, Refusal,
    devices::{Report, report::Package, status::Standing},
    ids::{ClientId, SiteId},
};
use sea_orm::{ColumnTrait, Condition, Set, prelude::Expr, sea_query::OnConflict};

use super::{
    intake::contact,
    rows::{check_in, device},
};
use crate::{Failure, Principal, Writing, patching::SeedPatch};

/// The job that may do this.
pub const DEMO: Principal = Principal::Job("demo");

/// How often invented devices report, in seconds.
const EVERY_S: i64 = 300;

/// A device to make.
#[derive(Debug, Clone)]
pub struct SeedDevice {
    /// Whose.
    pub client: ClientId,
    /// Where.
    pub site: SiteId,
    /// What it last said; its software is in `software`.
    pub report: Report,
    /// Its packages, stored already.
    pub software: Option<SeedDocument>,
    /// What people decided about it.
    pub standing: Standing,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// Its last contact.
    pub last_seen: Option<Moment>,
    /// How often it reports.
    pub every_s: i64,
    /// When, kind, subject, before and after of each change.
    pub history: Vec<(Moment, &'static str, String, Option<String>, Option<String>)>,
    /// The updates that it needs or has; `None`: nothing is kept of them.
    pub patches: Option<Vec<SeedPatch>>,
}

/// A list of packages that is stored already.
#[derive(Debug, Clone)]
pub struct SeedDocument {
    hash: Vec<u8>,
    entries: i64,
}

impl Writing {
    pub(crate) fn only_demo(&self) -> Result<(), Refusal> {
        if self.who().principal == DEMO { Ok(()) } else { Err(Refusal::Forbidden("demo")) }
    }

    /// Stores a list of packages that devices can share.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_software(&self, packages: &[Package], now: Moment) -> Result<SeedDocument, Failure> {
        self.only_demo()?;
        let (document, row) = self.document(&packages.to_vec(), now)?;
        self.add_documents(vec![row]).await?;
        Ok(SeedDocument { hash: document, entries: i64::try_from(packages.len()).unwrap_or(i64::MAX) })
    }

    /// Adds reports to the counts of past hours: client, hour, reports.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_check_ins(&self, counts: Vec<(ClientId, Moment, i64)>) -> Result<(), Failure> {
        self.only_demo()?;
        let row = |(client, hour, reports): (ClientId, Moment, i64)| check_in::ActiveModel {
            tenant_id: Set(self.id().0),
            client_id: Set(client.0),
            hour_at: Set(hour.hour().0),
            reports: Set(reports),
        };
        let key = [check_in::Column::TenantId, check_in::Column::ClientId, check_in::Column::HourAt];
        let replace = OnConflict::columns(key).update_column(check_in::Column::Reports).to_owned();
        self.upsert(counts.into_iter().map(row).collect(), replace).await
    }

    /// Lets the invented devices of `client` that are due report again: those last seen between `from` and `to` ago.
    /// Real devices, which have an enrolment key, are left alone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_contacts(&self, client: ClientId, now: Moment, from: i64, to: i64) -> Result<(), Failure> {
        use device::Column;
        self.only_demo()?;
        let due = invented()
            .add(Column::ClientId.eq(client.0))
            .add(Column::Standing.eq(Standing::Active.word()))
            .add(Column::LastSeenAt.gte((now - to).0))
            .add(Column::LastSeenAt.lt((now - from).0));
        let reports = self.update::<device::Entity>(due, contact(now, EVERY_S)).await?;
        if reports > 0 { self.add_check_ins(client, now, i64::try_from(reports).unwrap_or(i64::MAX)).await } else { Ok(()) }
    }

    /// The newest contact of the invented devices.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_newest(&self) -> Result<Option<Moment>, Failure> {
        let newest = self.find::<device::Entity>().filter(invented()).order_by(device::Column::LastSeenAt, sea_orm::Order::Desc).limit(1);
        Ok(newest.one().await?.map(|row| Moment(row.last_seen_at)))
    }

    /// Moves every instant of the demo's devices by `by` milliseconds, so that a demo that slept wakes up as it was.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seed_shift(&self, by: i64) -> Result<u64, Failure> {
        use device::Column;
        use sea_orm::sea_query::ExprTrait;
        self.only_demo()?;
        let seen = invented().add(Column::LastSeenAt.gt(0));
        let later = |column: Column| (column, Expr::col(column).add(by));
        let values = [Column::LastSeenAt, Column::OnlineUntil, Column::LateUntil, Column::InventoryAt].map(later);
        self.update::<device::Entity>(seen, values).await
    }
}

/// Devices that no machine stands behind.
fn invented() -> Condition {
    Condition::all().add(device::Column::EnrolmentKeyId.is_null())
}

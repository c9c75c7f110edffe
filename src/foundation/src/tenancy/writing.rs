//! A tenant to write to. Nothing is kept until [`Writing::commit`].

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use domain::{Moment, Refusal, ids::TenantId, jobs::Priority};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, TransactionTrait, Value,
    prelude::Expr,
    sea_query::{IntoCondition, OnConflict},
};

use super::{Access, DeviceOwned, Pools, Principal, SeenDevice, Tenant, TenantOwned, connect::set_tenant, door, scoped::reach};
use crate::{Failure, jobs};

/// Values that one statement may bind on SQLite, with room to spare.
const BINDS: usize = 30_000;

/// An entered tenant inside a write transaction.
#[derive(Debug)]
pub struct Writing {
    tenant: Tenant,
    due: Mutex<BTreeMap<Priority, Moment>>,
}

/// A row that a tenant can own; its tenant is overwritten when it is added.
pub trait Row: ActiveModelTrait + Send {
    /// The column with the tenant.
    const TENANT: <Self::Entity as EntityTrait>::Column;
}

/// Whoever looks at a client's portal changes nothing, whatever the pages offer.
fn changes(principal: Principal) -> Result<(), Refusal> {
    if matches!(principal, Principal::View(..)) { Err(Refusal::Forbidden("changes, while viewing as a client")) } else { Ok(()) }
}

impl Deref for Writing {
    type Target = Tenant;

    fn deref(&self) -> &Tenant {
        &self.tenant
    }
}

impl Writing {
    pub(super) async fn begin(pools: &Arc<Pools>, id: TenantId, principal: Principal) -> Result<Self, Failure> {
        changes(principal)?;
        let tx = pools.begin(Access::Write, Some(id)).await?;
        let who = Arc::new(door::admit(&tx, &principal, id).await?);
        Ok(Self { tenant: Tenant { pools: Arc::clone(pools), tx, id, who, opened: Instant::now() }, due: Mutex::default() })
    }

    /// Enters inside `outer`, so that many tenants' work is committed at once; each part is kept or undone alone.
    pub(crate) async fn nested(pools: &Arc<Pools>, outer: &DatabaseTransaction, id: TenantId, principal: Principal) -> Result<Self, Failure> {
        changes(principal)?;
        let tx = outer.begin().await?;
        set_tenant(&tx, id).await?;
        let who = Arc::new(door::admit(&tx, &principal, id).await?);
        Ok(Self { tenant: Tenant { pools: Arc::clone(pools), tx, id, who, opened: Instant::now() }, due: Mutex::default() })
    }

    /// Keeps everything that was written.
    ///
    /// # Errors
    /// When the database fails; then nothing is kept.
    pub async fn commit(self) -> Result<(), Failure> {
        let due = self.asked_for();
        jobs::touch(&self.tenant.tx, self.tenant.id, &due).await?;
        self.tenant.tx.commit().await?;
        if !due.is_empty() {
            self.tenant.pools.bell.notify_one();
        }
        Ok(())
    }

    /// Keeps a part of an outer transaction; gives the jobs that it asked for, which the outer one makes known as its last act.
    pub(crate) async fn merge(self) -> Result<Vec<(Priority, Moment)>, Failure> {
        let due = self.asked_for();
        self.tenant.tx.commit().await?;
        Ok(due)
    }

    /// Notes that a job of `priority` is due at `at`.
    pub(crate) fn due(&self, priority: Priority, at: Moment) {
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        due.entry(priority).and_modify(|known| *known = at.min(*known)).or_insert(at);
    }

    fn asked_for(&self) -> Vec<(Priority, Moment)> {
        self.due.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|(priority, at)| (*priority, *at)).collect()
    }

    /// Adds `row`; its tenant is this one, whatever it says.
    ///
    /// # Errors
    /// When the database refuses it.
    pub async fn insert<A: Row>(&self, row: A) -> Result<(), Failure> {
        self.insert_many(vec![row]).await
    }

    /// Adds `rows`, in as few statements as the database takes.
    ///
    /// # Errors
    /// When the database refuses one; then the transaction is of no more use.
    pub async fn insert_many<A: Row>(&self, rows: Vec<A>) -> Result<(), Failure> {
        self.put(rows, None).await
    }

    /// Adds `rows`; one whose `key` exists already changes its `columns` instead, or nothing when there are none.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn upsert<A: Row>(&self, rows: Vec<A>, conflict: OnConflict) -> Result<(), Failure> {
        self.put(rows, Some(conflict)).await
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that inserts; the tenant is set here")]
    async fn put<A: Row>(&self, rows: Vec<A>, conflict: Option<OnConflict>) -> Result<(), Failure> {
        use sea_orm::Iterable;
        let most = BINDS / <A::Entity as EntityTrait>::Column::iter().count().max(1);
        let mut rows = rows.into_iter();
        loop {
            let chunk: Vec<A> = rows.by_ref().take(most).map(|row| self.own(row)).collect();
            if chunk.is_empty() {
                return Ok(());
            }
            let insert = A::Entity::insert_many(chunk);
            let insert = if let Some(conflict) = &conflict { insert.on_conflict(conflict.clone()) } else { insert };
            match insert.exec_without_returning(&self.tenant.tx).await {
                Ok(_) | Err(DbErr::RecordNotInserted) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn own<A: Row>(&self, mut row: A) -> A {
        row.set(A::TENANT, Value::from(self.id.0));
        row
    }

    /// Sets `values` on the rows of `E` within reach that meet `condition`; says how many there were.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the one place that updates; the tenant is added here")]
    pub async fn update<E: TenantOwned>(&self, condition: impl IntoCondition, values: impl IntoIterator<Item = (E::Column, Expr)>) -> Result<u64, Failure> {
        let update = E::update_many().filter(E::TENANT.eq(self.id.0)).filter(reach::<E>(&self.who)).filter(condition);
        let update = values.into_iter().fold(update, |update, (column, value)| update.col_expr(column, value));
        Ok(update.exec(&self.tenant.tx).await?.rows_affected)
    }

    /// Sets `values` on the device's own rows of `E` that meet `condition`.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the one place that updates; tenant and device are added here")]
    pub async fn update_of<E: DeviceOwned>(
        &self,
        device: &SeenDevice,
        condition: impl IntoCondition,
        values: impl IntoIterator<Item = (E::Column, Expr)>,
    ) -> Result<u64, Failure> {
        let update = E::update_many().filter(E::TENANT.eq(self.id.0)).filter(E::DEVICE.eq(device.row.id)).filter(condition);
        let update = values.into_iter().fold(update, |update, (column, value)| update.col_expr(column, value));
        Ok(update.exec(&self.tenant.tx).await?.rows_affected)
    }

    /// Deletes the rows of `E` within reach that meet `condition`; says how many there were.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the one place that deletes; the tenant is added here")]
    pub async fn delete<E: TenantOwned>(&self, condition: impl IntoCondition) -> Result<u64, Failure> {
        let delete = E::delete_many().filter(E::TENANT.eq(self.id.0)).filter(reach::<E>(&self.who)).filter(condition);
        Ok(delete.exec(&self.tenant.tx).await?.rows_affected)
    }

    /// Deletes the device's own rows of `E`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delete_of<E: DeviceOwned>(&self, device: &SeenDevice) -> Result<u64, Failure> {
        self.delete_some_of::<E>(device, Condition::all()).await
    }

    /// Deletes the device's own rows of `E` that meet `condition`.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "the one place that deletes; tenant and device are added here")]
    pub async fn delete_some_of<E: DeviceOwned>(&self, device: &SeenDevice, condition: impl IntoCondition) -> Result<u64, Failure> {
        let delete = E::delete_many().filter(E::TENANT.eq(self.id.0)).filter(E::DEVICE.eq(device.row.id)).filter(condition);
        Ok(delete.exec(&self.tenant.tx).await?.rows_affected)
    }
}

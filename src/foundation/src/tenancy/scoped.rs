//! A select that is filtered before anybody can add to it.

use domain::ids::ClientId;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult, IntoSimpleExpr, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, Select,
    prelude::Expr,
    sea_query::{IntoCondition, NullOrdering, Query},
};

use super::{ClientOwned, DeviceOwned, TenantOwned, Who};
use crate::{Failure, devices::rows::device};

/// Rows of one tenant, and of the clients within reach; made only by the handles of [`super`].
#[derive(Debug, Clone)]
pub struct Scoped<'a, E: EntityTrait> {
    select: Select<E>,
    tx: &'a DatabaseTransaction,
}

impl<'a, E: TenantOwned> Scoped<'a, E> {
    pub(super) fn new(tx: &'a DatabaseTransaction, tenant: sea_orm::prelude::Uuid, who: &Who) -> Self {
        Self { select: raw::<E>().filter(E::TENANT.eq(tenant)).filter(reach::<E>(who)), tx }
    }

    pub(super) fn of_client(self, client: ClientId) -> Self
    where
        E: ClientOwned,
    {
        Self { select: self.select.filter(E::CLIENT.map_or_else(nothing, |column| column.eq(client.0))), ..self }
    }

    /// Adds the columns of `R`, of the same tenant, whose id is in `column`.
    pub fn join<R: TenantOwned>(self, column: E::Column) -> Self {
        let Some(id) = R::ID else { return self };
        let relation = E::belongs_to(R::default()).from((E::TENANT, column)).to((R::TENANT, id));
        Self { select: self.select.join(JoinType::LeftJoin, relation.into()), ..self }
    }
}

impl<'a, E: DeviceOwned> Scoped<'a, E> {
    pub(super) fn of_device(tx: &'a DatabaseTransaction, tenant: sea_orm::prelude::Uuid, device: sea_orm::prelude::Uuid) -> Self {
        Self { select: raw::<E>().filter(E::TENANT.eq(tenant)).filter(E::DEVICE.eq(device)), tx }
    }

    pub(super) fn of_devices_at(tx: &'a DatabaseTransaction, tenant: sea_orm::prelude::Uuid, client: ClientId) -> Self {
        let devices = Query::select()
            .column(device::Column::Id)
            .from(device::Entity)
            .and_where(device::Column::TenantId.eq(tenant))
            .and_where(device::Column::ClientId.eq(client.0))
            .to_owned();
        Self { select: raw::<E>().filter(E::TENANT.eq(tenant)).filter(E::DEVICE.in_subquery(devices)), tx }
    }

    /// Adds the columns of `R` where its `there` equals our `here`, in the same tenant.
    pub fn join_on<R: TenantOwned>(self, here: E::Column, there: R::Column) -> Self {
        let relation = E::belongs_to(R::default()).from((E::TENANT, here)).to((R::TENANT, there));
        Self { select: self.select.join(JoinType::InnerJoin, relation.into()), ..self }
    }
}

impl Scoped<'_, device::Entity> {
    /// With the rows of `R` that are each device's own; a device is there once for each of them.
    pub fn join_own<R: DeviceOwned>(self) -> Self {
        use device::Column::{Id, TenantId};
        let relation = device::Entity::belongs_to(R::default()).from((TenantId, Id)).to((R::TENANT, R::DEVICE));
        Self { select: self.select.join(JoinType::InnerJoin, relation.into()), ..self }
    }
}

impl<E: EntityTrait> Scoped<'_, E> {
    /// Only the rows that also meet `condition`.
    pub fn filter(self, condition: impl IntoCondition) -> Self {
        Self { select: self.select.filter(condition), ..self }
    }

    /// Ordered by `expression`, after what was given before.
    pub fn order_by(self, expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { select: self.select.order_by(expression, order), ..self }
    }

    /// Ordered by `expression` with rows that have none of it last.
    pub fn order_by_nulls_last(self, expression: impl IntoSimpleExpr, order: Order) -> Self {
        Self { select: self.select.order_by_with_nulls(expression, order, NullOrdering::Last), ..self }
    }

    /// Locked until the transaction ends, where rows can be locked one by one.
    pub(crate) fn locked(self) -> Self {
        Self { select: self.select.lock_exclusive(), ..self }
    }

    /// At most `rows` rows.
    pub fn limit(self, rows: u64) -> Self {
        Self { select: self.select.limit(rows), ..self }
    }

    /// Without the first `rows` rows.
    pub fn offset(self, rows: u64) -> Self {
        Self { select: self.select.offset(rows), ..self }
    }

    /// Only the columns that are added after this.
    pub fn columns(self, columns: impl IntoIterator<Item = E::Column>) -> Self {
        Self { select: columns.into_iter().fold(self.select.select_only(), |select, column| select.column(column)), ..self }
    }

    /// Adds `expression` under the name `alias`.
    pub fn column_as(self, expression: impl Into<Expr>, alias: &'static str) -> Self {
        Self { select: self.select.expr_as(expression, alias), ..self }
    }

    /// One row for each value of `column`.
    pub fn group_by(self, column: impl IntoSimpleExpr) -> Self {
        Self { select: self.select.group_by(column), ..self }
    }

    /// All rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all(self) -> Result<Vec<E::Model>, Failure> {
        Ok(self.select.all(self.tx).await?)
    }

    /// The first row.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one(self) -> Result<Option<E::Model>, Failure> {
        Ok(self.select.one(self.tx).await?)
    }

    /// All rows, as `M`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn all_as<M: FromQueryResult>(self) -> Result<Vec<M>, Failure> {
        Ok(self.select.into_model::<M>().all(self.tx).await?)
    }

    /// The first row, as `M`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn one_as<M: FromQueryResult>(self) -> Result<Option<M>, Failure> {
        Ok(self.select.into_model::<M>().one(self.tx).await?)
    }

    /// How many rows.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(self) -> Result<u64, Failure> {
        let select = self.select.select_only().column_as(Expr::cust("count(*)"), "rows");
        let row = self.tx.query_one(&sea_orm::QueryTrait::into_query(select)).await?;
        let rows: i64 = row.map_or(Ok(0), |row| row.try_get("", "rows"))?;
        Ok(u64::try_from(rows).unwrap_or(0))
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that selects; every caller adds the tenant")]
fn raw<E: EntityTrait>() -> Select<E> {
    E::find()
}

/// A condition that no row meets.
pub(super) fn nothing() -> Expr {
    Expr::cust("1 = 0")
}

/// The clients within reach. What belongs to no client is beyond anybody outside the MSP's staff.
pub(super) fn reach<E: TenantOwned>(who: &Who) -> Condition {
    let all = Condition::all();
    match (E::CLIENT, who.clients()) {
        (None, _) if who.is_outside() => all.add(nothing()),
        (Some(column), Some(clients)) => all.add(column.is_in(clients.iter().map(|client| client.0))),
        _ => all,
    }
}

//! The operator's door: the only work that crosses tenants. What it changes at a tenant stands in that tenant's audit.

use std::sync::Arc;

use domain::{
    Moment, Refusal,
    ids::{AuditId, OperatorId, TenantId},
    tenants::TenantState,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    prelude::Expr,
    sea_query::{ExprTrait, OnConflict},
};

use crate::{
    Database, Failure,
    audit::rows::entry,
    devices::rows::device,
    fresh_id,
    tenancy::{Access, Pools},
    tenants::rows::{brand, host, operator, setting, tenant, tenant_domain},
};

/// Tenants of one page.
pub const PAGE: u64 = 50;

/// Somebody who runs the platform, entered; or the installer on the server's own console.
#[derive(Debug)]
pub struct Operator {
    pub(crate) pools: Arc<Pools>,
    id: Option<OperatorId>,
    /// The name that pages and audits show.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
}

/// A tenant in the operator's list.
#[derive(Debug, Clone)]
pub struct TenantRow {
    /// The tenant.
    pub id: TenantId,
    /// Its host label.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Whether it is served.
    pub state: TenantState,
    /// Its host names.
    pub hosts: Vec<String>,
    /// Devices that are not retired.
    pub devices: u64,
    /// The newest contact of any device.
    pub last_contact: Option<Moment>,
}

/// A tenant to make.
#[derive(Debug, Clone)]
pub struct NewTenant {
    /// Its host label.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its host names.
    pub hosts: Vec<String>,
    /// Whether the demo made it; only such tenants are ever written to by the demo.
    pub demo: bool,
    /// Its first brand; tenant and version are set here.
    pub brand: brand::Model,
}

#[expect(clippy::disallowed_methods, reason = "the operator's door reads the platform's own tables, and one tenant's after naming it")]
impl Database {
    /// Enters as the operator `id`.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn operator(&self, id: OperatorId) -> Result<Operator, Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        let row = operator::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?;
        Ok(Operator { pools: Arc::clone(&self.pools), id: Some(id), name: row.name, email: row.email })
    }

    /// Enters from the server's own console, where no operator is signed in.
    pub fn console(&self) -> Operator {
        Operator { pools: Arc::clone(&self.pools), id: None, name: "console".into(), email: String::new() }
    }
}

#[expect(clippy::disallowed_methods, reason = "the operator's door reads the platform's own tables, and one tenant's after naming it")]
impl Operator {
    /// Tenants whose name holds `q`, in slug order after `after`; how many match in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenants(&self, q: &str, after: Option<&str>) -> Result<(Vec<TenantRow>, u64), Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        let matching = tenant::Entity::find().filter(sea_orm::Condition::all().add_option((!q.is_empty()).then(|| tenant::Column::Name.contains(q))));
        let total = matching.clone().count(&tx).await?;
        let page = matching.filter(sea_orm::Condition::all().add_option(after.map(|slug| tenant::Column::Slug.gt(slug))));
        let rows = page.order_by_asc(tenant::Column::Slug).limit(PAGE).all(&tx).await?;
        drop(tx);
        let mut listed = Vec::with_capacity(rows.len());
        for row in rows {
            listed.push(self.listed(row).await?);
        }
        Ok((listed, total))
    }

    /// The next tenants after `after`, in the order of their ids; none at the end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenant_ids(&self, after: Option<TenantId>) -> Result<Vec<TenantId>, Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        let rest = sea_orm::Condition::all().add_option(after.map(|last| tenant::Column::Id.gt(last.0)));
        let page = tenant::Entity::find().filter(rest).order_by_asc(tenant::Column::Id).limit(PAGE).all(&tx).await?;
        Ok(page.into_iter().map(|row| TenantId(row.id)).collect())
    }

    /// One tenant's line. Its counts are read inside that tenant, since nothing here may see across them.
    async fn listed(&self, row: tenant::Model) -> Result<TenantRow, Failure> {
        let tx = self.pools.begin(Access::Read, Some(TenantId(row.id))).await?;
        let hosts = host::Entity::find().filter(host::Column::TenantId.eq(row.id)).order_by_asc(host::Column::Host).all(&tx).await?;
        let devices = device::Entity::find().filter(device::Column::TenantId.eq(row.id));
        let in_service = devices.clone().filter(device::Column::Standing.ne("retired")).count(&tx).await?;
        let newest = devices.select_only().expr_as(Expr::col(device::Column::LastSeenAt).max(), "at").into_tuple::<Option<i64>>().one(&tx).await?;
        Ok(TenantRow {
            id: TenantId(row.id),
            slug: row.slug,
            name: row.name,
            state: row.state.parse().unwrap_or(TenantState::Suspended),
            hosts: hosts.into_iter().map(|host| host.host).collect(),
            devices: in_service,
            last_contact: newest.flatten().filter(|at| *at > 0).map(Moment),
        })
    }

    /// Whether a tenant is served.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn is_served(&self, id: TenantId) -> Result<bool, Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        Ok(tenant::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?.state == TenantState::Active.word())
    }

    /// A tenant's name.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn name_of(&self, id: TenantId) -> Result<String, Failure> {
        let tx = self.pools.begin(Access::Read, None).await?;
        Ok(tenant::Entity::find_by_id(id.0).one(&tx).await?.ok_or(Refusal::NotFound)?.name)
    }

    /// Serves a tenant or stops serving it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn set_state(&self, id: TenantId, state: TenantState, now: Moment) -> Result<(), Failure> {
        let tx = self.pools.begin(Access::Write, Some(id)).await?;
        let update = tenant::Entity::update_many().filter(tenant::Column::Id.eq(id.0)).col_expr(tenant::Column::State, Expr::value(state.word()));
        if update.exec(&tx).await?.rows_affected == 0 {
            return Err(Refusal::NotFound.into());
        }
        let (action, before) =
            if state == TenantState::Suspended { ("tenant suspended", TenantState::Active) } else { ("tenant resumed", TenantState::Suspended) };
        self.record(&tx, id, action, Some((before.word(), state.word())), now).await?;
        Ok(tx.commit().await?)
    }

    async fn record(&self, tx: &DatabaseTransaction, id: TenantId, action: &str, change: Option<(&str, &str)>, now: Moment) -> Result<(), Failure> {
        let (old, new) = change.map(|(old, new)| (old.to_owned(), new.to_owned())).unzip();
        let name = tenant::Entity::find_by_id(id.0).one(tx).await?.map(|row| row.name);
        let row = entry::ActiveModel {
            tenant_id: Set(id.0),
            id: Set(fresh_id::<AuditId>().0),
            at: Set(now.0),
            actor_kind: Set("operator".into()),
            actor_id: Set(self.id.map(|id| id.to_string())),
            actor_name: Set(self.name.clone()),
            action: Set(action.to_owned()),
            object_kind: Set(Some("tenant".into())),
            object_id: Set(Some(id.to_string())),
            object_name: Set(name),
            old: Set(old),
            new: Set(new),
            ..Default::default()
        };
        entry::Entity::insert(row).exec_without_returning(tx).await?;
        Ok(())
    }

    /// Makes a tenant with its hosts and first brand.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the slug or the host is taken.
    pub async fn provision(&self, new: NewTenant, now: Moment) -> Result<TenantId, Failure> {
        let id: TenantId = fresh_id();
        let tx = self.pools.begin(Access::Write, Some(id)).await?;
        if tenant::Entity::find().filter(tenant::Column::Slug.eq(&new.slug)).one(&tx).await?.is_some() {
            return Err(Refusal::invalid("slug", "belongs to another tenant already").into());
        }
        if host::Entity::find().filter(host::Column::Host.is_in(&new.hosts)).one(&tx).await?.is_some() {
            return Err(Refusal::invalid("host", "belongs to another tenant already").into());
        }
        let row = tenant::Model { id: id.0, slug: new.slug, name: new.name, state: TenantState::Active.word().into(), demo: new.demo, created_at: now.0 };
        tenant::Entity::insert(tenant::ActiveModel::from(row)).exec_without_returning(&tx).await?;
        for name in new.hosts {
            let row = host::ActiveModel { host: Set(name.clone()), tenant_id: Set(id.0) };
            host::Entity::insert(row).exec_without_returning(&tx).await?;
            let row = tenant_domain::ActiveModel { tenant_id: Set(id.0), host: Set(name), created_at: Set(now.0) };
            tenant_domain::Entity::insert(row).exec_without_returning(&tx).await?;
        }
        let brand = brand::Model { tenant_id: id.0, version: 1, created_at: now.0, ..new.brand };
        brand::Entity::insert(brand::ActiveModel::from(brand)).exec_without_returning(&tx).await?;
        self.record(&tx, id, "tenant created", None, now).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Makes an operator, unless the e-mail has one; says whether it was made.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn add_operator(&self, email: &str, name: &str, password_hash: String, now: Moment) -> Result<bool, Failure> {
        let tx = self.pools.begin(Access::Write, None).await?;
        let row = operator::Model { id: fresh_id::<OperatorId>().0, email: email.into(), name: name.into(), password_hash, created_at: now.0 };
        let known = operator::Entity::find().filter(operator::Column::Email.eq(email)).one(&tx).await?.is_some();
        operator::Entity::insert(operator::ActiveModel::from(row)).on_conflict_do_nothing_on([operator::Column::Email]).exec_without_returning(&tx).await?;
        tx.commit().await?;
        Ok(!known)
    }

    /// Notes a fact about this installation.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note(&self, name: &str, value: &str) -> Result<(), Failure> {
        let tx = self.pools.begin(Access::Write, None).await?;
        let conflict = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
        let row = setting::ActiveModel { key: Set(name.into()), value: Set(value.into()) };
        setting::Entity::insert(row).on_conflict(conflict).exec_without_returning(&tx).await?;
        Ok(tx.commit().await?)
    }
}

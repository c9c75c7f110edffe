//! Opens the database that a URL names: SQLite with one writer and some readers, or PostgreSQL.

use std::{sync::Arc, time::Duration};

use domain::ids::TenantId;
use migrations::Migrator;
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Notify;

use super::shape;
use crate::Failure;

/// Readers beside SQLite's one writer.
const READERS: u32 = 4;
/// Connections to PostgreSQL for reading, and for writing. They are apart, because a request may hold one of the first
/// while it waits for one of the second; from one pool, many such requests would wait for each other.
const CONNECTIONS: (u32, u32) = (12, 8);

/// How long closing waits for connections that are still held.
const CLOSING: Duration = Duration::from_secs(3);

/// Where the database is.
#[derive(Debug, Clone)]
pub struct DatabaseUrls {
    /// For the server: `sqlite:PATH` or `postgres://..` of a role that owns nothing.
    pub app: String,
    /// For migrations on PostgreSQL: the role that owns the tables.
    pub owner: Option<String>,
}

/// The database. Its connections are private; [`Database::enter`] is the door.
///
/// ```compile_fail
/// # async fn f(database: foundation::Database) {
/// database.pools.read.execute_unprepared("select 1").await;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Database {
    pub(crate) pools: Arc<Pools>,
}

#[derive(Debug)]
pub(crate) struct Pools {
    read: DatabaseConnection,
    write: DatabaseConnection,
    /// Rings when a job was asked for by this program.
    pub(crate) bell: Notify,
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
}

impl Database {
    /// Opens the database and brings it up to the newest shape.
    ///
    /// # Errors
    /// A sentence for the person who starts the server.
    pub async fn open(urls: &DatabaseUrls) -> Result<Self, String> {
        let pools = if urls.app.starts_with("sqlite:") { sqlite(&urls.app).await } else { postgres(urls).await }?;
        Ok(Self { pools: Arc::new(pools) })
    }

    /// Whether a trivial query is answered.
    ///
    /// # Errors
    /// When it is not.
    pub async fn ping(&self) -> Result<(), Failure> {
        Ok(self.pools.read.execute_unprepared("select 1").await.map(drop)?)
    }
}

impl Pools {
    /// Starts a transaction that sees `tenant` and nothing else of any tenant's tables.
    pub(crate) async fn begin(&self, access: Access, tenant: Option<TenantId>) -> Result<DatabaseTransaction, DbErr> {
        let (pool, options) = match access {
            Access::Read => (&self.read, TransactionOptions { access_mode: self.read_only(), ..TransactionOptions::default() }),
            Access::Write => {
                (&self.write, TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() })
            }
        };
        let tx = pool.begin_with_options(options).await?;
        if let Some(tenant) = tenant {
            set_tenant(&tx, tenant).await?;
        }
        Ok(tx)
    }

    /// The connections that read, for questions about the database itself.
    pub(super) const fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Closes every connection.
    pub(super) async fn close(&self) {
        for pool in [&self.read, &self.write] {
            shut(pool).await;
        }
    }

    fn read_only(&self) -> Option<AccessMode> {
        (self.read.get_database_backend() == DbBackend::Postgres).then_some(AccessMode::ReadOnly)
    }
}

/// Tells PostgreSQL's policies which tenant this transaction is for; ends with the transaction.
pub(crate) async fn set_tenant(tx: &DatabaseTransaction, tenant: TenantId) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let set = Statement::from_sql_and_values(DbBackend::Postgres, "select set_config('app.tenant', $1, true)", [tenant.0.to_string().into()]);
        tx.execute_raw(set).await?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the one place that connects")]
pub(super) async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, String> {
    sea_orm::Database::connect(options).await.map_err(|error| format!("cannot open the database: {error}"))
}

/// Closes a pool. What still holds a connection of it after a while is left behind: nothing that was committed depends on it.
pub(super) async fn shut(pool: &DatabaseConnection) {
    match tokio::time::timeout(CLOSING, pool.close_by_ref()).await {
        Ok(closed) => drop(closed),
        Err(_) => tracing::warn!("a connection to the database was still held when it was closed; nothing that was committed is lost"),
    }
}

pub(super) fn options(url: &str, most: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options.max_connections(most).acquire_timeout(Duration::from_secs(2)).sqlx_logging(false);
    options.record_stmt_in_spans(false);
    options
}

async fn sqlite(url: &str) -> Result<Pools, String> {
    let open = async |most: u32| {
        let mut options = options(url, most);
        options.min_connections(1).idle_timeout(None).max_lifetime(None).map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(256)
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-8000")
                .optimize_on_close(true, None)
        });
        connect(options).await
    };
    let write = open(1).await?;
    Migrator::up(&write, None).await.map_err(|error| format!("cannot bring the database up to date: {error}"))?;
    Ok(Pools { read: open(READERS).await?, write, bell: Notify::new() })
}

async fn postgres(urls: &DatabaseUrls) -> Result<Pools, String> {
    if let Some(owner) = &urls.owner {
        shape::migrate(&connect(options(owner, 1)).await?, &urls.app).await?;
    }
    let (read, write) = (application(&urls.app, CONNECTIONS.0).await?, application(&urls.app, CONNECTIONS.1).await?);
    shape::check_role(&read).await?;
    Ok(Pools { read, write, bell: Notify::new() })
}

/// A pool for the server's own role.
async fn application(url: &str, most: u32) -> Result<DatabaseConnection, String> {
    let mut options = options(url, most);
    options
        .max_lifetime(Duration::from_secs(300))
        .map_sqlx_postgres_opts(|postgres| {
            postgres.options([("idle_in_transaction_session_timeout", "10000"), ("statement_timeout", "10000"), ("lock_timeout", "5000")])
        })
        // A request that is dropped while its transaction begins leaves the connection inside it (sqlx#4385).
        .map_sqlx_postgres_before_acquire(|connection, _| Box::pin(shape::is_clean(connection)));
    connect(options).await
}

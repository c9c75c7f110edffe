//! What only PostgreSQL needs: the two roles, and connections that come back clean.

use std::time::Duration;

use migrations::Migrator;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement,
    sqlx::{self, Executor},
};
use sea_orm_migration::MigratorTrait;

/// Brings the tables up to date as their owner, and lets the server's role use them.
pub(super) async fn migrate(owner: &DatabaseConnection, app_url: &str) -> Result<(), String> {
    Migrator::up(owner, None).await.map_err(|error| format!("cannot bring the database up to date: {error}"))?;
    let role = app_url.split_once("//").and_then(|(_, rest)| rest.split([':', '@']).next()).filter(|role| is_role(role));
    let role = role.ok_or("DATABASE_URL names no role of letters, digits and _")?;
    let grants = format!(
        "grant usage on schema public to {role};
         grant select, insert, update, delete on all tables in schema public to {role};
         revoke update, delete on audit_entries from {role};
         revoke insert, update, delete on seaql_migrations from {role};"
    );
    owner.execute_unprepared(&grants).await.map(drop).map_err(|error| format!("cannot grant the server's role its rights: {error}"))
}

fn is_role(role: &str) -> bool {
    !role.is_empty() && role.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Refuses a role that policies do not bind.
pub(super) async fn check_role(pool: &DatabaseConnection) -> Result<(), String> {
    let question = "select (select rolsuper or rolbypassrls from pg_roles where rolname = current_user)
        or exists (select 1 from pg_tables where schemaname = 'public' and tableowner = current_user) as unbound,
        to_regclass('public.tenants') is not null as ready";
    let row = pool.query_one_raw(Statement::from_string(DbBackend::Postgres, question)).await.map_err(|error| error.to_string())?;
    let read = |column| row.as_ref().and_then(|row| row.try_get::<bool>("", column).ok());
    match (read("unbound"), read("ready")) {
        (Some(false), Some(true)) => Ok(()),
        (Some(true), _) => Err("DATABASE_URL's role is a superuser, bypasses row-level security or owns tables: tenants would not be kept apart. Use a plain role, and PORTICO_OWNER_DATABASE_URL for migrations".into()),
        _ => Err("the database has no tables yet: set PORTICO_OWNER_DATABASE_URL to the role that owns them".into()),
    }
}

/// Whether an idle connection may be lent out: rolls back what a dropped request left open, with its own time limit.
pub(super) async fn is_clean(connection: &mut sqlx::postgres::PgConnection) -> Result<bool, sqlx::Error> {
    let rolled_back = tokio::time::timeout(Duration::from_secs(1), connection.execute("rollback"));
    Ok(matches!(rolled_back.await, Ok(Ok(_))))
}

//! One text for two databases: `{uuid}`, `{bytes}` and `{big}` become each one's own types,
//! and on PostgreSQL every table with a tenant gets row-level security that binds its owner too.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Creates what `parts` say.
pub(crate) async fn create(manager: &SchemaManager<'_>, parts: &[&str]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for part in parts {
        for statement in part.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
            manager.get_connection().execute_unprepared(&translate(statement, backend)).await?;
        }
        if backend == DbBackend::Postgres {
            for table in tenant_tables(part) {
                protect(manager, table).await?;
            }
        }
    }
    Ok(())
}

fn translate(statement: &str, backend: DbBackend) -> String {
    let (uuid, bytes) = if backend == DbBackend::Postgres { ("uuid", "bytea") } else { ("blob", "blob") };
    statement.replace("{uuid}", uuid).replace("{bytes}", bytes).replace("{big}", "bigint")
}

async fn protect(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let mine = "tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid)";
    let sql = format!(
        "alter table {table} enable row level security;
         alter table {table} force row level security;
         create policy tenant_rows on {table} using ({mine}) with check ({mine});"
    );
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

/// The tables that `part` creates with the tenant first in their primary key.
pub fn tenant_tables(part: &str) -> impl Iterator<Item = &str> {
    part.split(";\n")
        .filter(|statement| statement.contains("primary key (tenant_id"))
        .filter_map(|statement| statement.trim().split_once("create table ")?.1.split_whitespace().next())
}

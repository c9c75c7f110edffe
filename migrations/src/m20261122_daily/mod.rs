//! The daily work: one durable queue of jobs, commands to devices, and alerts.

use sea_orm_migration::prelude::*;

/// The changes, in the order of their references.
pub(crate) const PARTS: [&str; 3] = [include_str!("jobs.sql"), include_str!("commands.sql"), include_str!("alerts.sql")];

/// Adds to the shape.
pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261122_daily"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::create(manager, &PARTS).await
    }
}

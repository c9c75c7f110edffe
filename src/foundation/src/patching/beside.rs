//! What is kept beside a turn: when its device said that it was through, its restart, and who had it tried again.

use domain::{
    Moment,
    ids::{CommandId, PersonId, RunId},
};
use sea_orm::{ColumnTrait, prelude::Expr};

use super::rows::turn::{Column, Entity};
use crate::{Failure, Tenant, Writing, tenancy::SeenDevice};

impl Tenant {
    /// How many devices of a run are at it, whoever asks.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::disallowed_methods, reason = "a device is told to wait while others of its run are at it; the tenant is named")]
    pub async fn turns_under_way(&self, run: RunId) -> Result<u64, Failure> {
        use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter};
        let some = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::RunId.eq(run.0));
        Ok(some.filter(Column::State.is_in(["fetched", "running"])).count(self.connection()).await?)
    }
}

impl Writing {
    /// Keeps when `device` said that it was through, by its own clock.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_told(&self, device: &SeenDevice, run: RunId, at: Moment) -> Result<(), Failure> {
        self.update_of::<Entity>(device, Column::RunId.eq(run.0), [(Column::ToldAt, Expr::value(Some(at.0)))]).await.map(drop)
    }

    /// Keeps the command that restarts `device`, or why none does.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_reboot(&self, device: &SeenDevice, run: RunId, command: Result<CommandId, &str>) -> Result<(), Failure> {
        let value = match command {
            Ok(id) => (Column::RebootId, Expr::value(Some(id.0))),
            Err(why) => (Column::Line, Expr::value(Some(why.to_owned()))),
        };
        self.update_of::<Entity>(device, Column::RunId.eq(run.0), [value]).await.map(drop)
    }

    /// Keeps who had `device` tried again, and answers for it from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn note_asker(&self, device: &SeenDevice, run: RunId, by: (PersonId, String)) -> Result<(), Failure> {
        let values = [
            (Column::PersonId, Expr::value(Some(by.0.0))),
            (Column::PersonName, Expr::value(Some(by.1))),
            // What an earlier attempt said and did is over.
            (Column::RebootId, Expr::value(None::<sea_orm::prelude::Uuid>)),
            (Column::ToldAt, Expr::value(None::<i64>)),
        ];
        self.update_of::<Entity>(device, Column::RunId.eq(run.0), values).await.map(drop)
    }
}

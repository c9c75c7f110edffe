//! Which windows cover a device or a client.

use domain::{
    Moment,
    ids::{ClientId, WindowId},
    windows::Scope,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use super::{
    KeptWindow,
    kept::lasting,
    rows::window::{Column, Entity},
};
use crate::{Failure, Tenant, tenancy::SeenDevice};

/// Windows of one device that are looked at: as many as its four places may have.
const MOST: u64 = 400;

/// An open window that suppresses alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppressor {
    /// Which.
    pub id: WindowId,
    /// What people call it.
    pub name: String,
}

impl Tenant {
    /// The windows that cover `device` and are not over, open ones first and then as they come.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn windows_over(&self, device: &SeenDevice, now: Moment) -> Result<Vec<KeptWindow>, Failure> {
        let row = &device.row;
        self.at(&[self.id().0, row.client_id, row.site_id, row.id], Condition::all(), now).await
    }

    /// The windows that cover all of `client` and are not over, open ones first and then as they come; also for its contacts.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when the client is not within reach.
    pub async fn windows_over_client(&self, client: ClientId, now: Moment) -> Result<Vec<KeptWindow>, Failure> {
        let within = self.client(client)?;
        self.at(&[self.id().0, within.id().0], Condition::all(), now).await
    }

    /// The open window that suppresses what is raised on `device`, if there is one: of several, the one that ends last. `but` is not it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn suppressor(&self, device: &SeenDevice, but: Option<WindowId>, now: Moment) -> Result<Option<Suppressor>, Failure> {
        let row = &device.row;
        let suppresses = Condition::all().add(Column::Suppresses.eq(true)).add_option(but.map(|id| Column::Id.ne(id.0)));
        let known = self.at(&[self.id().0, row.client_id, row.site_id, row.id], suppresses, now).await?;
        let open = known.into_iter().filter(|kept| kept.is_open(now)).max_by_key(|kept| (kept.occurrence.until, kept.id));
        Ok(open.map(|kept| Suppressor { id: kept.id, name: kept.window.name }))
    }

    /// Windows of these subjects, in one look at an index. When each is follows from its calendar, so that a late job makes no difference.
    #[expect(clippy::disallowed_methods, reason = "agents are covered by the tenant's windows too; the places were found within reach")]
    async fn at(&self, subjects: &[Uuid], condition: Condition, now: Moment) -> Result<Vec<KeptWindow>, Failure> {
        let select = Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Column::SubjectId.is_in(subjects.iter().copied()));
        // A weekly window that is late may still stand at its last time, so open and coming ones are not told apart by what is stored.
        let rows =
            select.filter(lasting(now)).filter(condition).order_by_asc(Column::BeginsAt).order_by_asc(Column::Id).limit(MOST).all(self.connection()).await?;
        let mut kept: Vec<KeptWindow> = rows.iter().filter_map(|row| KeptWindow::read(row, now)).collect();
        kept.sort_by_key(|kept| (kept.occurrence.from, kept.id));
        Ok(kept)
    }
}

/// The id that a row stores for the place where a window holds.
pub(super) fn subject(scope: Scope, tenant: Uuid) -> Uuid {
    match scope {
        Scope::Tenant => tenant,
        Scope::Client(id) => id.0,
        Scope::Site(id) => id.0,
        Scope::Device(id) => id.0,
    }
}

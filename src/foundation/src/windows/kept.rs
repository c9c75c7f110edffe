//! Windows within reach: a client's own, and those that hold at every client.

use std::collections::HashMap;

use domain::{
    Moment, Refusal,
    ids::{ClientId, WindowId},
    windows::{Calendar, Occurrence, Window},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select, prelude::Expr, sea_query::ExprTrait};

use super::rows::window::{Column, Entity, Model};
use crate::{Failure, Tenant};

/// A window, as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptWindow {
    /// Which.
    pub id: WindowId,
    /// What was planned.
    pub window: Window,
    /// The client it belongs to; `None`: it holds at every client.
    pub client: Option<ClientId>,
    /// The occurrence that is open or comes next when it was read; of a window that is over, the last one.
    pub occurrence: Occurrence,
    /// Its version.
    pub revision: i64,
    /// When the stored occurrence begins, by which lists are ordered: it changes when the window's job ran, and not with the time of reading.
    begins_at: Moment,
}

/// Where a page of windows ends: when its last one begins as it is stored, and which that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WindowCursor(pub Moment, pub WindowId);

impl KeptWindow {
    /// What a row holds, looked at `now`.
    pub(super) fn read(row: &Model, now: Moment) -> Option<Self> {
        let window: Window = serde_json::from_str(&row.document).ok()?;
        let stored = Occurrence { from: Moment(row.begins_at), until: Moment(row.ends_at) };
        let occurrence = Calendar::of(&window).and_then(|calendar| calendar.open_or_next(now)).unwrap_or(stored);
        Some(Self { id: WindowId(row.id), window, client: row.client_id.map(ClientId), occurrence, revision: row.revision, begins_at: stored.from })
    }

    /// Whether it is open at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        self.occurrence.contains(now)
    }

    /// Whether nothing of it is left at `now`.
    pub fn is_over(&self, now: Moment) -> bool {
        self.occurrence.until <= now
    }

    /// Where it stands in a list.
    pub const fn cursor(&self) -> WindowCursor {
        WindowCursor(self.begins_at, self.id)
    }
}

/// Windows that are not over at `now`.
pub(super) fn lasting(now: Moment) -> Condition {
    Condition::any().add(Column::Weekly.eq(true)).add(Column::EndsAt.gt(now.0))
}

impl Tenant {
    /// Windows that the caller may know of: of the clients within reach, and those of the whole tenant, which concern everybody.
    #[expect(clippy::disallowed_methods, reason = "a window of the whole tenant concerns everybody in it; the tenant and the clients in reach are named")]
    pub(super) fn known_windows(&self) -> Select<Entity> {
        let clients = self.who().clients().map(|clients| Column::ClientId.is_in(clients.iter().map(|client| client.0)));
        let reach = clients.map(|mine| Condition::any().add(Column::ClientId.is_null()).add(mine));
        Entity::find().filter(Column::TenantId.eq(self.id().0)).filter(Condition::all().add_option(reach))
    }

    /// One window within reach.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn window(&self, id: WindowId, now: Moment) -> Result<KeptWindow, Failure> {
        let row = self.known_windows().filter(Column::Id.eq(id.0)).one(self.connection()).await?;
        Ok(row.and_then(|row| KeptWindow::read(&row, now)).ok_or(Refusal::NotFound)?)
    }

    /// At most `most` windows that are not over, open ones first and then as they come; and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn coming_windows(&self, after: Option<WindowCursor>, most: u64, now: Moment) -> Result<(Vec<KeptWindow>, bool), Failure> {
        let beyond = after.map(|cursor| place().gt(value(cursor)));
        let select = self.known_windows().filter(lasting(now)).filter(Condition::all().add_option(beyond));
        self.page(select.order_by(Column::BeginsAt, Order::Asc).order_by(Column::Id, Order::Asc), most, now).await
    }

    /// At most `most` windows that are over, the latest first; and whether more follow.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn past_windows(&self, after: Option<WindowCursor>, most: u64, now: Moment) -> Result<(Vec<KeptWindow>, bool), Failure> {
        let beyond = after.map(|cursor| place().lt(value(cursor)));
        let over = Condition::all().add(Column::Weekly.eq(false)).add(Column::EndsAt.lte(now.0)).add_option(beyond);
        let select = self.known_windows().filter(over);
        self.page(select.order_by(Column::BeginsAt, Order::Desc).order_by(Column::Id, Order::Desc), most, now).await
    }

    async fn page(&self, select: Select<Entity>, most: u64, now: Moment) -> Result<(Vec<KeptWindow>, bool), Failure> {
        let rows = select.limit(most + 1).all(self.connection()).await?;
        let more = rows.len() as u64 > most;
        let kept = usize::try_from(most).unwrap_or(usize::MAX);
        Ok((rows.iter().take(kept).filter_map(|row| KeptWindow::read(row, now)).collect(), more))
    }

    /// These windows, as far as they are within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn windows_named(&self, ids: &[WindowId], now: Moment) -> Result<Vec<KeptWindow>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.known_windows().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(self.connection()).await?;
        Ok(rows.iter().filter_map(|row| KeptWindow::read(row, now)).collect())
    }

    /// The names of these windows, as far as they are within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn window_names(&self, ids: &[WindowId]) -> Result<HashMap<WindowId, String>, Failure> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = self.known_windows().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(self.connection()).await?;
        Ok(rows.into_iter().map(|row| (WindowId(row.id), row.name)).collect())
    }
}

fn place() -> Expr {
    Expr::tuple([Expr::col(Column::BeginsAt), Expr::col(Column::Id)])
}

fn value(cursor: WindowCursor) -> Expr {
    Expr::tuple([Expr::value(cursor.0.0), Expr::value(cursor.1.0)])
}

//! Alerts within reach, as lists ask for them.

use domain::{
    Moment,
    alerts::{
        InboxQuery, Severity,
        inbox::{Cursor, PAGE, Show, Sort},
    },
    ids::AlertId,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, LikeExpr},
};

use super::rows::alert::{Column, Entity};
use crate::{
    Failure, Tenant,
    clients::rows::client,
    devices::rows::device,
    tenancy::{Scoped, SeenDevice},
};

/// Alerts that a device's page lists.
const OF_DEVICE: u64 = 101;

/// A line of a list, as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct AlertRow {
    pub id: Uuid,
    pub device_id: Uuid,
    pub client_id: Uuid,
    pub condition: String,
    pub severity: i16,
    pub state_data: String,
    pub breaching: bool,
    pub value: Option<String>,
    pub raised_at: i64,
    pub changed_at: i64,
    pub actor_name: Option<String>,
    pub revision: i64,
    pub hostname: String,
    pub display_name: Option<String>,
    pub device_client: Uuid,
    pub client_name: String,
}

/// A page of alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertPageRows {
    /// At most [`PAGE`] rows.
    pub rows: Vec<AlertRow>,
    /// Whether rows stand before the first.
    pub newer: bool,
    /// Whether rows follow.
    pub older: bool,
}

impl AlertRow {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        Severity::ALL.into_iter().find(|severity| severity.rank() == self.severity).unwrap_or(Severity::Info)
    }

    /// The device's name, as the people of the alert's client may know it.
    pub fn device_name(&self) -> String {
        if self.device_client == self.client_id { self.display_name.clone().unwrap_or_else(|| self.hostname.clone()) } else { "a device that moved".to_owned() }
    }

    /// Where this row stands.
    pub fn cursor(&self, backwards: bool) -> Cursor {
        Cursor { severity: self.severity(), raised_at: Moment(self.raised_at), id: AlertId(self.id), backwards }
    }
}

impl Tenant {
    /// The page that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_page(&self, query: &InboxQuery) -> Result<AlertPageRows, Failure> {
        let backwards = query.cursor.is_some_and(|cursor| cursor.backwards);
        let falling = (query.sort != Sort::Oldest) != backwards;
        let select =
            lines(self.find::<Entity>().filter(condition(query)).filter(Condition::all().add_option(query.cursor.map(|c| beside(query, &c, falling)))));
        let order = if falling { Order::Desc } else { Order::Asc };
        let select = columns(query.sort).into_iter().fold(select, |select, column| select.order_by(Expr::col((Entity, column)), order.clone()));
        let mut rows = select.limit(PAGE + 1).all_as::<AlertRow>().await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok(AlertPageRows { rows, newer: if backwards { beyond } else { query.cursor.is_some() }, older: backwards || beyond })
    }

    /// How many alerts `query` asks for, whatever the page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_count(&self, query: &InboxQuery) -> Result<u64, Failure> {
        self.find::<Entity>().filter(condition(query)).count().await
    }

    /// How many alerts there are of each quick filter, with the rest of `query`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alert_counts(&self, query: &InboxQuery) -> Result<Vec<(Show, u64)>, Failure> {
        #[derive(FromQueryResult)]
        struct Of {
            state: String,
            n: i64,
        }
        let all = InboxQuery { show: Show::All, ..query.first_page() };
        let rows = self.find::<Entity>().filter(condition(&all)).columns([Column::State]).column_as(Expr::cust("count(*)"), "n").group_by(Column::State);
        let rows: Vec<Of> = rows.all_as().await?;
        let of = |show: Show| {
            let counted = rows.iter().filter(|row| show.states().is_none_or(|states| states.contains(&row.state.as_str())));
            (show, counted.map(|row| u64::try_from(row.n).unwrap_or(0)).sum())
        };
        Ok(Show::ALL.map(of).to_vec())
    }

    /// One alert within reach, with its line.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when it is not within reach.
    pub async fn alert_line(&self, id: AlertId) -> Result<AlertRow, Failure> {
        let row = lines(self.find::<Entity>().filter(Column::Id.eq(id.0))).one_as::<AlertRow>().await?;
        Ok(row.ok_or(domain::Refusal::NotFound)?)
    }

    /// The alerts of `device`, live ones first and newest first, at most 100; and whether there are more. Only live ones when `live`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn alerts_of(&self, device: &SeenDevice, live: bool) -> Result<(Vec<AlertRow>, bool), Failure> {
        let mine = Condition::all().add(Column::DeviceId.eq(device.row.id)).add_option(live.then(|| Column::Live.eq(true)));
        let select = lines(self.find::<Entity>().filter(mine)).order_by(Expr::col((Entity, Column::Live)), Order::Desc);
        let select = select.order_by(Expr::col((Entity, Column::RaisedAt)), Order::Desc).order_by(Expr::col((Entity, Column::Id)), Order::Desc);
        let mut rows = select.limit(OF_DEVICE).all_as::<AlertRow>().await?;
        let more = rows.len() as u64 == OF_DEVICE;
        rows.truncate(100);
        Ok((rows, more))
    }
}

/// With the names that a line shows.
fn lines(select: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    use Column::{ActorName, Breaching, ChangedAt, ClientId, Condition, DeviceId, Id, RaisedAt, Revision, Severity, StateData, Value};
    let columns = [Id, DeviceId, ClientId, Condition, Severity, StateData, Breaching, Value, RaisedAt, ChangedAt, ActorName, Revision];
    select
        .columns(columns)
        .join::<device::Entity>(Column::DeviceId)
        .join::<client::Entity>(Column::ClientId)
        .column_as(Expr::col((device::Entity, device::Column::Hostname)), "hostname")
        .column_as(Expr::col((device::Entity, device::Column::DisplayName)), "display_name")
        .column_as(Expr::col((device::Entity, device::Column::ClientId)), "device_client")
        .column_as(Expr::col((client::Entity, client::Column::Name)), "client_name")
}

fn condition(query: &InboxQuery) -> Condition {
    let column = |column: Column| Expr::col((Entity, column));
    let like = |q: &str| {
        let escaped = q.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        column(Column::Search).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'))
    };
    Condition::all()
        .add_option(query.show.states().map(|states| column(Column::State).is_in(states.iter().copied())))
        .add_option(query.severity.map(|severity| column(Column::Severity).eq(severity.rank())))
        .add_option(query.client.map(|client| column(Column::ClientId).eq(client.0)))
        .add_option(query.device.map(|device| column(Column::DeviceId).eq(device.0)))
        .add_option(Some(query.q.as_str()).filter(|q| !q.is_empty()).map(like))
}

/// What rows are ordered by.
fn columns(sort: Sort) -> Vec<Column> {
    match sort {
        Sort::Severity => vec![Column::Severity, Column::RaisedAt, Column::Id],
        Sort::Newest | Sort::Oldest => vec![Column::RaisedAt, Column::Id],
    }
}

/// The rows on one side of `cursor`: smaller ones when the order is `falling`.
fn beside(query: &InboxQuery, cursor: &Cursor, falling: bool) -> Expr {
    let row = Expr::tuple(columns(query.sort).into_iter().map(|column| Expr::col((Entity, column))));
    let here = [Expr::value(cursor.severity.rank()), Expr::value(cursor.raised_at.0), Expr::value(cursor.id.0)];
    let here = Expr::tuple(here.into_iter().skip(usize::from(query.sort != Sort::Severity)));
    if falling { row.lt(here) } else { row.gt(here) }
}

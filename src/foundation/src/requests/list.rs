//! Requests within reach, as lists ask for them. A contact's list is ordered by what a contact may know of.

use domain::{
    Moment,
    ids::{PersonId, RequestId},
    requests::{
        RequestQuery, Show, State,
        query::{Cursor, PAGE},
    },
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, LikeExpr},
};

use super::rows::request::{Column, Entity};
use crate::{Failure, Principal, Tenant, clients::rows::client, people::rows::person, tenancy::Scoped};

/// A line of a list, as stored.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct RequestLine {
    pub id: Uuid,
    pub number: i64,
    pub client_id: Uuid,
    pub device_id: Option<Uuid>,
    pub device_name: Option<String>,
    pub subject: String,
    pub state: String,
    pub priority: String,
    pub made_by_name: String,
    pub assigned_to: Option<Uuid>,
    pub opened_at: i64,
    pub state_at: i64,
    pub changed_at: i64,
    pub public_at: i64,
    pub revision: i64,
    pub client_name: String,
    pub assigned_name: Option<String>,
}

/// A page of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLines {
    /// At most [`PAGE`] rows.
    pub rows: Vec<RequestLine>,
    /// Whether rows stand before the first.
    pub before: bool,
    /// Whether rows follow.
    pub after: bool,
}

/// Requests by quick filter.
pub type Counts = Vec<(Show, u64)>;

impl Tenant {
    /// When a request changed last, as the caller may know.
    fn changed(&self) -> Column {
        if self.who().client().is_some() { Column::PublicAt } else { Column::ChangedAt }
    }

    /// Where `row` stands in the caller's list.
    pub fn request_cursor(&self, row: &RequestLine, backwards: bool) -> Cursor {
        let at = if self.who().client().is_some() { row.public_at } else { row.changed_at };
        Cursor { at: Moment(at), id: RequestId(row.id), backwards }
    }

    /// At most `most` requests beside the place that `query` names, the nearest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_rows(&self, query: &RequestQuery, most: u64) -> Result<Vec<RequestLine>, Failure> {
        let at = self.changed();
        let falling = query.oldest == query.cursor.is_some_and(|cursor| cursor.backwards);
        let place = query.cursor.map(|cursor| {
            let row = Expr::tuple([Expr::col((Entity, at)), Expr::col((Entity, Column::Id))]);
            let here = Expr::tuple([Expr::value(cursor.at.0), Expr::value(cursor.id.0)]);
            if falling { row.lt(here) } else { row.gt(here) }
        });
        let order = if falling { Order::Desc } else { Order::Asc };
        let select = lines(self.find::<Entity>().filter(self.condition(query)).filter(Condition::all().add_option(place)));
        let select = select.order_by(Expr::col((Entity, at)), order.clone()).order_by(Expr::col((Entity, Column::Id)), order);
        select.limit(most).all_as().await
    }

    /// The page that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_page(&self, query: &RequestQuery) -> Result<RequestLines, Failure> {
        let backwards = query.cursor.is_some_and(|cursor| cursor.backwards);
        let mut rows = self.request_rows(query, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok(RequestLines { rows, before: if backwards { beyond } else { query.cursor.is_some() }, after: backwards || beyond })
    }

    /// How many requests `query` asks for, whatever the page.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn request_count(&self, query: &RequestQuery) -> Result<u64, Failure> {
        self.find::<Entity>().filter(self.condition(query)).count().await
    }

    /// One request within reach, with its line.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when it is not within reach.
    pub async fn request_line(&self, id: RequestId) -> Result<RequestLine, Failure> {
        let row = lines(self.find::<Entity>().filter(Column::Id.eq(id.0))).one_as().await?;
        Ok(row.ok_or(domain::Refusal::NotFound)?)
    }

    fn condition(&self, query: &RequestQuery) -> Condition {
        let column = |column: Column| Expr::col((Entity, column));
        let me = match self.who().principal {
            Principal::Person(PersonId(id)) => id,
            _ => Uuid::nil(),
        };
        let whose = match query.show {
            Show::Unassigned => Some(column(Column::AssignedTo).is_null()),
            Show::Mine => Some(column(Column::AssignedTo).eq(me)),
            _ => None,
        };
        let like = |q: &str| {
            let escaped = q.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let named = column(Column::Search).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'));
            Condition::any().add(named).add_option(query.number().map(|number| column(Column::Number).eq(number)))
        };
        let states = query.show.states();
        Condition::all()
            .add_option((states.len() < State::ALL.len()).then(|| column(Column::State).is_in(states.iter().map(|state| state.word()))))
            .add_option(whose)
            .add_option(query.client.map(|client| column(Column::ClientId).eq(client.0)))
            .add_option(Some(query.q.as_str()).filter(|q| !q.is_empty()).map(like))
    }
}

/// With the names that a line shows.
fn lines(select: Scoped<'_, Entity>) -> Scoped<'_, Entity> {
    use Column::{
        AssignedTo, ChangedAt, ClientId, DeviceId, DeviceName, Id, MadeByName, Number, OpenedAt, Priority, PublicAt, Revision, State, StateAt, Subject,
    };
    let columns =
        [Id, Number, ClientId, DeviceId, DeviceName, Subject, State, Priority, MadeByName, AssignedTo, OpenedAt, StateAt, ChangedAt, PublicAt, Revision];
    select
        .columns(columns)
        .join::<client::Entity>(Column::ClientId)
        .join::<person::Entity>(Column::AssignedTo)
        .column_as(Expr::col((client::Entity, client::Column::Name)), "client_name")
        .column_as(Expr::col((person::Entity, person::Column::Name)), "assigned_name")
}

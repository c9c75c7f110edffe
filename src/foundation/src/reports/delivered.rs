//! Delivered reports: kept as they were, listed newest first.

use domain::{
    Moment, Refusal,
    ids::{ClientId, ReportId, ReportScheduleId, Uuid},
    reports::{Kind, Report},
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order, Set,
    prelude::Expr,
    sea_query::{ExprTrait, OnConflict},
};

use super::rows::report::{ActiveModel, Column, Entity};
use crate::{Failure, Tenant, Writing, clients::rows::client, fresh_id};

/// Rows of one page.
pub const PAGE: u64 = 50;
/// The largest document that is kept, in bytes.
const LARGEST: usize = 8 * 1024 * 1024;

/// A line of the list, without the document.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct DeliveredRow {
    pub id: Uuid,
    pub client_id: Option<Uuid>,
    pub client_name: Option<String>,
    pub kind: String,
    pub title: String,
    pub period: String,
    pub made_at: i64,
    pub made_by: String,
    pub schedule_id: Option<Uuid>,
}

/// Which delivered reports are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeliveredQuery {
    /// One client's.
    pub client: Option<ClientId>,
    /// Of one kind.
    pub kind: Option<Kind>,
    /// The row beside which the page stands, and whether it ends before it.
    pub beside: Option<(Moment, Uuid, bool)>,
}

/// A page of delivered reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveredPage {
    /// At most [`PAGE`] rows, newest first.
    pub rows: Vec<DeliveredRow>,
    /// Whether newer ones exist.
    pub newer: bool,
    /// Whether older ones exist.
    pub older: bool,
    /// How many there are of it all.
    pub total: u64,
}

/// A report to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewReport<'a> {
    /// What it says.
    pub report: &'a Report,
    /// Who made it.
    pub by: &'a str,
    /// The schedule and the name of this occurrence, where one made it.
    pub schedule: Option<(ReportScheduleId, &'a str)>,
}

fn wanted(query: &DeliveredQuery) -> Condition {
    Condition::all()
        .add_option(query.client.map(|client| Expr::col((Entity, Column::ClientId)).eq(client.0)))
        .add_option(query.kind.map(|kind| Expr::col((Entity, Column::Kind)).eq(kind.word())))
}

impl Tenant {
    /// The page of delivered reports within reach that `query` asks for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn delivered(&self, query: &DeliveredQuery) -> Result<DeliveredPage, Failure> {
        let column = |column: Column| Expr::col((Entity, column));
        let backwards = query.beside.is_some_and(|(.., backwards)| backwards);
        let place = query.beside.map(|(at, id, backwards)| {
            let (row, here) = (Expr::tuple([column(Column::MadeAt), column(Column::Id)]), Expr::tuple([Expr::value(at.0), Expr::value(id)]));
            if backwards { row.gt(here) } else { row.lt(here) }
        });
        let order = if backwards { Order::Asc } else { Order::Desc };
        let names = [Column::Id, Column::ClientId, Column::Kind, Column::Title, Column::Period, Column::MadeAt, Column::MadeBy, Column::ScheduleId];
        let rows = self.find::<Entity>().filter(wanted(query)).filter(Condition::all().add_option(place)).columns(names);
        let rows = rows.join::<client::Entity>(Column::ClientId).column_as(Expr::col((client::Entity, client::Column::Name)), "client_name");
        let rows = rows.order_by(column(Column::MadeAt), order.clone()).order_by(column(Column::Id), order).limit(PAGE + 1);
        let mut rows = rows.all_as::<DeliveredRow>().await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        let total = self.find::<Entity>().filter(wanted(query)).count().await?;
        Ok(DeliveredPage { rows, newer: if backwards { beyond } else { query.beside.is_some() }, older: backwards || beyond, total })
    }

    /// A delivered report within reach, as it was.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not within reach.
    pub async fn delivered_report(&self, id: ReportId) -> Result<Report, Failure> {
        let row = self.find::<Entity>().filter(Column::Id.eq(id.0)).one().await?.ok_or(Refusal::NotFound)?;
        serde_json::from_str(&row.document).map_err(|_| Refusal::NotFound.into())
    }

    /// Whether the report of this occurrence was kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn is_delivered(&self, occurrence: &str) -> Result<bool, Failure> {
        Ok(self.find::<Entity>().filter(Column::Occurrence.eq(occurrence)).count().await? > 0)
    }
}

impl Writing {
    /// Keeps a report. One whose occurrence was kept already is not kept again.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when it is too large, [`Refusal::Conflict`] when somebody else kept its occurrence, or when the database fails.
    pub async fn deliver(&self, new: NewReport<'_>) -> Result<ReportId, Failure> {
        let id: ReportId = fresh_id();
        let NewReport { report, by, schedule } = new;
        let document = serde_json::to_string(report).map_err(|_| Refusal::invalid("report", "cannot be kept"))?;
        if document.len() > LARGEST {
            return Err(Refusal::invalid("period", "holds more than one report can keep: choose one client or a shorter period").into());
        }
        let row = ActiveModel {
            id: Set(id.0),
            client_id: Set(report.head.client.as_ref().map(|client| client.id.0)),
            kind: Set(report.kind.word().into()),
            title: Set(report.title()),
            period: Set(report.head.period.clone()),
            from_at: Set(report.head.from.0),
            until_at: Set(report.head.until.0),
            made_at: Set(report.head.made_at.0),
            made_by: Set(by.to_owned()),
            schedule_id: Set(schedule.map(|(id, _)| id.0)),
            occurrence: Set(schedule.map(|(_, name)| name.to_owned())),
            document: Set(document),
            ..Default::default()
        };
        match schedule {
            Some(_) => {
                let known = OnConflict::columns([Column::TenantId, Column::Occurrence])
                    .target_and_where(Expr::col(Column::Occurrence).is_not_null())
                    .do_nothing()
                    .to_owned();
                self.upsert(vec![row], known).await?;
            }
            None => self.insert(row).await?,
        }
        match self.find::<Entity>().filter(Column::Id.eq(id.0)).count().await? {
            0 => Err(Refusal::Conflict("This report was kept already.".into()).into()),
            _ => Ok(id),
        }
    }
}

//! Entries within reach, newest first. Who sees only some clients sees only those clients' entries, and none without a client.

use domain::{
    Moment,
    audit::{AuditQuery, PAGE},
    ids::DeviceId,
};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Order,
    prelude::{Expr, Uuid},
    sea_query::{ExprTrait, Func, LikeExpr},
};

use super::rows::entry::{Column, Entity, Model};
use crate::{Failure, Tenant, devices::rows::device, tenancy::Scoped};

/// Words and people that one filter offers.
const CHOICES: u64 = 200;

/// An entry, as stored.
pub type EntryRow = Model;

/// A query with its days as instants.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The query.
    pub query: AuditQuery,
    /// The start of its first day.
    pub since: Option<Moment>,
    /// The end of its last day, which is not in it.
    pub until: Option<Moment>,
}

/// A page of entries, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryPage {
    /// At most [`PAGE`] rows.
    pub rows: Vec<EntryRow>,
    /// Whether newer ones exist.
    pub newer: bool,
    /// Whether older ones exist.
    pub older: bool,
}

/// Somebody who did something.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct ActorRow {
    pub actor_kind: String,
    pub actor_id: Option<String>,
    pub actor_name: String,
}

#[derive(Debug, FromQueryResult)]
struct Word {
    word: Option<String>,
}

#[derive(Debug, FromQueryResult)]
struct Found {
    id: Uuid,
}

impl Tenant {
    /// The page of entries that `asked` wants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_page(&self, asked: &Asked) -> Result<EntryPage, Failure> {
        let beside = asked.query.beside;
        let backwards = beside.is_some_and(|beside| beside.newer);
        let mut rows = self.audit_rows(asked, PAGE + 1).await?;
        let beyond = rows.len() as u64 > PAGE;
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        if backwards {
            rows.reverse();
        }
        Ok(EntryPage { rows, newer: if backwards { beyond } else { beside.is_some() }, older: backwards || beyond })
    }

    /// The first `most` rows beside the place that `asked` names: the nearest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_rows(&self, asked: &Asked, most: u64) -> Result<Vec<EntryRow>, Failure> {
        let newer = asked.query.beside.is_some_and(|beside| beside.newer);
        let order = if newer { Order::Asc } else { Order::Desc };
        let place = asked.query.beside.map(|beside| {
            let row = Expr::tuple([Column::At.into_expr(), Column::Id.into_expr()]);
            let here = Expr::tuple([Expr::value(beside.at.0), Expr::value(beside.id)]);
            if newer { row.gt(here) } else { row.lt(here) }
        });
        let rows = self.audit_of(asked).filter(Condition::all().add_option(place));
        rows.order_by(Column::At, order.clone()).order_by(Column::Id, order).limit(most).all().await
    }

    /// How many entries `asked` wants.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_count(&self, asked: &Asked) -> Result<u64, Failure> {
        self.audit_of(asked).count().await
    }

    fn audit_of(&self, asked: &Asked) -> Scoped<'_, Entity> {
        self.find::<Entity>().filter(condition(asked))
    }

    /// The newest `most` entries about one object.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_tail(&self, kind: &str, id: &str, most: u64) -> Result<Vec<EntryRow>, Failure> {
        let rows = self.find::<Entity>().filter(Column::ObjectKind.eq(kind)).filter(Column::ObjectId.eq(id));
        rows.order_by(Column::At, Order::Desc).order_by(Column::Id, Order::Desc).limit(most).all().await
    }

    /// The acts, and the kinds of objects, that entries within reach name.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_words(&self) -> Result<(Vec<String>, Vec<String>), Failure> {
        let words = async |column: Column| {
            let rows = self.find::<Entity>().columns([]).column_as(column.into_expr(), "word").group_by(column).order_by(column, Order::Asc);
            let rows = rows.limit(CHOICES).all_as::<Word>().await?;
            Ok::<_, Failure>(rows.into_iter().filter_map(|row| row.word).collect())
        };
        Ok((words(Column::Action).await?, words(Column::ObjectKind).await?))
    }

    /// The people, operators and programs of the platform that entries within reach name, by name; devices are not among them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn audit_actors(&self) -> Result<Vec<ActorRow>, Failure> {
        let names = [Column::ActorKind, Column::ActorId, Column::ActorName];
        let rows = self.find::<Entity>().filter(Column::ActorKind.is_in(["person", "operator", "job"])).columns(names);
        let rows = names.into_iter().fold(rows, Scoped::group_by);
        rows.order_by(Column::ActorName, Order::Asc).limit(CHOICES).all_as::<ActorRow>().await
    }

    /// Those of `ids` that are devices within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn devices_among(&self, ids: &[DeviceId]) -> Result<Vec<DeviceId>, Failure> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.find::<device::Entity>().filter(device::Column::Id.is_in(ids.iter().map(|id| id.0))).columns([device::Column::Id]);
        Ok(rows.all_as::<Found>().await?.into_iter().map(|row| DeviceId(row.id)).collect())
    }
}

fn condition(asked: &Asked) -> Condition {
    let query = &asked.query;
    Condition::all()
        .add_option((!query.q.is_empty()).then(|| named(&query.q)))
        .add_option(query.actor.as_deref().map(by))
        .add_option(query.action.as_ref().map(|action| Column::Action.eq(action)))
        .add_option(query.kind.as_ref().map(|kind| Column::ObjectKind.eq(kind)))
        .add_option(query.object.as_ref().map(|id| Column::ObjectId.eq(id)))
        .add_option(query.client.map(|client| Column::ClientId.eq(client.0)))
        .add_option(asked.since.map(|since| Column::At.gte(since.0)))
        .add_option(asked.until.map(|until| Column::At.lt(until.0)))
}

/// Entries whose object's or actor's name holds `text`, in whatever case.
fn named(text: &str) -> Condition {
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let holds = |column: Column| Expr::from(Func::lower(column.into_expr())).like(LikeExpr::new(format!("%{escaped}%")).escape('\\'));
    Condition::any().add(holds(Column::ObjectName)).add(holds(Column::ActorName))
}

/// Entries by one actor: by its id, or by kind and name where it has none.
fn by(actor: &str) -> Condition {
    match actor.split_once(':') {
        Some((kind, name)) => Condition::all().add(Column::ActorId.is_null()).add(Column::ActorKind.eq(kind)).add(Column::ActorName.eq(name)),
        None => Condition::all().add(Column::ActorId.eq(actor)),
    }
}

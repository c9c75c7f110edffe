//! What people decided about updates, at the tenant, a client or a device. The tenant's own are seen by all staff, others within reach.

use domain::{
    Moment, Refusal,
    ids::{ClientId, DecisionId, DeviceId, UpdateId},
    patching::{
        Level, Place, Verdict,
        decision::Decision,
        typed::{Put, WantedDecision},
    },
};
use sea_orm::{
    ColumnTrait, Condition, Set,
    prelude::{Expr, Uuid},
    sea_query::ExprTrait,
};

use super::rows::decision::{ActiveModel, Column, Entity, Model};
use crate::{Failure, Tenant, Writing, fresh_id};

/// A decision, as stored.
pub type DecisionRow = Model;

/// Where a decision is kept, found within reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Spot {
    /// The tenant's own.
    Tenant,
    /// A client's.
    Client(ClientId),
    /// A device's, with its client.
    Device(ClientId, DeviceId),
}

impl Spot {
    /// The place that rules of decisions know.
    pub const fn place(self) -> Place {
        match self {
            Self::Tenant => Place::Tenant,
            Self::Client(id) => Place::Client(id),
            Self::Device(_, id) => Place::Device(id),
        }
    }

    /// The client it belongs to.
    pub const fn client(self) -> Option<ClientId> {
        match self {
            Self::Tenant => None,
            Self::Client(client) | Self::Device(client, _) => Some(client),
        }
    }

    fn key(self) -> (Level, Uuid) {
        match self {
            Self::Tenant => (Level::Tenant, Uuid::nil()),
            Self::Client(id) => (Level::Client, id.0),
            Self::Device(_, id) => (Level::Device, id.0),
        }
    }

    fn at(self, update: UpdateId) -> Condition {
        let (level, place) = self.key();
        Condition::all().add(Column::UpdateId.eq(update.0)).add(Column::Level.eq(level.word())).add(Column::PlaceId.eq(place))
    }
}

impl Model {
    /// The decision; `None` for a word that only a newer version knows.
    pub fn decision(&self) -> Option<Decision> {
        let place = match self.level.parse().ok()? {
            Level::Tenant => Place::Tenant,
            Level::Client => Place::Client(ClientId(self.place_id)),
            Level::Device => Place::Device(DeviceId(self.place_id)),
            Level::Site => return None,
        };
        Some(Decision {
            id: DecisionId(self.id),
            place,
            verdict: Verdict::stored(&self.verdict, self.until_at.map(Moment))?,
            who: self.person_name.clone(),
            note: self.note.clone(),
            at: Moment(self.decided_at),
            expires: self.expires_at.map(Moment),
            revision: u32::try_from(self.revision).unwrap_or(u32::MAX),
        })
    }
}

impl Tenant {
    /// Every decision within reach.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decisions(&self) -> Result<Vec<DecisionRow>, Failure> {
        let mut mine = Condition::all();
        if let Some(clients) = self.who().clients() {
            mine = mine.add(Column::ClientId.is_null().or(Column::ClientId.is_in(clients.iter().map(|id| id.0))));
        }
        self.find::<Entity>().filter(mine).all().await
    }

    /// What stands at `spot` about `update`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn decision_at(&self, update: UpdateId, spot: Spot) -> Result<Option<Decision>, Failure> {
        Ok(self.find::<Entity>().filter(spot.at(update)).one().await?.and_then(|row| row.decision()))
    }
}

impl Writing {
    /// Keeps what was `wanted` at `spot` as `put` says.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when somebody decided at the same moment.
    pub async fn keep_decision(&self, update: UpdateId, spot: Spot, wanted: &WantedDecision, put: Put, now: Moment) -> Result<(), Failure> {
        let meanwhile = || Refusal::Conflict("somebody decided about this update at the same moment; look again, then decide".into());
        match put {
            Put::Same => Ok(()),
            Put::New => self.insert(self.fresh(update, spot, wanted, now)).await.map_err(|_| meanwhile().into()),
            Put::Over(id, revision) => {
                let mine = Condition::all().add(Column::Id.eq(id.0)).add(Column::Revision.eq(i64::from(revision) - 1));
                let values = [
                    (Column::Verdict, Expr::value(wanted.verdict.word())),
                    (Column::UntilAt, Expr::value(wanted.verdict.until().map(|at| at.0))),
                    (Column::Note, Expr::value(wanted.note.clone())),
                    (Column::PersonName, Expr::value(self.who().name.clone())),
                    (Column::DecidedAt, Expr::value(now.0)),
                    (Column::ExpiresAt, Expr::value(wanted.expires.map(|at| at.0))),
                    (Column::Revision, Expr::value(i64::from(revision))),
                ];
                if self.update::<Entity>(mine, values).await? == 1 { Ok(()) } else { Err(meanwhile().into()) }
            }
        }
    }

    /// Takes a decision back that has `revision`; says whether it was there.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_decision(&self, id: DecisionId, revision: u32) -> Result<bool, Failure> {
        let mine = Condition::all().add(Column::Id.eq(id.0)).add(Column::Revision.eq(i64::from(revision)));
        Ok(self.delete::<Entity>(mine).await? == 1)
    }

    pub(super) fn fresh(&self, update: UpdateId, spot: Spot, wanted: &WantedDecision, now: Moment) -> ActiveModel {
        let (level, place) = spot.key();
        ActiveModel {
            id: Set(fresh_id::<DecisionId>().0),
            update_id: Set(update.0),
            level: Set(level.word().into()),
            place_id: Set(place),
            client_id: Set(spot.client().map(|id| id.0)),
            verdict: Set(wanted.verdict.word().into()),
            until_at: Set(wanted.verdict.until().map(|at| at.0)),
            note: Set(wanted.note.clone()),
            person_name: Set(self.who().name.clone()),
            decided_at: Set(now.0),
            expires_at: Set(wanted.expires.map(|at| at.0)),
            revision: Set(1),
            ..Default::default()
        }
    }
}

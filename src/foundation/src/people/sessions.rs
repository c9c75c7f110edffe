//! A person's own sessions: read and ended by that person only, so they need no filter by client.

use domain::{Moment, Refusal, ids::SessionId, sign_in::SessionLimits};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::rows::session;
use crate::{Failure, Principal, Tenant, Writing};

/// Sessions that one page lists.
const MOST: u64 = 100;

/// A signed-in browser, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its name.
    pub id: SessionId,
    /// When the person signed in.
    pub created_at: Moment,
    /// Its last use, to the minute.
    pub seen_at: Moment,
    /// Where from.
    pub address: String,
    /// The browser, as it calls itself.
    pub browser: String,
}

impl Tenant {
    /// The caller's own sessions that live at `now`, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for programs.
    #[expect(clippy::disallowed_methods, reason = "the caller's own rows: tenant and person are both named")]
    pub async fn my_sessions(&self, now: Moment) -> Result<Vec<SessionRow>, Failure> {
        let select = session::Entity::find().filter(mine(self)?).order_by_desc(session::Column::SeenAt).limit(MOST);
        let rows = select.all(self.connection()).await?.into_iter().map(|row| SessionRow {
            id: SessionId(row.id),
            created_at: Moment(row.created_at),
            seen_at: Moment(row.seen_at),
            address: row.address,
            browser: row.browser,
        });
        Ok(rows.filter(|row| SessionLimits::PERSON.alive(now, row.created_at, row.seen_at)).collect())
    }
}

impl Writing {
    /// Ends one of the caller's own sessions.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is not theirs.
    #[expect(clippy::disallowed_methods, reason = "the caller's own rows: tenant and person are both named")]
    pub async fn end_my_session(&self, id: SessionId) -> Result<(), Failure> {
        let delete = session::Entity::delete_many().filter(mine(self)?).filter(session::Column::Id.eq(id.0));
        let ended = delete.exec(self.connection()).await?.rows_affected;
        if ended == 0 { Err(Refusal::NotFound.into()) } else { Ok(()) }
    }

    /// Ends all of the caller's sessions but `kept`; says how many.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for programs.
    #[expect(clippy::disallowed_methods, reason = "the caller's own rows: tenant and person are both named")]
    pub async fn end_my_other_sessions(&self, kept: SessionId) -> Result<u64, Failure> {
        let delete = session::Entity::delete_many().filter(mine(self)?).filter(session::Column::Id.ne(kept.0));
        Ok(delete.exec(self.connection()).await?.rows_affected)
    }
}

fn mine(tenant: &Tenant) -> Result<Condition, Refusal> {
    let Principal::Person(person) = tenant.who().principal else { return Err(Refusal::NotFound) };
    Ok(Condition::all().add(session::Column::TenantId.eq(tenant.id().0)).add(session::Column::PersonId.eq(person.0)))
}

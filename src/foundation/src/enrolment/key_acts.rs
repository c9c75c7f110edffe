//! What happens to a key after it was made: used, given another secret, revoked.

use domain::{Moment, Refusal, ids::EnrolmentKeyId, time::MINUTE};
use sea_orm::{
    ColumnTrait, Condition,
    prelude::{Expr, Uuid},
};

use crate::{
    Failure, Writing,
    devices::rows::enrolment_key::{Column, Entity},
    secrets,
};

impl Writing {
    /// Ends a key: nothing under it is believed from now on. Says whether it was alive.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revoke_enrolment_key(&self, id: EnrolmentKeyId, now: Moment) -> Result<bool, Failure> {
        let alive = Condition::all().add(Column::Id.eq(id.0)).add(Column::RevokedAt.is_null());
        Ok(self.update::<Entity>(alive, [(Column::RevokedAt, Expr::value(now.0))]).await? > 0)
    }

    /// Gives a key that nobody has used another secret; the one before opens nothing any more.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] when it was used or revoked meanwhile.
    pub async fn renew_enrolment_key(&self, id: EnrolmentKeyId) -> Result<String, Failure> {
        let token = secrets::fresh_token("ptk").map_err(|_| Refusal::Unavailable(5))?;
        let unused = Condition::all().add(Column::Id.eq(id.0)).add(Column::RevokedAt.is_null()).add(Column::Used.eq(0));
        let values = [(Column::SecretHash, Expr::value(secrets::hash(token.as_bytes())))];
        if self.update::<Entity>(unused, values).await? == 0 {
            return Err(Refusal::Conflict("This key was used or revoked meanwhile.".into()).into());
        }
        Ok(token)
    }

    /// Notes that a key was used, at most once a minute.
    pub(crate) async fn touch_enrolment_key(&self, id: Uuid, last_used_at: Option<i64>, now: Moment) -> Result<(), Failure> {
        if last_used_at.is_some_and(|at| now.since(Moment(at)) < MINUTE) {
            return Ok(());
        }
        self.update::<Entity>(Column::Id.eq(id), [(Column::LastUsedAt, Expr::value(now.0))]).await.map(drop)
    }
}

//! What people of a demo tenant did in the past.

use domain::{Moment, ids::PersonId};
use sea_orm::Set;

use super::{Act, rows::entry};
use crate::{Failure, Writing};

impl Writing {
    /// Adds an entry for `act`, done by `who` at `at`.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_act(&self, at: Moment, who: &(PersonId, String), act: Act) -> Result<(), Failure> {
        self.only_demo()?;
        let by = (Set("person".to_owned()), Set(Some(who.0.to_string())), Set(who.1.clone()));
        self.insert(entry::ActiveModel { actor_kind: by.0, actor_id: by.1, actor_name: by.2, ..self.entry(at, act) }).await
    }
}

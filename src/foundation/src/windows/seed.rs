//! Windows of demo tenants, also such as are over.

use domain::{
    Moment, Refusal,
    ids::WindowId,
    windows::{Calendar, Occurrence, Rhythm},
};
use sea_orm::Set;

use super::{
    Scoped,
    covering::subject,
    keeping::{look_at, row},
    rows::window::ActiveModel,
    settle::WINDOW_BEGINS,
};
use crate::{Failure, Writing, fresh_id};

/// A window that an alert was raised in, and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedWindow {
    /// Which.
    pub id: WindowId,
    /// What people called it.
    pub name: String,
    /// When it ended.
    pub until: Moment,
}

impl Writing {
    /// Keeps a window, whenever it is.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_window(&self, new: &Scoped, now: Moment) -> Result<WindowId, Failure> {
        self.only_demo()?;
        let id: WindowId = fresh_id();
        let past = match new.window.rhythm {
            Rhythm::Once { from, until } => Some(Occurrence { from, until }),
            Rhythm::Weekly { .. } => None,
        };
        let coming = Calendar::of(&new.window).and_then(|calendar| calendar.open_or_next(now));
        let when = coming.or(past).ok_or_else(|| Refusal::invalid("zone", "is unknown"))?;
        let place = subject(new.window.scope, self.id().0);
        self.insert(ActiveModel { id: Set(id.0), revision: Set(1), ..row(new, place, when, now)? }).await?;
        if coming.is_some() {
            self.enqueue(look_at(WINDOW_BEGINS, id, now), now).await?;
        }
        Ok(id)
    }
}

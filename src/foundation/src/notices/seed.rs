//! Deliveries of the past for demo tenants.

use domain::{
    Moment,
    alerts::Occasion,
    ids::{AlertId, DeliveryId},
    notices::{State, Told},
};
use sea_orm::Set;

use super::outbox::{NewDelivery, row};
use crate::{Failure, Writing, fresh_id};

/// A delivery of the past.
#[derive(Debug, Clone)]
pub struct SeedDelivery {
    /// What left.
    pub new: NewDelivery,
    /// When it was asked for.
    pub at: Moment,
    /// What became of it.
    pub state: State,
    /// How often it was tried.
    pub tried: i32,
    /// What went wrong last.
    pub error: Option<String>,
}

/// What was decided about an alert of the past.
#[derive(Debug, Clone)]
pub struct SeedNotice {
    /// The alert.
    pub alert: AlertId,
    /// What there was to tell.
    pub occasion: Occasion,
    /// The lines.
    pub lines: Vec<Told>,
}

impl Writing {
    /// Keeps a delivery of the past; nothing is sent.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_delivery(&self, seed: SeedDelivery) -> Result<DeliveryId, Failure> {
        self.only_demo()?;
        let id: DeliveryId = fresh_id();
        let mut made = row(id, seed.new, seed.at);
        made.state = Set(seed.state.word().into());
        made.tried = Set(seed.tried);
        made.last_error = Set(seed.error);
        made.next_at = Set(None);
        made.sent_at = Set((seed.state == State::Sent).then_some(seed.at.0 + 900 * i64::from(seed.tried)));
        self.insert(made).await?;
        Ok(id)
    }

    /// Keeps what was decided of an alert of the past.
    ///
    /// # Errors
    /// [`domain::Refusal::Forbidden`] outside the demo, or when the database fails.
    pub async fn seed_notice(&self, seed: SeedNotice, at: Moment) -> Result<(), Failure> {
        self.only_demo()?;
        self.keep_notices(seed.alert, seed.occasion, &seed.lines, at).await
    }
}

//! Alerts follow maintenance windows as they begin and end.

use domain::{Moment, ids::WindowId};
use foundation::{Failure, Writing};

/// Looks at the window named by `subject`. Both kinds do the same, since what is to be done follows from the time and what stands.
///
/// # Errors
/// When the database fails.
pub async fn settle(writing: &Writing, subject: &str, now: Moment) -> Result<(), Failure> {
    match subject.parse::<WindowId>() {
        Ok(id) => writing.settle_window(id, now).await,
        Err(_) => Ok(()),
    }
}

//! Where people are told of requests. Nobody is told yet; what is sent belongs to the transaction that it tells of, so both take it.

use domain::{Moment, ids::RequestId};
use foundation::{Failure, Writing};

/// A contact made a request: its staff are to know.
///
/// # Errors
/// When the database fails.
pub async fn request_came(_writing: &Writing, request: RequestId, _now: Moment) -> Result<(), Failure> {
    tracing::debug!(%request, "a request came");
    Ok(())
}

/// Staff answered a request, or changed where it is: its client's people are to know.
///
/// # Errors
/// When the database fails.
pub async fn answer_came(_writing: &Writing, request: RequestId, _now: Moment) -> Result<(), Failure> {
    tracing::debug!(%request, "a request was answered");
    Ok(())
}

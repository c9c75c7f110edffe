//! `/what-we-did`: what the MSP's people did for the caller's client.

use axum::extract::RawQuery;

use super::{caller::Caller, devices::pairs, errors::Answer};
use crate::service::told::{self, Asked};

/// `GET /what-we-did`.
pub async fn show(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    let pairs = pairs(query.as_deref());
    let one = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let page = told::page(&caller.tenant, Asked { month: one("month"), device: one("device"), after: one("after") }).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

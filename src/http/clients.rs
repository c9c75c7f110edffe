//! `/clients`.

use app::clients::ClientQuery;
use axum::extract::{RawQuery, State};
use domain::people::Permission;

use super::{caller::Caller, devices::pairs, errors::Answer, router::Shared};
use crate::service::clients;

/// `GET /clients`.
pub async fn list(State(app): State<Shared>, caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ClientsRead)?;
    let pairs = pairs(query.as_deref());
    let query = ClientQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    let list = clients::list(&caller.tenant, &app.counts, query, caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

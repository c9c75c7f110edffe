//! `/mail` at the platform host of a demo: the mail that was caught instead of being sent.

use app::mail::{Caught, CaughtPage, MailPage, Mails};
use axum::extract::{Path, State};
use domain::{
    Refusal,
    ids::{DeliveryId, TenantId},
};
use leptos::prelude::*;

use super::{caller::OperatorCaller, errors::Answer, router::Shared};
use crate::service::notices;

/// `GET /mail`.
pub async fn list(State(app): State<Shared>, caller: OperatorCaller) -> Answer {
    only_demo(&app)?;
    let page: MailPage = notices::caught(&app.database, &caller.operator).await?;
    Ok(caller.page().draw("Mail", move || view! { <Mails page/> }))
}

/// `GET /mail/{tenant}/{delivery}`.
pub async fn show(State(app): State<Shared>, caller: OperatorCaller, Path((tenant, delivery)): Path<(String, String)>) -> Answer {
    only_demo(&app)?;
    let tenant: TenantId = tenant.parse().map_err(|_| Refusal::NotFound)?;
    let delivery: DeliveryId = delivery.parse().map_err(|_| Refusal::NotFound)?;
    let page: CaughtPage = notices::caught_one(&app.database, &caller.operator, tenant, delivery).await?;
    Ok(caller.page().draw("Mail", move || view! { <Caught page/> }))
}

fn only_demo(app: &Shared) -> Result<(), Refusal> {
    if app.demo { Ok(()) } else { Err(Refusal::NotFound) }
}

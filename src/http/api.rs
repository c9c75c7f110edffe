//! What islands ask: server functions that only read, each bound to the caller.

use std::sync::Arc;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    response::IntoResponse,
};
use domain::{
    Moment, Refusal,
    home::{Later, Pulse},
    ids::TenantId,
    people::Permission,
};
use foundation::{Database, Failure, Principal};
use leptos::prelude::provide_context;

use super::{caller::Caller, errors::Answer};

/// Home's questions, asked as one person at one tenant.
struct HomePulse {
    database: Database,
    principal: Principal,
    tenant: TenantId,
}

impl Pulse for HomePulse {
    fn reported_since(&self, since: Moment) -> Later<'_, u64> {
        Box::pin(async move {
            let counted = async { self.database.enter(&self.principal, self.tenant).await?.devices_seen_since(since).await };
            counted.await.map_err(|failure| match failure {
                Failure::Refused(refusal) => refusal,
                Failure::Storage(error) => {
                    tracing::error!(%error, "an island got no answer");
                    Refusal::Unavailable(30)
                }
            })
        })
    }
}

/// `GET /api/{function}`.
pub async fn call(caller: Caller, mut request: Request) -> Answer {
    caller.require(Permission::StaffHome)?;
    // A server function answers a browser's own navigation by sending it back to where the Referer says; here nobody is sent anywhere.
    request.headers_mut().remove(header::REFERER);
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let pulse = HomePulse { database: caller.database(), principal: caller.tenant.who().principal, tenant: caller.tenant.id() };
    let pulse: Arc<dyn Pulse> = Arc::new(pulse);
    Ok(leptos_axum::handle_server_fns_with_context(move || provide_context(Arc::clone(&pulse)), request).await.into_response())
}

//! `/`: the first page, of staff or of contacts.

use axum::extract::State;
use domain::people::Permission;

use super::{caller::Caller, errors::Answer, router::Shared};
use crate::service::{first_steps::first_steps, home};

/// `GET /`.
pub async fn show(State(app): State<Shared>, caller: Caller) -> Answer {
    let page = caller.page().await?;
    if caller.tenant.who().client().is_some() {
        caller.require(Permission::ContactHome)?;
        let home = home::contact(&caller.tenant, &app.counts, caller.now).await?;
        return Ok(page.show(|frame| home.render(frame)));
    }
    caller.require(Permission::StaffHome)?;
    let mut home = home::staff(&caller.tenant, &app.counts, caller.now).await?;
    if !caller.is_demo() {
        let devices = home.figures.by_status.iter().any(|(_, devices)| *devices > 0);
        home.steps = first_steps(&caller.tenant, home.clients_total > 0, devices).await?;
    }
    Ok(page.with_islands()?.show(|frame| home.render(frame)))
}

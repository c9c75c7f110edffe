//! Takes away what nobody will ask for again: sessions that ended by themselves, old failed sign-ins, and documents that no device
//! shows any more. Counts the software of tenants whose devices reported before there were counts.

use std::{sync::Arc, time::Duration};

use foundation::{Failure, Principal};

use super::{
    alerts::look_for_silence,
    figures::{patch_figures, share},
};
use crate::http::App;

/// How often.
pub const EVERY: Duration = Duration::from_secs(3600);
/// Who does it, for the door.
const SWEEP: Principal = Principal::Job("sweep");

/// Goes through all tenants, one short transaction each, and then the platform's own tables.
///
/// # Errors
/// When the database fails; the tenants before are done.
pub async fn sweep(app: &Arc<App>) -> Result<(), Failure> {
    let (console, now) = (app.database.console(), app.clock.now());
    let mut after = None;
    loop {
        let tenants = console.tenant_ids(after).await?;
        let Some(last) = tenants.last() else { break };
        after = Some(*last);
        for tenant in tenants {
            let writing = app.database.enter(&SWEEP, tenant).await?.writing().await?;
            let removed = writing.remove_expired(now).await?;
            let counted = writing.count_software_once().await?;
            writing.enqueue(look_for_silence(now), now).await?;
            writing.enqueue(patch_figures(now + share(tenant)), now).await?;
            writing.commit().await?;
            if removed > 0 || counted {
                tracing::debug!(%tenant, removed, counted, "swept");
            }
        }
    }
    console.remove_expired(now).await.map(drop)
}

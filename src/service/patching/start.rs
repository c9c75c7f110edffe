//! Starting a run by hand.

use std::collections::HashSet;

use app::patching::{Choose, PlanPage};
use domain::{
    Refusal,
    ids::{ClientId, RunId, WindowId},
    patching::{run::Limits, schedule::Reboot},
    people::Permission,
    windows::{Calendar, Occurrence},
};
use foundation::{Failure, Principal, Tenant, audit::Act, windows::KeptWindow};

use super::{
    choose::{ROWS, choice},
    make::Plan,
    planning::next_open,
};
use crate::service::devices::By;

/// Windows that may be chosen.
const WINDOWS: u64 = 200;

/// The page that plans a run.
///
/// # Errors
/// [`Refusal::NotFound`] for a device or client beyond reach.
pub async fn plan(tenant: &Tenant, choose: Choose, asks_password: bool, now: domain::Moment) -> Result<PlanPage, Failure> {
    tenant.require(Permission::UpdatesInstall)?;
    let device = match choose.device {
        Some(id) => Some(tenant.device(id).await?.row.name().to_owned()),
        None => None,
    };
    if let Some(client) = choose.client {
        tenant.client(client)?.row().await?;
    }
    let update = match choose.update {
        Some(id) => tenant.catalogue_of([id.0]).await?.remove(&id.0).map(|row| format!("{} {}", row.name, row.version)),
        None => None,
    };
    let scope = match choose.window {
        Some(id) => Some(tenant.window(id, now).await?.window.scope),
        None => None,
    };
    let found = choice(tenant, &choose, scope, (ROWS, &HashSet::new()), now).await?;
    let clients = tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect();
    Ok(PlanPage {
        choose,
        windows: windows(tenant, now).await?,
        clients,
        named: (device, update),
        targets: found.targets.into_iter().map(|(line, _)| line).collect(),
        left_out: found.left_out,
        more: found.more,
        asks_password,
        faults: Vec::new(),
    })
}

/// The windows in which patching may run: each with its name and the time that comes next.
pub(super) async fn windows(tenant: &Tenant, now: domain::Moment) -> Result<Vec<(WindowId, String)>, Failure> {
    let coming = tenant.coming_windows(None, WINDOWS, now).await?.0;
    let named = |kept: KeptWindow| {
        let calendar = Calendar::of(&kept.window)?;
        let open = next_open(&kept, None, now)?;
        Some((kept.id, format!("{}: {}, {}", kept.window.name, open.words(calendar.zone(), now), kept.window.zone)))
    };
    Ok(coming.into_iter().filter(|kept| kept.window.patching).filter_map(named).collect())
}

/// What people call a run of `devices`.
fn title(typed: &str, devices: usize) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(if devices == 1 { "Updates on 1 device".into() } else { format!("Updates on {devices} devices") });
    }
    domain::people::typed::name("title", typed, 100).map_err(|fault| Refusal::Invalid(vec![fault]))
}

pub(super) fn entry(action: &'static str, run: (RunId, &str), detail: String, by: &By) -> Act {
    Act {
        action,
        object: Some(("run", run.0.to_string())),
        name: Some(run.1.to_owned()),
        detail: Some(detail),
        address: Some(by.address.clone()),
        ..Act::default()
    }
}

/// The window that is chosen, with the time in which the run is; `None`: at once.
async fn window(tenant: &Tenant, choose: &Choose, now: domain::Moment) -> Result<Option<(KeptWindow, Occurrence)>, Failure> {
    let Some(id) = choose.window else { return Ok(None) };
    let kept = tenant.window(id, now).await?;
    let open = next_open(&kept, None, now).filter(|_| kept.window.patching);
    let open = open.ok_or_else(|| Refusal::invalid("window", "This window is over, or no patching may run in it."))?;
    Ok(Some((kept, open)))
}

/// Starts a run of exactly what is chosen and approved now; in a window when one is chosen, after a contact's yes when that is wanted.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission, [`Refusal::Invalid`] when no device would get anything, or naming the field.
pub async fn start(tenant: &Tenant, choose: &Choose, typed: &str, by: &By) -> Result<RunId, Failure> {
    tenant.require(Permission::UpdatesInstall)?;
    let Principal::Person(person) = tenant.who().principal else { return Err(Refusal::NotFound.into()) };
    if let Some(id) = choose.device {
        tenant.device(id).await?;
    }
    let window = window(tenant, choose, by.now).await?;
    if choose.reboot && window.is_none() {
        return Err(Refusal::invalid("reboot", "Choose a window: restarts stay within it.").into());
    }
    // The plan of a large fleet takes its time, so it is made before the writer is asked for; each device is looked at anew when it is told.
    let scope = window.as_ref().map(|(kept, _)| kept.window.scope);
    let targets = choice(tenant, choose, scope, (ROWS, &HashSet::new()), by.now).await?.targets;
    let plan = Plan {
        title: title(typed, targets.len())?,
        by: (person, tenant.who().name.clone()),
        targets,
        window,
        needs_approval: choose.approval,
        reboot: if choose.reboot { Reboot::InWindow } else { Reboot::Never },
        retries: Limits::default().retries,
        schedule: None,
    };
    let writing = tenant.writing().await?;
    writing.require(Permission::UpdatesInstall)?;
    let (name, clients) = (plan.title.clone(), plan.clients());
    let run = plan.make(&writing, by.now).await?;
    // One entry for each client, which its people may read.
    for (client, devices) in clients {
        let act = entry("update run started", (run, &name), format!("{devices} devices"), by);
        writing.record(by.now, Act { client: Some(client), ..act }).await?;
    }
    writing.commit().await?;
    Ok(run)
}

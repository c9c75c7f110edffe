//! `/devices/{device}/commands`: what a device is asked to do, and what became of it.

use app::devices::detail::{
    DeviceTab,
    commands::{CommandsTab, ScriptForm},
    manage::Typed,
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect},
};
use domain::{
    Fault, Refusal,
    commands::{Kind, Spec},
    ids::CommandId,
    people::Permission,
};
use foundation::{Failure, tenancy::SeenDevice};
use tower_sessions::Session;

use super::{draw, pairs, seen};
use crate::{
    http::{caller::Caller, errors::Answer, router::Shared, sent::Sent, session},
    service::{
        commands::{self, Asked},
        devices::By,
        people::own,
    },
};

/// How often the page of a command that goes on is loaded again, in seconds.
const AGAIN: &str = "4";

/// A device whose commands the caller may read.
async fn mine(caller: &Caller, id: &str) -> Result<SeenDevice, Failure> {
    let device = seen(caller, id).await?;
    caller.require(Permission::DevicesCommand)?;
    Ok(device)
}

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn command(id: &str) -> Result<CommandId, Refusal> {
    id.parse().map_err(|_| Refusal::NotFound)
}

/// `GET /devices/{device}/commands`.
pub async fn list(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    let device = mine(&caller, &id).await?;
    let before = pairs(query.as_deref()).into_iter().find(|(name, value)| name == "before" && !value.is_empty());
    let before = before.map(|(_, id)| id.parse().map_err(|_| Refusal::invalid("before", "is no command"))).transpose()?;
    let tab = commands::tab(&caller.tenant, &device, before, !caller.session.is_confirmed(caller.now)).await?;
    draw(&caller, &device, DeviceTab::Commands(tab), StatusCode::OK).await
}

/// `GET /devices/{device}/commands/{command}`. While something may still become of it, the page is loaded again by itself.
pub async fn show(caller: Caller, Path((id, wanted)): Path<(String, String)>) -> Answer {
    let device = mine(&caller, &id).await?;
    let tab = commands::one(&caller.tenant, &device, command(&wanted)?).await?;
    let open = tab.line.state.is_open();
    let mut response = draw(&caller, &device, DeviceTab::Command(tab), StatusCode::OK).await?;
    if open {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

/// `POST /devices/{device}/commands`.
pub async fn ask(State(app): State<Shared>, caller: Caller, session: Session, Path(id): Path<String>, sent: Sent) -> Answer {
    let device = mine(&caller, &id).await?;
    let kind = Kind::try_from(sent.one("kind").as_str()).map_err(|()| Refusal::invalid("kind", "is no command that a device takes"))?;
    caller.require(kind.permission())?;
    match try_ask(&app, &caller, &session, &device, kind, &sent).await {
        Ok(made) => Ok(Redirect::to(&caller.href(&format!("/devices/{}/commands/{made}", device.id()))).into_response()),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let confirmed = caller.session.is_confirmed(caller.now);
            let mut tab = commands::tab(&caller.tenant, &device, None, !confirmed).await?;
            wrong(&mut tab, kind, &sent, &faults);
            draw(&caller, &device, DeviceTab::Commands(tab), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn try_ask(app: &Shared, caller: &Caller, session: &Session, device: &SeenDevice, kind: Kind, sent: &Sent) -> Result<CommandId, Failure> {
    let spec = match kind {
        Kind::Collect => Spec::Collect,
        Kind::ScanUpdates => Spec::ScanUpdates,
        Kind::Reboot => Spec::Reboot { not_after: None },
        Kind::RunScript => Spec::RunScript { script: sent.one("script").replace("\r\n", "\n"), limit_s: sent.one("limit").trim().parse().unwrap_or(0) },
        Kind::InstallUpdates => return Err(Refusal::invalid("kind", "is asked for by a run of updates, not by itself").into()),
    };
    if let Some((field, message)) = spec.fault() {
        return Err(Refusal::invalid(field, message).into());
    }
    if kind.is_grave() && !caller.session.is_confirmed(caller.now) {
        let typed = sent.one(password_field(kind));
        own::prove(app, &caller.tenant, "password", typed, &caller.address()).await?;
        session::confirm(session, &caller.session, caller.now).await.map_err(|_| Refusal::Unavailable(5))?;
    }
    let patience = sent.one("patience").parse().unwrap_or(0);
    commands::ask(&caller.tenant, &app.waiting, device.id(), Asked { spec, patience }, &by(caller)).await
}

const fn password_field(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Reboot) { "restart-password" } else { "password" }
}

/// Puts each fault beside its field, and what was typed back into it.
fn wrong(tab: &mut CommandsTab, kind: Kind, sent: &Sent, faults: &[Fault]) {
    if kind == Kind::RunScript {
        tab.form = ScriptForm { script: Typed::of(sent.one("script")), limit: Typed::of(sent.one("limit")) };
    }
    for fault in faults {
        match fault.field.as_str() {
            "script" => tab.form.script.error = Some(fault.message.clone()),
            "limit" => tab.form.limit.error = Some(fault.message.clone()),
            _ => tab.password_error = Some((kind, format!("This {}.", fault.message))),
        }
    }
}

/// `POST /devices/{device}/commands/{command}/cancellation`.
pub async fn cancel(State(app): State<Shared>, caller: Caller, Path((id, wanted)): Path<(String, String)>) -> Answer {
    let device = mine(&caller, &id).await?;
    let wanted = command(&wanted)?;
    commands::cancel(&caller.tenant, &app.waiting, device.id(), wanted, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/devices/{}/commands/{wanted}", device.id()))).into_response())
}

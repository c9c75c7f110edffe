//! `/settings/audit`: what was done, and the same as a file.

use app::audit::Act;
use axum::{
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::header,
    response::IntoResponse,
};
use domain::{Moment, Refusal, audit::AuditQuery, ids::TenantId, people::Permission};
use foundation::{Failure, Principal, audit::Asked};
use futures_util::{StreamExt, stream};
use jiff::Timestamp;

use super::{caller::Caller, devices::pairs, errors::Answer, export::cell, router::Shared};
use crate::service::audit;

/// Rows read at once for a file.
const CHUNK: u64 = 2_000;
/// Rows of one file.
const MOST: u64 = 100_000;

const COLUMNS: [&str; 13] =
    ["Time (UTC)", "Actor", "Actor kind", "Actor id", "Act", "Object", "Object kind", "Object path", "Before", "After", "Detail", "Client", "Address"];

fn read(query: Option<&str>) -> Result<AuditQuery, Refusal> {
    let pairs = pairs(query);
    AuditQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// `GET /settings/audit`.
pub async fn list(State(app): State<Shared>, caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AuditRead)?;
    let list = audit::list(&caller.tenant, &app.counts, read(query.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /settings/audit/export`: everything that matches, as CSV, sent while it is read.
pub async fn export(State(app): State<Shared>, caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::AuditRead)?;
    let asked = audit::asked(read(query.as_deref())?.first_page(), &caller.tenant.who().time_zone)?;
    let rows = caller.tenant.audit_count(&asked).await?.min(MOST);
    audit::exported(&caller.tenant, "audit exported", (rows, &asked.query.to_query()), asked.query.client, caller.address(), caller.now).await?;
    let first = line(COLUMNS.map(str::to_owned))?;
    let rest = Export { app, principal: caller.tenant.who().principal, tenant: caller.tenant.id(), asked, now: caller.now, left: MOST };
    let body = stream::once(async { Ok(first) }).chain(stream::try_unfold(Some(rest), Export::next));
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"")];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// A file that is being sent. Between its parts no connection to the database is held, however slowly it is read.
struct Export {
    app: Shared,
    principal: Principal,
    tenant: TenantId,
    asked: Asked,
    now: Moment,
    left: u64,
}

impl Export {
    async fn next(export: Option<Self>) -> Result<Option<(Bytes, Option<Self>)>, Failure> {
        let Some(mut export) = export.filter(|export| export.left > 0) else { return Ok(None) };
        let most = CHUNK.min(export.left);
        let tenant = export.app.database.enter(&export.principal, export.tenant).await?;
        let (acts, next) = audit::export(&tenant, &export.app.counts, &export.asked, export.now, most).await.inspect_err(|failure| {
            tracing::error!(%failure, "an export of the audit broke off");
        })?;
        let mut part = Vec::new();
        for act in acts {
            part.extend_from_slice(&line(record(act))?);
        }
        export.left -= most;
        export.asked.query.beside = next;
        Ok(Some((Bytes::from(part), next.is_some().then_some(export))))
    }
}

fn line<const N: usize>(cells: [String; N]) -> Result<Bytes, Refusal> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(cells.map(cell)).map_err(|_| Refusal::Unavailable(5))?;
    file.into_inner().map(Bytes::from).map_err(|_| Refusal::Unavailable(5))
}

fn record(act: Act) -> [String; 13] {
    let at = Timestamp::from_millisecond(act.at.0).map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let (kind, name, path) = act.object.map(|object| (object.kind, object.name.unwrap_or_default(), object.path.unwrap_or_default())).unwrap_or_default();
    [
        at.unwrap_or_default(),
        act.actor.name,
        act.actor.kind,
        act.actor.filter,
        act.action,
        name,
        kind,
        path,
        act.before.unwrap_or_default(),
        act.after.unwrap_or_default(),
        act.detail.unwrap_or_default(),
        act.client.and_then(|(_, name)| name).unwrap_or_default(),
        act.address.unwrap_or_default(),
    ]
}

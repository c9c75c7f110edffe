//! `/requests`: the lists, one request with its conversation and files, and what people do to it.

mod sent;

use app::requests::{NewPage, RequestPage, Typed};
use axum::{
    extract::{Path, RawQuery},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect},
};
use domain::{
    Fault, Refusal,
    devices::query::encode,
    ids::RequestId,
    people::Permission,
    requests::{RequestQuery, Show},
};
use foundation::Failure;

use self::sent::Parts;
use super::{
    caller::Caller,
    devices::pairs,
    errors::{Answer, Stop},
    export,
    sent::Sent,
};
use crate::service::{
    approvals,
    devices::By,
    requests::{self, Decided, Opened, Said},
};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn read(caller: &Caller, query: &str) -> Result<RequestQuery, Refusal> {
    let pairs = pairs(Some(query.trim_start_matches('?')));
    let usual = if caller.tenant.who().client().is_some() { Show::Live } else { Show::Ours };
    RequestQuery::parse(usual, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn to(caller: &Caller, path: &str) -> Answer {
    Ok(Redirect::to(&caller.href(path)).into_response())
}

/// `GET /requests`. What a bulk act did stands in the address, so that the page can be loaded again.
pub async fn list(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::RequestsRead)?;
    let query = query.unwrap_or_default();
    let number = |name: &str| pairs(Some(&query)).into_iter().find(|(known, _)| known == name).and_then(|(_, value)| value.parse().ok());
    let done = number("closed").map(|closed| (closed, number("left").unwrap_or(0)));
    let page = app::requests::ListPage { done, ..requests::list(&caller.tenant, read(&caller, &query)?).await? };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /requests/export`: everything that matches, as CSV.
pub async fn export(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::RequestsRead)?;
    let query = read(&caller, &query.unwrap_or_default())?;
    let rows = requests::export(&caller.tenant, &query).await?;
    export::requests(&caller, &query, rows).await
}

/// `POST /requests/closing`.
pub async fn close(caller: Caller, sent: Sent) -> Answer {
    caller.require(Permission::RequestsManage)?;
    let query = read(&caller, &sent.one("back"))?;
    match requests::close_many(&caller.tenant, &sent.all("request"), &by(&caller)).await {
        Ok((closed, left)) => to(&caller, &format!("/requests{}&closed={closed}&left={left}", query.to_query())),
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let error = faults.first().map(|fault| fault.message.clone());
            let page = app::requests::ListPage { error, ..requests::list(&caller.tenant, query).await? };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /requests/new`.
pub async fn new(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    let pairs = pairs(query.as_deref());
    let device = pairs.iter().find(|(name, _)| name == "device").map(|(_, value)| value.as_str());
    let page = requests::form(&caller.tenant, device, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /requests`.
pub async fn open(caller: Caller, parts: Parts) -> Answer {
    caller.require(Permission::RequestsWrite)?;
    let broken = parts.broken.map(|broken| broken.said("text"));
    let opened = Opened {
        subject: parts.one("subject"),
        priority: parts.one("priority"),
        client: parts.one("client"),
        device: parts.one("device"),
        said: Said { form: parts.one("form"), text: parts.one("text"), files: parts.files },
    };
    let typed = Opened { said: Said { files: Vec::new(), ..opened.said.clone() }, ..opened.clone() };
    let (status, faults) = match broken {
        Some((status, fault)) => (status, vec![fault]),
        None => match requests::open(&caller.tenant, opened, &by(&caller)).await {
            Ok(id) => return to(&caller, &format!("/requests/{id}?done=request-sent")),
            Err(failure) => wrong(failure)?,
        },
    };
    let page = requests::form(&caller.tenant, Some(typed.device.as_str()), caller.now).await?;
    let Opened { subject, priority, client, device, said } = typed;
    // What was sent with other words before is sent under another id.
    let form = if said.form.is_empty() || status == StatusCode::CONFLICT { page.form.clone() } else { said.form };
    let page = NewPage { subject, priority, client, device, text: said.text, form, faults, ..page };
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// What is said of a refused form on its own page, and with which status; other failures have pages of their own.
fn wrong(failure: Failure) -> Result<(StatusCode, Vec<Fault>), Failure> {
    match failure {
        Failure::Refused(Refusal::Invalid(faults)) => Ok((StatusCode::UNPROCESSABLE_ENTITY, faults)),
        Failure::Refused(Refusal::Conflict(what)) => Ok((StatusCode::CONFLICT, vec![Fault::new("form", what)])),
        failure => Err(failure),
    }
}

/// A request that the caller may see, and its page.
async fn seen(caller: &Caller, id: &str) -> Result<(RequestId, RequestPage), Stop> {
    caller.require(Permission::RequestsRead)?;
    let id = id.parse().map_err(|_| Refusal::NotFound)?;
    Ok((id, requests::page(&caller.tenant, id, caller.now).await?))
}

/// `GET /requests/{request}`.
pub async fn show(caller: Caller, Path(id): Path<String>) -> Answer {
    let (_, page) = seen(&caller, &id).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// The page again after `done`, or with what was typed and what is wrong.
async fn after(caller: &Caller, seen: (RequestId, RequestPage), done: Result<(), Failure>, typed: Typed) -> Answer {
    match done {
        Ok(()) => to(caller, &format!("/requests/{}", seen.0)),
        Err(failure) => again(caller, seen, wrong(failure)?, typed).await,
    }
}

/// The page with what was typed; after a conflict as it is now, for what is read here is as it was.
async fn again(caller: &Caller, (id, page): (RequestId, RequestPage), (status, faults): (StatusCode, Vec<Fault>), typed: Typed) -> Answer {
    let page = if status == StatusCode::CONFLICT { requests::page(&caller.anew().await?, id, caller.now).await? } else { page };
    let page = RequestPage { typed: Typed { faults, ..typed }, ..page };
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// `POST /requests/{request}/messages`.
pub async fn reply(caller: Caller, Path(id): Path<String>, parts: Parts) -> Answer {
    let seen = seen(&caller, &id).await?;
    caller.require(Permission::RequestsWrite)?;
    let (text, then) = (parts.one("text"), parts.one("then"));
    let typed = Typed { text: text.clone(), ..Typed::default() };
    if let Some((status, fault)) = parts.broken.map(|broken| broken.said("text")) {
        return again(&caller, seen, (status, vec![fault]), typed).await;
    }
    let said = Said { form: parts.one("form"), text, files: parts.files };
    let done = requests::reply(&caller.tenant, seen.0, said, &then, &by(&caller)).await;
    after(&caller, seen, done, typed).await
}

/// `POST /requests/{request}/notes`.
pub async fn note(caller: Caller, Path(id): Path<String>, parts: Parts) -> Answer {
    let seen = seen(&caller, &id).await?;
    caller.require(Permission::RequestsManage)?;
    let note = parts.one("note");
    let typed = Typed { note: note.clone(), ..Typed::default() };
    if let Some((status, fault)) = parts.broken.map(|broken| broken.said("note")) {
        return again(&caller, seen, (status, vec![fault]), typed).await;
    }
    let said = Said { form: parts.one("form"), text: note, files: parts.files };
    let done = requests::note(&caller.tenant, seen.0, said, &by(&caller)).await;
    after(&caller, seen, done, typed).await
}

/// `POST /requests/{request}/decision`.
pub async fn decide(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let seen = seen(&caller, &id).await?;
    caller.require(Permission::RequestsManage)?;
    let typed = Decided { state: sent.one("state"), priority: sent.one("priority"), assigned: sent.one("assigned"), revision: sent.one("revision") };
    let done = requests::decide(&caller.tenant, seen.0, &typed, &by(&caller)).await;
    after(&caller, seen, done, Typed::default()).await
}

/// `POST /requests/{request}/solution`.
pub async fn solve(caller: Caller, Path(id): Path<String>) -> Answer {
    let seen = seen(&caller, &id).await?;
    let done = requests::solve(&caller.tenant, seen.0, &by(&caller)).await;
    after(&caller, seen, done, Typed::default()).await
}

/// `POST /requests/{request}/solution/removal`.
pub async fn reopen(caller: Caller, Path(id): Path<String>) -> Answer {
    let seen = seen(&caller, &id).await?;
    let done = requests::reopen(&caller.tenant, seen.0, &by(&caller)).await;
    after(&caller, seen, done, Typed::default()).await
}

/// `POST /requests/{request}/approval`.
pub async fn ask(caller: Caller, Path(id): Path<String>, sent: Sent) -> Answer {
    let seen = seen(&caller, &id).await?;
    caller.require(Permission::RequestsManage)?;
    let asked = approvals::Asked { form: sent.one("form"), title: sent.one("title"), body: sent.one("body"), term: sent.one("term") };
    let typed = Typed { question: (asked.title.clone(), asked.body.clone()), ..Typed::default() };
    let done = approvals::ask(&caller.tenant, seen.0, &asked, &by(&caller)).await;
    after(&caller, seen, done, typed).await
}

/// `GET /requests/{request}/files/{attachment}`: never shown, only kept, with a type from our own list.
pub async fn file(caller: Caller, Path((id, file)): Path<(String, String)>) -> Answer {
    caller.require(Permission::RequestsRead)?;
    let (id, file) = (id.parse().map_err(|_| Refusal::NotFound)?, file.parse().map_err(|_| Refusal::NotFound)?);
    let stored = requests::attachment(&caller.tenant, id, file).await?;
    let plain: String = stored.name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", encode(&stored.name));
    let headers = [
        (header::CONTENT_TYPE, requests::content_type(&stored.kind).to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
    ];
    Ok((headers, stored.bytes).into_response())
}

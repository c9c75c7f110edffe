//! `/clients`: the list, the page of one, and what may be done with clients and their sites.

mod import;
mod sites;

use app::clients::{ClientQuery, NameForm, Typed};
use axum::{
    Form,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{Refusal, ids::ClientId, people::Permission};
use foundation::Failure;
use serde::Deserialize;

pub use self::{
    import::{check, confirm, form as import_form, sample},
    sites::{archive as archive_site, create as create_site, name as site_name, new as new_site, rename as rename_site, restore as restore_site},
};
use super::{
    caller::Caller,
    devices::pairs,
    errors::{Answer, Stop},
    export,
    router::Shared,
};
use crate::service::clients::{
    self,
    keeping::{Keeper, may_make},
    one,
};

/// What the forms send.
#[derive(Debug, Deserialize)]
pub struct Names {
    #[serde(default)]
    name: String,
    #[serde(default)]
    site: String,
}

fn query(raw: Option<&str>) -> Result<ClientQuery, Refusal> {
    let pairs = pairs(raw);
    ClientQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn keeper(caller: &Caller) -> Keeper<'_> {
    Keeper { tenant: &caller.tenant, now: caller.now, address: caller.address() }
}

/// The id of a client that the caller may ask for at all.
fn id(caller: &Caller, text: &str) -> Result<ClientId, Refusal> {
    caller.require(Permission::ClientsRead)?;
    text.parse().map_err(|_| Refusal::NotFound)
}

fn done(caller: &Caller, path: &str) -> Answer {
    Ok(Redirect::to(&caller.href(path)).into_response())
}

/// The form again with what is wrong, when that is the typed text; any other failure as it is.
async fn again(caller: &Caller, mut form: NameForm, failure: Failure) -> Answer {
    let Failure::Refused(Refusal::Invalid(faults)) = failure else { return Err(failure.into()) };
    for field in &mut form.fields {
        field.fault = faults.iter().find(|fault| fault.field == field.name).map(|fault| fault.message.clone());
    }
    Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| form.render(frame)))
}

/// `GET /clients`.
pub async fn list(State(app): State<Shared>, caller: Caller, RawQuery(raw): RawQuery) -> Answer {
    caller.require(Permission::ClientsRead)?;
    let list = clients::list(&caller.tenant, &app.counts, query(raw.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /clients/export`: everything that matches, as CSV.
pub async fn export(State(app): State<Shared>, caller: Caller, RawQuery(raw): RawQuery) -> Answer {
    caller.require(Permission::ClientsRead)?;
    let asked = query(raw.as_deref())?;
    let (rows, _, _) = clients::found(&caller.tenant, &app.counts, &asked, caller.now).await?;
    export::clients(&caller, &asked, rows).await
}

/// `GET /clients/{client}`.
pub async fn show(State(app): State<Shared>, caller: Caller, Path(client): Path<String>) -> Answer {
    let page = one::page(&caller.tenant, &app.counts, id(&caller, &client)?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

fn new_form(name: String, site: String) -> NameForm {
    let site =
        Typed { label: "First site", name: "site", value: site, hint: Some("A place with devices: an office, a shop. More can be added later."), fault: None };
    let name = Typed { label: "Name", name: "name", value: name, hint: Some("The organisation, as its people call it."), fault: None };
    NameForm {
        title: "New client".into(),
        above: vec![("Clients".into(), "/clients".into())],
        action: "/clients".into(),
        fields: vec![name, site],
        submit: "Create client",
        back: "/clients".into(),
    }
}

/// `GET /clients/new`.
pub async fn new(caller: Caller) -> Answer {
    may_make(&caller.tenant)?;
    let form = new_form(String::new(), String::new());
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

/// `POST /clients`.
pub async fn create(caller: Caller, Form(typed): Form<Names>) -> Answer {
    match keeper(&caller).create(&typed.name, &typed.site).await {
        Ok(id) => done(&caller, &format!("/clients/{id}?done=client-created")),
        Err(failure) => again(&caller, new_form(typed.name, typed.site), failure).await,
    }
}

fn rename_form(id: ClientId, now: &str, typed: String) -> NameForm {
    let path = format!("/clients/{id}");
    NameForm {
        title: "Rename client".into(),
        above: vec![("Clients".into(), "/clients".into()), (now.to_owned(), path.clone())],
        action: format!("{path}/name"),
        fields: vec![Typed { label: "Name", name: "name", value: typed, hint: None, fault: None }],
        submit: "Rename client",
        back: path,
    }
}

async fn name_of(caller: &Caller, id: ClientId) -> Result<String, Stop> {
    let name = caller.tenant.client(id)?.row().await?.name;
    caller.require(Permission::ClientsManage)?;
    Ok(name)
}

/// `GET /clients/{client}/name`.
pub async fn name(caller: Caller, Path(client): Path<String>) -> Answer {
    let id = id(&caller, &client)?;
    let now = name_of(&caller, id).await?;
    let form = rename_form(id, &now, now.clone());
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

/// `POST /clients/{client}/name`.
pub async fn rename(caller: Caller, Path(client): Path<String>, Form(typed): Form<Names>) -> Answer {
    let id = id(&caller, &client)?;
    let now = name_of(&caller, id).await?;
    match keeper(&caller).rename(id, &typed.name).await {
        Ok(()) => done(&caller, &format!("/clients/{id}?done=client-renamed")),
        Err(failure) => again(&caller, rename_form(id, &now, typed.name), failure).await,
    }
}

/// `POST /clients/{client}/archival`.
pub async fn archive(caller: Caller, Path(client): Path<String>) -> Answer {
    let id = id(&caller, &client)?;
    keeper(&caller).archive(id).await?;
    done(&caller, &format!("/clients/{id}?done=client-archived"))
}

/// `POST /clients/{client}/archival/removal`.
pub async fn restore(caller: Caller, Path(client): Path<String>) -> Answer {
    let id = id(&caller, &client)?;
    keeper(&caller).restore(id).await?;
    done(&caller, &format!("/clients/{id}?done=client-restored"))
}

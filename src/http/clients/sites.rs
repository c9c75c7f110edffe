//! `/clients/{client}/sites`: sites created, renamed, archived and restored.

use app::clients::{NameForm, Typed};
use axum::{Form, extract::Path};
use domain::{
    Refusal,
    ids::{ClientId, SiteId},
};

use super::{Names, again, done, id, keeper, name_of};
use crate::http::{
    caller::Caller,
    errors::{Answer, Stop},
};

fn form(client: ClientId, client_name: &str, site: Option<SiteId>, typed: String) -> NameForm {
    let back = format!("/clients/{client}");
    let (title, action, submit) = match site {
        None => ("New site", format!("{back}/sites"), "Create site"),
        Some(site) => ("Rename site", format!("{back}/sites/{site}/name"), "Rename site"),
    };
    let hint = site.is_none().then_some("A place with devices: an office, a shop, a server room.");
    NameForm {
        title: title.to_owned(),
        above: vec![("Clients".into(), "/clients".into()), (client_name.to_owned(), back.clone())],
        action,
        fields: vec![Typed { label: "Name", name: "name", value: typed, hint, fault: None }],
        submit,
        back,
    }
}

/// The ids of a client and a site that the caller may ask for at all.
fn ids(caller: &Caller, (client, site): &(String, String)) -> Result<(ClientId, SiteId), Refusal> {
    Ok((id(caller, client)?, site.parse().map_err(|_| Refusal::NotFound)?))
}

/// `GET /clients/{client}/sites/new`.
pub async fn new(caller: Caller, Path(client): Path<String>) -> Answer {
    let client = id(&caller, &client)?;
    let form = form(client, &name_of(&caller, client).await?, None, String::new());
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

/// `POST /clients/{client}/sites`.
pub async fn create(caller: Caller, Path(client): Path<String>, Form(typed): Form<Names>) -> Answer {
    let client = id(&caller, &client)?;
    let name = name_of(&caller, client).await?;
    match keeper(&caller).create_site(client, &typed.name).await {
        Ok(()) => done(&caller, &format!("/clients/{client}?done=site-created")),
        Err(failure) => again(&caller, form(client, &name, None, typed.name), failure).await,
    }
}

async fn now(caller: &Caller, client: ClientId, site: SiteId) -> Result<(String, String), Stop> {
    let site = caller.tenant.client(client)?.site(site).await?.name;
    Ok((name_of(caller, client).await?, site))
}

/// `GET /clients/{client}/sites/{site}/name`.
pub async fn name(caller: Caller, Path(path): Path<(String, String)>) -> Answer {
    let (client, site) = ids(&caller, &path)?;
    let (client_name, name) = now(&caller, client, site).await?;
    let form = form(client, &client_name, Some(site), name);
    Ok(caller.page().await?.show(|frame| form.render(frame)))
}

/// `POST /clients/{client}/sites/{site}/name`.
pub async fn rename(caller: Caller, Path(path): Path<(String, String)>, Form(typed): Form<Names>) -> Answer {
    let (client, site) = ids(&caller, &path)?;
    let (client_name, _) = now(&caller, client, site).await?;
    match keeper(&caller).rename_site(client, site, &typed.name).await {
        Ok(()) => done(&caller, &format!("/clients/{client}?done=site-renamed")),
        Err(failure) => again(&caller, form(client, &client_name, Some(site), typed.name), failure).await,
    }
}

/// `POST /clients/{client}/sites/{site}/archival`.
pub async fn archive(caller: Caller, Path(path): Path<(String, String)>) -> Answer {
    let (client, site) = ids(&caller, &path)?;
    keeper(&caller).archive_site(client, site).await?;
    done(&caller, &format!("/clients/{client}?done=site-archived"))
}

/// `POST /clients/{client}/sites/{site}/archival/removal`.
pub async fn restore(caller: Caller, Path(path): Path<(String, String)>) -> Answer {
    let (client, site) = ids(&caller, &path)?;
    keeper(&caller).restore_site(client, site).await?;
    done(&caller, &format!("/clients/{client}?done=site-restored"))
}

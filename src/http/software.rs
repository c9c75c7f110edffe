//! `/software`: every title, one title, the devices that never said, and both lists as files.

use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
};
use domain::{
    Fault, Refusal,
    devices::limits::{TEXT, is_plain},
    people::Permission,
    software::{Ecosystem, TitleQuery, TitlesQuery},
};

use super::{caller::Caller, devices::pairs, errors::Answer, export};
use crate::service::software;

fn titles_query(query: Option<&str>) -> Result<TitlesQuery, Refusal> {
    let pairs = pairs(query);
    TitlesQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn title_query(ecosystem: Ecosystem, query: Option<&str>) -> Result<TitleQuery, Refusal> {
    let pairs = pairs(query);
    TitleQuery::parse(ecosystem, pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// The title that a path names; what nothing can be called is not found.
fn named(ecosystem: &str, name: &str) -> Result<Ecosystem, Refusal> {
    let possible = !name.is_empty() && name.chars().count() <= TEXT && is_plain(name);
    ecosystem.parse().ok().filter(|_| possible).ok_or(Refusal::NotFound)
}

/// `GET /software`.
pub async fn titles(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::SoftwareRead)?;
    let list = software::titles(&caller.tenant, titles_query(query.as_deref())?, caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /software/export`: every title that matches, as CSV.
pub async fn export_titles(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::SoftwareRead)?;
    export::titles(&caller, titles_query(query.as_deref())?.with(|_| ())).await
}

/// `GET /software/unknown`.
pub async fn unlisted(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::SoftwareRead)?;
    let query = title_query(Ecosystem::Other, query.as_deref())?;
    let list = software::unlisted(&caller.tenant, query.cursor.as_ref(), caller.now).await?;
    Ok(caller.page().await?.show(|frame| list.render(frame)))
}

/// `GET /software/{ecosystem}/{name}`. A version that is none is said beside its field.
pub async fn title(caller: Caller, Path((ecosystem, name)): Path<(String, String)>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::SoftwareRead)?;
    let ecosystem = named(&ecosystem, &name)?;
    let read = title_query(ecosystem, query.as_deref());
    let (asked, fault) = match read {
        Ok(asked) => (asked, None),
        Err(Refusal::Invalid(faults)) => (TitleQuery::default(), Some(of_the_form(faults)?)),
        Err(refusal) => return Err(refusal.into()),
    };
    let mut page = software::title(&caller.tenant, ecosystem, &name, asked, caller.now).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if fault.is_some() {
        page.typed = typed(query.as_deref());
        page.fault = fault;
    }
    Ok(caller.page().await?.with_status(status).show(|frame| page.render(frame)))
}

/// What the form of the page can show beside its fields.
fn of_the_form(faults: Vec<Fault>) -> Result<Fault, Refusal> {
    match faults.as_slice() {
        [fault] if matches!(fault.field.as_str(), "is" | "version") => Ok(fault.clone()),
        _ => Err(Refusal::Invalid(faults)),
    }
}

fn typed(query: Option<&str>) -> (String, String) {
    let pairs = pairs(query);
    let of = |wanted: &str| pairs.iter().rfind(|(name, _)| name == wanted).map(|(_, value)| value.chars().take(TEXT).collect::<String>());
    (of("is").unwrap_or_default(), of("version").unwrap_or_default())
}

/// `GET /software/{ecosystem}/{name}/export`: every device that is asked for, as CSV.
pub async fn export_title(caller: Caller, Path((ecosystem, name)): Path<(String, String)>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::SoftwareRead)?;
    caller.require(Permission::DevicesExport)?;
    let ecosystem = named(&ecosystem, &name)?;
    export::title(&caller, ecosystem, &name, title_query(ecosystem, query.as_deref())?.first_page()).await
}

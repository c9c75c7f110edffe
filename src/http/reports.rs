//! `/reports`: the library, previews, what was delivered, and the schedules; each report as page, PDF, spreadsheet and CSV.

mod papers;
mod schedules;

use app::reports::{ReportPage, Way};
use axum::{
    extract::{Path, RawQuery},
    http::StatusCode,
    response::{IntoResponse, Redirect},
};
use domain::{
    Refusal,
    ids::ReportId,
    people::Permission,
    reports::{Kind, ReportQuery},
};
use foundation::Failure;

pub use self::schedules::{add, change, form, list, new, pause, remove, resume};
use super::{caller::Caller, devices::pairs, errors::Answer, sent::Sent};
use crate::service::{
    devices::By,
    reports::{self, Wanted},
};

fn by(caller: &Caller) -> By {
    By { now: caller.now, address: caller.address() }
}

fn read(query: Option<&str>) -> Result<ReportQuery, Refusal> {
    let pairs = pairs(query.map(|query| query.trim_start_matches('?')));
    ReportQuery::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn kind(word: &str) -> Result<Kind, Refusal> {
    word.parse().map_err(|()| Refusal::NotFound)
}

/// `GET /reports`: staff choose what to make; contacts see what they got.
pub async fn library(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    if caller.tenant.who().client().is_some() {
        return delivered(caller, RawQuery(query)).await;
    }
    caller.require(Permission::ReportsRead)?;
    let page = reports::library(&caller.tenant, read(query.as_deref())?).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /reports/delivered`.
pub async fn delivered(caller: Caller, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ReportsRead)?;
    let pairs = pairs(query.as_deref());
    let wanted = Wanted::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))?;
    let page = reports::delivered(&caller.tenant, wanted, caller.now).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /reports/delivered/{report}`.
pub async fn one(caller: Caller, Path(id): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ReportsRead)?;
    let id: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let report = reports::one(&caller.tenant, id).await?;
    let rows = read(query.as_deref())?.rows;
    let links = caller.tenant.who().client().is_none();
    let page = ReportPage { report, way: Way::Delivered(id), rows, links, may_keep: false };
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `GET /reports/delivered/{report}/{format}`.
pub async fn one_as(caller: Caller, Path((id, format)): Path<(String, String)>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ReportsRead)?;
    let id: ReportId = id.parse().map_err(|_| Refusal::NotFound)?;
    let report = reports::one(&caller.tenant, id).await?;
    let rows = read(query.as_deref())?.rows;
    papers::answer(&caller, report, &format, rows.as_deref(), &format!("/delivered/{id}")).await
}

/// `GET /reports/{kind}`: the report as it is now.
pub async fn preview(caller: Caller, Path(word): Path<String>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ReportsRead)?;
    caller.require(Permission::StaffHome)?;
    let (kind, query) = (kind(&word)?, read(query.as_deref())?);
    match reports::preview(&caller.tenant, kind, &query, caller.now).await {
        Ok(report) => {
            let may_keep = caller.require(Permission::ReportsManage).is_ok();
            let page = ReportPage { report, rows: query.rows.clone(), way: Way::Preview(query), links: true, may_keep };
            Ok(caller.page().await?.show(|frame| page.render(frame)))
        }
        Err(Failure::Refused(Refusal::Invalid(faults))) => {
            let page = app::reports::LibraryPage { faults, ..reports::library(&caller.tenant, query).await? };
            Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// `GET /reports/{kind}/{format}`.
pub async fn preview_as(caller: Caller, Path((word, format)): Path<(String, String)>, RawQuery(query): RawQuery) -> Answer {
    caller.require(Permission::ReportsRead)?;
    caller.require(Permission::StaffHome)?;
    let (kind, query) = (kind(&word)?, read(query.as_deref())?);
    let report = reports::preview(&caller.tenant, kind, &query, caller.now).await?;
    papers::answer(&caller, report, &format, query.rows.as_deref(), &format!("/{kind}{}", query.to_query())).await
}

/// `POST /reports/{kind}/delivery`: keeps the report as it is now, for the client's people too.
pub async fn keep(caller: Caller, Path(word): Path<String>, sent: Sent) -> Answer {
    caller.require(Permission::ReportsManage)?;
    let query = read(Some(&sent.one("query")))?;
    let id = reports::keep(&caller.tenant, kind(&word)?, &query, &by(&caller)).await?;
    Ok(Redirect::to(&caller.href(&format!("/reports/delivered/{id}?done=report-kept"))).into_response())
}

//! `/settings/brand`.

use app::{brand::BrandPage, people::Faults};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect},
};

use super::{caller::Caller, errors::Answer, people::faults, sent::Sent};
use crate::service::brand;

/// `GET /settings/brand`.
pub async fn show(caller: Caller) -> Answer {
    let page = brand::page(&caller.tenant).await?;
    Ok(caller.page().await?.show(|frame| page.render(frame)))
}

/// `POST /settings/brand`.
pub async fn change(caller: Caller, sent: Sent) -> Answer {
    let typed = BrandPage {
        version: sent.one("version"),
        name: sent.one("name"),
        accent: sent.one("accent"),
        font: sent.one("font"),
        radius: sent.one("radius"),
        navigation: sent.one("navigation"),
        headline: sent.one("headline"),
        phone: sent.one("phone"),
        hours: sent.one("hours"),
        faults: Faults::default(),
    };
    if let Err(failure) = brand::change(&caller.tenant, &typed, caller.now, caller.address()).await {
        let page = BrandPage { faults: faults(failure)?, ..typed };
        return Ok(caller.page().await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).show(|frame| page.render(frame)));
    }
    Ok(Redirect::to(&caller.href("/settings/brand?done=brand")).into_response())
}

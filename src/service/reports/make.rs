//! Making a report: who may, over which time, from which rows.

use domain::{
    Moment, Refusal,
    brand::{BrandTokens, Palette, Rgb, Theme},
    people::Permission,
    reports::{
        Brand, Head, Kind, Named, Report, ReportQuery, alerts,
        executive::{self, Facts},
        inventory, patching, period,
    },
};
use foundation::{Failure, Tenant, tenants::rows::brand};

/// The name and the colour that papers bear; a colour on which white cannot be read gives way to the brand's dark text.
///
/// # Errors
/// When the database fails.
pub async fn brand_of(tenant: &Tenant) -> Result<Brand, Failure> {
    Ok(sender(&tenant.brand().await?))
}

fn sender(row: &brand::Model) -> Brand {
    let tokens: BrandTokens = serde_json::from_str(&row.tokens).ok().and_then(|words| BrandTokens::parse(&words).ok()).unwrap_or_default();
    let palette = Palette::of(&tokens, Theme::Light);
    let readable = palette.on_accent == Rgb::WHITE;
    Brand { name: row.name.clone(), accent: (if readable { palette.accent } else { palette.accent_text }).to_string() }
}

/// The report that `query` asks for, for somebody who may see it.
///
/// # Errors
/// [`Refusal::Forbidden`] for contacts, who see what was delivered; [`Refusal::Invalid`] naming what makes no period.
pub async fn preview(tenant: &Tenant, kind: Kind, query: &ReportQuery, now: Moment) -> Result<Report, Failure> {
    tenant.require(Permission::ReportsRead)?;
    tenant.require(Permission::StaffHome)?;
    if !Kind::OFFERED.contains(&kind) {
        return Err(Refusal::NotFound.into());
    }
    let zone = tenant.who().time_zone.clone();
    made(tenant, kind, query, &zone, now).await
}

/// The report of `kind` over what `query` says on the clocks of `zone`, from all that `tenant` reaches.
///
/// # Errors
/// [`Refusal::NotFound`] for a client out of reach; [`Refusal::Invalid`] for a period that is none or holds too much.
pub async fn made(tenant: &Tenant, kind: Kind, query: &ReportQuery, zone: &str, now: Moment) -> Result<Report, Failure> {
    let client = match query.client {
        Some(id) => Some(Named { id, name: tenant.client(id)?.row().await?.name }),
        None => None,
    };
    let head = period::head(query, client, zone, now)?;
    let brand = brand_of(tenant).await?;
    report(tenant, kind, head, brand).await
}

/// One arm for each kind.
async fn report(tenant: &Tenant, kind: Kind, head: Head, brand: Brand) -> Result<Report, Failure> {
    let days = period::each_day(&head);
    Ok(match kind {
        Kind::Alerts => alerts::report(&tenant.report_alerts(&head).await?, &days, head, brand),
        Kind::Inventory => inventory::report(&tenant.report_devices(&head).await?, head, brand),
        Kind::Executive => {
            let (devices, alerts) = (tenant.report_devices(&head).await?, tenant.report_alerts(&head).await?);
            let commands = tenant.report_commands(&head).await?;
            executive::report(Facts { devices: &devices, alerts: &alerts, commands }, &days, head, brand)
        }
        Kind::Patching => patching::report(&super::patching::facts(tenant, &head, &days).await?, head, brand),
    })
}

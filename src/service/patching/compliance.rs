//! Compliance: installed of applicable and past due, by client and class, and day by day.

use app::patching::{CompliancePage, TrendDay};
use domain::{
    Moment,
    ids::ClientId,
    patching::{Targets, groups::Groups},
    time::DAY,
};
use foundation::{Failure, Tenant, Writing, patching::DayRow};

use super::fleet::Fleet;

/// Days of the trend.
const TREND: i64 = 31;

/// The page of all figures, as they are now.
///
/// # Errors
/// When the database fails.
pub async fn compliance(tenant: &Tenant, now: Moment) -> Result<CompliancePage, Failure> {
    let fleet = Fleet::load(tenant, now).await?;
    let groups = fleet.groups(tenant).await?;
    let mut by_client = groups.by_client();
    let mut clients = Vec::new();
    for row in tenant.clients().await? {
        if let Some((tally, devices)) = by_client.remove(&ClientId(row.id)) {
            clients.push(((ClientId(row.id), row.name), tally, devices));
        }
    }
    clients.sort_by_cached_key(|((_, name), ..)| name.to_lowercase());
    Ok(CompliancePage {
        total: groups.total(),
        clients,
        classes: groups.by_class().to_vec(),
        targets: fleet.says.targets,
        trend: trend(tenant, now).await?,
        counted_at: now,
    })
}

async fn trend(tenant: &Tenant, now: Moment) -> Result<Vec<TrendDay>, Failure> {
    let number = |n: i64| u64::try_from(n).unwrap_or(0);
    let day = |row: DayRow| (Moment(row.day * DAY), number(row.installed), number(row.installed + row.missing));
    Ok(tenant.patch_days(now.0.div_euclid(DAY) - TREND, None).await?.into_iter().map(day).collect())
}

/// Whether a device is counted that was silent for too long, or one that was heard of again is not.
///
/// # Errors
/// When the database fails.
pub async fn has_silent(tenant: &Tenant, now: Moment) -> Result<bool, Failure> {
    Ok(!tenant.silent_devices(targets(tenant).await?, now).await?.is_empty())
}

/// Counts some silent devices as unknown; says whether there may be more.
///
/// # Errors
/// When the database fails.
pub async fn note_silent(writing: &Writing, now: Moment) -> Result<bool, Failure> {
    writing.note_silent_devices(targets(writing).await?, now).await
}

async fn targets(tenant: &Tenant) -> Result<Targets, Failure> {
    Ok(tenant.patch_settings().await?.map(|settings| settings.targets()).unwrap_or_default())
}

/// The figures of now.
///
/// # Errors
/// When the database fails.
pub async fn figures(tenant: &Tenant, now: Moment) -> Result<Groups, Failure> {
    Fleet::load(tenant, now).await?.groups(tenant).await
}

/// Keeps `groups` as the figures of the day that holds `now`.
///
/// # Errors
/// When the database fails.
pub async fn keep_figures(writing: &Writing, groups: &Groups, now: Moment) -> Result<(), Failure> {
    writing.keep_points(now.0.div_euclid(DAY), groups).await
}

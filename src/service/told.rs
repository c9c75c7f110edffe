//! What we did: the acts of the MSP's people for one client, in plain sentences.

use app::work::{Deed, WorkPage};
use domain::{
    Moment, Refusal,
    ids::{DeviceId, Uuid},
    people::Permission,
    work::{Told, first_name, icon, sentence},
};
use foundation::{Failure, Tenant, audit::Wanted};
use jiff::{civil::Date, tz::TimeZone};

/// Acts of one page.
const PAGE: u64 = 50;
/// Acts that Home shows.
const FEW: u64 = 5;

/// What the address asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// A month, in the viewer's zone: `2026-11`.
    pub month: String,
    /// The id of a device.
    pub device: String,
    /// The place after which the page begins.
    pub after: String,
}

/// The first instants of a month and of the next one, where the viewer is.
fn month(text: &str, zone: &str) -> Option<(Moment, Moment)> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let first: Date = format!("{text}-01").parse().ok()?;
    let next = first.last_of_month().tomorrow().ok()?;
    let at = |date: Date| date.to_zoned(zone.clone()).ok().map(|at| Moment(at.timestamp().as_millisecond()));
    Some((at(first)?, at(next)?))
}

fn wanted(tenant: &Tenant, asked: &Asked) -> Result<Wanted, Refusal> {
    let unknown = |field: &str| Refusal::invalid(field, "is not a value this list knows");
    let some = |text: &str| !text.is_empty();
    let span = some(&asked.month).then(|| month(&asked.month, &tenant.who().time_zone).ok_or_else(|| unknown("month"))).transpose()?;
    let device = some(&asked.device).then(|| asked.device.parse::<DeviceId>().map_err(|_| unknown("device"))).transpose()?;
    let place = || asked.after.split_once('.').and_then(|(at, id)| Some((Moment(at.parse().ok()?), Uuid::try_parse(id).ok()?)));
    let after = some(&asked.after).then(|| place().ok_or_else(|| unknown("after"))).transpose()?;
    Ok(Wanted { since: span.map(|span| span.0), until: span.map(|span| span.1), device, after })
}

async fn deeds(tenant: &Tenant, wanted: &Wanted, most: u64) -> Result<(Vec<Deed>, Option<String>), Failure> {
    let mut rows = tenant.told(wanted, most + 1).await?;
    let more = rows.len() as u64 > most;
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let after = rows.last().filter(|_| more).map(|row| format!("{}.{}", row.at, row.id.simple()));
    let named: Vec<DeviceId> = rows.iter().filter_map(|row| row.object_id.as_ref()?.parse().ok()).collect();
    let known = tenant.devices_among(&named).await?;
    let deed = |row: foundation::audit::EntryRow| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (object, after, detail) = (text(&row.object_name), text(&row.new), text(&row.detail));
        let words = sentence(Told { action: &row.action, object: &object, after: &after, detail: &detail })?;
        let device = row.object_id.as_ref().and_then(|id| id.parse().ok()).filter(|id| known.contains(id));
        Some(Deed { at: Moment(row.at), who: first_name(&row.actor_name).to_owned(), words, icon: icon(&row.action), device })
    };
    Ok((rows.into_iter().filter_map(deed).collect(), after))
}

/// The page that `asked` wants.
///
/// # Errors
/// [`Refusal::Forbidden`] without the permission; [`Refusal::Invalid`] naming the parameter.
pub async fn page(tenant: &Tenant, asked: Asked) -> Result<WorkPage, Failure> {
    tenant.require(Permission::WorkRead)?;
    let (deeds, older) = deeds(tenant, &wanted(tenant, &asked)?, PAGE).await?;
    Ok(WorkPage { deeds, older, month: asked.month, device: asked.device, first: asked.after.is_empty() })
}

/// What was done lately, for Home.
///
/// # Errors
/// When the database fails.
pub async fn lately(tenant: &Tenant) -> Result<Vec<Deed>, Failure> {
    Ok(deeds(tenant, &Wanted::default(), FEW).await?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_where_the_viewer_is() {
        assert_eq!(month("2026-11", "UTC").map(|(first, next)| next.since(first)), Some(30 * domain::time::DAY));
        assert_eq!(month("2026-10", "Europe/Berlin").map(|(first, next)| next.since(first)), Some(31 * domain::time::DAY + domain::time::HOUR));
        assert!(month("2026-13", "UTC").is_none() && month("x", "UTC").is_none());
    }
}

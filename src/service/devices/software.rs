//! The packages of one device, a page at a time.

use app::devices::detail::{SoftwareQuery, SoftwareTab, package_key};
use domain::devices::report::Package;
use foundation::{Failure, Tenant, tenancy::SeenDevice};

use super::detail::inventory_at;

/// Packages of one page.
const PACKAGES: usize = 200;

/// A page of the packages of `device`.
///
/// # Errors
/// When the database fails.
pub async fn software(tenant: &Tenant, device: &SeenDevice, query: SoftwareQuery) -> Result<SoftwareTab, Failure> {
    let section = tenant.software(device).await?;
    let all = section.as_ref().map_or(0, |section| section.content.len() as u64);
    let wanted = query.q.to_lowercase();
    let matching = section.map(|section| section.content.into_iter().filter(|package| package.name.to_lowercase().contains(&wanted)).collect::<Vec<_>>());
    let found = matching.as_deref().unwrap_or_default();
    let (from, to) = window(found, &query);
    let turn = |after: Option<String>, before: Option<String>| SoftwareQuery { q: query.q.clone(), after, before };
    let shown = found.get(from..to).unwrap_or_default();
    Ok(SoftwareTab {
        first_row: if shown.is_empty() { 0 } else { from as u64 + 1 },
        total_matching: found.len() as u64,
        total: all,
        taken_at: matching.as_ref().and_then(|_| inventory_at(device)),
        newer: (from > 0).then(|| turn(None, shown.first().map(package_key))),
        older: (to < found.len()).then(|| turn(shown.last().map(package_key), None)),
        packages: matching.as_ref().map(|_| shown.to_vec()),
        query,
    })
}

/// The rows of the page that `query` asks for.
fn window(found: &[Package], query: &SoftwareQuery) -> (usize, usize) {
    let place = |key: &String| found.iter().position(|package| package_key(package) == *key);
    match (query.after.as_ref().and_then(place), query.before.as_ref().and_then(place)) {
        (Some(last), _) => (last + 1, (last + 1 + PACKAGES).min(found.len())),
        (None, Some(first)) => (first.saturating_sub(PACKAGES), first),
        (None, None) => (0, PACKAGES.min(found.len())),
    }
}

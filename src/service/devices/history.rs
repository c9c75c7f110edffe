//! What changed on a device, a page at a time.

use app::devices::detail::{Change, ChangeKind, HistoryTab};
use domain::{Moment, Refusal, ids::ChangeId};
use foundation::{Failure, Tenant, devices::ChangeRow, tenancy::SeenDevice};

/// A page of what changed on `device`.
///
/// # Errors
/// [`Refusal::Invalid`] for a cursor that is none.
pub async fn history(tenant: &Tenant, device: &SeenDevice, after: Option<&str>, before: Option<&str>) -> Result<HistoryTab, Failure> {
    let place = match (after, before) {
        (Some(after), _) => Some((place_of(after).ok_or_else(|| Refusal::invalid("after", "is not a place in this list"))?, false)),
        (None, Some(before)) => Some((place_of(before).ok_or_else(|| Refusal::invalid("before", "is not a place in this list"))?, true)),
        (None, None) => None,
    };
    let page = tenant.changes(device, place.map(|((at, id), newer)| (at, id, newer))).await?;
    let cursor = |row: Option<&ChangeRow>| row.map(|row| format!("{}.{}", row.at, ChangeId(row.id)));
    Ok(HistoryTab {
        older: cursor(page.rows.last()).filter(|_| page.older),
        newer: cursor(page.rows.first()).filter(|_| page.newer),
        changes: page.rows.into_iter().map(change).collect(),
    })
}

fn place_of(cursor: &str) -> Option<(Moment, ChangeId)> {
    let (at, id) = cursor.split_once('.')?;
    Some((Moment(at.parse().ok()?), id.parse().ok()?))
}

/// A change as pages show it.
pub fn change(row: ChangeRow) -> Change {
    let kind = match row.kind.as_str() {
        "software" => ChangeKind::Software,
        "hardware" => ChangeKind::Hardware,
        "network" => ChangeKind::Network,
        "restart" => ChangeKind::Restart,
        "agent" => ChangeKind::Agent,
        "standing" => ChangeKind::Standing,
        _ => ChangeKind::System,
    };
    Change { id: ChangeId(row.id), at: Moment(row.at), kind, subject: row.subject, before: row.old, after: row.new }
}

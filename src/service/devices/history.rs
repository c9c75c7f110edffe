//! What changed on a device, a page at a time.

use app::devices::detail::{Change, ChangeKind, HistoryTab};
use domain::{Moment, Refusal, ids::ChangeId};
use foundation::{
    Failure, Tenant,
    devices::{ChangeRow, Place},
    tenancy::SeenDevice,
};

use crate::service::counts::count;

/// A page of what changed on `device`, of one kind or of all.
///
/// # Errors
/// [`Refusal::Invalid`] for a kind or a cursor that is none.
pub async fn history(tenant: &Tenant, device: &SeenDevice, kind: Option<&str>, after: Option<&str>, before: Option<&str>) -> Result<HistoryTab, Failure> {
    let known = |word: &str| ChangeKind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| Refusal::invalid("kind", "is no kind of change"));
    let kind = kind.map(known).transpose()?;
    let place = match (after, before) {
        (Some(after), _) => Some((place_of(after).ok_or_else(|| Refusal::invalid("after", "is not a place in this list"))?, false)),
        (None, Some(before)) => Some((place_of(before).ok_or_else(|| Refusal::invalid("before", "is not a place in this list"))?, true)),
        (None, None) => None,
    };
    let wanted: Vec<&str> = kind.map(ChangeKind::word).into_iter().collect();
    let page = tenant.changes(device, &wanted, place.map(|((at, id), newer)| Place { at, id, newer })).await?;
    let stored = tenant.change_counts(device).await?;
    let of = |kind: ChangeKind| stored.iter().filter(|row| kind_of(&row.kind) == kind).map(|row| count(row.changes)).sum();
    let cursor = |row: Option<&ChangeRow>| row.map(|row| format!("{}.{}", row.at, ChangeId(row.id)));
    Ok(HistoryTab {
        kind,
        counts: ChangeKind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, n)| *n > 0).collect(),
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
    Change { id: ChangeId(row.id), at: Moment(row.at), kind: kind_of(&row.kind), subject: row.subject, before: row.old, after: row.new }
}

fn kind_of(stored: &str) -> ChangeKind {
    ChangeKind::ALL.into_iter().find(|kind| kind.word() == stored).unwrap_or(ChangeKind::System)
}

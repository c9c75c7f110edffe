//! The list of updates: what each is, who needs it, and what holds for all clients.

use app::patching::{UpdateLine, UpdatesPage};
use domain::{
    Moment,
    devices::query::{Cursor, PAGE},
    ids::{UpdateId, Uuid},
    patching::{
        Place, Verdict,
        query::{Decided, Sort, UpdatesQuery},
        typed::{Shown, TypedDecision},
    },
};
use foundation::{Failure, Tenant};

use super::{
    fleet::{Fleet, by_update},
    says::{Known, Says},
};
use crate::service::counts::CountsCache;

/// A line of an update.
pub(super) fn line(id: Uuid, known: &Known, counts: (u64, u64, u64), says: &Says) -> UpdateLine {
    let stands = says.by_hand(id).iter().find(|decision| decision.place == Place::Tenant);
    let key = known.update.key.clone();
    UpdateLine {
        id: UpdateId(id),
        name: key.name,
        version: key.version,
        arch: key.arch,
        source: key.source,
        origin: known.update.origin.clone(),
        class: known.class(),
        first_seen: known.first_seen,
        need: counts.0,
        have: counts.1,
        failed: counts.2,
        verdict: says.verdict(id, known, None, None),
        shown: Shown(stands.map(|stands| (stands.id, stands.revision))).to_string(),
    }
}

fn matches(query: &UpdatesQuery, line: &UpdateLine) -> bool {
    let q = query.q.to_lowercase();
    let decided = match line.verdict {
        Some(Verdict::Approve) => Decided::Approved,
        Some(Verdict::Defer(_)) => Decided::Deferred,
        Some(Verdict::Decline) => Decided::Declined,
        None => Decided::Undecided,
    };
    (q.is_empty() || line.name.to_lowercase().contains(&q) || line.version.to_lowercase().contains(&q))
        && query.class.is_none_or(|class| class == line.class)
        && query.decided.is_none_or(|wanted| wanted == decided)
        && (!query.failed || line.failed > 0)
}

fn key(sort: Sort, line: &UpdateLine) -> String {
    match sort {
        Sort::Name => format!("{} {}", line.name, line.version),
        Sort::Seen => format!("{:020}", line.first_seen.0),
        Sort::Need => format!("{:020}", line.need),
        Sort::Failed => format!("{:020}", line.failed),
    }
}

/// Every update that a device within reach needs or has, in no order.
///
/// # Errors
/// When the database fails.
pub async fn every_update(tenant: &Tenant, now: Moment) -> Result<Vec<UpdateLine>, Failure> {
    let fleet = Fleet::load(tenant, now).await?;
    let counted = by_update(tenant, None).await?.into_iter();
    Ok(counted.filter_map(|(id, counts)| Some(line(id, fleet.updates.get(&id)?, counts, &fleet.says))).collect())
}

fn sorted<'a>(lines: &'a [UpdateLine], query: &UpdatesQuery) -> Vec<&'a UpdateLine> {
    let mut lines: Vec<&UpdateLine> = lines.iter().filter(|line| matches(query, line)).collect();
    lines.sort_by_cached_key(|line| (key(query.sort, line), line.id.0));
    if query.descending {
        lines.reverse();
    }
    lines
}

/// The page of updates that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn updates(tenant: &Tenant, counts: &CountsCache, query: UpdatesQuery, now: Moment) -> Result<UpdatesPage, Failure> {
    let counted = counts.updates(tenant, now).await?;
    let lines = sorted(&counted.value, &query);
    let total = lines.len();
    let page = usize::try_from(PAGE).unwrap_or(100);
    let here = |cursor: &Cursor| {
        let before = |line: &&UpdateLine| {
            let (mine, theirs) = ((key(query.sort, line), line.id.0), (cursor.value.clone(), cursor.id));
            if query.descending { mine > theirs } else { mine < theirs }
        };
        lines.partition_point(before)
    };
    let start = match &query.cursor {
        None => 0,
        Some(cursor) if cursor.backwards => here(cursor).saturating_sub(page),
        Some(cursor) => here(cursor) + usize::from(lines.iter().any(|line| line.id.0 == cursor.id)),
    };
    let rows: Vec<UpdateLine> = lines.into_iter().skip(start).take(page).cloned().collect();
    let turn = |row: Option<&UpdateLine>, backwards| {
        let at = |row: &UpdateLine| Cursor { value: key(query.sort, row), id: row.id.0, backwards };
        row.map(|row| UpdatesQuery { cursor: Some(at(row)), ..query.clone() })
    };
    let (newer, older) = (turn(rows.first(), true).filter(|_| start > 0), turn(rows.last(), false).filter(|_| start + rows.len() < total));
    Ok(UpdatesPage { newer, older, rows, total: total as u64, counted_at: counted.at, done: None, error: None, typed: TypedDecision::default(), query })
}

/// Every update that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn export_updates(tenant: &Tenant, query: &UpdatesQuery, now: Moment) -> Result<Vec<UpdateLine>, Failure> {
    Ok(sorted(&every_update(tenant, now).await?, query).into_iter().cloned().collect())
}

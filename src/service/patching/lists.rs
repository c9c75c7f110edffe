//! The list of updates, and the list of updates on devices that every figure opens.

use app::patching::{PairLine, PairsPage, UpdateLine, UpdatesPage};
use domain::{
    Moment,
    devices::query::{Cursor, PAGE},
    ids::{ClientId, SiteId, UpdateId, Uuid},
    patching::{
        Bucket, Kind, Place, Verdict,
        query::{Decided, PairCursor, PairsQuery, Sort, UpdatesQuery},
        typed::{Shown, TypedDecision},
    },
    time::DAY,
};
use foundation::{
    Failure, Tenant,
    patching::{PairFilter, PairRow},
    tenancy::SeenDevice,
};

use super::{
    fleet::{Fleet, by_update},
    judge::Judge,
    says::{Known, Says},
};
use crate::service::counts::CountsCache;

/// Rows looked at in one statement, when not every row is shown.
const CHUNK: usize = 1_000;
/// Statements for one page; what is rarer than that goes on with the next page.
const LOOKS: usize = 40;

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

fn filter(query: &PairsQuery, judge: &Judge) -> PairFilter {
    let installed = matches!(query.counts, Some(Bucket::Installed | Bucket::Early)) || matches!(query.state, Some(Kind::Installed | Kind::NeedsReboot));
    let any = query.counts.is_none_or(|bucket| bucket == Bucket::Unknown) && query.state.is_none_or(|kind| kind == Kind::Unknown);
    let soonest = judge.says.targets.security_days.min(judge.says.targets.other_days);
    PairFilter {
        client: query.client.map(|id| id.0),
        site: None,
        devices: query.device.map(|id| id.0).into_iter().collect(),
        updates: query.update.map(|id| id.0).into_iter().collect(),
        presence: (!any).then_some(if installed { "installed" } else { "needed" }),
        since_before: (query.counts == Some(Bucket::Missing)).then(|| judge.says.now().0 - i64::from(soonest) * DAY),
    }
}

fn holds(query: &PairsQuery, line: &PairLine) -> bool {
    query.class.is_none_or(|class| class == line.class)
        && query.state.is_none_or(|kind| kind == line.kind)
        && query.counts.is_none_or(|bucket| Some(bucket) == line.bucket)
}

/// Rows of a list with the place of each, and whether more may follow after the last one looked at.
struct Found {
    rows: Vec<(PairRow, PairLine)>,
    next: Option<PairCursor>,
}

async fn look(tenant: &Tenant, query: &PairsQuery, filter: PairFilter, judge: &mut Judge, most: usize, looks: usize) -> Result<Found, Failure> {
    let mut cursor = query.cursor.clone();
    let backwards = cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    let mut found = Vec::new();
    let every = query.class.is_none() && query.state.is_none() && query.counts.is_none();
    let chunk = if every { most.min(CHUNK) } else { CHUNK };
    for _ in 0..looks {
        let mut rows = tenant.pair_rows(&filter, cursor.as_ref(), chunk as u64).await?;
        let whole = rows.len() == chunk;
        if backwards {
            rows.reverse();
        }
        let lines = judge.lines(tenant, &rows).await?;
        let mut lines = lines.into_iter().peekable();
        for row in rows {
            cursor = Some(row.cursor(backwards));
            let line = lines.next_if(|line| (line.device.0.0, line.update.0) == (row.id, row.update_id));
            if let Some(line) = line.filter(|line| holds(query, line)) {
                found.push((row, line));
            }
            if found.len() == most {
                return Ok(Found { rows: found, next: cursor });
            }
        }
        if !whole {
            return Ok(Found { rows: found, next: None });
        }
    }
    Ok(Found { rows: found, next: cursor })
}

/// The page of updates on devices that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn pairs(tenant: &Tenant, query: PairsQuery, now: Moment) -> Result<PairsPage, Failure> {
    let mut judge = Judge::load(tenant, now).await?;
    let page = usize::try_from(PAGE).unwrap_or(100);
    let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.backwards);
    let mut found = look(tenant, &query, filter(&query, &judge), &mut judge, page + 1, LOOKS).await?;
    let beyond = found.next.is_some();
    let full = found.rows.len() > page;
    found.rows.truncate(page);
    if backwards {
        found.rows.reverse();
    }
    let at = |row: Option<&(PairRow, PairLine)>, backwards| row.map(|(row, _)| row.cursor(backwards));
    let stopped = found.next.filter(|_| !full);
    let newer = if backwards { at(found.rows.first(), true).filter(|_| beyond) } else { at(found.rows.first(), true).filter(|_| query.cursor.is_some()) };
    let older = if backwards { at(found.rows.last(), false) } else { stopped.or_else(|| at(found.rows.last(), false)).filter(|_| beyond) };
    let turn = |cursor| PairsQuery { cursor: Some(cursor), ..query.clone() };
    let clients = tenant.clients().await?.into_iter().map(|row| (ClientId(row.id), row.name)).collect();
    Ok(PairsPage { newer: newer.map(turn), older: older.map(turn), rows: found.rows.into_iter().map(|(_, line)| line).collect(), clients, query })
}

/// Every row that `query` asks for, at most `most`.
///
/// # Errors
/// When the database fails.
pub async fn export_pairs(tenant: &Tenant, query: &PairsQuery, now: Moment, most: usize) -> Result<Vec<PairLine>, Failure> {
    let mut judge = Judge::load(tenant, now).await?;
    let filter = filter(query, &judge);
    Ok(look(tenant, query, filter, &mut judge, most, usize::MAX).await?.rows.into_iter().map(|(_, line)| line).collect())
}

/// At most `most` rows of what is needed alone, so that what is installed costs nothing; and where more of them start.
///
/// # Errors
/// When the database fails.
pub async fn needed_pairs(
    tenant: &Tenant,
    query: &PairsQuery,
    site: Option<SiteId>,
    now: Moment,
    most: usize,
) -> Result<(Vec<PairLine>, Option<PairCursor>), Failure> {
    let mut judge = Judge::load(tenant, now).await?;
    let filter = PairFilter { presence: Some("needed"), site: site.map(|id| id.0), ..filter(query, &judge) };
    let found = look(tenant, query, filter, &mut judge, most, usize::MAX).await?;
    Ok((found.rows.into_iter().map(|(_, line)| line).collect(), found.next))
}

/// How updates stand on one device.
///
/// # Errors
/// When the database fails.
pub async fn of_device(tenant: &Tenant, device: &SeenDevice, now: Moment) -> Result<Vec<PairLine>, Failure> {
    let query = PairsQuery { device: Some(device.id()), ..PairsQuery::default() };
    export_pairs(tenant, &query, now, 2_000).await
}

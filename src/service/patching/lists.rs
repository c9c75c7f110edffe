//! The list of updates on devices, which every figure opens.

use app::patching::{PairLine, PairsPage};
use domain::{
    Moment,
    devices::query::PAGE,
    ids::{ClientId, SiteId},
    patching::{
        Bucket, Kind,
        query::{PairCursor, PairsQuery},
    },
    time::DAY,
};
use foundation::{
    Failure, Tenant,
    patching::{PairFilter, PairRow},
    tenancy::SeenDevice,
};

use super::judge::Judge;

/// Rows looked at in one statement, when not every row is shown.
const CHUNK: usize = 1_000;
/// Updates that are looked for by name.
const FEW: usize = 50;
/// Statements for one page; what is rarer than that goes on with the next page.
const LOOKS: usize = 40;

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

/// The same, narrowed to the updates that can be in it when these are few: what is rare is not looked for among all that devices have.
/// `None`: there are no rows.
async fn narrowed(tenant: &Tenant, query: &PairsQuery, judge: &Judge) -> Result<Option<PairFilter>, Failure> {
    let filter = filter(query, judge);
    if query.counts != Some(Bucket::Missing) || !filter.updates.is_empty() || !filter.devices.is_empty() {
        return Ok(Some(filter));
    }
    let updates = tenant.updates_past_due(query.client, judge.says.targets.past_due(judge.says.now())).await?;
    Ok(match updates.len() {
        0 => None,
        n if n <= FEW => Some(PairFilter { updates, ..filter }),
        _ => Some(filter),
    })
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

async fn look(tenant: &Tenant, query: &PairsQuery, filter: Option<PairFilter>, judge: &mut Judge, most: usize, looks: usize) -> Result<Found, Failure> {
    let Some(filter) = filter else { return Ok(Found { rows: Vec::new(), next: None }) };
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
    let filter = narrowed(tenant, &query, &judge).await?;
    let mut found = look(tenant, &query, filter, &mut judge, page + 1, LOOKS).await?;
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
    let filter = narrowed(tenant, query, &judge).await?;
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
    let found = look(tenant, query, Some(filter), &mut judge, most, usize::MAX).await?;
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

//! Software across the fleet: from counts and rows to what the pages show.

use app::software::{Fleet, HolderLine, HolderList, TitleLine, TitlePage, TitlesPage, UnlistedPage, VersionLine};
use domain::{
    Moment, Refusal,
    devices::query::{Cursor, Sort},
    software::{Ecosystem, TitleCursor, TitleQuery, TitlesQuery},
};
use foundation::{
    Failure, Tenant,
    software::{Asked, Holder, TitleRow},
};

use super::{counts::count, devices::line};

/// Of a title that more than one in this many devices have, the devices are looked through by name.
const COMMON: u64 = 8;

async fn fleet(tenant: &Tenant) -> Result<Fleet, Failure> {
    let figures = tenant.software_fleet().await?;
    Ok(Fleet { listed: count(figures.listed), unknown: count(figures.devices - figures.listed) })
}

async fn lines(tenant: &Tenant, rows: Vec<TitleRow>) -> Result<Vec<TitleLine>, Failure> {
    let figures = tenant.software_versions_of(&rows).await?;
    let figures: std::collections::HashMap<_, _> = figures.iter().map(|row| ((&row.name, &row.ecosystem), (row.versions, &row.version))).collect();
    let line = |row: &TitleRow| {
        let (versions, version) = figures.get(&(&row.name, &row.ecosystem)).copied().unzip();
        TitleLine {
            name: row.name.clone(),
            ecosystem: row.ecosystem.parse().unwrap_or(Ecosystem::Other),
            devices: count(row.devices),
            versions: count(versions.unwrap_or(0)),
            version: version.filter(|_| versions == Some(1)).cloned(),
        }
    };
    Ok(rows.iter().map(line).collect())
}

fn place(row: &TitleLine, backwards: bool) -> TitleCursor {
    TitleCursor { ecosystem: row.ecosystem, name: row.name.clone(), backwards }
}

/// The page of titles that `query` asks for.
///
/// # Errors
/// When the database fails.
pub async fn titles(tenant: &Tenant, query: TitlesQuery, now: Moment) -> Result<TitlesPage, Failure> {
    let (rows, more) = tenant.software_titles(&query).await?;
    let rows = lines(tenant, rows).await?;
    let systems = tenant.software_systems(&query).await?;
    let all = if query.q.is_empty() { systems.clone() } else { tenant.software_systems(&TitlesQuery::default()).await? };
    let turn = |row: Option<&TitleLine>, backwards| row.map(|row| TitlesQuery { cursor: Some(place(row, backwards)), ..query.clone() });
    // Going backwards, the first page is known by having nothing before it.
    let first = match rows.first() {
        Some(row) if query.cursor.is_some() => tenant.software_lines(&reversed(&query, row), 1).await?.is_empty(),
        _ => true,
    };
    Ok(TitlesPage {
        newer: turn(rows.first(), true).filter(|_| !first),
        older: turn(rows.last(), false).filter(|_| more),
        systems: systems.into_iter().map(|(system, titles)| (system, count(titles))).collect(),
        total: all.into_iter().map(|(_, titles)| count(titles)).sum(),
        fleet: fleet(tenant).await?,
        counted_at: now,
        rows,
        query,
    })
}

fn reversed(query: &TitlesQuery, row: &TitleLine) -> TitlesQuery {
    TitlesQuery { cursor: Some(place(row, true)), ..query.clone() }
}

/// The next lines of an export, and the query that goes on after them.
///
/// # Errors
/// When the database fails.
pub async fn export_titles(tenant: &Tenant, query: &TitlesQuery, most: u64) -> Result<(Vec<TitleLine>, Option<TitlesQuery>), Failure> {
    let rows = lines(tenant, tenant.software_lines(query, most).await?).await?;
    let more = (rows.len() as u64 == most).then(|| rows.last()).flatten();
    let next = more.map(|row| TitlesQuery { cursor: Some(place(row, false)), ..query.clone() });
    Ok((rows, next))
}

/// A title within reach, with its versions newest first and the devices that have each.
struct Found {
    installed: u64,
    versions: Vec<VersionLine>,
}

async fn find(tenant: &Tenant, ecosystem: Ecosystem, name: &str) -> Result<Found, Failure> {
    let (any, mut versions): (Vec<_>, Vec<_>) = tenant.software_versions(ecosystem, name).await?.into_iter().partition(|row| row.version.is_empty());
    let installed = any.first().map(|row| count(row.devices)).ok_or(Refusal::NotFound)?;
    versions.sort_by(|a, b| ecosystem.compare(&b.version, &a.version).then_with(|| b.version.cmp(&a.version)));
    Ok(Found { installed, versions: versions.into_iter().map(|row| VersionLine { version: row.version, devices: count(row.devices) }).collect() })
}

/// The devices that `query` asks for; and how many they are, where the counts tell.
fn asked<'a>(ecosystem: Ecosystem, name: &'a str, query: &TitleQuery, found: &Found, fleet: u64) -> (Asked<'a>, Option<u64>) {
    if query.lacks {
        return (Asked::Lacking { ecosystem, name }, None);
    }
    let held = || found.versions.iter().filter(|line| query.holds(ecosystem, &line.version));
    let devices: u64 = held().map(|line| line.devices).sum();
    // Where no device has two versions, the devices of the versions add up.
    let exact = found.versions.iter().map(|line| line.devices).sum::<u64>() == found.installed;
    let versions = query.is_filtered().then(|| held().map(|line| line.version.clone()).collect());
    let total = if query.is_filtered() { Some(devices).filter(|_| exact) } else { Some(found.installed) };
    (Asked::Having { ecosystem, name, versions, most: devices > fleet / COMMON }, total)
}

fn holder(holder: Holder, ecosystem: Ecosystem, now: Moment) -> HolderLine {
    let mut versions: Vec<String> = holder.versions.into_iter().collect();
    versions.sort_by(|a, b| ecosystem.compare(b, a));
    HolderLine { device: line(holder.row, now), versions }
}

async fn list(tenant: &Tenant, asked: &Asked<'_>, cursor: Option<&Cursor>, total: u64, now: Moment) -> Result<HolderList, Failure> {
    let (found, more) = if total == 0 { (Vec::new(), false) } else { tenant.software_holders(asked, cursor).await? };
    let at = |holder: Option<&Holder>, backwards| holder.map(|holder| holder.row.cursor(Sort::Name, backwards));
    let newer = at(found.first(), true).filter(|_| cursor.is_some());
    let newer = match &newer {
        Some(before) if tenant.software_holder_lines(asked, Some(before), 1).await?.0.is_empty() => None,
        _ => newer,
    };
    let older = at(found.last(), false).filter(|_| more);
    let ecosystem = if let Asked::Having { ecosystem, .. } = asked { *ecosystem } else { Ecosystem::Other };
    Ok(HolderList { rows: found.into_iter().map(|each| holder(each, ecosystem, now)).collect(), total, newer, older })
}

/// The page of the title `name`; what is wrong with the version asked for is for its form.
///
/// # Errors
/// [`Refusal::NotFound`] when no device within reach has it.
pub async fn title(tenant: &Tenant, ecosystem: Ecosystem, name: &str, query: TitleQuery, now: Moment) -> Result<TitlePage, Failure> {
    let found = find(tenant, ecosystem, name).await?;
    let fleet = fleet(tenant).await?;
    let able = count(tenant.software_devices_of(ecosystem).await?);
    let (asked, total) = asked(ecosystem, name, &query, &found, fleet.listed);
    let total = match (total, query.lacks) {
        (Some(total), _) => total,
        (None, true) => able.saturating_sub(found.installed),
        (None, false) => tenant.software_holder_count(&asked).await?,
    };
    let list = list(tenant, &asked, query.cursor.as_ref(), total, now).await?;
    let epoch = query.version.as_ref().and_then(|filter| found.versions.iter().find(|line| filter.forgets_epoch(ecosystem, &line.version)));
    Ok(TitlePage {
        name: name.to_owned(),
        ecosystem,
        typed: query.version.as_ref().map(|filter| (filter.is.word().to_owned(), filter.version.clone())).unwrap_or_default(),
        fault: None,
        installed: found.installed,
        able,
        fleet,
        epoch: epoch.map(|line| line.version.clone()),
        versions: found.versions,
        list,
        counted_at: now,
        query,
    })
}

/// The next devices of an export, and the query that goes on after them.
///
/// # Errors
/// [`Refusal::NotFound`] when no device within reach has the title.
pub async fn export_title(
    tenant: &Tenant,
    ecosystem: Ecosystem,
    name: &str,
    query: &TitleQuery,
    now: Moment,
    most: u64,
) -> Result<(Vec<HolderLine>, Option<TitleQuery>), Failure> {
    let found = find(tenant, ecosystem, name).await?;
    let (asked, _) = asked(ecosystem, name, query, &found, fleet(tenant).await?.listed);
    let (lines, next) = tenant.software_holder_lines(&asked, query.cursor.as_ref(), most).await?;
    let next = next.map(|cursor| TitleQuery { cursor: Some(cursor), ..query.clone() });
    Ok((lines.into_iter().map(|each| holder(each, ecosystem, now)).collect(), next))
}

/// The page of devices without a list of packages.
///
/// # Errors
/// When the database fails.
pub async fn unlisted(tenant: &Tenant, cursor: Option<&Cursor>, now: Moment) -> Result<UnlistedPage, Failure> {
    let fleet = fleet(tenant).await?;
    Ok(UnlistedPage { list: list(tenant, &Asked::Unknown, cursor, fleet.unknown, now).await?, fleet, counted_at: now })
}

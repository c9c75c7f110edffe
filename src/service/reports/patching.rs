//! What the report about patch compliance is made of: the figures and rows of patching, as they stand now.

use std::collections::BTreeMap;

use app::patching::PairLine;
use domain::{
    Moment,
    ids::ClientId,
    patching::{
        Bucket, Class, Tally,
        groups::{Devices, Groups},
        query::PairsQuery,
    },
    reports::{
        Head, Named, document,
        patching::{Facts, Pair},
    },
    time::DAY,
};
use foundation::{Failure, Tenant, clients::rows::client};

use crate::service::patching::{export_pairs, figures};

/// Rows that are read besides those past due; a report keeps at most [`document::ROWS`].
const OTHERS: usize = 20_000;

/// The facts of `head`'s client, or of all clients within reach.
///
/// # Errors
/// When the database fails.
pub(super) async fn facts(tenant: &Tenant, head: &Head, days: &[(String, Moment, Moment)]) -> Result<Facts, Failure> {
    let only = head.client.as_ref().map(|client| client.id);
    let groups = figures(tenant, head.made_at).await?;
    let pairs = pairs(tenant, only, head.made_at).await?;
    let classes = match only {
        None => groups.by_class().to_vec(),
        Some(only) => Class::ALL.map(|class| (class, groups.of(only, class))).to_vec(),
    };
    let clients = named(tenant, only, &groups).await?;
    let measured_at = tenant.report_devices(head).await?.into_iter().filter_map(|device| device.seen).max();
    Ok(Facts { clients, classes, days: trend(tenant, only, days).await?, pairs: pairs.into_iter().map(pair).collect(), measured_at })
}

async fn named(tenant: &Tenant, only: Option<ClientId>, groups: &Groups) -> Result<Vec<(Named, Tally, Devices)>, Failure> {
    let mut figures = groups.by_client();
    let mut clients = tenant.clients().await?;
    clients.sort_by_cached_key(|row| row.name.to_lowercase());
    let mine = clients.into_iter().filter(|row| only.is_none_or(|only| only.0 == row.id));
    let of = |row: client::Model| figures.remove(&ClientId(row.id)).map(|(tally, devices)| (Named { id: ClientId(row.id), name: row.name }, tally, devices));
    Ok(mine.filter_map(of).collect())
}

/// The pairs that count, those past due first and those installed last.
async fn pairs(tenant: &Tenant, client: Option<ClientId>, now: Moment) -> Result<Vec<PairLine>, Failure> {
    let all = PairsQuery { client, ..PairsQuery::default() };
    let past = PairsQuery { counts: Some(Bucket::Missing), ..all.clone() };
    let mut lines = export_pairs(tenant, &past, now, document::ROWS).await?;
    let rest = export_pairs(tenant, &all, now, OTHERS).await?;
    lines.extend(rest.into_iter().filter(|line| line.bucket.is_some_and(|bucket| bucket != Bucket::Missing)));
    let rank = |bucket| [Bucket::Missing, Bucket::Unknown, Bucket::NotDue, Bucket::Deferred, Bucket::Excluded].into_iter().position(|of| of == bucket);
    lines.sort_by_key(|line| (line.bucket.and_then(rank).unwrap_or(usize::MAX), line.due));
    Ok(lines)
}

fn pair(line: PairLine) -> Pair {
    Pair {
        device: line.device,
        client: Named { id: line.client.0, name: line.client.1 },
        update: line.name,
        class: line.class,
        bucket: line.bucket.unwrap_or(Bucket::Unknown),
        due: Some(line.due),
    }
}

/// The figures that were kept each day; a day without any stays empty.
async fn trend(tenant: &Tenant, client: Option<ClientId>, days: &[(String, Moment, Moment)]) -> Result<Vec<(String, Option<Tally>)>, Failure> {
    // Figures are kept by days of UTC: that of a local day's noon.
    let of = |from: Moment| (from.0 + DAY / 2).div_euclid(DAY);
    let Some(first) = days.first().map(|(_, from, _)| of(*from)) else { return Ok(Vec::new()) };
    let mut kept: BTreeMap<i64, Tally> = BTreeMap::new();
    for row in tenant.patch_days(first, client).await? {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        *kept.entry(row.day).or_default() += Tally { installed: number(row.installed), missing: number(row.missing), ..Tally::default() };
    }
    Ok(days.iter().map(|(label, from, _)| (label.clone(), kept.get(&of(*from)).copied())).collect())
}

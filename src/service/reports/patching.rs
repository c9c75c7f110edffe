//! What the report about patch compliance is made of: the figures and rows of patching, as they stand now.

use std::collections::BTreeMap;

use app::patching::PairLine;
use domain::{
    Moment,
    ids::ClientId,
    patching::{Bucket, Class, Tally, groups::Devices, query::PairsQuery},
    reports::{
        Head, Named, document,
        patching::{Facts, Pair},
    },
    time::DAY,
};
use foundation::{Failure, Tenant};

use crate::service::patching::{compliance, export_pairs};

/// Rows that are read besides those past due; a report keeps at most [`document::ROWS`].
const OTHERS: usize = 20_000;

/// The facts of `head`'s client, or of all clients within reach.
///
/// # Errors
/// When the database fails.
pub(super) async fn facts(tenant: &Tenant, head: &Head, days: &[(String, Moment, Moment)]) -> Result<Facts, Failure> {
    let only = head.client.as_ref().map(|client| client.id);
    let page = compliance(tenant, head.made_at).await?;
    let (pairs, complete) = pairs(tenant, only, head.made_at).await?;
    let classes = match only {
        None => page.classes.clone(),
        Some(_) if complete => by_class(&pairs),
        Some(_) => Vec::new(),
    };
    let named = |((id, name), tally, devices): ((ClientId, String), Tally, Devices)| (Named { id, name }, tally, devices);
    let clients = page.clients.into_iter().filter(|((id, _), ..)| only.is_none_or(|only| only == *id)).map(named).collect();
    let measured_at = tenant.report_devices(head).await?.into_iter().filter_map(|device| device.seen).max();
    Ok(Facts { clients, classes, days: trend(tenant, only, days).await?, pairs: pairs.into_iter().map(pair).collect(), measured_at })
}

/// The pairs that count, those past due first and those installed last; and whether they are all.
async fn pairs(tenant: &Tenant, client: Option<ClientId>, now: Moment) -> Result<(Vec<PairLine>, bool), Failure> {
    let all = PairsQuery { client, ..PairsQuery::default() };
    let past = PairsQuery { counts: Some(Bucket::Missing), ..all.clone() };
    let mut lines = export_pairs(tenant, &past, now, document::ROWS).await?;
    let rest = export_pairs(tenant, &all, now, OTHERS).await?;
    let complete = lines.len() < document::ROWS && rest.len() < OTHERS;
    lines.extend(rest.into_iter().filter(|line| line.bucket.is_some_and(|bucket| bucket != Bucket::Missing)));
    let rank = |bucket| [Bucket::Missing, Bucket::Unknown, Bucket::NotDue, Bucket::Deferred, Bucket::Excluded].into_iter().position(|of| of == bucket);
    lines.sort_by_key(|line| (line.bucket.and_then(rank).unwrap_or(usize::MAX), line.due));
    Ok((lines, complete))
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

fn by_class(pairs: &[PairLine]) -> Vec<(Class, Tally)> {
    let tally = |class| {
        let n = |bucket| pairs.iter().filter(|line| line.class == class && line.bucket == Some(bucket)).count() as u64;
        let (installed, missing, early, not_due) = (n(Bucket::Installed), n(Bucket::Missing), n(Bucket::Early), n(Bucket::NotDue));
        let (deferred, excluded, unknown) = (n(Bucket::Deferred), n(Bucket::Excluded), n(Bucket::Unknown));
        (class, Tally { installed, missing, early, not_due, deferred, excluded, unknown, ..Tally::default() })
    };
    Class::ALL.into_iter().map(tally).collect()
}

/// The figures that were kept each day; a day without any stays empty.
async fn trend(tenant: &Tenant, client: Option<ClientId>, days: &[(String, Moment, Moment)]) -> Result<Vec<(String, Option<Tally>)>, Failure> {
    // Figures are kept by days of UTC: that of a local day's noon.
    let of = |from: Moment| (from.0 + DAY / 2).div_euclid(DAY);
    let Some(first) = days.first().map(|(_, from, _)| of(*from)) else { return Ok(Vec::new()) };
    let mut kept: BTreeMap<i64, Tally> = BTreeMap::new();
    for row in tenant.patch_points(first, client).await? {
        let number = |n: i64| u64::try_from(n).unwrap_or(0);
        *kept.entry(row.day).or_default() += Tally { installed: number(row.installed), missing: number(row.missing), ..Tally::default() };
    }
    Ok(days.iter().map(|(label, from, _)| (label.clone(), kept.get(&of(*from)).copied())).collect())
}
